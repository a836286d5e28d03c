/* A box in which one of several things is chosen. */
#include <stdlib.h>
#include <string.h>

#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/views.h"

enum { SIDES = 4, FRAME = 2 };

struct choice_view {
    struct choice choice;
    size_t selected, first;
    struct draw_area inside; /* where the items were drawn */
};

static void keep_in_sight(struct choice_view *view, int rows) {
    size_t shown = rows < 1 ? 1 : (size_t)rows;
    if (view->selected < view->first)
        view->first = view->selected;
    else if (view->selected >= view->first + shown)
        view->first = view->selected - shown + 1;
}

static void choose(struct screen *screen, const struct choice_view *view) {
    struct choice choice = view->choice; /* the view is gone when the answer is given */
    size_t selected = view->selected;
    view_drop(screen);
    choice.chosen(screen, choice.data, selected);
}

static void act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct choice_view *view = state;
    size_t last = view->choice.count - 1;
    (void)which;
    switch (action) {
    case ACTION_DOWN:
        view->selected = view->selected == last ? 0 : view->selected + 1;
        break;
    case ACTION_UP:
        view->selected = view->selected == 0 ? last : view->selected - 1;
        break;
    case ACTION_FIRST:
    case ACTION_LAST:
        view->selected = action == ACTION_FIRST ? 0 : last;
        break;
    case ACTION_OPEN:
        choose(screen, view);
        break;
    default:
        view_pop(screen);
    }
}

static void click(struct screen *screen, void *state, int row, int col) {
    struct choice_view *view = state;
    size_t index = view->first + (size_t)(row - view->inside.row);
    if (row < view->inside.row || row >= view->inside.row + view->inside.rows || col < view->inside.col ||
        col >= view->inside.col + view->inside.cols || index >= view->choice.count)
        return;
    view->selected = index;
    choose(screen, view);
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct choice_view *view = state;
    const struct terminal *term = &screen->term;
    int cells = door_width(view->choice.title) + 2, rows = (int)view->choice.count;
    for (size_t i = 0; i < view->choice.count; i++)
        cells = door_width(view->choice.items[i]) > cells ? door_width(view->choice.items[i]) : cells;
    rows = rows > area.rows - FRAME ? area.rows - FRAME : rows;
    struct draw_area box = draw_centre(term, rows + FRAME, cells + SIDES);
    keep_in_sight(view, rows);
    draw_frame(term, box, PAINT_NORMAL, view->choice.title);
    view->inside = (struct draw_area){box.row + 1, box.col + 2, rows, box.cols - SIDES};
    for (int i = 0; i < rows; i++) {
        size_t index = view->first + (size_t)i;
        bool selected = index == view->selected;
        draw_cells(term, box.row + 1 + i, box.col + 2, box.cols - SIDES, PAINT_NORMAL, selected,
                   view->choice.items[index]);
        screen->cursor_row = selected ? box.row + 1 + i : screen->cursor_row;
    }
    screen->cursor_col = box.col + 2;
}

static void close_view(void *state) {
    struct choice_view *view = state;
    for (size_t i = 0; i < view->choice.count; i++)
        free(view->choice.items[i]);
    free(view);
}

static const struct view_class choice_class = {
    .keys = KEYS_CHOICE,
    .box = true,
    .title = N_("Choosing"),
    .draw = draw,
    .act = act,
    .click = click,
    .close = close_view,
};

void choice_open(struct screen *screen, const struct choice *choice, size_t selected) {
    struct choice_view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return;
    view->choice = *choice;
    view->choice.count = 0;
    view->selected = selected;
    for (size_t i = 0; i < choice->count; i++) {
        view->choice.items[i] = strdup(choice->items[i]);
        if (view->choice.items[i] == NULL) {
            close_view(view);
            return;
        }
        view->choice.count++;
    }
    view_push(screen, &choice_class, view);
}
