#include "tui/screen/page.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/message.h"

enum { SIDES = 2 };

void page_reread(struct screen *screen, void *state) {
    struct page *page = state;
    page->write(screen, page, view_area(screen).cols - SIDES);
}

/* "↓40%" in the line of messages, where there is more than is in sight. */
static void draw_read(const struct screen *screen, const struct page *page, struct draw_area area) {
    enum { ALL = 100, CELLS = 7 };
    char text[16];
    size_t seen = page->first + (size_t)area.rows, lines = page->sheet.count;
    if (lines <= (size_t)area.rows)
        return;
    if (seen < lines)
        snprintf(text, sizeof text, "↓%zu%%", seen * ALL / lines);
    else
        snprintf(text, sizeof text, "%s", _("end"));
    draw_run(&screen->term, area.row + area.rows, area.cols - CELLS, area.cols, PAINT_LABEL, text);
}

void page_draw(struct screen *screen, void *state, struct draw_area area) {
    struct page *page = state;
    page->first = sheet_clamp(&page->sheet, page->first, area.rows);
    sheet_draw(&page->sheet, &screen->term, (struct draw_area){area.row, area.col + 1, area.rows, area.cols - SIDES},
               page->first);
    screen->cursor_row = area.row;
    screen->cursor_col = area.col;
    draw_read(screen, page, area);
}

bool page_works(const struct screen *screen, void *state, enum action action) {
    const struct page *page = state;
    return action != ACTION_PAGE_DOWN || page->sheet.count > (size_t)view_area(screen).rows;
}

void page_act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct page *page = state;
    int rows = view_area(screen).rows;
    int64_t first = (int64_t)page->first;
    (void)which;
    switch (action) {
    case ACTION_BACK:
        view_pop(screen);
        return;
    case ACTION_DOWN:
    case ACTION_UP:
        first += action == ACTION_DOWN ? 1 : -1;
        break;
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
        first += action == ACTION_PAGE_DOWN ? rows - 1 : 1 - rows;
        break;
    default:
        first = action == ACTION_FIRST ? 0 : (int64_t)page->sheet.count;
    }
    page->first = sheet_clamp(&page->sheet, first < 0 ? 0 : (size_t)first, rows);
}

void page_close(void *state) {
    struct page *page = state;
    sheet_free(&page->sheet);
    free(page->data);
    free(page);
}

void page_open(struct screen *screen, const struct view_class *class, void *data,
               void (*write)(struct screen *screen, struct page *page, int cols)) {
    struct page *page = calloc(1, sizeof *page);
    if (page == NULL) {
        free(data);
        return;
    }
    page->data = data;
    page->write = write;
    view_push(screen, class, page);
}
