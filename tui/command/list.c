#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/queue.h"
#include "tui/command/command.h"
#include "tui/command/list.h"
#include "tui/row_text.h"

enum { PAGE_ROWS = 200 };

static void print_heading(enum language language) {
    for (int c = 0; c < ROW_TEXT_COLUMNS; c++)
        output_cell(stdout, _(row_columns[c].title),
                    language == LANGUAGE_ZH ? row_columns[c].cells_zh : row_columns[c].cells_en);
    fputc('\n', stdout);
}

void list_print_row(const struct queue_row *row, enum language language) {
    char text[ROW_TEXT_SIZE];
    for (int c = 0; c < ROW_TEXT_COLUMNS; c++)
        output_cell(stdout, row_text(row, (enum row_column)c, language, text, sizeof text),
                    language == LANGUAGE_ZH ? row_columns[c].cells_zh : row_columns[c].cells_en);
    fputc('\n', stdout);
}

static int print_counts(struct app *app) {
    struct queue_counts counts;
    struct err err = {0};
    if (queue_counts(app->store, &counts, &err) != STATUS_OK)
        return output_err(&err);
    struct json json = {0};
    json_object(&json, NULL);
    for (int k = 0; k < KIND_COUNT; k++) {
        json_object(&json, document_kinds[k].code);
        json_integer(&json, "pending", counts.pending[k]);
        json_integer(&json, "overdue", counts.overdue[k]);
        json_integer(&json, "due_soon", counts.due_soon[k]);
        for (int o = 0; o < OUTCOME_COUNT; o++)
            json_integer(&json, outcome_words[o].code, counts.outcome[k][o]);
        json_object_end(&json);
        if (app->json)
            continue;
        output_cell(stdout, message_word(&document_kinds[k], app->language), 16);
        printf(_("%8lld pending, %lld overdue, %lld due within 3 working days\n"), (long long)counts.pending[k],
               (long long)counts.overdue[k], (long long)counts.due_soon[k]);
    }
    json_object_end(&json);
    if (app->json)
        return output_json(&json);
    json_free(&json);
    return STATUS_OK;
}

/* Index of a word by its code, or its Chinese; -2 where there is none; QUEUE_ANY for no text. */
static int word_index(const struct document_word *words, size_t count, const char *text) {
    if (text == NULL)
        return QUEUE_ANY;
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].code, text) == 0 || strcmp(words[i].zh, text) == 0)
            return (int)i;
    return -2;
}

static int print_pages(struct app *app, const struct queue_filter *filter, int64_t limit, struct queue_row *rows) {
    struct queue_key key, *from = NULL;
    struct err err = {0};
    int64_t printed = 0;
    size_t count;
    if (!app->json)
        print_heading(app->language);
    else
        fputs("{\"applications\":[", stdout);
    do {
        size_t want = limit - printed < PAGE_ROWS ? (size_t)(limit - printed) : PAGE_ROWS;
        if (queue_page(app->store, filter, from, QUEUE_FORWARD, rows, want, &count, &err) != STATUS_OK)
            return output_err(&err);
        for (size_t i = 0; i < count; i++, printed++) {
            if (!app->json) {
                list_print_row(&rows[i], app->language);
                continue;
            }
            struct json json = {0};
            row_json(&json, &rows[i]);
            printf("%s%s", printed == 0 ? "" : ",\n", json.failed ? "null" : json.data);
            json_free(&json);
        }
        if (count > 0)
            key = queue_key_of(&rows[count - 1], filter->order);
        from = &key;
    } while (count == PAGE_ROWS && printed < limit && !ferror(stdout));
    if (app->json)
        printf("],\"count\":%lld}\n", (long long)printed);
    return STATUS_OK;
}

int command_list(struct app *app, int argc, char **argv) {
    const char *kind = NULL, *outcome = NULL, *specialty = NULL, *order = "deadline";
    int64_t limit = INT64_MAX;
    bool counts = false;
    const struct option_spec specs[] = {{"kind", OPTION_TEXT, &kind},       {"outcome", OPTION_TEXT, &outcome},
                                        {"specialty", OPTION_TEXT, &specialty}, {"order", OPTION_TEXT, &order},
                                        {"limit", OPTION_NUMBER, &limit},   {"counts", OPTION_FLAG, &counts},
                                        {NULL, OPTION_FLAG, NULL}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 0)
        return output_usage(_("list takes options only, not \"%s\"; search finds by number%s"), argv[0], "");
    if (counts)
        return print_counts(app);
    struct queue_filter filter = {
        .kind = word_index(document_kinds, KIND_COUNT, kind),
        .outcome = word_index(outcome_words, OUTCOME_COUNT, outcome),
        .specialty = word_index(document_specialties, SPECIALTY_COUNT, specialty),
        .order = strcmp(order, "submitted") == 0 ? QUEUE_BY_SUBMITTED : QUEUE_BY_DEADLINE,
    };
    if (filter.kind < QUEUE_ANY)
        return output_usage(_("there is no kind \"%s\"%s"), kind, "");
    if (filter.outcome < QUEUE_ANY)
        return output_usage(_("there is no outcome \"%s\": approvable, partly_approvable, blocked%s"), outcome, "");
    if (filter.specialty < QUEUE_ANY)
        return output_usage(_("there is no specialty \"%s\"%s"), specialty, "");
    if (filter.order == QUEUE_BY_DEADLINE && strcmp(order, "deadline") != 0)
        return output_usage(_("there is no order \"%s\": deadline, submitted%s"), order, "");
    struct queue_row *rows = calloc(PAGE_ROWS, sizeof *rows);
    if (rows == NULL)
        return STATUS_INTERNAL;
    status = print_pages(app, &filter, limit, rows);
    free(rows);
    return status;
}
