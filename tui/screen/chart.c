#include "tui/screen/chart.h"

#include <stdio.h>
#include <string.h>

#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/strip.h"

enum { BAR_MAX = 50, BAR_MIN = 12, GAP = 2, TEXT_SIZE = 256 };

/* Of each part; in no font are two of them alike. */
static const char *const shades[CHART_PARTS] = {"█", "▓", "░", "×"};

/* Cells of each column, and what a cell of a bar stands for. */
struct layout {
    int label, sum, bar;
    int part[CHART_PARTS]; /* 0: too narrow for the figures */
    int64_t unit;
};

static int64_t sum_of(const struct chart_row *row) {
    int64_t sum = 0;
    for (size_t i = 0; i < CHART_PARTS; i++)
        sum += row->values[i];
    return sum;
}

static int column(const char *heading, int mark, int64_t most) {
    char number[DRAW_COUNT_SIZE];
    int words = mark + door_width(heading), figures = (int)strlen(draw_count(most, number));
    return GAP + (words > figures ? words : figures);
}

/* The figures give way where the bar would be too short; a bar has a cell more for each part that is rounded up. */
static struct layout lay_out(const struct sheet *sheet, const struct chart_parts *parts, const struct chart_row *sum,
                             int64_t most) {
    struct layout layout = {.label = sheet->labels, .sum = column(_("total"), 0, sum_of(sum))};
    int figures = 0;
    for (size_t i = 0; i < parts->count; i++)
        figures += layout.part[i] = column(_(parts->part[i].word), 2, sum->values[i]);
    layout.bar = sheet->cols - layout.label - layout.sum - GAP;
    if (layout.bar - figures >= BAR_MIN)
        layout.bar -= figures;
    else
        memset(layout.part, 0, sizeof layout.part);
    layout.bar = layout.bar > BAR_MAX ? BAR_MAX : layout.bar < BAR_MIN ? BAR_MIN : layout.bar;
    int64_t cells = layout.bar - (int)parts->count;
    layout.unit = most <= cells ? 1 : (most + cells - 1) / cells;
    return layout;
}

static void write_part(struct strip *strip, const struct chart_parts *parts, size_t part) {
    strip_add(strip, parts->part[part].paint, shades[part], 1);
    strip_add(strip, PAINT_LABEL, " ", 1);
    strip_add(strip, PAINT_LABEL, _(parts->part[part].word), 1);
}

/* The legend as the heading over the figures. Returns whether there was room for what a cell stands for. */
static bool write_heading(struct sheet *sheet, const struct chart_parts *parts, const struct layout *layout,
                          const char *unit) {
    struct strip strip = {0};
    int used = layout->label + layout->sum;
    strip_left(&strip, PAINT_LABEL, layout->label, "");
    strip_right(&strip, PAINT_LABEL, layout->sum, _("total"));
    for (size_t i = 0; i < parts->count; i++) {
        strip_add(&strip, PAINT_NORMAL, " ", layout->part[i] - door_width(_(parts->part[i].word)) - 2);
        write_part(&strip, parts, i);
        used += layout->part[i];
    }
    bool fits = used + GAP + door_width(unit) <= sheet->cols;
    if (fits) {
        strip_add(&strip, PAINT_NORMAL, " ", GAP);
        strip_add(&strip, PAINT_LABEL, unit, 1);
    }
    strip_end(&strip, sheet);
    return fits;
}

/* The legend alone, where there are no figures to head: on as many lines as it takes. */
static void write_legend(struct sheet *sheet, const struct chart_parts *parts) {
    struct strip strip = {0};
    int used = 0;
    for (size_t i = 0; i < parts->count; i++) {
        int width = 2 + door_width(_(parts->part[i].word));
        if (used > 0 && used + GAP + width > sheet->cols) {
            strip_end(&strip, sheet);
            strip = (struct strip){0};
            used = 0;
        }
        strip_add(&strip, PAINT_NORMAL, " ", used > 0 ? GAP : 0);
        write_part(&strip, parts, i);
        used += (used > 0 ? GAP : 0) + width;
    }
    strip_end(&strip, sheet);
}

/* A cell for every started unit of each part, so that nothing but 0 is invisible. */
static void write_row(struct sheet *sheet, const struct chart_parts *parts, const struct layout *layout,
                      const struct chart_row *row, bool bar) {
    struct strip strip = {0};
    strip_left(&strip, PAINT_LABEL, layout->label, row->label);
    strip_count(&strip, PAINT_NORMAL, layout->sum, sum_of(row));
    for (size_t i = 0; i < parts->count && layout->part[i] > 0; i++)
        strip_count(&strip, PAINT_NORMAL, layout->part[i], row->values[i]);
    strip_add(&strip, PAINT_NORMAL, " ", GAP);
    for (size_t i = 0; bar && i < parts->count; i++)
        strip_add(&strip, parts->part[i].paint, shades[i], (row->values[i] + layout->unit - 1) / layout->unit);
    strip_end(&strip, sheet);
}

void chart_write(struct sheet *sheet, const struct chart_parts *parts, const struct chart_row *rows, size_t count,
                 bool with_sum) {
    struct chart_row sum = {0};
    int64_t most = 0;
    snprintf(sum.label, sizeof sum.label, "%s", _("total"));
    for (size_t i = 0; i < count; i++) {
        most = sum_of(&rows[i]) > most ? sum_of(&rows[i]) : most;
        for (size_t part = 0; part < CHART_PARTS; part++)
            sum.values[part] += rows[i].values[part];
    }
    struct layout layout = lay_out(sheet, parts, &sum, most);
    char number[DRAW_COUNT_SIZE], unit[TEXT_SIZE] = "";
    if (layout.unit > 1)
        snprintf(unit, sizeof unit, _("(a cell: up to %s)"), draw_count(layout.unit, number));
    bool figures = layout.part[0] > 0, said = figures && write_heading(sheet, parts, &layout, unit);
    if (!figures)
        write_legend(sheet, parts);
    for (size_t i = 0; i < count; i++)
        write_row(sheet, parts, &layout, &rows[i], true);
    if (with_sum && count > 1)
        write_row(sheet, parts, &layout, &sum, false);
    if (!said && layout.unit > 1)
        sheet_text(sheet, 0, PAINT_LABEL, unit);
}
