/* The box that decides: number, name, kind and effect, and one key that does it. */
#include <stdio.h>
#include <stdlib.h>

#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/case_sheet.h"
#include "tui/screen/decide_views.h"
#include "tui/screen/views.h"

enum { BOX_COLS = 84, SIDES = 4, FRAME = 2, KEY_ROWS = 2, TEXT_SIZE = 8192 };

struct confirm_view {
    struct sheet sheet;
    size_t first;
    bool seen; /* down to its last line: nobody decides what they have not had before them */
};

static int inside_cols(const struct screen *screen) {
    return (screen->term.cols < BOX_COLS ? screen->term.cols : BOX_COLS) - SIDES;
}

static void write_approval(struct sheet *sheet, const struct screen *screen) {
    const struct deciding *d = &screen->decision;
    const struct verdict *v = &d->record->verdict;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    size_t granted = 0;
    for (size_t i = 0; i < v->item_count; i++)
        granted += v->items[i].approvable ? 1 : 0;
    if (v->outcome == OUTCOME_PARTLY)
        sheet_format(sheet, 0, PAINT_PART, _("◐ PARTIAL: of %zu specialties %zu granted, %zu REFUSED"), v->item_count,
                     granted, v->item_count - granted);
    case_sheet_effect(sheet, d->record, screen->language);
    sheet_pair_format(sheet, _("Certificate"), PAINT_NORMAL, _("may be used %s to %s"),
                      day_format(v->window_from, from), day_format(v->window_to, to));
    if (d->record->row.kind == KIND_INITIAL)
        sheet_pair_format(sheet, _("New number"), PAINT_NORMAL, _("is allocated and the person registered%s%s"),
                          d->province[0] == '\0' ? "" : "  ", d->province);
}

static void write_refusal(struct sheet *sheet, const struct screen *screen) {
    const struct application *a = screen->decision.record->application;
    for (size_t i = 0; i < a->specialty_count; i++)
        sheet_format(sheet, 0, PAINT_BAD, _("✗ %s: refused"),
                     message_word(&document_specialties[a->specialties[i].specialty], screen->language));
}

static void write_effect(struct sheet *sheet, const struct screen *screen) {
    const struct deciding *d = &screen->decision;
    switch (d->kind->action) {
    case ACTION_APPROVE:
        write_approval(sheet, screen);
        break;
    case ACTION_REFUSE:
        write_refusal(sheet, screen);
        break;
    case ACTION_ACCEPT:
        sheet_text(sheet, 0, PAINT_NORMAL,
                   _("The deadline counts from today. Whoever accepts may not decide: somebody else will."));
        break;
    case ACTION_RETURN:
        sheet_text(sheet, 0, PAINT_NORMAL, _("It leaves the queue until the applicant hands it in again."));
        break;
    case ACTION_WITHDRAW:
        sheet_text(sheet, 0, PAINT_NORMAL, _("It leaves the queue without a decision."));
        break;
    case ACTION_REVOKE:
        sheet_format(sheet, 0, PAINT_PART,
                     _("Decision no. %lld is revoked: the register entry is again what it was before, and the "
                       "application waits for a decision again."),
                     (long long)d->revokes);
        sheet_pair(sheet, _("Ground"), PAINT_NORMAL, d->prompt.text);
        break;
    default:
        sheet_text(sheet, 0, PAINT_NORMAL, _("10 working days more; only once."));
    }
    if (d->kind->ask != NULL && d->editor.length > 0) {
        sheet_section(sheet, _("As written"));
        sheet_text(sheet, 0, PAINT_NORMAL, d->editor.text);
    }
}

static void reread(struct screen *screen, void *state) {
    struct confirm_view *view = state;
    struct sheet *sheet = &view->sheet;
    const struct record *record = screen->decision.record;
    char text[PHRASE_SIZE], masked[NUMBER_SIZE];
    sheet_start(sheet, inside_cols(screen), case_sheet_labels(inside_cols(screen), screen->language));
    sheet_pair_format(sheet, _("Application"), PAINT_NORMAL, "%s  %s", record->row.application_no,
                      message_word(&document_kinds[record->row.kind], screen->language));
    number_mask(record->application->applicant.id_number, masked, sizeof masked);
    sheet_pair_format(sheet, _("Applicant"), PAINT_NORMAL, "%s  %s", record->row.name, masked);
    if (record->row.registration_number[0] != '\0')
        sheet_pair(sheet, _("Reg. number"), PAINT_NORMAL, record->row.registration_number);
    write_effect(sheet, screen);
    for (size_t i = 0; i < record->advisory_count; i++)
        sheet_format(sheet, 0, PAINT_PART, "· %s",
                     phrase_format(&record->advisories[i].phrase, screen->language, text, sizeof text));
}

static int text_rows(const struct screen *screen, const struct confirm_view *view) {
    int most = view_area(screen).rows - FRAME - KEY_ROWS;
    return (int)view->sheet.count < most ? (int)view->sheet.count : most;
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct confirm_view *view = state;
    const struct terminal *term = &screen->term;
    const char *title = screen->decision.title;
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
    if (more)
        draw_run(term, row, col, end, PAINT_SOON, view->seen ? _("↓ more") : _("↓ more: read to the end first"));
    snprintf(keys, sizeof keys, _("%s — press capital Y      n, Esc: cancel"), title);
    draw_run(term, row + 1, col, end, PAINT_KEY, door_width(keys) > end - col ? _("Y: confirm   n: cancel") : keys);
    screen->cursor_row = row + 1;
    screen->cursor_col = col;
}

static void act(struct screen *screen, void *state, enum action action, uint32_t key) {
    struct confirm_view *view = state;
    int rows = text_rows(screen, view), by = 0;
    (void)key;
    switch (action) {
    case ACTION_CONFIRM:
        if (view->seen)
            screen->decision.run(screen);
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
    .reread = reread,
    .close = close_view,
};

void confirm_view_open(struct screen *screen) {
    struct confirm_view *view = calloc(1, sizeof *view);
    if (view != NULL)
        view_push(screen, &confirm_class, view);
}
