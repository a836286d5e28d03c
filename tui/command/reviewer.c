#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/command/command.h"

static int list(struct app *app) {
    struct reviewer *all = NULL;
    size_t count = 0;
    struct err err = {0};
    struct json json = {0};
    if (people_list(app->store, &all, &count, &err) != STATUS_OK) {
        free(all);
        return output_err(&err);
    }
    json_array(&json, NULL);
    for (size_t i = 0; i < count; i++) {
        json_object(&json, NULL);
        json_text(&json, "login", all[i].login);
        json_text(&json, "name", all[i].name);
        json_text(&json, "role", people_roles[all[i].role].code);
        json_bool(&json, "active", all[i].active);
        json_object_end(&json);
        if (app->json)
            continue;
        output_cell(stdout, all[i].login, 20);
        output_cell(stdout, all[i].name, 16);
        output_cell(stdout, message_word(&people_roles[all[i].role], app->language), 12);
        printf("%s\n", all[i].active ? "" : _("disabled"));
    }
    json_array_end(&json);
    free(all);
    if (app->json)
        return output_json(&json);
    json_free(&json);
    return STATUS_OK;
}

static int set(struct app *app, const struct reviewer *reviewer) {
    struct err err = {0};
    if (people_set(app->store, reviewer, &err) != STATUS_OK)
        return output_err(&err);
    output_cell(stdout, reviewer->login, 20);
    output_cell(stdout, reviewer->name, 16);
    printf("%s%s\n", message_word(&people_roles[reviewer->role], app->language),
           reviewer->active ? "" : _(", disabled"));
    return STATUS_OK;
}

static int add(struct app *app, const char *login, const char *name, const char *role) {
    struct reviewer reviewer = {.active = true};
    int index = role == NULL ? ROLE_REVIEWER : document_word_find(people_roles, ROLE_COUNT, role);
    if (index <= ROLE_NONE)
        return output_usage(_("there is no role \"%s\": reviewer, supervisor, auditor%s"), role, "");
    if (name == NULL)
        return output_usage(_("a reviewer needs --name%s%s"), "", "");
    if (strlen(login) >= sizeof reviewer.login || strlen(name) >= sizeof reviewer.name)
        return output_usage(_("login or name is too long%s%s"), "", "");
    snprintf(reviewer.login, sizeof reviewer.login, "%s", login);
    snprintf(reviewer.name, sizeof reviewer.name, "%s", name);
    reviewer.role = (enum role)index;
    return set(app, &reviewer);
}

static int set_active(struct app *app, const char *login, bool active) {
    struct reviewer reviewer;
    struct err err = {0};
    if (people_find(app->store, login, &reviewer, &err) != STATUS_OK)
        return output_err(&err);
    reviewer.active = active;
    return set(app, &reviewer);
}

int command_reviewer(struct app *app, int argc, char **argv) {
    const char *name = NULL, *role = NULL;
    const struct option_spec specs[] = {
        {"name", OPTION_TEXT, &name}, {"role", OPTION_TEXT, &role}, {NULL, OPTION_FLAG, NULL}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc == 0 || (argc == 1 && strcmp(argv[0], "list") == 0))
        return list(app);
    if (argc == 2 && strcmp(argv[0], "add") == 0)
        return add(app, argv[1], name, role);
    if (argc == 2 && (strcmp(argv[0], "disable") == 0 || strcmp(argv[0], "enable") == 0))
        return set_active(app, argv[1], argv[0][0] == 'e');
    return output_usage(_("reviewer takes list, add LOGIN, disable LOGIN or enable LOGIN%s%s"), "", "");
}
