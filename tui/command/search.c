#include <stdio.h>
#include <stdlib.h>

#include "store/queue.h"
#include "tui/command/command.h"
#include "tui/command/list.h"
#include "tui/row_text.h"

enum { FOUND_MAX = 200 };

static void print_found(struct app *app, const struct search_result *result, const struct queue_row *rows) {
    const char *match = message_word(&search_matches[result->match], app->language);
    char line[2 * QUEUE_TEXT_SIZE];
    snprintf(line, sizeof line, _("searched %s: matched by %s"), result->normalised, match);
    output_text(stdout, line);
    printf(result->more ? _(", the first %zu:\n") : _(", %zu found:\n"), result->count);
    for (size_t i = 0; i < result->count; i++)
        list_print_row(&rows[i], app->language);
}

static int print_json(const struct search_result *result, const struct queue_row *rows) {
    struct json json = {0};
    json_object(&json, NULL);
    json_text(&json, "searched", result->normalised);
    json_text(&json, "match", result->match == SEARCH_NOTHING ? NULL : search_matches[result->match].code);
    json_bool(&json, "more", result->more);
    json_array(&json, "applications");
    for (size_t i = 0; i < result->count; i++)
        row_json(&json, &rows[i]);
    json_array_end(&json);
    json_object_end(&json);
    return output_json(&json);
}

int command_search(struct app *app, int argc, char **argv) {
    bool pending = false;
    const struct option_spec specs[] = {{"pending", OPTION_FLAG, &pending}, {NULL, OPTION_FLAG, NULL}};
    struct search_result result;
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("search takes one text: a number, or the start of one, or a name%s%s"), "", "");
    struct queue_row *rows = calloc(FOUND_MAX, sizeof *rows);
    if (rows == NULL)
        return STATUS_INTERNAL;
    if (search_run(app->store, argv[0], pending, rows, FOUND_MAX, &result, &err) != STATUS_OK) {
        status = output_err(&err);
    } else {
        status = result.count == 0 ? STATUS_NEGATIVE : STATUS_OK;
        if (app->json)
            print_json(&result, rows);
        else if (result.count > 0)
            print_found(app, &result, rows);
        else
            output_note(_("nothing found for %s (numbers, application numbers, id numbers and names were searched)"), result.normalised);
    }
    free(rows);
    return status;
}
