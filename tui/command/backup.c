#include <stdio.h>

#include "store/backup.h"
#include "tui/command/command.h"
#include "tui/database.h"

static int report(const struct app *app, const char *file, const struct backup_result *result, const char *sentence) {
    if (!app->json) {
        output_line("%s: %s", file, sentence);
        printf(_("%lld events, %lld decisions, verified\n"), (long long)result->events, (long long)result->decisions);
        return STATUS_OK;
    }
    struct json json = {0};
    json_object(&json, NULL);
    json_text(&json, "file", file);
    json_integer(&json, "events", result->events);
    json_integer(&json, "decisions", result->decisions);
    json_object_end(&json);
    return output_json(&json);
}

int command_backup(struct app *app, int argc, char **argv) {
    static const struct option_spec specs[] = {{NULL, OPTION_FLAG, NULL, false}};
    struct backup_result result;
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("backup takes the name of one new file"));
    sandbox_keep(&app->keep, argv[0], SANDBOX_WRITE_NEAR);
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (backup_run(app->store, argv[0], &result, &err) != STATUS_OK)
        return output_err(&err);
    return report(app, argv[0], &result, _("the backup is made"));
}

int command_restore(struct app *app, int argc, char **argv) {
    char path[PATH_MAX];
    struct restore_options options = {0};
    const struct option_spec specs[] = {{"confirm", OPTION_FLAG, &options.confirmed, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    struct backup_result result;
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("restore takes the name of one backup"));
    options.database = database_path(app, path, true);
    options.backup = argv[0];
    if (restore_run(&options, &result, &err) != STATUS_OK)
        return output_err(&err);
    return report(app, options.database, &result, _("the database is the backup now"));
}
