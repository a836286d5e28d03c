/* A text that is read from top to bottom: lines broken to a width, labels before values. A detail, a preview, the
 * inside of a box and the help are sheets. */
#ifndef TUI_SCREEN_SHEET_H
#define TUI_SCREEN_SHEET_H

#include "tui/draw.h"

/* A part of a line with a look of its own. */
struct sheet_run {
    enum paint paint;
    const char *text;
};

struct sheet_line {
    char *text;        /* its own memory, with it that of the label and of the runs */
    const char *label; /* or NULL */
    enum paint paint;
    int indent;             /* cells before the text */
    struct sheet_run *runs; /* instead of the text; or NULL */
    size_t run_count;
};

struct sheet {
    struct sheet_line *lines;
    size_t count, capacity;
    int cols;   /* the width lines are broken to */
    int labels; /* cells a label takes */
    bool cut;   /* memory ran out: the rest is missing, and sheet_draw() says so */
};

/* Empties the sheet and sets the width of what will be added. */
void sheet_start(struct sheet *sheet, int cols, int labels);
void sheet_free(struct sheet *sheet);

/* A heading with an empty line before it, unless it comes first. */
void sheet_section(struct sheet *sheet, const char *title);

/* Text behind `indent` cells, broken to the width; line feeds begin new lines. */
void sheet_text(struct sheet *sheet, int indent, enum paint paint, const char *text);
void sheet_format(struct sheet *sheet, int indent, enum paint paint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A label and its text. */
void sheet_pair(struct sheet *sheet, const char *label, enum paint paint, const char *text);
void sheet_pair_format(struct sheet *sheet, const char *label, enum paint paint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* One line of several looks, from the left edge on. It is not broken: what does not fit is cut off. */
void sheet_runs(struct sheet *sheet, const struct sheet_run *runs, size_t count);

void sheet_gap(struct sheet *sheet);

/* The first line to show, kept within what there is. */
size_t sheet_clamp(const struct sheet *sheet, size_t first, int rows);

/* Draws from line `first` on. */
void sheet_draw(const struct sheet *sheet, const struct terminal *term, struct draw_area area, size_t first);

#endif
