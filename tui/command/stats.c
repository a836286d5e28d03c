#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/stats.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/door.h"
#include "tui/instant.h"
#include "tui/span_text.h"

enum { KEY_CELLS = 24, FIGURE_CELLS = 10, BAR_CELLS = 30 };

/* What there is to print. */
struct figures {
    enum stats_by by;
    day from, to;
    struct stats_row *rows;
    size_t count;
    struct queue_counts counts;
    struct stats_waiting waiting;
};

static const char *key_text(const struct app *app, enum stats_by by, const struct stats_row *row) {
    int kind = by == STATS_KIND ? document_word_find(document_kinds, KIND_COUNT, row->key) : -1;
    int specialty = by == STATS_SPECIALTY ? document_word_find(document_specialties, SPECIALTY_COUNT, row->key) : -1;
    if (kind >= 0)
        return message_word(&document_kinds[kind], app->language);
    return specialty >= 0 ? message_word(&document_specialties[specialty], app->language) : row->key;
}

static void print_range(const struct figures *f) {
    char a[DAY_TEXT_SIZE], b[DAY_TEXT_SIZE];
    printf(_("decisions from %s to %s, both days included\n"), f->from == DAY_NONE ? "…" : day_format(f->from, a),
           f->to == DAY_NONE ? "…" : day_format(f->to, b));
}

/* Headings and figures of a table stand under each other in both languages. */
static void print_right(const char *text) {
    int width = door_width(text);
    printf(" %*s", width < FIGURE_CELLS ? FIGURE_CELLS - width : 0, "");
    output_text(stdout, text);
}

static void print_table(const struct app *app, const struct figures *f) {
    int64_t most = 1;
    for (size_t i = 0; i < f->count; i++)
        most = stats_total(&f->rows[i]) > most ? stats_total(&f->rows[i]) : most;
    output_cell(message_word(&stats_words[f->by], app->language), KEY_CELLS);
    print_right(_("approved"));
    print_right(_("partly"));
    print_right(_("refused"));
    print_right(_("revoked"));
    fputc('\n', stdout);
    for (size_t i = 0; i < f->count; i++) {
        const struct stats_row *row = &f->rows[i];
        output_cell(key_text(app, f->by, row), KEY_CELLS);
        printf(" %*lld %*lld %*lld %*lld", FIGURE_CELLS, (long long)row->approved, FIGURE_CELLS, (long long)row->partly,
               FIGURE_CELLS, (long long)row->refused, FIGURE_CELLS, (long long)row->revoked);
        if (isatty(STDOUT_FILENO))
            printf("  %.*s", (int)(stats_total(row) * BAR_CELLS / most), "##############################");
        fputc('\n', stdout);
    }
}

/* Each reviewer's first and last decision, and how many in which hour. */
static void print_hours(const struct figures *f) {
    char first[INSTANT_TEXT_SIZE], last[INSTANT_TEXT_SIZE];
    printf("\n%s\n", _("by hour, Shanghai time"));
    for (size_t i = 0; i < f->count; i++) {
        const struct stats_row *row = &f->rows[i];
        output_cell(row->key, KEY_CELLS);
        printf("%s - %s", instant_local(row->first, first), instant_local(row->last, last));
        for (int h = 0; h < STATS_HOURS; h++)
            if (row->hours[h] > 0) {
                fputs("  ", stdout);
                printf(_("%02dh"), h);
                printf(" %lld", (long long)row->hours[h]);
            }
        fputc('\n', stdout);
    }
}

static void print_pending(const struct app *app, const struct figures *f) {
    printf("\n%s\n", _("pending now"));
    for (int k = 0; k < KIND_COUNT; k++) {
        output_cell(message_word(&document_kinds[k], app->language), KEY_CELLS);
        printf(_("%8lld pending, %lld overdue, %lld due within 3 working days\n"), (long long)f->counts.pending[k],
               (long long)f->counts.overdue[k], (long long)f->counts.due_soon[k]);
    }
}

static void print_waiting(const struct figures *f) {
    fputc('\n', stdout);
    output_cell(_("working days left"), KEY_CELLS);
    print_right(_("total"));
    print_right(_("approvable"));
    print_right(_("part"));
    print_right(_("blocked"));
    fputc('\n', stdout);
    for (size_t i = 0; i < STATS_SPANS; i++) {
        const int64_t *n = f->waiting.pending[i];
        char span[64];
        output_cell(span_text(&stats_spans[i], span, sizeof span), KEY_CELLS);
        const int64_t figures[] = {n[OUTCOME_APPROVABLE] + n[OUTCOME_PARTLY] + n[OUTCOME_BLOCKED],
                                   n[OUTCOME_APPROVABLE], n[OUTCOME_PARTLY], n[OUTCOME_BLOCKED]};
        for (size_t k = 0; k < sizeof figures / sizeof figures[0]; k++)
            printf(" %*lld", FIGURE_CELLS, (long long)figures[k]);
        fputc('\n', stdout);
    }
}

static int print_text(const struct app *app, const struct figures *f) {
    print_range(f);
    print_table(app, f);
    if (f->by == STATS_REVIEWER && f->count > 0)
        print_hours(f);
    print_pending(app, f);
    print_waiting(f);
    return STATUS_OK;
}

static void put_row(struct json *json, const struct stats_row *row) {
    json_object(json, NULL);
    json_text(json, "key", row->key);
    json_integer(json, "approved", row->approved);
    json_integer(json, "partly_approved", row->partly);
    json_integer(json, "refused", row->refused);
    json_integer(json, "revoked", row->revoked);
    json_text(json, "first", row->first);
    json_text(json, "last", row->last);
    json_array(json, "hours");
    for (int h = 0; h < STATS_HOURS; h++)
        json_integer(json, NULL, row->hours[h]);
    json_array_end(json);
    json_object_end(json);
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

/* A bound that there is not is null. */
static void put_bound(struct json *json, const char *key, int bound) {
    if (bound == INT_MIN || bound == INT_MAX)
        json_null(json, key);
    else
        json_integer(json, key, bound);
}

static void put_waiting(struct json *json, const struct stats_waiting *waiting) {
    json_array(json, "pending_by_workdays_left");
    for (size_t i = 0; i < STATS_SPANS; i++) {
        json_object(json, NULL);
        put_bound(json, "from", stats_spans[i].from);
        put_bound(json, "to", stats_spans[i].to);
        json_bool(json, "overdue", stats_spans[i].overdue);
        for (int o = OUTCOME_COUNT - 1; o >= 0; o--)
            json_integer(json, outcome_words[o].code, waiting->pending[i][o]);
        json_object_end(json);
    }
    json_array_end(json);
}

static int print_json(const struct figures *f) {
    struct json json = {0};
    json_object(&json, NULL);
    json_text(&json, "by", stats_words[f->by].code);
    json_day(&json, "from", f->from);
    json_day(&json, "to", f->to);
    json_array(&json, "rows");
    for (size_t i = 0; i < f->count; i++)
        put_row(&json, &f->rows[i]);
    json_array_end(&json);
    put_pending(&json, &f->counts);
    put_waiting(&json, &f->waiting);
    json_object_end(&json);
    return output_json(&json);
}

int command_stats(struct app *app, int argc, char **argv) {
    const char *by = "kind";
    struct figures f = {.from = DAY_NONE, .to = DAY_NONE};
    const struct option_spec specs[] = {{"by", OPTION_TEXT, &by, false},
                                        {"from", OPTION_DAY, &f.from, false},
                                        {"to", OPTION_DAY, &f.to, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    int index = document_word_find(stats_words, STATS_BY_COUNT, by);
    if (index < 0 || argc > 0)
        return output_usage(_("stats takes --by kind, specialty, reviewer, month, day or hour, not \"%s\""),
                            index < 0 ? by : argv[0]);
    f.by = (enum stats_by)index;
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (stats_run(app->store, f.by, f.from, f.to, &f.rows, &f.count, &err) != STATUS_OK ||
        queue_counts(app->store, &f.counts, &err) != STATUS_OK ||
        stats_waiting(app->store, &f.waiting, &err) != STATUS_OK)
        status = output_err(&err);
    else
        status = app->json ? print_json(&f) : print_text(app, &f);
    free(f.rows);
    return status;
}
