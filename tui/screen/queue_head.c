#include "tui/screen/queue_head.h"

#include <stdio.h>

#include "tui/door.h"
#include "tui/list.h"
#include "tui/message.h"

enum { TEXT_SIZE = 1024, WIDE_COLS = 70 };

static void draw_tabs(struct screen *screen, const struct queue_head *head, struct draw_area area) {
    char text[TEXT_SIZE], count[DRAW_COUNT_SIZE];
    int col = area.col;
    int64_t all = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        all += screen->counts.pending[kind];
    for (int tab = 0; tab < QUEUE_TABS; tab++) {
        bool current = head->filter->kind == tab - 1;
        const char *word = tab == 0 ? _("all") : list_kind_word((enum kind)(tab - 1));
        draw_count(tab == 0 ? all : screen->counts.pending[tab - 1], count);
        if (area.cols >= WIDE_COLS)
            snprintf(text, sizeof text, " %d %s %s ", tab + 1, word, count);
        else
            snprintf(text, sizeof text, "%d%s ", tab + 1, word);
        int from = col;
        col =
            draw_run(&screen->term, area.row, col, area.col + area.cols, current ? PAINT_CURRENT : PAINT_NORMAL, text);
        view_spot(screen, area.row, from, col, ACTION_TAB, (uint32_t)tab);
    }
}

static int64_t of_kinds(const struct queue_filter *filter, const int64_t by_kind[KIND_COUNT]) {
    int64_t sum = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        sum += filter->kind == QUEUE_ANY || filter->kind == kind ? by_kind[kind] : 0;
    return sum;
}

/* "! 逾期 3  · 3日内到期 12" at the right edge, so that it stands still; where there is room. */
static void draw_pressing(const struct screen *screen, const struct queue_head *head, int row, int from, int end) {
    char overdue[TEXT_SIZE], soon[TEXT_SIZE], count[DRAW_COUNT_SIZE];
    snprintf(overdue, sizeof overdue, _("! overdue %s"),
             draw_count(of_kinds(head->filter, screen->counts.overdue), count));
    snprintf(soon, sizeof soon, _("· due soon %s"), draw_count(of_kinds(head->filter, screen->counts.due_soon), count));
    int col = end - door_width(overdue) - 2 - door_width(soon) - 1;
    if (col < from)
        return;
    draw_run(&screen->term, row, draw_run(&screen->term, row, col, end, PAINT_BAD, overdue) + 2, end, PAINT_SOON, soon);
}

/* "第 17 / 1,204 · 按期限", then the marks and the chips. */
static void draw_standing(struct screen *screen, const struct queue_head *head, struct draw_area area) {
    char text[TEXT_SIZE], count[DRAW_COUNT_SIZE], place[DRAW_COUNT_SIZE];
    int row = area.row + 1, end = area.col + area.cols;
    const char *order = head->filter->order == QUEUE_BY_DEADLINE ? _("by deadline") : _("by day of submission");
    if (head->total == 0)
        snprintf(text, sizeof text, _("none · %s"), order);
    else
        snprintf(text, sizeof text, _("%s of %s · %s"), draw_count(head->before + 1, place),
                 draw_count(head->total, count), order);
    int col = draw_run(&screen->term, row, area.col + 1, end, PAINT_NORMAL, text) + 2, from = col;
    if (screen->marks.count > 0) {
        snprintf(text, sizeof text, _(" * %zu marked "), screen->marks.count);
        col = draw_run(&screen->term, row, col, end, PAINT_CHIP, text) + 1;
        view_spot(screen, row, from, col - 1, ACTION_UNMARK, 0);
    }
    bool filtered = false;
    for (int chip = 0; chip < QUEUE_CHIP_COUNT; chip++) {
        if (!queue_chip_is_on(head->filter, (enum queue_chip)chip))
            continue;
        filtered = true;
        queue_chip_write(screen, head->filter, (enum queue_chip)chip, text, sizeof text);
        from = col;
        col = draw_run(&screen->term, row, col, end, PAINT_CHIP, text) + 1;
        view_spot(screen, row, from, col - 1, ACTION_UNFILTER_ONE, (uint32_t)chip + 1);
    }
    if (!filtered) /* they count whole kinds: beside the place among a few they would mislead */
        draw_pressing(screen, head, row, col + 1, end);
}

void queue_head_draw(struct screen *screen, const struct queue_head *head, struct draw_area area) {
    draw_tabs(screen, head, area);
    draw_standing(screen, head, area);
}
