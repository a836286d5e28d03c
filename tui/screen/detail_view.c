/* One application, read as a case file; the place where decisions begin (SPEC 12). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/seat.h"
#include "tui/door.h"
#include "tui/list.h"
#include "tui/message.h"
#include "tui/screen/case_sheet.h"
#include "tui/screen/views.h"

struct detail_view {
    struct store *store; /* where it was said that this record is open */
    int64_t id;
    struct record *record; /* NULL: it could not be read */
    struct sheet sheet;
    size_t first; /* line at the top */
};

static int text_rows(const struct screen *screen) {
    return view_area(screen).rows - 1;
}

static void layout(struct screen *screen, void *state) {
    struct detail_view *view = state;
    if (view->record == NULL)
        return;
    case_sheet_write(&view->sheet, view->record, screen->language, view_area(screen).cols - 2);
    view->first = sheet_clamp(&view->sheet, view->first, text_rows(screen));
}

static void reread(struct screen *screen, void *state) {
    struct detail_view *view = state;
    struct record *record = NULL;
    struct err err = {0};
    if (record_read_id(screen->store, view->id, &record, &err) != STATUS_OK) {
        view_say_err(screen, &err);
        return;
    }
    if (view->record != NULL && view->record->row.id == view->id && view->record->row.version != record->row.version)
        view_say(screen, PAINT_PART, "%s", _("this application has just been changed: look at it again"));
    seat_show(screen->store, view->id);
    record_free(view->record);
    view->record = record;
    layout(screen, view);
}

static void scroll_by(const struct screen *screen, struct detail_view *view, int by) {
    int64_t first = (int64_t)view->first + by;
    view->first = sheet_clamp(&view->sheet, first < 0 ? 0 : (size_t)first, text_rows(screen));
}

static void show_other(struct screen *screen, struct detail_view *view, int by) {
    int64_t id;
    if (!view_step(screen, by, &id)) {
        view_say(screen, PAINT_NOTICE, "%s", by > 0 ? _("this is the last one") : _("this is the first one"));
        return;
    }
    view->id = id;
    view->first = 0;
    reread(screen, view);
}

/* What has been decided on the application, and what came of it. */
static void act_on_decided(struct screen *screen, const struct record *record, enum action action) {
    const struct record_decision *last = record_last_decision(record);
    if (last == NULL)
        view_say(screen, PAINT_NOTICE, "%s", _("this application has not been decided yet"));
    else if (action == ACTION_NOTICE)
        notice_view_open(screen, last->decision_no);
    else
        decide_revoke(screen, record, last->decision_no);
}

static void act_on_record(struct screen *screen, const struct record *record, enum action action) {
    switch (action) {
    case ACTION_LEDGER:
        ledger_view_open(screen, record->application->applicant.id_number);
        break;
    case ACTION_CERTIFICATE:
        certificate_view_open(screen, record->by_person == NULL ? "" : record->by_person->number);
        break;
    case ACTION_NOTICE:
    case ACTION_REVOKE:
        act_on_decided(screen, record, action);
        break;
    default:
        decide_begin(screen, record, action);
    }
}

static void act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct detail_view *view = state;
    int page = text_rows(screen) - 1;
    (void)which;
    switch (action) {
    case ACTION_BACK:
        view_pop(screen);
        break;
    case ACTION_DOWN:
    case ACTION_UP:
        scroll_by(screen, view, action == ACTION_DOWN ? 1 : -1);
        break;
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
        scroll_by(screen, view, action == ACTION_PAGE_DOWN ? page : -page);
        break;
    case ACTION_FIRST:
        view->first = 0;
        break;
    case ACTION_LAST:
        view->first = sheet_clamp(&view->sheet, view->sheet.count, text_rows(screen));
        break;
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        show_other(screen, view, action == ACTION_NEXT_RECORD ? 1 : -1);
        break;
    case ACTION_REFRESH:
        view_refresh(screen);
        break;
    default:
        if (view->record != NULL)
            act_on_record(screen, view->record, action);
    }
}

/* "李华 正在查看": who else has the record open. It warns, it does not lock; "" where nobody has. */
static void others_text(const struct screen *screen, const struct detail_view *view, char *out, size_t size) {
    struct seat others[2];
    struct reviewer reviewer = {.name = ""};
    struct err err = {0};
    size_t count = seat_others(screen->store, view->id, others, 2);
    out[0] = '\0';
    if (count == 0)
        return;
    bool known = people_find(screen->store, others[0].login, &reviewer, &err) == STATUS_OK;
    const char *name = known ? reviewer.name : others[0].login;
    snprintf(out, size, count == 1 ? _(" · %s is looking at it too") : _(" · %s and others are looking at it too"),
             name);
}

/* " 第 2 / 18 件 ↓40%": which of the list, and how much has been read of what does not fit. */
static void write_place(const struct screen *screen, const struct detail_view *view, char *out, size_t size) {
    enum { ALL = 100 };
    int64_t number, total;
    char count[DRAW_COUNT_SIZE], all[DRAW_COUNT_SIZE], read[32] = "";
    size_t seen = view->first + (size_t)text_rows(screen), lines = view->sheet.count;
    if (lines > (size_t)text_rows(screen))
        snprintf(read, sizeof read, seen >= lines ? "  %zu%% " : " ↓%zu%% ", seen >= lines ? ALL : seen * ALL / lines);
    if (view_place(screen, &number, &total) && total > 0)
        snprintf(out, size, _(" %s of %s%s"), draw_count(number, count), draw_count(total, all), read);
    else
        snprintf(out, size, "%s", read);
}

static enum paint outcome_paint(const struct record *record) {
    return record->row.state != STATE_PENDING ? PAINT_SECTION : list_outcome_paint(record->verdict.outcome);
}

/* Who and what, always in sight: a decision is never begun on something scrolled away. The name and the outcome never
 * give way; the rest does, what matters least first. */
static void draw_head(const struct screen *screen, const struct detail_view *view, struct draw_area area) {
    const struct queue_row *row = &view->record->row;
    const struct terminal *term = &screen->term;
    char outcome[128], place[64], others[PEOPLE_NAME_SIZE + 128];
    const char *kind = message_word(&document_kinds[row->kind], screen->language);
    write_place(screen, view, place, sizeof place);
    case_text_outcome(view->record, screen->language, outcome, sizeof outcome);
    others_text(screen, view, others, sizeof others);
    int end = area.cols, left = end - door_width(row->name) - door_width(outcome) - 2;
    if (door_width(kind) + 1 > left)
        kind = list_kind_word(row->kind);
    left -= door_width(kind) + 1;
    bool placed = door_width(place) <= left;
    left -= placed ? door_width(place) : 0;
    bool numbered = door_width(row->application_no) + 1 + door_width(others) <= left;
    draw_cells(term, area.row, 0, area.cols, PAINT_SECTION, false, "");
    int col = numbered ? draw_run(term, area.row, 0, end, PAINT_SECTION, row->application_no) + 1 : 0;
    int name_end = end - door_width(outcome) - 1;
    col = draw_run(term, area.row, col, name_end, PAINT_SECTION, row->name) + 1;
    if (col + door_width(kind) < name_end)
        col = draw_run(term, area.row, col, name_end, PAINT_SECTION, kind) + 1;
    col = draw_run(term, area.row, col, end, outcome_paint(view->record), outcome);
    draw_run(term, area.row, col, end - (placed ? door_width(place) : 0), PAINT_SOON, others);
    if (placed)
        draw_run(term, area.row, end - door_width(place), end, PAINT_NORMAL, place);
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct detail_view *view = state;
    screen->cursor_row = area.row;
    screen->cursor_col = 0;
    if (view->record == NULL)
        return;
    view->first = sheet_clamp(&view->sheet, view->first, text_rows(screen));
    draw_head(screen, view, area);
    sheet_draw(&view->sheet, &screen->term, (struct draw_area){area.row + 1, 1, area.rows - 1, area.cols - 2},
               view->first);
}

static void close_view(void *state) {
    struct detail_view *view = state;
    seat_show(view->store, 0);
    record_free(view->record);
    sheet_free(&view->sheet);
    free(view);
}

/* The footer offers what could be done to this application by this reviewer. */
static bool works(const struct screen *screen, void *state, enum action action) {
    const struct detail_view *view = state;
    const struct record *record = view->record;
    if (record == NULL)
        return action == ACTION_BACK || action == ACTION_HELP;
    switch (action) {
    case ACTION_APPROVE:
    case ACTION_REFUSE:
    case ACTION_ACCEPT:
    case ACTION_RETURN:
    case ACTION_WITHDRAW:
    case ACTION_EXTEND:
        return decide_is_possible(screen, record, action);
    case ACTION_REVOKE:
        return record->decision != NULL && people_may(store_reviewer(screen->store)->role, RIGHT_SUPERVISE);
    case ACTION_NOTICE:
        return record_last_decision(record) != NULL;
    case ACTION_CERTIFICATE:
        return record->by_person != NULL;
    case ACTION_PAGE_DOWN:
        return view->sheet.count > (size_t)text_rows(screen);
    default:
        return true;
    }
}

static const char *word(const struct screen *screen, void *state, enum action action) {
    const struct detail_view *view = state;
    bool part = view->record != NULL && view->record->verdict.outcome == OUTCOME_PARTLY;
    (void)screen;
    return action == ACTION_APPROVE && part ? N_("approve in part") : NULL;
}

static const struct view_class detail_view_class = {
    .others = true,
    .keys = KEYS_DETAIL,
    .title = N_("Application under review"),
    .draw = draw,
    .act = act,
    .works = works,
    .word = word,
    .layout = layout,
    .reread = reread,
    .close = close_view,
};

void detail_view_open(struct screen *screen, int64_t id) {
    struct detail_view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return;
    view->store = screen->store;
    view->id = id;
    view_push(screen, &detail_view_class, view);
}
