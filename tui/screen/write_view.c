/* Where reasons and items are written, and the question before they are dropped. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/message.h"
#include "tui/screen/decide_text.h"
#include "tui/screen/decide_views.h"
#include "tui/screen/sheet.h"

enum { PAGE_LINES = 5, BOX_ROWS = 5, BOX_COLS = 60, HEAD_ROWS = 3 };

static void keep_nothing(void *state) {
    (void)state; /* the decision belongs to the screen */
}

static void drop_draw(struct screen *screen, void *state, struct draw_area area) {
    (void)state, (void)area;
    const struct terminal *term = &screen->term;
    struct draw_area box = draw_centre(term, BOX_ROWS, term->cols - 4 < BOX_COLS ? term->cols - 4 : BOX_COLS);
    draw_frame(term, box, PAINT_ERROR, _("Drop what you wrote?"));
    screen->cursor_row = box.row + 2;
    screen->cursor_col = box.col + 2;
    char text[256], drop[KEYS_NAME_SIZE], go_on[KEYS_NAME_SIZE];
    snprintf(text, sizeof text, _("%s drops the text, %s goes on writing"),
             keys_name_of(&screen->keys, KEYS_DROP, ACTION_DROP, drop),
             keys_name_of(&screen->keys, KEYS_DROP, ACTION_CANCEL, go_on));
    struct sheet sheet = {0};
    sheet_start(&sheet, box.cols - 4, 0);
    sheet_text(&sheet, 0, PAINT_NORMAL, text);
    sheet_draw(&sheet, term, (struct draw_area){box.row + 2, box.col + 2, 2, box.cols - 4}, 0);
    sheet_free(&sheet);
}

static void drop_act(struct screen *screen, void *state, enum action action, uint32_t which) {
    (void)state, (void)which;
    if (action == ACTION_DROP) {
        decide_drop_text(screen);
        view_drop_boxes(screen);
        view_refresh(screen);
    } else if (action == ACTION_CANCEL) {
        view_pop(screen);
    }
}

static const struct view_class drop_class = {
    .keys = KEYS_DROP,
    .box = true,
    .title = N_("Drop what you wrote?"),
    .draw = drop_draw,
    .act = drop_act,
    .close = keep_nothing,
};

static int text_cells(const struct screen *screen) {
    return screen->term.cols - 4 - 1;
}

static void write_act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct deciding *d = &screen->decision;
    (void)state, (void)which;
    if (action == ACTION_GO_ON) {
        d->written(screen);
    } else if (action == ACTION_CANCEL && decide_is_unwritten(d)) {
        decide_drop_text(screen);
        view_pop(screen);
    } else if (action == ACTION_CANCEL) {
        view_push(screen, &drop_class, NULL);
    } else if (action == ACTION_PAGE_DOWN || action == ACTION_PAGE_UP) {
        for (int i = 0; i < PAGE_LINES; i++)
            editor_act(&d->editor, action == ACTION_PAGE_DOWN ? ACTION_DOWN : ACTION_UP, text_cells(screen));
    } else {
        editor_act(&d->editor, action, text_cells(screen));
        d->changed = true;
    }
}

static void write_type(struct screen *screen, void *state, uint32_t character) {
    (void)state;
    editor_type(&screen->decision.editor, character);
    screen->decision.changed = true;
}

/* What passes every rule is refused only for reasons the reviewer writes (许可法 art. 38). */
static void write_passing(struct sheet *sheet, const struct record *record, enum language language) {
    for (size_t i = 0; i < record->verdict.item_count; i++)
        if (record->verdict.items[i].approvable)
            sheet_format(sheet, 0, PAINT_PART, _("%s passes every rule: it needs a reason and basis of its own"),
                         message_word(&document_specialties[record->verdict.items[i].specialty], language));
}

static void write_draw(struct screen *screen, void *state, struct draw_area area) {
    const struct terminal *term = &screen->term;
    const struct deciding *d = &screen->decision;
    const struct queue_row *row = &d->record->row;
    (void)state;
    draw_frame(term, area, PAINT_NORMAL, d->title);
    int end = area.col + area.cols - 2;
    int col = draw_run(term, area.row + 1, area.col + 2, end, PAINT_NORMAL, row->application_no) + 2;
    draw_run(term, area.row + 1, col, end, PAINT_NORMAL, row->name);
    struct sheet sheet = {0};
    int left = area.rows - 2 - 1;
    sheet_start(&sheet, area.cols - 4, 0);
    sheet_text(&sheet, 0, PAINT_LABEL, _(d->kind->ask));
    if (d->kind->action == ACTION_REFUSE)
        write_passing(&sheet, d->record, screen->language);
    int hint = (int)sheet.count < left - HEAD_ROWS ? (int)sheet.count : 1;
    sheet_draw(&sheet, term, (struct draw_area){area.row + 2, area.col + 2, hint, area.cols - 4}, 0);
    sheet_free(&sheet);
    editor_draw(&d->editor, term, (struct draw_area){area.row + 2 + hint, area.col + 2, left - hint, area.cols - 4},
                &screen->cursor_row, &screen->cursor_col);
}

static const struct view_class write_class = {
    .keys = KEYS_EDITOR,
    .box = true,
    .title = N_("Writing"),
    .draw = write_draw,
    .act = write_act,
    .type = write_type,
    .close = keep_nothing,
};

void write_view_open(struct screen *screen) {
    view_push(screen, &write_class, NULL);
}
