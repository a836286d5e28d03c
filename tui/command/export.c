#include "store/export.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tui/command/command.h"

static void show_progress(void *data, uint64_t done, uint64_t total) {
    output_progress_show(data, done, total);
}

static void print_summary(const struct app *app, const struct export_options *options,
                          const struct export_result *result) {
    if (options->path == NULL || strcmp(options->path, "-") == 0)
        return;
    if (app->json) {
        struct json json = {0};
        json_object(&json, NULL);
        json_integer(&json, "count", result->count);
        json_integer(&json, "first", result->first);
        json_integer(&json, "last", result->last);
        json_text(&json, "file", options->path);
        json_object_end(&json);
        output_json(&json);
        return;
    }
    printf(_("%lld decisions, no. %lld to %lld, are in "), (long long)result->count, (long long)result->first,
           (long long)result->last);
    output_text(stdout, options->path);
    fputc('\n', stdout);
}

int command_export(struct app *app, int argc, char **argv) {
    struct export_options options = {.fd = STDOUT_FILENO, .progress = show_progress};
    const char *format = "json";
    bool schema = false;
    struct output_progress progress;
    struct export_result result;
    struct err err = {0};
    const struct option_spec specs[] = {{"since", OPTION_NUMBER, &options.since},
                                        {"until", OPTION_NUMBER, &options.until},
                                        {"format", OPTION_TEXT, &format},
                                        {"pretty", OPTION_FLAG, &options.pretty},
                                        {"o", OPTION_FILE, &options.path},
                                        {"force", OPTION_FLAG, &options.force},
                                        {"kind", OPTION_TEXT, &options.kind},
                                        {"action", OPTION_TEXT, &options.action},
                                        {"reviewer", OPTION_TEXT, &options.reviewer},
                                        {"schema", OPTION_FLAG, &schema},
                                        {NULL, OPTION_FLAG, NULL}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    for (const char *const *line = export_schema; schema && *line != NULL; line++)
        puts(*line);
    if (schema)
        return STATUS_OK;
    if (argc > 0)
        return output_usage(_("export takes options only, not \"%s\"; -o names the file%s"), argv[0], "");
    if (strcmp(format, "json") != 0 && strcmp(format, "ndjson") != 0)
        return output_usage(_("there is no format \"%s\": json, ndjson%s"), format, "");
    options.format = strcmp(format, "ndjson") == 0 ? EXPORT_NDJSON : EXPORT_JSON;
    output_progress_start(&progress);
    options.data = &progress;
    status = (int)export_run(app->store, &options, &result, &err);
    output_progress_end(&progress);
    if (status != STATUS_OK)
        return output_err(&err);
    print_summary(app, &options, &result);
    return STATUS_OK;
}
