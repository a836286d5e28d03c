/* The box that decides: what will be done, and one key that does it. */
#include <stdio.h>
#include <stdlib.h>

#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/decide_views.h"
#include "tui/screen/frame.h"
#include "tui/screen/views.h"

enum { BOX_COLS = 84, SIDES = 4, FRAME = 2, KEY_ROWS = 2 };

struct confirm_view {
    const char *title;
    void (*write)(struct screen *screen, struct sheet *sheet);
    void (*run)(struct screen *screen);
    struct sheet sheet;
    size_t first;
    bool seen; /* down to its last line: nobody decides what they have not had before them */
};

static int inside_cols(const struct screen *screen) {
    return (screen->term.cols < BOX_COLS ? screen->term.cols : BOX_COLS) - SIDES;
}

static void reread(struct screen *screen, void *state) {
    struct confirm_view *view = state;
    sheet_start(&view->sheet, inside_cols(screen), 0);
    view->write(screen, &view->sheet);
}

static int text_rows(const struct screen *screen, const struct confirm_view *view) {
    int most = view_area(screen).rows - FRAME - KEY_ROWS;
    return (int)view->sheet.count < most ? (int)view->sheet.count : most;
}

/* "按大写 Y 确认      n / Esc / q 取消", shorter where it does not fit; no Y before the box was read to its end. */
static void write_keys(const struct screen *screen, const struct confirm_view *view, int cells, char *out,
                       size_t size) {
    const struct keys_entry *yes = keys_of(&screen->keys, KEYS_CONFIRM, ACTION_CONFIRM);
    const struct keys_entry *cancel = keys_of(&screen->keys, KEYS_CONFIRM, ACTION_CANCEL);
    char name[KEYS_NAME_SIZE] = "", no[KEYS_NAME_SIZE] = "", short_no[KEYS_NAME_SIZE];
    if (yes != NULL)
        keys_names(yes, true, name);
    if (cancel != NULL)
        keys_names(cancel, false, no);
    keys_name_of(&screen->keys, KEYS_CONFIRM, ACTION_CANCEL, short_no);
    bool capital = name[0] >= 'A' && name[0] <= 'Z' && name[1] == '\0';
    if (!view->seen) {
        snprintf(out, size, _("↓ more: read to the end first   %s: cancel"), short_no);
        return;
    }
    snprintf(out, size,
             capital ? _("press capital %s to confirm      %s: cancel") : _("press %s to confirm      %s: cancel"),
             name, no);
    if (door_width(out) > cells)
        snprintf(out, size, _("%s: confirm   %s: cancel"), name, short_no);
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct confirm_view *view = state;
    const struct terminal *term = &screen->term;
    const char *title = view->title;
    char keys[512];
    int rows = text_rows(screen, view);
    struct draw_area box = draw_centre(term, rows + FRAME + KEY_ROWS, inside_cols(screen) + SIDES);
    box.row = area.row + (area.rows - box.rows) / 2;
    int row = box.row + 1 + rows, col = box.col + 2, end = box.col + box.cols - 2;
    draw_frame(term, box, PAINT_SECTION, title);
    view->first = sheet_clamp(&view->sheet, view->first, rows);
    sheet_draw(&view->sheet, term, (struct draw_area){box.row + 1, col, rows, box.cols - SIDES}, view->first);
    bool more = view->first + (size_t)rows < view->sheet.count;
    view->seen = view->seen || !more;
    if (more && view->seen)
        draw_run(term, row, col, end, PAINT_SOON, _("↓ more"));
    write_keys(screen, view, end - col, keys, sizeof keys);
    draw_run(term, row + 1, col, end, PAINT_KEY, keys);
    screen->cursor_row = row + 1;
    screen->cursor_col = col;
}

static void act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct confirm_view *view = state;
    int rows = text_rows(screen, view), by = 0;
    (void)which;
    switch (action) {
    case ACTION_CONFIRM:
        if (view->seen)
            view->run(screen);
        else
            view_say(screen, PAINT_ERROR, "%s", _("read the box to its end first: ↓"));
        return;
    case ACTION_CANCEL:
        view_pop(screen);
        return;
    case ACTION_DOWN:
    case ACTION_UP:
        by = action == ACTION_DOWN ? 1 : -1;
        break;
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
        by = action == ACTION_PAGE_DOWN ? rows - 1 : 1 - rows;
        break;
    default:
        return;
    }
    int64_t first = (int64_t)view->first + by;
    view->first = sheet_clamp(&view->sheet, first < 0 ? 0 : (size_t)first, rows);
}

static bool works(const struct screen *screen, void *state, enum action action) {
    const struct confirm_view *view = state;
    (void)screen;
    return action != ACTION_CONFIRM || view->seen;
}

static void close_view(void *state) {
    struct confirm_view *view = state;
    sheet_free(&view->sheet);
    free(view);
}

static const struct view_class confirm_class = {
    .keys = KEYS_CONFIRM,
    .box = true,
    .title = N_("Decision"),
    .draw = draw,
    .act = act,
    .works = works,
    .reread = reread,
    .close = close_view,
};

void confirm_view_open(struct screen *screen, const char *title,
                       void (*write)(struct screen *screen, struct sheet *sheet), void (*run)(struct screen *screen)) {
    struct confirm_view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return;
    view->title = title;
    view->write = write;
    view->run = run;
    view_push(screen, &confirm_class, view);
    /* A key pressed before the box stood there did not mean it: only what comes from now on counts. */
    frame_show(screen);
    keyboard_forget(&screen->keyboard);
}
