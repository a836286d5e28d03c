/* The list under every list: rows of applications, one of them selected, their columns fitted to the width. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include "core/phrase.h"
#include "store/queue.h"
#include "tui/draw.h"

struct list {
    struct queue_row *rows; /* those in view */
    size_t capacity;
    size_t count;
    size_t selected;        /* index into rows; 0 where there are none */
    enum queue_order order; /* what it is ordered by does not give way to other columns */
};

/* Room for so many rows; false: no memory, and the list is as before. What it holds stays as far as it fits. */
bool list_resize(struct list *list, size_t capacity);
void list_free(struct list *list);

/* The selected row, or NULL in an empty list. */
const struct queue_row *list_selected(const struct list *list);

/* Draws headings and rows; the cursor is to rest where *cursor_row says (the area's first row in an empty list). */
void list_draw(const struct list *list, const struct terminal *term, struct draw_area area, enum language language,
               int *cursor_row);

/* The row of the list that stands on that line of the area it was drawn in, or -1. */
int list_hit(const struct list *list, struct draw_area area, int line, int col);

/* The sign that goes with a deadline, an outcome: colour never stands alone. */
const char *list_deadline_sign(const struct queue_row *row);
enum paint list_deadline_paint(const struct queue_row *row);
const char *list_outcome_sign(enum outcome outcome);
enum paint list_outcome_paint(enum outcome outcome);

/* A word for a kind short enough for a column or a tab. */
const char *list_kind_word(enum kind kind);

#endif
