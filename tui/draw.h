/* Drawing on the terminal, by cells. Every text goes through the door on its way (tui/door.h), so it does not matter
 * here whether it comes from the program or from data. Nothing is shown until the loop says doupdate(). */
#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/term.h"

struct draw_area {
    int row, col;
    int rows, cols;
};

enum { DRAW_COUNT_SIZE = 32 };

/* Writes the text into exactly `cells` cells, cut with … or padded. Outside the terminal nothing is drawn. */
void draw_cells(const struct terminal *term, int row, int col, int cells, enum paint paint, bool selected,
                const char *text);

/* Writes the text at `col`, cut at column `end`; returns the column behind it. */
int draw_run(const struct terminal *term, int row, int col, int end, enum paint paint, const char *text);

/* Empties the area. */
void draw_blank(const struct terminal *term, struct draw_area area, enum paint paint);

/* A frame around the area's edge, its title in the upper side; the inside is emptied. */
void draw_frame(const struct terminal *term, struct draw_area area, enum paint paint, const char *title);

void draw_vertical(const struct terminal *term, int row, int col, int rows);

/* Bytes of the first line of `text` broken to `cells` cells: at a line feed, else at a space between words of the Latin
 * script, else at any character. *skip: the bytes that break stands for. At least one character, unless text is "". */
size_t draw_break(const char *text, int cells, size_t *skip);

/* "12,345". Returns out. */
char *draw_count(int64_t count, char out[DRAW_COUNT_SIZE]);

/* A row of fixed height in the middle of the terminal for a box of at most so many rows and cells. */
struct draw_area draw_centre(const struct terminal *term, int rows, int cols);

#endif
