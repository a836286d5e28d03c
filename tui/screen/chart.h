/* Bar charts on a sheet: a line for each row, with its label, the sum, the parts of it in figures, and a bar that shows
 * the parts in shades that read without colour. The heading names each part beside its shade and so is the legend. */
#ifndef TUI_SCREEN_CHART_H
#define TUI_SCREEN_CHART_H

#include <stdint.h>

#include "tui/screen/sheet.h"

enum { CHART_PARTS = 4, CHART_LABEL_SIZE = 1024 };

/* What a bar is made of, in its order. */
struct chart_parts {
    size_t count;
    struct {
        const char *word; /* msgid */
        enum paint paint;
    } part[CHART_PARTS];
};

struct chart_row {
    char label[CHART_LABEL_SIZE];
    int64_t values[CHART_PARTS];
};

/* Writes heading and rows, and below more than one row their sum where it is wanted. Where the sheet is too narrow for
 * the figures of the parts, the bars remain. */
void chart_write(struct sheet *sheet, const struct chart_parts *parts, const struct chart_row *rows, size_t count,
                 bool with_sum);

#endif
