#include "store/verify.h"

#include <stdio.h>
#include <string.h>

#include "tui/command/command.h"

static void show_progress(void *data, uint64_t done, uint64_t total) {
    output_progress_show(data, done, total);
}

/* "--against FILE" may stand more than once: the words are taken by hand. */
static int take_against(const struct app *app, int argc, char **argv, const char **against, size_t *count) {
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--against") != 0 || i + 1 >= argc)
            return output_usage(_("verify takes --against EXPORT, not \"%s\"%s"), argv[i], "");
        if (app->remote)
            return output_not_allowed(_("file names are not taken over SSH; use - (--%s)"), "against");
        against[(*count)++] = argv[++i];
    }
    return STATUS_OK;
}

int command_verify(struct app *app, int argc, char **argv) {
    const char *against[64];
    struct output_progress progress;
    struct verify_result result;
    struct verify_options options = {.against = against, .progress = show_progress, .data = &progress};
    struct err err = {0};
    if (argc > 64)
        return output_usage(_("verify takes up to 32 exports at once%s%s"), "", "");
    int status = take_against(app, argc, argv, against, &options.against_count);
    if (status != STATUS_OK)
        return status;
    output_progress_start(&progress);
    status = (int)verify_run(app->store, &options, &result, &err);
    output_progress_end(&progress);
    if (status != STATUS_OK)
        output_err(&err);
    if (app->json) {
        struct json json = {0};
        json_object(&json, NULL);
        json_bool(&json, "consistent", status == STATUS_OK);
        json_bool(&json, "anchored", result.anchored);
        json_integer(&json, "events", result.events);
        json_integer(&json, "decisions", result.decisions);
        json_text(&json, "head", status == STATUS_OK ? result.head : NULL);
        json_object_end(&json);
        output_json(&json);
        return status;
    }
    if (status != STATUS_OK)
        return status;
    printf(_("%lld events, %lld decisions, head %s\n"), (long long)result.events, (long long)result.decisions,
           result.head);
    puts(result.anchored ? _("consistent, anchored") : _("consistent, not anchored"));
    return STATUS_OK;
}
