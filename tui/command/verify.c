#include "store/verify.h"

#include <stdio.h>

#include "store/stamp.h"
#include "tui/command/command.h"
#include "tui/database.h"

static void show_progress(void *data, uint64_t done, uint64_t total) {
    output_progress_show(data, done, total);
}

static int print_json(const struct verify_result *result, const struct err *err) {
    struct json json = {0};
    char fault[8192];
    bool good = err->status == STATUS_OK;
    json_object(&json, NULL);
    json_bool(&json, "consistent", good);
    json_bool(&json, "anchored", good && result->anchored);
    json_integer(&json, "events", result->events);
    json_integer(&json, "decisions", result->decisions);
    json_text(&json, "head", good ? result->head : NULL);
    json_text(&json, "fault", good ? NULL : message_err(err, fault, sizeof fault));
    json_object_end(&json);
    return output_json(&json);
}

static void print_result(const struct verify_result *result) {
    printf(_("%lld events, %lld decisions, head %s\n"), (long long)result->events, (long long)result->decisions,
           result->head);
    puts(result->anchored ? _("consistent, anchored")
                          : _("consistent, not anchored (--against EXPORT shows whether the end was cut off)"));
}

static int verify(struct app *app, const struct option_list *against) {
    struct output_progress progress;
    struct verify_result result = {0};
    struct verify_options options = {
        .against = against->items, .against_count = against->count, .progress = show_progress, .data = &progress};
    struct err err = {0};
    output_progress_start(&progress);
    int status = (int)verify_run(app->store, &options, &result, &err);
    output_progress_end(&progress);
    err.status = (enum status)status;
    database_catch_signals(); /* what is half written is taken away; until now whoever verifies may be ended at once */
    if (status == STATUS_OK || status == STATUS_NEGATIVE)
        stamp_write(app->store, STAMP_VERIFY, status == STATUS_OK, result.events);
    if (status != STATUS_OK)
        output_err(&err);
    if (app->json && (status == STATUS_OK || status == STATUS_NEGATIVE))
        print_json(&result, &err);
    else if (status == STATUS_OK)
        print_result(&result);
    return status;
}

int command_verify(struct app *app, int argc, char **argv) {
    struct option_list against = {.count = 0};
    const struct option_spec specs[] = {{"against", OPTION_FILES, &against, true}, {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 0)
        return output_usage(_("verify takes --against EXPORT, not \"%s\""), argv[0]);
    status = database_open_to_look(app);
    return status == STATUS_OK ? verify(app, &against) : status;
}
