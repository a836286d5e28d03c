/* Help, made from the key table. */
#include <stdlib.h>

#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/sheet.h"
#include "tui/screen/views.h"

enum { KEY_CELLS = 24, KEY_CELLS_NARROW = 16, NARROW_COLS = 60 };

struct help_view {
    unsigned keys; /* of the view help was asked for in */
    struct sheet sheet;
    size_t first;
};

static void write_keys(struct sheet *sheet, unsigned view) {
    char names[KEYS_NAME_SIZE];
    for (size_t i = 0; i < keys_table_count; i++)
        if ((keys_table[i].views & view) != 0)
            sheet_pair(sheet, keys_names(&keys_table[i], false, names), PAINT_NORMAL, _(keys_table[i].note));
}

static void write_signs(struct sheet *sheet) {
    sheet_section(sheet, _("Signs"));
    sheet_pair(sheet, "✓ ◐ ✗", PAINT_NORMAL, _("every specialty can be approved; some; none"));
    sheet_pair(sheet, "!", PAINT_NORMAL, _("past the decision deadline"));
    sheet_pair(sheet, "·", PAINT_NORMAL, _("at most 3 working days left"));
    sheet_pair(sheet, "?", PAINT_NORMAL, _("deadline provisional: the holiday notice of that year is not loaded"));
}

static void reread(struct screen *screen, void *state) {
    static const struct {
        unsigned view;
        const char *title;
    } parts[] = {
        {KEYS_QUEUE, N_("In the queue")},       {KEYS_SEARCH, N_("While searching")},
        {KEYS_DETAIL, N_("In an application")}, {KEYS_CONFIRM, N_("In the box that decides")},
        {KEYS_EDITOR, N_("Writing reasons")},
    };
    struct help_view *view = state;
    int cols = view_area(screen).cols - 2;
    sheet_start(&view->sheet, cols, cols < NARROW_COLS ? KEY_CELLS_NARROW : KEY_CELLS);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].view == view->keys) {
            sheet_section(&view->sheet, _(parts[i].title));
            write_keys(&view->sheet, parts[i].view);
        }
    write_signs(&view->sheet);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].view != view->keys) {
            sheet_section(&view->sheet, _(parts[i].title));
            write_keys(&view->sheet, parts[i].view);
        }
}

static void act(struct screen *screen, void *state, enum action action, uint32_t key) {
    struct help_view *view = state;
    int rows = view_area(screen).rows;
    int64_t first = (int64_t)view->first;
    (void)key;
    if (action == ACTION_BACK) {
        view_pop(screen);
        return;
    }
    first += action == ACTION_DOWN        ? 1
             : action == ACTION_UP        ? -1
             : action == ACTION_PAGE_DOWN ? rows - 1
             : action == ACTION_PAGE_UP   ? 1 - rows
             : action == ACTION_FIRST     ? -first
                                          : (int64_t)view->sheet.count;
    view->first = sheet_clamp(&view->sheet, first < 0 ? 0 : (size_t)first, rows);
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct help_view *view = state;
    view->first = sheet_clamp(&view->sheet, view->first, area.rows);
    sheet_draw(&view->sheet, &screen->term, (struct draw_area){area.row, 1, area.rows, area.cols - 2}, view->first);
    screen->cursor_row = area.row;
    screen->cursor_col = 0;
}

static void close_view(void *state) {
    struct help_view *view = state;
    sheet_free(&view->sheet);
    free(view);
}

static const struct view_class help_view_class = {
    .keys = KEYS_HELP,
    .title = N_("Help"),
    .draw = draw,
    .act = act,
    .reread = reread,
    .close = close_view,
};

void help_view_open(struct screen *screen, unsigned keys) {
    struct help_view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return;
    view->keys = keys;
    view_push(screen, &help_view_class, view);
}
