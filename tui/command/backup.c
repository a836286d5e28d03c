#include <stdio.h>

#include "store/backup.h"
#include "store/stamp.h"
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
    int64_t keep = 0;
    const struct option_spec specs[] = {{"keep", OPTION_NUMBER, &keep, false}, {NULL, OPTION_FLAG, NULL, false}};
    char path[PATH_MAX];
    struct backup_result result;
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("backup takes the name of one new file, or of a folder"));
    bool into = backup_is_folder(argv[0]);
    if (keep > 0 && !into)
        return output_usage(_("--keep takes old backups out of a folder; %s is none"), argv[0]);
    sandbox_keep(&app->keep, argv[0], into ? SANDBOX_WRITE_IN : SANDBOX_WRITE_NEAR);
    status = database_open_to_look(app);
    if (status != STATUS_OK)
        return status;
    database_catch_signals();
    status = (int)(into ? backup_run_into(app->store, argv[0], keep, path, &result, &err)
                        : backup_run(app->store, argv[0], &result, &err));
    if (status != STATUS_OK)
        return output_err(&err);
    stamp_write(app->store, STAMP_BACKUP, true, result.events);
    return report(app, into ? path : argv[0], &result, _("the backup is made"));
}

int command_restore(struct app *app, int argc, char **argv) {
    char path[PATH_MAX];
    struct restore_options options = {.quit = database_quit};
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
    database_catch_signals();
    if (restore_run(&options, &result, &err) != STATUS_OK)
        return output_err(&err);
    return report(app, options.database, &result, _("the database is the backup now"));
}
