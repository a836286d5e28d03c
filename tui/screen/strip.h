/* One line put together from pieces that each have a look and a width of their own. */
#ifndef TUI_SCREEN_STRIP_H
#define TUI_SCREEN_STRIP_H

#include <stdint.h>

#include "tui/screen/sheet.h"

enum { STRIP_RUNS = 48, STRIP_SIZE = 4096 };

struct strip {
    struct sheet_run runs[STRIP_RUNS];
    size_t count;
    char text[STRIP_SIZE]; /* theirs; a piece for which there is no room is left out */
    size_t used;
};

/* A piece as it is; `times` over. */
void strip_add(struct strip *strip, enum paint paint, const char *text, int64_t times);

/* A piece of exactly `cells` cells: cut or padded behind. */
void strip_left(struct strip *strip, enum paint paint, int cells, const char *text);

/* A piece padded before, that is never cut. */
void strip_right(struct strip *strip, enum paint paint, int cells, const char *text);

/* A count, "12,345", padded before; nothing is shown as a dot. */
void strip_count(struct strip *strip, enum paint paint, int cells, int64_t count);

/* Puts the line on the sheet. */
void strip_end(struct strip *strip, struct sheet *sheet);

#endif
