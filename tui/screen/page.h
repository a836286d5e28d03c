/* A text that fills the screen and is read from top to bottom: help, a notice, the ledger, figures, a report. Each has
 * a class of its own made of the functions here, and a function that writes its lines. */
#ifndef TUI_SCREEN_PAGE_H
#define TUI_SCREEN_PAGE_H

#include "tui/screen/sheet.h"
#include "tui/screen/view.h"

struct page {
    struct sheet sheet;
    size_t first; /* line at the top */
    void *data;   /* what it is about: the page's own, free()d; or NULL */
    /* Writes the sheet anew, `cols` cells wide at the most; begins with sheet_start(). */
    void (*write)(struct screen *screen, struct page *page, int cols);
};

/* Puts a page on top. `data` (or NULL) is the page's from then on, also where there is no memory for the page. */
void page_open(struct screen *screen, const struct view_class *class, void *data,
               void (*write)(struct screen *screen, struct page *page, int cols));

/* For the classes; the state is a struct page. */
void page_draw(struct screen *screen, void *state, struct draw_area area);
/* Reading on does something only where there is more than is in sight. */
bool page_works(const struct screen *screen, void *state, enum action action);
void page_act(struct screen *screen, void *state, enum action action, uint32_t which);
void page_reread(struct screen *screen, void *state);
void page_close(void *state);

#endif
