/* A box that says something. */
#include <stdlib.h>
#include <string.h>

#include "tui/message.h"
#include "tui/screen/sheet.h"
#include "tui/screen/views.h"

enum { BOX_COLS = 72, SIDES = 4, FRAME = 2 };

struct note_view {
    char *title, *text;
    enum paint paint;
    struct sheet sheet;
    size_t first;
};

static void reread(struct screen *screen, void *state) {
    struct note_view *view = state;
    int cols = screen->term.cols < BOX_COLS ? screen->term.cols : BOX_COLS;
    sheet_start(&view->sheet, cols - SIDES, 0);
    sheet_text(&view->sheet, 0, PAINT_NORMAL, view->text);
}

static int text_rows(const struct screen *screen, const struct note_view *view) {
    int most = view_area(screen).rows - FRAME;
    return (int)view->sheet.count < most ? (int)view->sheet.count : most;
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct note_view *view = state;
    int rows = text_rows(screen, view);
    struct draw_area box = draw_centre(&screen->term, rows + FRAME, view->sheet.cols + SIDES);
    box.row = area.row + (area.rows - box.rows) / 2;
    view->first = sheet_clamp(&view->sheet, view->first, rows);
    draw_frame(&screen->term, box, view->paint, view->title);
    sheet_draw(&view->sheet, &screen->term, (struct draw_area){box.row + 1, box.col + 2, rows, box.cols - SIDES},
               view->first);
    screen->cursor_row = box.row + 1;
    screen->cursor_col = box.col + 2;
}

static void act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct note_view *view = state;
    int rows = text_rows(screen, view);
    (void)which;
    if (action == ACTION_CLOSE) {
        view_pop(screen);
        return;
    }
    int64_t by = action == ACTION_DOWN ? 1 : action == ACTION_UP ? -1 : action == ACTION_PAGE_DOWN ? rows : -rows;
    int64_t first = (int64_t)view->first + by;
    view->first = sheet_clamp(&view->sheet, first < 0 ? 0 : (size_t)first, rows);
}

static void close_view(void *state) {
    struct note_view *view = state;
    sheet_free(&view->sheet);
    free(view->title);
    free(view->text);
    free(view);
}

static const struct view_class note_class = {
    .keys = KEYS_NOTE,
    .box = true,
    .title = N_("Note"),
    .draw = draw,
    .act = act,
    .reread = reread,
    .close = close_view,
};

void note_open(struct screen *screen, enum paint paint, const char *title, const char *text) {
    struct note_view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return;
    view->title = strdup(title);
    view->text = strdup(text);
    view->paint = paint;
    if (view->title == NULL || view->text == NULL)
        close_view(view);
    else
        view_push(screen, &note_class, view);
}
