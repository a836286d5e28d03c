/* A text that is read from top to bottom: lines broken to a width, labels before values. A detail, a preview, the
 * inside of a box and the help are sheets. */
#ifndef TUI_SCREEN_SHEET_H
#define TUI_SCREEN_SHEET_H

#include "tui/draw.h"

struct sheet_line {
    char *text;        /* its own memory, the label's with it */
    const char *label; /* or NULL */
    enum paint paint;
    int indent; /* cells before the text */
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

void sheet_gap(struct sheet *sheet);

/* The first line to show, kept within what there is. */
size_t sheet_clamp(const struct sheet *sheet, size_t first, int rows);

/* Draws from line `first` on. */
void sheet_draw(const struct sheet *sheet, const struct terminal *term, struct draw_area area, size_t first);

#endif
