#include <stdio.h>
#include <stdlib.h>

#include "store/holder.h"
#include "store/queue.h"
#include "tui/command/command.h"
#include "tui/command/list.h"
#include "tui/database.h"
#include "tui/row_text.h"

enum { FOUND_MAX = 200 };

static void print_found(const struct app *app, const struct search_result *result, const struct queue_row *rows) {
    output_line(result->more ? _("searched \"%s\", matched by %s, the first %zu:")
                             : _("searched \"%s\", matched by %s, found %zu:"),
                result->normalised, message_word(&search_matches[result->match], app->language), result->count);
    list_print_heading(app->language);
    for (size_t i = 0; i < result->count; i++)
        list_print_row(&rows[i], app->language);
}

static int print_json(const struct search_result *result, const struct queue_row *rows, const struct holder *holder) {
    struct json json = {0};
    json_object(&json, NULL);
    json_text(&json, "searched", result->normalised);
    json_text(&json, "match", result->match == SEARCH_NOTHING ? NULL : search_matches[result->match].code);
    json_array(&json, "applications");
    for (size_t i = 0; i < result->count; i++)
        row_json(&json, &rows[i]);
    json_array_end(&json);
    json_integer(&json, "count", (int64_t)result->count);
    json_bool(&json, "more", result->more);
    json_text(&json, "register_number", holder == NULL ? NULL : holder->entry->number);
    json_text(&json, "register_name", holder == NULL ? NULL : holder->entry->person.name);
    json_object_end(&json);
    return output_json(&json);
}

/* What was found, in words; a person of the register without an application is an answer too. */
static int print_answer(const struct app *app, const struct search_result *result, const struct queue_row *rows,
                        const struct holder *holder) {
    if (!app->json && result->count > 0)
        print_found(app, result, rows);
    if (!app->json && result->count == 0 && holder != NULL)
        output_line(_("no application, but in the register: %s, %s (yijian certificate %s)"),
                    holder->entry->person.name, holder->entry->number, holder->entry->number);
    if (result->count > 0 || holder != NULL)
        return STATUS_OK;
    output_note(
        _("nothing found for \"%s\"; registration numbers, application numbers, id numbers and names were searched"),
        result->normalised);
    return STATUS_NEGATIVE;
}

static int search(struct app *app, const char *text, bool pending, struct queue_row *rows) {
    struct search_result result;
    struct err err = {0};
    if (search_run(app->store, text, pending, rows, FOUND_MAX, &result, &err) != STATUS_OK)
        return output_err(&err);
    struct holder *holder = NULL;
    if (holder_read(app->store, result.normalised, &holder, &err) == STATUS_NEGATIVE)
        err = (struct err){0};
    int status = err.status != STATUS_OK ? output_err(&err) : app->json ? print_json(&result, rows, holder) : STATUS_OK;
    if (status == STATUS_OK)
        status = print_answer(app, &result, rows, holder);
    holder_free(holder);
    return status;
}

int command_search(struct app *app, int argc, char **argv) {
    bool pending = false;
    const struct option_spec specs[] = {{"pending", OPTION_FLAG, &pending, false}, {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("search takes one text: a number, the start or end of one, or a name"));
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    struct queue_row *rows = calloc(FOUND_MAX, sizeof *rows);
    status = rows == NULL ? output_no_memory() : search(app, argv[0], pending, rows);
    free(rows);
    return status;
}
