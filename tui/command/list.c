#include "tui/command/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/row_text.h"

enum { PAGE_ROWS = 200, COUNT_KIND_CELLS = 16, COUNT_CELLS = 12, COUNT_COLUMNS = 6, NO_SUCH_WORD = -2 };

static int cells_of(int column, enum language language) {
    return language == LANGUAGE_ZH ? row_columns[column].cells_zh : row_columns[column].cells_en;
}

void list_print_heading(enum language language) {
    for (int c = 0; c < ROW_TEXT_COLUMNS; c++)
        output_cell(_(row_columns[c].title), cells_of(c, language));
    fputc('\n', stdout);
}

void list_print_row(const struct queue_row *row, enum language language) {
    char text[ROW_TEXT_SIZE];
    for (int c = 0; c < ROW_TEXT_COLUMNS; c++)
        output_cell(row_text(row, (enum row_column)c, language, text, sizeof text), cells_of(c, language));
    fputc('\n', stdout);
}

static void put_counts(const struct queue_counts *counts, struct json *json) {
    json_object(json, NULL);
    for (int k = 0; k < KIND_COUNT; k++) {
        json_object(json, document_kinds[k].code);
        json_integer(json, "pending", counts->pending[k]);
        json_integer(json, "overdue", counts->overdue[k]);
        json_integer(json, "due_soon", counts->due_soon[k]);
        for (int o = 0; o < OUTCOME_COUNT; o++)
            json_integer(json, outcome_words[o].code, counts->outcome[k][o]);
        json_object_end(json);
    }
    json_object_end(json);
}

static void print_count_line(const char *name, const int64_t values[COUNT_COLUMNS]) {
    char text[24];
    output_cell(name, COUNT_KIND_CELLS);
    for (int i = 0; i < COUNT_COLUMNS; i++) {
        snprintf(text, sizeof text, "%lld", (long long)values[i]);
        output_cell(text, COUNT_CELLS);
    }
    fputc('\n', stdout);
}

static void print_counts(const struct queue_counts *counts, enum language language) {
    const char *const titles[COUNT_COLUMNS] = {
        _("pending"),
        _("overdue"),
        _("due soon"),
        message_word(&outcome_words[OUTCOME_APPROVABLE], language),
        message_word(&outcome_words[OUTCOME_PARTLY], language),
        message_word(&outcome_words[OUTCOME_BLOCKED], language),
    };
    int64_t sum[COUNT_COLUMNS] = {0};
    output_cell(_("kind"), COUNT_KIND_CELLS);
    for (int i = 0; i < COUNT_COLUMNS; i++)
        output_cell(titles[i], COUNT_CELLS);
    fputc('\n', stdout);
    for (int k = 0; k < KIND_COUNT; k++) {
        const int64_t values[COUNT_COLUMNS] = {
            counts->pending[k],
            counts->overdue[k],
            counts->due_soon[k],
            counts->outcome[k][OUTCOME_APPROVABLE],
            counts->outcome[k][OUTCOME_PARTLY],
            counts->outcome[k][OUTCOME_BLOCKED],
        };
        print_count_line(message_word(&document_kinds[k], language), values);
        for (int i = 0; i < COUNT_COLUMNS; i++)
            sum[i] += values[i];
    }
    print_count_line(_("all kinds"), sum);
}

static int list_counts(struct app *app) {
    struct queue_counts counts;
    struct err err = {0};
    struct json json = {0};
    if (queue_counts(app->store, &counts, &err) != STATUS_OK)
        return output_err(&err);
    if (!app->json) {
        print_counts(&counts, app->language);
        return STATUS_OK;
    }
    put_counts(&counts, &json);
    return output_json(&json);
}

/* Index of a word by its code, its Chinese or its English; QUEUE_ANY for no text. */
static int word_index(const struct document_word *words, size_t count, const char *text) {
    if (text == NULL)
        return QUEUE_ANY;
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].code, text) == 0 || strcmp(words[i].zh, text) == 0 || strcmp(words[i].en, text) == 0)
            return (int)i;
    return NO_SUCH_WORD;
}

static void print_row(const struct app *app, const struct queue_row *row, bool first) {
    struct json json = {0};
    if (!app->json) {
        list_print_row(row, app->language);
        return;
    }
    row_json(&json, row);
    if (json.failed)
        output_lost();
    else
        printf("%s%s", first ? "" : ",\n", json.data);
    json_free(&json);
}

static int print_pages(struct app *app, const struct queue_filter *filter, int64_t limit, struct queue_row *rows) {
    struct queue_key key, *from = NULL;
    struct err err = {0};
    int64_t printed = 0;
    size_t count;
    if (app->json)
        fputs("{\"applications\":[", stdout);
    else
        list_print_heading(app->language);
    do {
        size_t want = limit - printed < PAGE_ROWS ? (size_t)(limit - printed) : PAGE_ROWS;
        if (queue_page(app->store, filter, from, QUEUE_FORWARD, rows, want, &count, &err) != STATUS_OK)
            return output_err(&err);
        for (size_t i = 0; i < count; i++, printed++)
            print_row(app, &rows[i], printed == 0);
        if (count > 0)
            key = queue_key_of(&rows[count - 1], filter->order);
        from = &key;
    } while (count == PAGE_ROWS && printed < limit && !output_failed());
    if (app->json)
        printf("],\"count\":%lld}\n", (long long)printed);
    else if (printed == 0)
        output_note(_("no application is pending here"));
    return STATUS_OK;
}

static int list_pages(struct app *app, const struct queue_filter *filter, int64_t limit) {
    struct queue_row *rows = calloc(PAGE_ROWS, sizeof *rows);
    int status = rows == NULL ? output_no_memory() : print_pages(app, filter, limit, rows);
    free(rows);
    return status;
}

int command_list(struct app *app, int argc, char **argv) {
    static const struct document_word orders[QUEUE_ORDER_COUNT] = {
        [QUEUE_BY_DEADLINE] = {"deadline", "决定期限", "deadline"},
        [QUEUE_BY_SUBMITTED] = {"submitted", "提交日", "submitted"},
    };
    const char *kind = NULL, *outcome = NULL, *specialty = NULL, *order = "deadline";
    int64_t limit = INT64_MAX;
    bool counts = false;
    const struct option_spec specs[] = {{"kind", OPTION_TEXT, &kind, false},
                                        {"outcome", OPTION_TEXT, &outcome, false},
                                        {"specialty", OPTION_TEXT, &specialty, false},
                                        {"order", OPTION_TEXT, &order, false},
                                        {"limit", OPTION_NUMBER, &limit, false},
                                        {"counts", OPTION_FLAG, &counts, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 0)
        return output_usage(_("list takes options only, not \"%s\"; search finds by number"), argv[0]);
    int by = word_index(orders, QUEUE_ORDER_COUNT, order);
    struct queue_filter filter = {
        .kind = word_index(document_kinds, KIND_COUNT, kind),
        .outcome = word_index(outcome_words, OUTCOME_COUNT, outcome),
        .specialty = word_index(document_specialties, SPECIALTY_COUNT, specialty),
        .order = by == QUEUE_BY_SUBMITTED ? QUEUE_BY_SUBMITTED : QUEUE_BY_DEADLINE,
    };
    if (filter.kind == NO_SUCH_WORD)
        return output_usage(_("there is no kind \"%s\": initial, added_specialty, re_registration, continuation"),
                            kind);
    if (filter.outcome == NO_SUCH_WORD)
        return output_usage(_("there is no outcome \"%s\": approvable, partly_approvable, blocked"), outcome);
    if (filter.specialty == NO_SUCH_WORD)
        return output_usage(_("there is no specialty \"%s\"; 建筑工程 is one of the ten"), specialty);
    if (by == NO_SUCH_WORD)
        return output_usage(_("there is no order \"%s\": deadline, submitted"), order);
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    return counts ? list_counts(app) : list_pages(app, &filter, limit);
}
