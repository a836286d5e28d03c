/* Figures: what waits, by kind and by the days left; what was decided in the last weeks; who decided what today, when.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/stats.h"
#include "tui/door.h"
#include "tui/instant.h"
#include "tui/list.h"
#include "tui/message.h"
#include "tui/screen/chart.h"
#include "tui/screen/page.h"
#include "tui/screen/strip.h"
#include "tui/screen/views.h"
#include "tui/span_text.h"

enum { DAYS = 28, LABEL_CELLS = 13, LABEL_CELLS_NARROW = 12, GAP = 2, DAY_BEGINS = 8, DAY_ENDS = 20, TIME_CELLS = 7 };

static const struct chart_parts kind_parts = {
    3, {{N_("overdue"), PAINT_BAD}, {N_("soon"), PAINT_SOON}, {N_("later"), PAINT_NORMAL}}};
static const struct chart_parts waiting_parts = {
    3, {{N_("approvable"), PAINT_GOOD}, {N_("part"), PAINT_PART}, {N_("blocked"), PAINT_BAD}}};
static const struct chart_parts decided_parts = {4,
                                                 {{N_("granted"), PAINT_GOOD},
                                                  {N_("in part"), PAINT_PART},
                                                  {N_("refused"), PAINT_BAD},
                                                  {N_("revoked"), PAINT_NORMAL}}};

static void write_kinds(struct screen *screen, struct sheet *sheet) {
    const struct queue_counts *counts = &screen->counts;
    struct chart_row rows[KIND_COUNT] = {0};
    for (int k = 0; k < KIND_COUNT; k++) {
        snprintf(rows[k].label, sizeof rows[k].label, "%s", list_kind_word((enum kind)k));
        rows[k].values[0] = counts->overdue[k];
        rows[k].values[1] = counts->due_soon[k];
        rows[k].values[2] = counts->pending[k] - counts->overdue[k] - counts->due_soon[k];
    }
    sheet_section(sheet, _("Waiting, by kind"));
    chart_write(sheet, &kind_parts, rows, KIND_COUNT, true);
}

static void write_spans(struct screen *screen, struct sheet *sheet) {
    static const enum outcome order[] = {OUTCOME_APPROVABLE, OUTCOME_PARTLY, OUTCOME_BLOCKED};
    struct chart_row rows[STATS_SPANS] = {0};
    struct stats_waiting waiting;
    struct err err = {0};
    if (stats_waiting(screen->store, &waiting, &err) != STATUS_OK) {
        view_say_err(screen, &err);
        return;
    }
    for (size_t i = 0; i < STATS_SPANS; i++) {
        span_text(&stats_spans[i], rows[i].label, sizeof rows[i].label);
        for (size_t part = 0; part < OUTCOME_COUNT; part++)
            rows[i].values[part] = waiting.pending[i][order[part]];
    }
    sheet_section(sheet, _("Waiting, by working days left"));
    chart_write(sheet, &waiting_parts, rows, STATS_SPANS, false); /* the sum is that of the kinds */
}

static void fill(struct chart_row *row, const struct stats_row *figures) {
    const int64_t values[CHART_PARTS] = {figures->approved, figures->partly, figures->refused, figures->revoked};
    memcpy(row->values, values, sizeof values);
}

/* "11-25 Wed" */
static void day_label(day on, char *out, size_t size) {
    static const char *const words[] = {N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat")};
    enum { MONTH_AT = 5 };
    char date[DAY_TEXT_SIZE];
    day_format(on, date);
    snprintf(out, size, "%s %s", date + MONTH_AT, _(words[day_weekday(on)]));
}

/* Days off on which nothing was decided are left out: they would only stand between the days of work. */
static void write_days(struct screen *screen, struct sheet *sheet) {
    struct chart_row *rows = calloc(DAYS, sizeof *rows);
    struct stats_row *decided = NULL;
    size_t left = 0, count = 0;
    struct err err = {0};
    char date[DAY_TEXT_SIZE];
    day today = screen->today;
    if (rows == NULL ||
        stats_run(screen->store, STATS_DAY, today - DAYS + 1, today, &decided, &left, &err) != STATUS_OK)
        view_say_err(screen, &err);
    for (day on = today; rows != NULL && on > today - DAYS; on--) {
        day_format(on, date);
        bool any = left > 0 && strcmp(decided[left - 1].key, date) == 0; /* they come oldest first */
        if (!any && workday_is_off(store_calendar(screen->store), on))
            continue;
        if (any)
            fill(&rows[count], &decided[--left]);
        day_label(on, rows[count].label, sizeof rows[count].label);
        count++;
    }
    sheet_section(sheet, _("Decisions of the last 4 weeks"));
    chart_write(sheet, &decided_parts, rows, count, true);
    if (count < DAYS)
        sheet_text(sheet, 0, PAINT_LABEL, _("Days off without a decision are left out."));
    free(decided);
    free(rows);
}

/* The hours that are shown: the working day, and any other in which something was decided. */
struct hours {
    int first, last;
    int64_t most;
};

static struct hours hours_of(const struct stats_row *rows, size_t count) {
    struct hours hours = {.first = DAY_BEGINS, .last = DAY_ENDS};
    for (size_t i = 0; i < count; i++)
        for (int h = 0; h < STATS_HOURS; h++) {
            if (rows[i].hours[h] == 0)
                continue;
            hours.first = h < hours.first ? h : hours.first;
            hours.last = h > hours.last ? h : hours.last;
            hours.most = rows[i].hours[h] > hours.most ? rows[i].hours[h] : hours.most;
        }
    return hours;
}

static void write_times(struct strip *strip, const struct stats_row *row) {
    char text[INSTANT_TEXT_SIZE];
    strip_right(strip, PAINT_NORMAL, TIME_CELLS, instant_time(row->first, text));
    strip_right(strip, PAINT_NORMAL, TIME_CELLS, instant_time(row->last, text));
}

/* A column for each hour. */
static void write_hour_columns(struct sheet *sheet, const struct chart_row *labels, const struct stats_row *rows,
                               size_t count, const struct hours *hours, int cells) {
    struct strip heading = {0};
    strip_left(&heading, PAINT_LABEL, sheet->labels, "");
    strip_right(&heading, PAINT_LABEL, TIME_CELLS, _("first"));
    strip_right(&heading, PAINT_LABEL, TIME_CELLS, _("last"));
    for (int h = hours->first; h <= hours->last; h++) {
        char text[16];
        snprintf(text, sizeof text, "%02d", h);
        strip_right(&heading, PAINT_LABEL, cells, text);
    }
    strip_end(&heading, sheet);
    for (size_t i = 0; i < count; i++) {
        struct strip strip = {0};
        strip_left(&strip, PAINT_LABEL, sheet->labels, labels[i].label);
        write_times(&strip, &rows[i]);
        for (int h = hours->first; h <= hours->last; h++)
            strip_count(&strip, PAINT_NORMAL, cells, rows[i].hours[h]);
        strip_end(&strip, sheet);
    }
}

/* Where there is no room for that: the hours in which something was decided, as many on a line as fit. */
static void write_hour_list(struct sheet *sheet, const struct chart_row *label, const struct stats_row *row,
                            int cells) {
    struct strip strip = {0};
    char text[64];
    strip_left(&strip, PAINT_LABEL, sheet->labels, label->label);
    write_times(&strip, row);
    strip_end(&strip, sheet);
    strip = (struct strip){0};
    int used = 0;
    for (int h = 0; h < STATS_HOURS; h++) {
        if (row->hours[h] == 0)
            continue;
        snprintf(text, sizeof text, _("%02dh"), h);
        int width = GAP + door_width(text) + cells;
        if (used > 0 && used + width > sheet->cols) {
            strip_end(&strip, sheet);
            strip = (struct strip){0};
            used = 0;
        }
        strip_right(&strip, PAINT_LABEL, width - cells, text);
        strip_count(&strip, PAINT_NORMAL, cells, row->hours[h]);
        used += width;
    }
    strip_end(&strip, sheet);
}

static void write_hours(struct sheet *sheet, const struct chart_row *labels, const struct stats_row *rows,
                        size_t count) {
    enum { CELLS_LEAST = 3 };
    struct hours hours = hours_of(rows, count);
    char number[DRAW_COUNT_SIZE];
    int cells = 1 + (int)strlen(draw_count(hours.most, number));
    cells = cells < CELLS_LEAST ? CELLS_LEAST : cells;
    sheet_section(sheet, _("Decisions of today, by hour"));
    if (sheet->labels + 2 * TIME_CELLS + (hours.last - hours.first + 1) * cells <= sheet->cols)
        write_hour_columns(sheet, labels, rows, count, &hours, cells);
    else
        for (size_t i = 0; i < count; i++)
            write_hour_list(sheet, &labels[i], &rows[i], cells);
}

static void write_reviewers(struct screen *screen, struct sheet *sheet) {
    struct stats_row *rows = NULL;
    size_t count = 0;
    struct err err = {0};
    enum status status = stats_run(screen->store, STATS_REVIEWER, screen->today, screen->today, &rows, &count, &err);
    struct chart_row *charted = calloc(count + 1, sizeof *charted);
    sheet_section(sheet, _("Decisions of today, by reviewer"));
    if (status != STATUS_OK || charted == NULL)
        view_say_err(screen, &err);
    else if (count == 0)
        sheet_text(sheet, 0, PAINT_NORMAL, _("none"));
    for (size_t i = 0; charted != NULL && i < count; i++) {
        struct reviewer reviewer;
        bool named = people_find(screen->store, rows[i].key, &reviewer, NULL) == STATUS_OK && reviewer.name[0] != '\0';
        snprintf(charted[i].label, sizeof charted[i].label, "%s", named ? reviewer.name : rows[i].key);
        fill(&charted[i], &rows[i]);
    }
    if (charted != NULL && count > 0) {
        chart_write(sheet, &decided_parts, charted, count, true);
        write_hours(sheet, charted, rows, count);
    }
    free(charted);
    free(rows);
}

static void write(struct screen *screen, struct page *page, int cols) {
    enum { NARROW = 60 };
    sheet_start(&page->sheet, cols, cols < NARROW ? LABEL_CELLS_NARROW : LABEL_CELLS);
    write_kinds(screen, &page->sheet);
    write_spans(screen, &page->sheet);
    write_days(screen, &page->sheet);
    write_reviewers(screen, &page->sheet);
}

static const struct view_class statistics_class = {
    .keys = KEYS_PAGE,
    .title = N_("Statistics"),
    .draw = page_draw,
    .works = page_works,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void statistics_view_open(struct screen *screen) {
    page_open(screen, &statistics_class, NULL, write);
}
