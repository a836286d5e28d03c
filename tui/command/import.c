#include <stdio.h>
#include <string.h>

#include "store/export.h"
#include "store/import.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/door.h"

enum { SHOWN_MAX = 20, LINE_SIZE = 4096 };

struct shown {
    int64_t count;
    struct output_progress progress;
};

static const char *translate(const char *msgid) {
    return msgid == NULL || msgid[0] == '\0' ? "" : _(msgid);
}

static void show_fault(void *data, const struct fault *fault) {
    struct shown *shown = data;
    char found[2 * FAULT_TEXT_SIZE], expected[2 * FAULT_TEXT_SIZE], line[LINE_SIZE], safe[LINE_SIZE];
    if (++shown->count > SHOWN_MAX)
        return;
    output_progress_end(&shown->progress);
    snprintf(line, sizeof line, _("%s:%lld: %s: found %s, expected %s"), fault->file, (long long)fault->line,
             fault->pointer[0] == '\0' ? "/" : fault->pointer,
             fault_format(translate(fault->found), fault->found_arg, found, sizeof found),
             fault_format(translate(fault->expected), fault->expected_arg, expected, sizeof expected));
    fprintf(stderr, "%s\n", door_text(line, safe, sizeof safe));
}

static void show_progress(void *data, uint64_t done, uint64_t total) {
    output_progress_show(&((struct shown *)data)->progress, done, total);
}

static void print_sum(const struct app *app, const struct import_result *result) {
    if (!app->json) {
        printf(_("read %lld = accepted %lld + unchanged %lld + rejected %lld\n"), (long long)result->read,
               (long long)result->accepted, (long long)result->unchanged, (long long)result->rejected);
        return;
    }
    struct json json = {0};
    json_object(&json, NULL);
    json_integer(&json, "read", result->read);
    json_integer(&json, "accepted", result->accepted);
    json_integer(&json, "unchanged", result->unchanged);
    json_integer(&json, "rejected", result->rejected);
    json_object_end(&json);
    output_json(&json);
}

static int import(struct app *app, const char *path, bool partial, const char *report) {
    struct shown shown = {0};
    struct err err = {0};
    struct import_result result = {0};
    struct import_options options = {.path = path,
                                     .partial = partial,
                                     .report = report,
                                     .rejected = show_fault,
                                     .progress = show_progress,
                                     .translate = translate,
                                     .data = &shown};
    output_progress_start(&shown.progress);
    database_catch_signals();
    int status = (int)import_run(app->store, &options, &result, &err);
    output_progress_end(&shown.progress);
    if (shown.count > SHOWN_MAX)
        output_note(report == NULL ? _("… and %lld rejected documents more; --report FILE writes them all")
                                   : _("… and %lld rejected documents more; the report has them all"),
                    (long long)(shown.count - SHOWN_MAX));
    if (status != STATUS_OK)
        output_err(&err);
    if (status == STATUS_OK || status == STATUS_PARTLY || status == STATUS_BAD_DATA || result.written)
        print_sum(app, &result);
    return status;
}

int command_import(struct app *app, int argc, char **argv) {
    bool partial = false, schema = false;
    const char *report = NULL;
    const struct option_spec specs[] = {{"partial", OPTION_FLAG, &partial, false},
                                        {"report", OPTION_NEW_FILE, &report, true},
                                        {"schema", OPTION_FLAG, &schema, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    for (const char *const *line = import_schema; schema && *line != NULL; line++)
        puts(*line);
    if (schema)
        return STATUS_OK;
    if (argc != 1)
        return output_usage(_("import takes one file, or - for standard input"));
    if (report != NULL && strcmp(report, "-") == 0)
        return output_usage(_("--report takes the name of a file"));
    if (app->remote && strcmp(argv[0], "-") != 0)
        return output_not_allowed(_("over SSH import reads standard input only: import -"));
    options_take_input(app, argv[0]);
    status = database_open(app);
    return status == STATUS_OK ? import(app, argv[0], partial, report) : status;
}
