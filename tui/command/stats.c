#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/stats.h"
#include "tui/command/command.h"
#include "tui/database.h"

enum { BAR_CELLS = 30 };

static int64_t total_of(const struct stats_row *row) {
    return row->approved + row->partly + row->refused + row->revoked;
}

static const char *key_text(const struct app *app, enum stats_by by, const struct stats_row *row) {
    int kind = by == STATS_KIND ? document_word_find(document_kinds, KIND_COUNT, row->key) : -1;
    int specialty = by == STATS_SPECIALTY ? document_word_find(document_specialties, SPECIALTY_COUNT, row->key) : -1;
    if (kind >= 0)
        return message_word(&document_kinds[kind], app->language);
    return specialty >= 0 ? message_word(&document_specialties[specialty], app->language) : row->key;
}

static void print_range(day from, day to) {
    char a[DAY_TEXT_SIZE], b[DAY_TEXT_SIZE];
    printf(_("decisions from %s to %s, both days included\n"), from == DAY_NONE ? "…" : day_format(from, a),
           to == DAY_NONE ? "…" : day_format(to, b));
}

static void print_table(const struct app *app, enum stats_by by, const struct stats_row *rows, size_t count) {
    int64_t most = 1;
    for (size_t i = 0; i < count; i++)
        most = total_of(&rows[i]) > most ? total_of(&rows[i]) : most;
    output_cell(message_word(&stats_words[by], app->language), 24);
    printf("%10s %10s %10s %10s\n", _("approved"), _("partly"), _("refused"), _("revoked"));
    for (size_t i = 0; i < count; i++) {
        output_cell(key_text(app, by, &rows[i]), 24);
        printf("%10lld %10lld %10lld %10lld", (long long)rows[i].approved, (long long)rows[i].partly,
               (long long)rows[i].refused, (long long)rows[i].revoked);
        if (isatty(STDOUT_FILENO))
            printf("  %.*s", (int)(total_of(&rows[i]) * BAR_CELLS / most), "##############################");
        fputc('\n', stdout);
    }
}

static void put_pending(struct json *json, const struct queue_counts *counts) {
    json_object(json, "pending");
    for (int k = 0; k < KIND_COUNT; k++) {
        json_object(json, document_kinds[k].code);
        json_integer(json, "pending", counts->pending[k]);
        json_integer(json, "overdue", counts->overdue[k]);
        json_integer(json, "due_soon", counts->due_soon[k]);
        json_object_end(json);
    }
    json_object_end(json);
}

static int print_json(enum stats_by by, day from, day to, const struct stats_row *rows, size_t count,
                      const struct queue_counts *counts) {
    struct json json = {0};
    json_object(&json, NULL);
    json_text(&json, "by", stats_words[by].code);
    json_day(&json, "from", from);
    json_day(&json, "to", to);
    json_array(&json, "rows");
    for (size_t i = 0; i < count; i++) {
        json_object(&json, NULL);
        json_text(&json, "key", rows[i].key);
        json_integer(&json, "approved", rows[i].approved);
        json_integer(&json, "partly_approved", rows[i].partly);
        json_integer(&json, "refused", rows[i].refused);
        json_integer(&json, "revoked", rows[i].revoked);
        json_object_end(&json);
    }
    json_array_end(&json);
    put_pending(&json, counts);
    json_object_end(&json);
    return output_json(&json);
}

static void print_pending(const struct app *app, const struct queue_counts *counts) {
    printf("\n%s\n", _("pending now"));
    for (int k = 0; k < KIND_COUNT; k++) {
        output_cell(message_word(&document_kinds[k], app->language), 24);
        printf(_("%8lld pending, %lld overdue, %lld due within 3 working days\n"), (long long)counts->pending[k],
               (long long)counts->overdue[k], (long long)counts->due_soon[k]);
    }
}

int command_stats(struct app *app, int argc, char **argv) {
    const char *by = "kind";
    day from = DAY_NONE, to = DAY_NONE;
    const struct option_spec specs[] = {{"by", OPTION_TEXT, &by, false},
                                        {"from", OPTION_DAY, &from, false},
                                        {"to", OPTION_DAY, &to, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    struct queue_counts counts;
    struct stats_row *rows = NULL;
    size_t count = 0;
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    int index = document_word_find(stats_words, STATS_BY_COUNT, by);
    if (index < 0 || argc > 0)
        return output_usage(_("stats takes --by kind, specialty, reviewer, month or day, not \"%s\""),
                            index < 0 ? by : argv[0]);
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (stats_run(app->store, (enum stats_by)index, from, to, &rows, &count, &err) != STATUS_OK ||
        queue_counts(app->store, &counts, &err) != STATUS_OK) {
        free(rows);
        return output_err(&err);
    }
    if (app->json) {
        status = print_json((enum stats_by)index, from, to, rows, count, &counts);
    } else {
        print_range(from, to);
        print_table(app, (enum stats_by)index, rows, count);
        print_pending(app, &counts);
    }
    free(rows);
    return status;
}
