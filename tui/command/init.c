#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tui/command/command.h"
#include "tui/database.h"

/* The name for the first supervisor: the one the system knows the login by, else the login. */
static const char *system_name(const char *login, char *out, size_t size) {
    const struct passwd *entry = getpwuid(getuid());
    const char *gecos = entry == NULL || entry->pw_gecos == NULL ? "" : entry->pw_gecos;
    size_t length = strcspn(gecos, ",");
    snprintf(out, size, "%.*s", (int)length, gecos);
    return length > 0 ? out : login;
}

int command_init(struct app *app, int argc, char **argv) {
    bool training = false;
    const char *name = NULL, *supervisor = NULL;
    const struct option_spec specs[] = {{"training", OPTION_FLAG, &training, false},
                                        {"name", OPTION_TEXT, &name, false},
                                        {"supervisor", OPTION_TEXT, &supervisor, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    char path[PATH_MAX], login[PEOPLE_LOGIN_SIZE], known[PEOPLE_NAME_SIZE];
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 0)
        return output_usage(_("init takes no words, not \"%s\"; the database is named with --db"), argv[0]);
    if (supervisor != NULL && name == NULL)
        return output_usage(_("--supervisor LOGIN needs the person's --name NAME"));
    if (supervisor != NULL && strlen(supervisor) >= sizeof login)
        return output_usage(_("login or name is too long"));
    if (supervisor != NULL)
        snprintf(login, sizeof login, "%s", supervisor);
    else if (database_login(login, sizeof login) == NULL)
        return errno == ENOMEM ? output_no_memory()
                               : output_not_allowed(_("the system has no login for your user number"));
    struct store_init_options options = {
        .path = database_path(app, path, true),
        .training = training,
        .supervisor_login = login,
        .supervisor_name = name != NULL ? name : system_name(login, known, sizeof known),
        .today = app->today,
    };
    database_catch_signals();
    if (store_init(&options, &err) != STATUS_OK)
        return output_err(&err);
    if (app->json) {
        struct json json = {0};
        json_object(&json, NULL);
        json_text(&json, "database", options.path);
        json_bool(&json, "training", training);
        json_text(&json, "supervisor", login);
        json_text(&json, "supervisor_name", options.supervisor_name);
        json_object_end(&json);
        return output_json(&json);
    }
    output_line(training ? _("Made the training database %s; %s (%s) is its first supervisor.")
                         : _("Made the database %s; %s (%s) is its first supervisor."),
                options.path, options.supervisor_name, login);
    return STATUS_OK;
}
