#include "store/export.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/sign.h"
#include "tui/command/command.h"
#include "tui/database.h"

static void show_progress(void *data, uint64_t done, uint64_t total) {
    output_progress_show(data, done, total);
}

/* Where the decisions themselves went to standard output, nothing else may go there. */
static void print_summary(const struct app *app, const struct export_options *options,
                          const struct export_result *result) {
    struct json json = {0};
    if (options->path == NULL || strcmp(options->path, "-") == 0)
        return;
    if (!app->json) {
        if (result->count == 0)
            output_line(_("no decision in this range; %s says so"), options->path);
        else
            output_line(_("%lld decisions, no. %lld to %lld, are in %s"), (long long)result->count,
                        (long long)result->first, (long long)result->last, options->path);
        return;
    }
    json_object(&json, NULL);
    json_integer(&json, "count", result->count);
    json_integer(&json, "first", result->first);
    json_integer(&json, "last", result->last);
    json_text(&json, "file", options->path);
    json_object_end(&json);
    output_json(&json);
}

static int export(struct app *app, const struct export_options *options, struct sign_key *key) {
    struct output_progress progress;
    struct export_options with = *options;
    struct export_result result = {0};
    struct err err = {0};
    if (key != NULL && sign_file_possible(options->path, options->force, &err) != STATUS_OK)
        return output_err(&err);
    if (options->path != NULL) /* what is half made is taken away; else whoever prints may be ended at once */
        database_catch_signals();
    with.progress = show_progress;
    with.data = &progress;
    output_progress_start(&progress);
    int status = (int)export_run(app->store, &with, &result, &err);
    output_progress_end(&progress);
    if (status != STATUS_OK)
        return output_err(&err);
    if (key != NULL && sign_file(key, options->path, options->force, &err) != STATUS_OK)
        return output_err(&err);
    print_summary(app, options, &result);
    return STATUS_OK;
}

/* Key and FILE.sig are looked at first: an export that cannot be signed is not made. */
static int export_signed(struct app *app, struct export_options *options, const char *key_path) {
    struct sign_key *key = NULL;
    struct err err = {0};
    if (key_path != NULL && (options->path == NULL || strcmp(options->path, "-") == 0))
        return output_usage(_("--sign needs -o FILE: the signature goes into FILE.sig"));
    if (key_path != NULL && sign_key_load(key_path, false, &key, &err) != STATUS_OK)
        return output_err(&err);
    int status = database_open(app);
    if (status == STATUS_OK)
        status = export(app, options, key);
    sign_key_free(key);
    return status;
}

int command_export(struct app *app, int argc, char **argv) {
    struct export_options options = {.fd = STDOUT_FILENO};
    const char *format = "json", *sign = NULL;
    bool schema = false;
    const struct option_spec specs[] = {{"since", OPTION_NUMBER, &options.since, false},
                                        {"until", OPTION_NUMBER, &options.until, false},
                                        {"format", OPTION_TEXT, &format, false},
                                        {"pretty", OPTION_FLAG, &options.pretty, false},
                                        {"o", OPTION_NEW_FILE, &options.path, false},
                                        {"force", OPTION_FLAG, &options.force, false},
                                        {"kind", OPTION_TEXT, &options.kind, false},
                                        {"action", OPTION_TEXT, &options.action, false},
                                        {"reviewer", OPTION_TEXT, &options.reviewer, false},
                                        {"sign", OPTION_FILE, &sign, true},
                                        {"schema", OPTION_FLAG, &schema, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    for (const char *const *line = export_schema; schema && *line != NULL; line++)
        puts(*line);
    if (schema)
        return STATUS_OK;
    if (argc > 0)
        return output_usage(_("export takes options only, not \"%s\"; -o names the file"), argv[0]);
    if (strcmp(format, "json") != 0 && strcmp(format, "ndjson") != 0)
        return output_usage(_("there is no format \"%s\": json, ndjson"), format);
    options.format = strcmp(format, "ndjson") == 0 ? EXPORT_NDJSON : EXPORT_JSON;
    return export_signed(app, &options, sign);
}
