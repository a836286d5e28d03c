/* The decisions, newest first. Their numbers run without a gap, so a number is a place in the list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/decided.h"
#include "tui/list.h"
#include "tui/message.h"
#include "tui/screen/views.h"

enum { HEAD_ROWS = 2, TEXT_SIZE = 1024 };

struct decided_view {
    struct decided_row *rows; /* those in sight */
    size_t capacity, count;
    int64_t top, selected; /* decision numbers; 0 in an empty list */
    int64_t newest;
    struct record *record; /* what a revocation is being prepared on, or NULL */
};

static const struct decided_row *selected_row(const struct decided_view *view) {
    int64_t index = view->top - view->selected;
    return index >= 0 && index < (int64_t)view->count ? &view->rows[index] : NULL;
}

static bool make_room(struct screen *screen, struct decided_view *view) {
    int rows = view_area(screen).rows - HEAD_ROWS;
    size_t capacity = rows < 1 ? 1 : (size_t)rows;
    if (capacity == view->capacity)
        return true;
    struct decided_row *more = realloc(view->rows, capacity * sizeof *more);
    if (more == NULL)
        return false;
    view->rows = more;
    view->capacity = capacity;
    view->count = view->count > capacity ? capacity : view->count;
    return true;
}

/* Selects that number, or the nearest there is, and reads the rows around it. */
static void go_to(struct screen *screen, struct decided_view *view, int64_t number) {
    struct err err = {0};
    int64_t capacity = (int64_t)view->capacity, lowest_top = view->newest < capacity ? view->newest : capacity;
    number = number > view->newest ? view->newest : number;
    view->selected = number < 1 && view->newest > 0 ? 1 : number;
    if (view->top < view->selected)
        view->top = view->selected;
    else if (view->top > view->selected + capacity - 1)
        view->top = view->selected + capacity - 1;
    view->top = view->top > view->newest ? view->newest : view->top < lowest_top ? lowest_top : view->top;
    if (decided_page(screen->store, view->top, view->rows, view->capacity, &view->count, &err) != STATUS_OK)
        view_say_err(screen, &err);
}

static void reread(struct screen *screen, void *state) {
    struct decided_view *view = state;
    struct err err = {0};
    bool at_newest = view->top == view->newest;
    if (!make_room(screen, view))
        return;
    if (decided_newest(screen->store, &view->newest, &err) != STATUS_OK)
        view_say_err(screen, &err);
    if (at_newest) /* what others decide comes in at the top; the selection stays with its decision */
        view->top = view->newest;
    go_to(screen, view, view->selected == 0 ? view->newest : view->selected);
}

static bool step(struct screen *screen, void *state, int by, int64_t *id) {
    struct decided_view *view = state;
    int64_t was = view->selected;
    go_to(screen, view, was - by);
    const struct decided_row *row = selected_row(view);
    *id = row == NULL ? 0 : row->application_id;
    return row != NULL && view->selected != was;
}

static void begin_revocation(struct screen *screen, struct decided_view *view, const struct decided_row *row) {
    struct err err = {0};
    record_free(view->record);
    view->record = NULL;
    if (record_read_id(screen->store, row->application_id, &view->record, &err) != STATUS_OK)
        view_say_err(screen, &err);
    else
        decide_revoke(screen, view->record, row->decision_no);
}

static void act_on_row(struct screen *screen, struct decided_view *view, enum action action) {
    const struct decided_row *row = selected_row(view);
    if (row == NULL)
        return;
    if (action == ACTION_OPEN)
        detail_view_open(screen, row->application_id);
    else if (action == ACTION_NOTICE)
        notice_view_open(screen, row->decision_no);
    else if (action == ACTION_CERTIFICATE)
        certificate_view_open(screen, row->registration_number);
    else if (action == ACTION_REVOKE)
        begin_revocation(screen, view, row);
}

static void act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct decided_view *view = state;
    int64_t page = (int64_t)view->capacity;
    (void)which;
    switch (action) {
    case ACTION_BACK:
        view_pop(screen);
        break;
    case ACTION_DOWN:
    case ACTION_UP:
        go_to(screen, view, view->selected - (action == ACTION_DOWN ? 1 : -1));
        break;
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
        view->top -= action == ACTION_PAGE_DOWN ? page : -page;
        go_to(screen, view, view->selected - (action == ACTION_PAGE_DOWN ? page : -page));
        break;
    case ACTION_FIRST:
    case ACTION_LAST:
        go_to(screen, view, action == ACTION_FIRST ? view->newest : 1);
        break;
    case ACTION_REFRESH:
        view_refresh(screen);
        break;
    default:
        act_on_row(screen, view, action);
    }
}

static void number(const struct decided_row *row, enum language language, char out[TEXT_SIZE]) {
    (void)language;
    snprintf(out, TEXT_SIZE, "%8lld", (long long)row->decision_no);
}

static void decided_on(const struct decided_row *row, enum language language, char out[TEXT_SIZE]) {
    (void)language;
    day_format(row->decided_on, out);
}

static void outcome(const struct decided_row *row, enum language language, char out[TEXT_SIZE]) {
    static const char *const signs[STATE_COUNT] = {
        [STATE_PENDING] = "↺", [STATE_APPROVED] = "✓", [STATE_PARTLY_APPROVED] = "◐",
        [STATE_REFUSED] = "✗", [STATE_RETURNED] = " ", [STATE_WITHDRAWN] = " ",
    };
    bool revokes = strcmp(row->action, "revoke") == 0;
    snprintf(out, TEXT_SIZE, "%s %s%s", signs[row->outcome],
             revokes ? _("revocation") : message_word(&queue_states[row->outcome], language),
             row->revoked_by > 0 ? _(", revoked") : "");
}

static void name(const struct decided_row *row, enum language language, char out[TEXT_SIZE]) {
    (void)language;
    snprintf(out, TEXT_SIZE, "%s", row->name);
}

static void registration_number(const struct decided_row *row, enum language language, char out[TEXT_SIZE]) {
    (void)language;
    snprintf(out, TEXT_SIZE, "%s", row->registration_number[0] == '\0' ? "-" : row->registration_number);
}

static void kind(const struct decided_row *row, enum language language, char out[TEXT_SIZE]) {
    (void)language;
    snprintf(out, TEXT_SIZE, "%s", list_kind_word(row->kind));
}

static void application_no(const struct decided_row *row, enum language language, char out[TEXT_SIZE]) {
    (void)language;
    snprintf(out, TEXT_SIZE, "%s", row->application_no);
}

static void decided_by(const struct decided_row *row, enum language language, char out[TEXT_SIZE]) {
    (void)language;
    snprintf(out, TEXT_SIZE, "%s", row->decided_by_name);
}

static const struct {
    const char *heading;
    int cells[2]; /* in English, in Chinese */
    int rank;     /* 1 matters most: the others give way first */
    void (*fill)(const struct decided_row *row, enum language language, char out[TEXT_SIZE]);
} columns[] = {
    {N_("     No."), {8, 8}, 1, number},
    {N_("Decided on"), {10, 10}, 4, decided_on},
    {N_("Decision"), {19, 16}, 2, outcome},
    {N_("Name"), {10, 10}, 3, name},
    {N_("Registration no."), {19, 19}, 5, registration_number},
    {N_("Kind"), {6, 6}, 6, kind},
    {N_("Application"), {17, 17}, 8, application_no},
    {N_("Decided by"), {10, 10}, 7, decided_by},
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static void lay_out(int cols, enum language language, int widths[COLUMNS]) {
    int left = cols;
    memset(widths, 0, COLUMNS * sizeof *widths);
    for (int rank = 1; rank <= COLUMNS; rank++)
        for (size_t i = 0; i < COLUMNS; i++) {
            int cells = columns[i].cells[language == LANGUAGE_ZH];
            if (columns[i].rank == rank && cells + 1 <= left) {
                widths[i] = cells;
                left -= cells + 1;
            }
        }
}

static void draw_line(const struct screen *screen, int line, const int widths[COLUMNS], const struct decided_row *row,
                      bool selected) {
    char text[TEXT_SIZE];
    int col = 0;
    draw_cells(&screen->term, line, 0, screen->term.cols, row == NULL ? PAINT_SECTION : PAINT_NORMAL, selected, "");
    for (size_t i = 0; i < COLUMNS; i++) {
        if (widths[i] == 0)
            continue;
        if (row != NULL)
            columns[i].fill(row, screen->language, text);
        draw_cells(&screen->term, line, col, widths[i], row == NULL ? PAINT_SECTION : PAINT_NORMAL, selected,
                   row == NULL ? _(columns[i].heading) : text);
        col += widths[i] + 1;
    }
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    const struct decided_view *view = state;
    int widths[COLUMNS];
    char text[256], place[DRAW_COUNT_SIZE], count[DRAW_COUNT_SIZE];
    lay_out(area.cols, screen->language, widths);
    draw_count(view->newest - view->selected + 1, place);
    draw_count(view->newest, count);
    snprintf(text, sizeof text, view->newest == 0 ? _("nothing was decided yet") : _("%s of %s"), place, count);
    draw_run(&screen->term, area.row, 1, area.cols, PAINT_NORMAL, text);
    draw_line(screen, area.row + 1, widths, NULL, false);
    screen->cursor_row = area.row + HEAD_ROWS;
    screen->cursor_col = 0;
    for (size_t i = 0; i < view->count; i++) {
        int line = area.row + HEAD_ROWS + (int)i;
        bool selected = view->rows[i].decision_no == view->selected;
        draw_line(screen, line, widths, &view->rows[i], selected);
        screen->cursor_row = selected ? line : screen->cursor_row;
    }
}

static void place(const struct screen *screen, void *state, int64_t *number, int64_t *total) {
    const struct decided_view *view = state;
    (void)screen;
    *number = view->newest - view->selected + 1;
    *total = view->newest;
}

/* A click selects the decision; on the selected one it opens its application. */
static void click(struct screen *screen, void *state, int row, int col) {
    struct decided_view *view = state;
    int index = row - view_area(screen).row - HEAD_ROWS;
    int64_t was = view->selected;
    (void)col;
    if (index < 0 || (size_t)index >= view->count)
        return;
    go_to(screen, view, view->rows[index].decision_no);
    if (view->selected == was)
        act_on_row(screen, view, ACTION_OPEN);
}

static void close_view(void *state) {
    struct decided_view *view = state;
    record_free(view->record);
    free(view->rows);
    free(view);
}

static const struct view_class decided_class = {
    .keys = KEYS_DECIDED,
    .title = N_("Decided"),
    .draw = draw,
    .act = act,
    .click = click,
    .reread = reread,
    .step = step,
    .place = place,
    .close = close_view,
};

void decided_view_open(struct screen *screen) {
    struct decided_view *view = calloc(1, sizeof *view);
    if (view != NULL)
        view_push(screen, &decided_class, view);
}
