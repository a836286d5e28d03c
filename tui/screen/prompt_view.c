/* A box in which one line is written. */
#include <stdlib.h>

#include "tui/message.h"
#include "tui/screen/sheet.h"
#include "tui/screen/views.h"

enum { BOX_COLS = 64, SIDES = 4, FRAME = 2, FIELD_ROWS = 2 };

struct prompt_view {
    struct prompt prompt;
    struct sheet label;
};

static void reread(struct screen *screen, void *state) {
    struct prompt_view *view = state;
    int cols = screen->term.cols < BOX_COLS ? screen->term.cols : BOX_COLS;
    sheet_start(&view->label, cols - SIDES, 0);
    sheet_text(&view->label, 0, PAINT_NORMAL, view->prompt.label);
}

static void act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct prompt_view *view = state;
    struct prompt prompt = view->prompt; /* done() may take the view away */
    (void)which;
    if (action == ACTION_GO_ON)
        prompt.done(screen, prompt.data);
    else if (action == ACTION_CANCEL)
        view_pop(screen);
    else
        editor_act(prompt.editor, action, EDITOR_SIZE);
}

static void type(struct screen *screen, void *state, uint32_t character) {
    const struct prompt_view *view = state;
    (void)screen;
    editor_type(view->prompt.editor, character);
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct prompt_view *view = state;
    const struct terminal *term = &screen->term;
    int most = area.rows - FRAME - FIELD_ROWS, rows = (int)view->label.count < most ? (int)view->label.count : most;
    struct draw_area box = draw_centre(term, rows + FRAME + FIELD_ROWS, view->label.cols + SIDES);
    draw_frame(term, box, PAINT_NORMAL, view->prompt.title);
    sheet_draw(&view->label, term, (struct draw_area){box.row + 1, box.col + 2, rows, box.cols - SIDES}, 0);
    editor_draw(view->prompt.editor, term, (struct draw_area){box.row + rows + 2, box.col + 2, 1, box.cols - SIDES},
                &screen->cursor_row, &screen->cursor_col);
}

static void close_view(void *state) {
    struct prompt_view *view = state;
    sheet_free(&view->label);
    free(view);
}

static const struct view_class prompt_class = {
    .keys = KEYS_PROMPT,
    .box = true,
    .title = N_("Writing"),
    .draw = draw,
    .act = act,
    .type = type,
    .reread = reread,
    .close = close_view,
};

void prompt_open(struct screen *screen, const struct prompt *prompt) {
    struct prompt_view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return;
    view->prompt = *prompt;
    view_push(screen, &prompt_class, view);
}
