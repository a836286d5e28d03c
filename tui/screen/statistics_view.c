/* Figures: what waits, what was decided in the last days, and by whom today. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/stats.h"
#include "tui/list.h"
#include "tui/message.h"
#include "tui/screen/page.h"
#include "tui/screen/views.h"

enum { DAYS = 14, BAR_MAX = 50, BAR_MIN = 10, NUMBER_CELLS = 7, LABEL_CELLS = 12, PARTS_MAX = 4, TEXT_SIZE = 1024 };

/* What a bar is made of, in its order; each part has a shade of its own, readable without colour. */
struct parts {
    size_t count;
    const char *words[PARTS_MAX]; /* msgids */
};

static const char *const shades[PARTS_MAX] = {"█", "▓", "░", "×"};
static const struct parts pending_parts = {3, {N_("overdue"), N_("due soon"), N_("later")}};
static const struct parts outcome_parts = {
    4, {N_("approved whole"), N_("approved in part"), N_("refused"), N_("revocations")}};

static int64_t sum(const int64_t *values, size_t count) {
    int64_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += values[i];
    return all;
}

/* A cell for every started `unit` of each part, so that nothing but 0 is invisible; then the number. */
static void write_bar(struct sheet *sheet, const char *label, const struct parts *parts, const int64_t *values,
                      int64_t unit) {
    char text[TEXT_SIZE], number[DRAW_COUNT_SIZE];
    size_t used =
        (size_t)snprintf(text, sizeof text, "%*s  ", NUMBER_CELLS, draw_count(sum(values, parts->count), number));
    for (size_t i = 0; i < parts->count; i++)
        for (int64_t done = 0; done < values[i] && used + 4 < sizeof text; done += unit)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s", shades[i]);
    sheet_pair(sheet, label, PAINT_NORMAL, text);
    if (sum(values, parts->count) == 0)
        return;
    used = 0;
    for (size_t i = 0; i < parts->count && used < sizeof text; i++)
        if (values[i] > 0)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %s", used == 0 ? "" : "  ",
                                     _(parts->words[i]), draw_count(values[i], number));
    sheet_text(sheet, sheet->labels + NUMBER_CELLS + 2, PAINT_LABEL, text);
}

static void write_legend(struct sheet *sheet, const struct parts *parts, int64_t unit) {
    char text[TEXT_SIZE];
    size_t used = 0;
    for (size_t i = 0; i < parts->count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s %s  ", shades[i], _(parts->words[i]));
    if (unit > 1)
        snprintf(text + used, sizeof text - used, _("(a cell: up to %lld)"), (long long)unit);
    sheet_text(sheet, 0, PAINT_LABEL, text);
}

/* How many a cell stands for, so that the longest bar still fits, one cell more for each part that is rounded up. */
static int64_t unit_for(const struct sheet *sheet, const struct parts *parts, int64_t most) {
    int64_t cells = sheet->cols - sheet->labels - NUMBER_CELLS - 2;
    cells = (cells > BAR_MAX ? BAR_MAX : cells < BAR_MIN ? BAR_MIN : cells) - (int64_t)parts->count;
    return most <= cells ? 1 : (most + cells - 1) / cells;
}

static void write_pending(const struct screen *screen, struct sheet *sheet) {
    const struct queue_counts *counts = &screen->counts;
    int64_t most = 0;
    for (int k = 0; k < KIND_COUNT; k++)
        most = counts->pending[k] > most ? counts->pending[k] : most;
    int64_t unit = unit_for(sheet, &pending_parts, most);
    sheet_section(sheet, _("Waiting for decision"));
    write_legend(sheet, &pending_parts, unit);
    for (int k = 0; k < KIND_COUNT; k++) {
        const int64_t values[PARTS_MAX] = {counts->overdue[k], counts->due_soon[k],
                                           counts->pending[k] - counts->overdue[k] - counts->due_soon[k]};
        write_bar(sheet, list_kind_word((enum kind)k), &pending_parts, values, unit);
    }
}

static int64_t most_of(const struct stats_row *rows, size_t count) {
    int64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t all = rows[i].approved + rows[i].partly + rows[i].refused + rows[i].revoked;
        most = all > most ? all : most;
    }
    return most;
}

static void write_decided(struct sheet *sheet, const char *label, const struct stats_row *row, int64_t unit) {
    static const struct stats_row nothing;
    const struct stats_row *shown = row == NULL ? &nothing : row;
    const int64_t values[PARTS_MAX] = {shown->approved, shown->partly, shown->refused, shown->revoked};
    write_bar(sheet, label, &outcome_parts, values, unit);
}

static void write_days(struct screen *screen, struct sheet *sheet) {
    struct stats_row *rows = NULL;
    size_t count = 0;
    struct err err = {0};
    char date[DAY_TEXT_SIZE];
    day first = screen->today - DAYS + 1;
    if (stats_run(screen->store, STATS_DAY, first, screen->today, &rows, &count, &err) != STATUS_OK) {
        view_say_err(screen, &err);
        return;
    }
    int64_t unit = unit_for(sheet, &outcome_parts, most_of(rows, count));
    size_t left = count; /* the rows come oldest first, the lines newest first */
    sheet_section(sheet, _("Decisions of the last 14 days"));
    write_legend(sheet, &outcome_parts, unit);
    for (day on = screen->today; on >= first; on--) {
        day_format(on, date);
        bool any = left > 0 && strcmp(rows[left - 1].key, date) == 0;
        write_decided(sheet, date, any ? &rows[left - 1] : NULL, unit);
        left -= any ? 1 : 0;
    }
    free(rows);
}

static void write_reviewers(struct screen *screen, struct sheet *sheet) {
    struct stats_row *rows = NULL;
    size_t count = 0;
    struct err err = {0};
    if (stats_run(screen->store, STATS_REVIEWER, screen->today, screen->today, &rows, &count, &err) != STATUS_OK) {
        view_say_err(screen, &err);
        return;
    }
    int64_t unit = unit_for(sheet, &outcome_parts, most_of(rows, count));
    sheet_section(sheet, _("Decisions of today, by reviewer"));
    if (count == 0)
        sheet_text(sheet, 0, PAINT_NORMAL, _("none"));
    for (size_t i = 0; i < count; i++) {
        struct reviewer reviewer;
        bool named = people_find(screen->store, rows[i].key, &reviewer, NULL) == STATUS_OK && reviewer.name[0] != '\0';
        write_decided(sheet, named ? reviewer.name : rows[i].key, &rows[i], unit);
    }
    free(rows);
}

static void write(struct screen *screen, struct page *page, int cols) {
    sheet_start(&page->sheet, cols, LABEL_CELLS);
    write_pending(screen, &page->sheet);
    write_days(screen, &page->sheet);
    write_reviewers(screen, &page->sheet);
}

static const struct view_class statistics_class = {
    .keys = KEYS_PAGE,
    .title = N_("Statistics"),
    .draw = page_draw,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void statistics_view_open(struct screen *screen) {
    page_open(screen, &statistics_class, NULL, write);
}
