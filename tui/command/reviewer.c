#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/command/command.h"
#include "tui/database.h"

enum { LOGIN_CELLS = 20, NAME_CELLS = 16 };

static void print_row(const struct app *app, const struct reviewer *reviewer) {
    output_cell(reviewer->login, LOGIN_CELLS);
    output_cell(reviewer->name, NAME_CELLS);
    output_cell(message_word(&people_roles[reviewer->role], app->language), NAME_CELLS);
    puts(reviewer->active ? _("active") : _("disabled"));
}

static void put_one(struct json *json, const struct reviewer *reviewer) {
    json_object(json, NULL);
    json_text(json, "login", reviewer->login);
    json_text(json, "name", reviewer->name);
    json_text(json, "role", people_roles[reviewer->role].code);
    json_bool(json, "active", reviewer->active);
    json_object_end(json);
}

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
        if (app->json)
            put_one(&json, &all[i]);
        else
            print_row(app, &all[i]);
    }
    json_array_end(&json);
    free(all);
    if (app->json)
        return output_json(&json);
    json_free(&json);
    return STATUS_OK;
}

/* The line for authorized_keys: nothing of the key or its comment can end it or stand before the command. */
static int print_key(struct app *app, const char *login, const struct public_key *key) {
    char *line = NULL;
    int length = asprintf(&line, "restrict,pty,command=\"yijian session --reviewer %s\" %s %s%s%s", login, key->type,
                          key->body, key->comment[0] == '\0' ? "" : " ", key->comment);
    if (length < 0)
        return output_no_memory();
    if (!app->json) {
        output_line("%s", line);
        free(line);
        return STATUS_OK;
    }
    struct json json = {0};
    json_object(&json, NULL);
    json_text(&json, "login", login);
    json_text(&json, "type", key->type);
    json_text(&json, "fingerprint", key->fingerprint);
    json_text(&json, "comment", key->comment);
    json_text(&json, "line", line);
    json_object_end(&json);
    free(line);
    return output_json(&json);
}

static int key_line(struct app *app, const char *login, const char *path) {
    struct reviewer reviewer;
    struct public_key key;
    struct err err = {0};
    if (app->remote && strcmp(path, "-") != 0)
        return output_not_allowed(_("file names are not taken over SSH: give the key on standard input, as -"));
    if (public_key_read(path, &key, &err) != STATUS_OK)
        return output_err(&err);
    int status = database_open_to_look(app);
    if (status != STATUS_OK)
        return status;
    if (people_find(app->store, login, &reviewer, &err) != STATUS_OK)
        return output_err(&err);
    if (!reviewer.active)
        return output_not_allowed(_("%s is disabled; `yijian reviewer enable %s` comes first"), login, login);
    return print_key(app, reviewer.login, &key);
}

static int set(struct app *app, const struct reviewer *reviewer) {
    struct err err = {0};
    struct json json = {0};
    if (people_set(app->store, reviewer, &err) != STATUS_OK)
        return output_err(&err);
    if (!app->json) {
        print_row(app, reviewer);
        return STATUS_OK;
    }
    put_one(&json, reviewer);
    return output_json(&json);
}

static int add(struct app *app, const char *login, const char *name, const char *role) {
    struct reviewer reviewer = {.active = true};
    int index = role == NULL ? ROLE_NONE : document_word_find(people_roles, ROLE_COUNT, role);
    if (name == NULL || role == NULL)
        return output_usage(_("reviewer add takes --name NAME and --role reviewer|supervisor|auditor"));
    if (index <= ROLE_NONE)
        return output_usage(_("there is no role \"%s\": reviewer, supervisor, auditor"), role);
    if (strlen(login) >= sizeof reviewer.login || strlen(name) >= sizeof reviewer.name)
        return output_usage(_("login or name is too long"));
    snprintf(reviewer.login, sizeof reviewer.login, "%s", login);
    snprintf(reviewer.name, sizeof reviewer.name, "%s", name);
    reviewer.role = (enum role)index;
    int status = database_open(app);
    return status == STATUS_OK ? set(app, &reviewer) : status;
}

static int set_active(struct app *app, const char *login, bool active) {
    struct reviewer reviewer;
    struct err err = {0};
    int status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (people_find(app->store, login, &reviewer, &err) != STATUS_OK)
        return output_err(&err);
    reviewer.active = active;
    return set(app, &reviewer);
}

int command_reviewer(struct app *app, int argc, char **argv) {
    const char *name = NULL, *role = NULL;
    const struct option_spec specs[] = {
        {"name", OPTION_TEXT, &name, false}, {"role", OPTION_TEXT, &role, false}, {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc == 2 && strcmp(argv[0], "add") == 0)
        return add(app, argv[1], name, role);
    if (name != NULL || role != NULL)
        return output_usage(_("--name and --role belong to reviewer add"));
    if (argc == 2 && (strcmp(argv[0], "disable") == 0 || strcmp(argv[0], "enable") == 0))
        return set_active(app, argv[1], strcmp(argv[0], "enable") == 0);
    if (argc == 3 && strcmp(argv[0], "key") == 0)
        return key_line(app, argv[1], argv[2]);
    if (argc > 1 || (argc == 1 && strcmp(argv[0], "list") != 0))
        return output_usage(_("reviewer takes list, add LOGIN, disable LOGIN, enable LOGIN or key LOGIN FILE.pub"));
    status = database_open_to_look(app);
    return status == STATUS_OK ? list(app) : status;
}
