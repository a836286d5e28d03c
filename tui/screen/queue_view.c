/* The queue: what waits for a decision, the most urgent first (SPEC 12). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/door.h"
#include "tui/list.h"
#include "tui/message.h"
#include "tui/screen/bulk.h"
#include "tui/screen/case_sheet.h"
#include "tui/screen/queue_head.h"
#include "tui/screen/views.h"

enum { PREVIEW_FROM_COLS = 120, PREVIEW_COLS_MAX = 64, LIST_COLS = 82, GUTTER = 2 };

struct queue_view {
    struct queue_filter filter;
    struct list list;
    /* The selection is this record; its key says where it stands, or stood before it left the queue. */
    int64_t selected_id;
    struct queue_key selected_key;
    int64_t total, before; /* rows of the filter, rows before the selected one */
    struct editor text;    /* the text to filter by, as it is typed */
    struct draw_area rows; /* where the list was drawn */
    struct sheet preview;
    int64_t preview_id, preview_version;
    int preview_cols;
    bool without_preview;
    bool passing; /* a key is held: the preview stays empty until it is let go */
};

/* Where the preview begins; the width of the terminal where there is none. */
static int preview_col(const struct screen *screen, const struct queue_view *view) {
    int cols = screen->term.cols, preview = cols - LIST_COLS;
    if (cols < PREVIEW_FROM_COLS || view->without_preview)
        return cols;
    return cols - (preview > PREVIEW_COLS_MAX ? PREVIEW_COLS_MAX : preview);
}

static size_t list_rows(const struct screen *screen) {
    int rows = view_area(screen).rows - QUEUE_HEAD_ROWS - 1;
    return rows < 1 ? 1 : (size_t)rows;
}

static void read_preview(struct screen *screen, struct queue_view *view) {
    const struct queue_row *row = list_selected(&view->list);
    int cols = screen->term.cols - preview_col(screen, view) - 2;
    if (row == NULL || cols <= 0 || view->passing) {
        view->preview_id = 0;
        return;
    }
    if (row->id == view->preview_id && row->version == view->preview_version && cols == view->preview_cols)
        return;
    struct record *record = NULL;
    struct err err = {0};
    view->preview_id = row->id;
    view->preview_version = row->version;
    view->preview_cols = cols;
    if (record_read_id(screen->store, row->id, &record, &err) != STATUS_OK) {
        view_say_err(screen, &err);
        sheet_start(&view->preview, cols, 0);
        return;
    }
    case_sheet_short(&view->preview, record, screen->language, cols);
    record_free(record);
}

enum { UNKNOWN = -1 };

/* After every move: remembers the record, its place, and shows it. `before`: how many rows come before it, where the
 * move tells, else UNKNOWN. */
static void settle(struct screen *screen, struct queue_view *view, int64_t before) {
    const struct queue_row *row = list_selected(&view->list);
    struct err err = {0};
    view->before = row == NULL || before < 0 ? 0 : before;
    view->selected_id = row == NULL ? 0 : row->id;
    if (row != NULL) {
        view->selected_key = queue_key_of(row, view->filter.order);
        if (before < 0 &&
            queue_position(screen->store, &view->filter, &view->selected_key, &view->before, &err) != STATUS_OK)
            view_say_err(screen, &err);
    }
    read_preview(screen, view);
}

static bool read_page(struct screen *screen, struct queue_view *view, const struct queue_key *from,
                      enum queue_direction direction, struct queue_row *rows, size_t capacity, size_t *count) {
    struct err err = {0};
    *count = 0;
    if (capacity == 0)
        return true;
    if (queue_page(screen->store, &view->filter, from, direction, rows, capacity, count, &err) == STATUS_OK)
        return true;
    view_say_err(screen, &err);
    return false;
}

static struct queue_key just_before(struct queue_key key) {
    return (struct queue_key){.day = key.day, .id = key.id - 1};
}

/* Fills the list so that the record of that key, or the one that now follows it, stands on line `line` where that can
 * be, and selects it. */
static void load_around(struct screen *screen, struct queue_view *view, struct queue_key key, size_t line,
                        int64_t before) {
    struct list *list = &view->list;
    struct queue_key from = just_before(key);
    size_t above, below;
    if (line >= list->capacity)
        line = list->capacity - 1;
    if (!read_page(screen, view, &from, QUEUE_FORWARD, list->rows, list->capacity - line, &below) ||
        !read_page(screen, view, &key, QUEUE_BACKWARD, list->rows, list->capacity - below, &above))
        return;
    /* the rows above are known now: what is below goes behind them */
    if (!read_page(screen, view, &from, QUEUE_FORWARD, list->rows + above, list->capacity - above, &below))
        return;
    list->count = above + below;
    list->selected = below > 0 ? above : above > 0 ? above - 1 : 0;
    settle(screen, view, before);
}

static void load_end(struct screen *screen, struct queue_view *view, enum queue_direction direction) {
    struct list *list = &view->list;
    if (!read_page(screen, view, NULL, direction, list->rows, list->capacity, &list->count))
        return;
    list->selected = direction == QUEUE_FORWARD || list->count == 0 ? 0 : list->count - 1;
    settle(screen, view, direction == QUEUE_FORWARD ? 0 : view->total - 1);
}

static bool lets_through(const struct queue_filter *filter, const struct queue_row *row) {
    return row->state == STATE_PENDING && (filter->kind == QUEUE_ANY || filter->kind == (int)row->kind) &&
           (filter->outcome == QUEUE_ANY || filter->outcome == (int)row->outcome) &&
           (filter->specialty == QUEUE_ANY || (row->specialties >> filter->specialty & 1U) != 0);
}

static bool rest(struct screen *screen, void *state) {
    struct queue_view *view = state;
    if (!view->passing)
        return false;
    view->passing = false;
    read_preview(screen, view);
    return true;
}

static void reread(struct screen *screen, void *state) {
    struct queue_view *view = state;
    view->passing = false;
    struct queue_row *row = malloc(sizeof *row);
    struct err err = {0};
    if (row == NULL || !list_resize(&view->list, list_rows(screen))) {
        free(row);
        return;
    }
    if (queue_count(screen->store, &view->filter, &view->total, &err) != STATUS_OK)
        view_say_err(screen, &err);
    /* a record that stays in the queue is followed when its deadline moves */
    if (view->selected_id != 0 && queue_row(screen->store, view->selected_id, row, &err) == STATUS_OK &&
        lets_through(&view->filter, row))
        view->selected_key = queue_key_of(row, view->filter.order);
    free(row);
    view->preview_id = 0;
    if (view->selected_id == 0)
        load_end(screen, view, QUEUE_FORWARD);
    else
        load_around(screen, view, view->selected_key, view->list.selected, UNKNOWN);
}

/* Another filter: the selected record stays selected where the filter lets it through. */
static void apply_filter(struct screen *screen, struct queue_view *view) {
    view->list.order = view->filter.order;
    const struct queue_row *row = list_selected(&view->list);
    if (row == NULL || !lets_through(&view->filter, row))
        view->selected_id = 0;
    reread(screen, view);
}

static void move_by_one(struct screen *screen, struct queue_view *view, int by) {
    struct list *list = &view->list;
    size_t count;
    view->passing = view_rest(screen);
    if (list->count == 0)
        return;
    bool inside = by > 0 ? list->selected + 1 < list->count : list->selected > 0;
    if (inside) {
        list->selected = by > 0 ? list->selected + 1 : list->selected - 1;
        settle(screen, view, view->before + by);
        return;
    }
    struct queue_row *row = malloc(sizeof *row);
    if (row == NULL)
        return;
    enum queue_direction direction = by > 0 ? QUEUE_FORWARD : QUEUE_BACKWARD;
    if (read_page(screen, view, &view->selected_key, direction, row, 1, &count) && count == 1)
        load_around(screen, view, queue_key_of(row, view->filter.order), by > 0 ? list->capacity - 1 : 0,
                    view->before + by);
    free(row);
}

static void move_by_page(struct screen *screen, struct queue_view *view, enum queue_direction direction) {
    struct list *list = &view->list;
    size_t count, capacity = list->capacity;
    view->passing = view_rest(screen);
    if (list->count == 0)
        return;
    struct queue_row *rows = malloc(capacity * sizeof *rows);
    if (rows == NULL)
        return;
    if (read_page(screen, view, &view->selected_key, direction, rows, capacity, &count) && count > 0)
        load_around(screen, view, queue_key_of(&rows[direction == QUEUE_FORWARD ? count - 1 : 0], view->filter.order),
                    list->selected, view->before + (direction == QUEUE_FORWARD ? (int64_t)count : -(int64_t)count));
    free(rows);
}

static void set_tab(struct screen *screen, struct queue_view *view, int tab) {
    int kind = (tab + QUEUE_TABS) % QUEUE_TABS - 1; /* -1 is QUEUE_ANY */
    if (kind == view->filter.kind)
        return;
    view->filter.kind = kind;
    apply_filter(screen, view);
}

static void take_outcome(struct screen *screen, void *data, size_t index) {
    struct queue_view *view = data;
    queue_chip_set(&view->filter, QUEUE_CHIP_OUTCOME, index);
    apply_filter(screen, view);
}

static void take_specialty(struct screen *screen, void *data, size_t index) {
    struct queue_view *view = data;
    queue_chip_set(&view->filter, QUEUE_CHIP_SPECIALTY, index);
    apply_filter(screen, view);
}

static void take_all_off(struct screen *screen, struct queue_view *view) {
    for (int chip = 0; chip < QUEUE_CHIP_COUNT; chip++)
        queue_chip_take_off(&view->filter, (enum queue_chip)chip);
    apply_filter(screen, view);
}

/* The chip that was clicked, counted from 1, or with 0 the one furthest right. */
static void take_off_one(struct screen *screen, struct queue_view *view, uint32_t clicked) {
    int on = (int)clicked - 1;
    if (clicked == 0)
        for (on = QUEUE_CHIP_COUNT - 1; on > 0 && !queue_chip_is_on(&view->filter, (enum queue_chip)on);)
            on--;
    queue_chip_take_off(&view->filter, (enum queue_chip)on);
    apply_filter(screen, view);
}

static void take_text(struct screen *screen, void *data) {
    struct queue_view *view = data;
    struct err err = {0};
    if (queue_filter_text(screen->store, view->text.text, &view->filter, &err) != STATUS_OK) {
        view_say_err(screen, &err);
        return;
    }
    view_drop(screen);
    view->selected_id = 0; /* from the first one on: it is a new list */
    reread(screen, view);
}

static void ask_text(struct screen *screen, struct queue_view *view) {
    const struct prompt prompt = {
        .title = _("Filter by text"),
        .label = _("Only those with this number, its start or end, or this name; nothing typed: all."),
        .editor = &view->text,
        .done = take_text,
        .data = view,
    };
    bool shown = view->filter.match != SEARCH_NOTHING && view->filter.match != SEARCH_ID_NUMBER; /* masked elsewhere */
    editor_set(&view->text, true, shown ? view->filter.text : "");
    prompt_open(screen, &prompt);
}

static void change_filter(struct screen *screen, struct queue_view *view, enum action action, uint32_t which) {
    struct queue_filter *filter = &view->filter;
    switch (action) {
    case ACTION_FILTER_OUTCOME:
        queue_chip_choose(screen, filter, QUEUE_CHIP_OUTCOME, take_outcome, view);
        break;
    case ACTION_FILTER_SPECIALTY:
        queue_chip_choose(screen, filter, QUEUE_CHIP_SPECIALTY, take_specialty, view);
        break;
    case ACTION_FILTER_TEXT:
        ask_text(screen, view);
        break;
    case ACTION_UNFILTER_ONE:
        take_off_one(screen, view, which);
        break;
    case ACTION_ORDER:
        filter->order = filter->order == QUEUE_BY_DEADLINE ? QUEUE_BY_SUBMITTED : QUEUE_BY_DEADLINE;
        apply_filter(screen, view);
        break;
    default:
        take_all_off(screen, view);
    }
}

static void say_no_memory(struct screen *screen) {
    view_say(screen, PAINT_ERROR, "%s", _("no memory left; nothing was changed"));
}

static void say_marked(struct screen *screen) {
    static const enum action actions[] = {ACTION_APPROVE, ACTION_REFUSE, ACTION_ACCEPT, ACTION_UNMARK};
    char names[sizeof actions / sizeof actions[0]][KEYS_NAME_SIZE];
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        keys_name_of(&screen->keys, KEYS_QUEUE, actions[i], names[i]);
    if (screen->marks.count > 0)
        view_say(screen, PAINT_NOTICE,
                 _("marked: %zu. %s approves, %s refuses, %s accepts them; %s takes the marks away"),
                 screen->marks.count, names[0], names[1], names[2], names[3]);
}

static void mark_selected(struct screen *screen, struct queue_view *view) {
    const struct queue_row *row = list_selected(&view->list);
    if (row == NULL)
        return;
    if (marks_has(&screen->marks, row)) {
        marks_unset(&screen->marks, row->id);
    } else if (!marks_set(&screen->marks, row)) {
        say_no_memory(screen);
        return;
    }
    move_by_one(screen, view, 1);
    say_marked(screen);
}

/* Only what is in sight: nothing is decided that nobody has looked at. */
static void mark_approvable(struct screen *screen, const struct queue_view *view) {
    for (size_t i = 0; i < view->list.count; i++) {
        const struct queue_row *row = &view->list.rows[i];
        if (row->outcome == OUTCOME_APPROVABLE && !marks_set(&screen->marks, row)) {
            say_no_memory(screen);
            return;
        }
    }
    say_marked(screen);
}

/* The box says so: nobody decides what a filter hides without knowing it. */
static void count_unseen(struct screen *screen, const struct queue_view *view) {
    screen->marks.unseen = screen->marks.count;
    for (size_t i = 0; i < view->list.count; i++)
        screen->marks.unseen -= marks_has(&screen->marks, &view->list.rows[i]) ? 1 : 0;
}

/* q closes what one came from; pressed once too often right behind a decision, or with marks set, it must not throw a
 * reviewer out. */
static void leave(struct screen *screen) {
    char name[KEYS_NAME_SIZE];
    screen->leave = screen->leaving || (!screen->has_decided && screen->marks.count == 0);
    screen->leaving = true;
    if (!screen->leave)
        view_say(screen, PAINT_NOTICE,
                 screen->marks.count > 0 ? _("some are marked: %s once more leaves all the same")
                                         : _("%s once more leaves the program"),
                 keys_name_of(&screen->keys, KEYS_QUEUE, ACTION_LEAVE, name));
}

static void open_other(struct screen *screen, enum action action) {
    if (action == ACTION_DECIDED)
        decided_view_open(screen);
    else if (action == ACTION_STATISTICS)
        statistics_view_open(screen);
    else
        seats_view_open(screen);
}

static void act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct queue_view *view = state;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_UP:
        move_by_one(screen, view, action == ACTION_DOWN ? 1 : -1);
        break;
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
        move_by_page(screen, view, action == ACTION_PAGE_DOWN ? QUEUE_FORWARD : QUEUE_BACKWARD);
        break;
    case ACTION_FIRST:
    case ACTION_LAST:
        load_end(screen, view, action == ACTION_FIRST ? QUEUE_FORWARD : QUEUE_BACKWARD);
        break;
    case ACTION_TAB:
        set_tab(screen, view, (int)which);
        break;
    case ACTION_NEXT_TAB:
    case ACTION_PREVIOUS_TAB:
        set_tab(screen, view, view->filter.kind + 1 + (action == ACTION_NEXT_TAB ? 1 : -1));
        break;
    case ACTION_OPEN:
        if (view->selected_id != 0)
            detail_view_open(screen, view->selected_id);
        break;
    case ACTION_MARK:
        mark_selected(screen, view);
        break;
    case ACTION_MARK_APPROVABLE:
        mark_approvable(screen, view);
        break;
    case ACTION_UNMARK:
        marks_free(&screen->marks);
        break;
    case ACTION_APPROVE:
    case ACTION_REFUSE:
    case ACTION_ACCEPT:
        count_unseen(screen, view);
        bulk_begin(screen, action);
        break;
    case ACTION_DECIDED:
    case ACTION_STATISTICS:
    case ACTION_SEATS:
        open_other(screen, action);
        break;
    case ACTION_PREVIEW:
        view->without_preview = !view->without_preview;
        read_preview(screen, view);
        break;
    case ACTION_REFRESH:
        view_refresh(screen);
        break;
    case ACTION_LEAVE:
        leave(screen);
        break;
    default:
        change_filter(screen, view, action, which);
    }
}

/* A click selects the row; on the selected one it opens it. */
static void click(struct screen *screen, void *state, int row, int col) {
    struct queue_view *view = state;
    int index = list_hit(&view->list, view->rows, row, col);
    if (index < 0)
        return;
    int64_t by = index - (int64_t)view->list.selected;
    view->list.selected = (size_t)index;
    settle(screen, view, view->before + by);
    if (by == 0)
        act(screen, view, ACTION_OPEN, 0);
}

static bool step(struct screen *screen, void *state, int by, int64_t *id) {
    struct queue_view *view = state;
    int64_t was = view->selected_id;
    move_by_one(screen, view, by);
    *id = view->selected_id;
    return view->selected_id != was;
}

static void place(const struct screen *screen, void *state, int64_t *number, int64_t *total) {
    const struct queue_view *view = state;
    (void)screen;
    *number = view->before + 1;
    *total = view->total;
}

/* A gutter shows what is marked; the rest of the area is the list's. */
static struct draw_area draw_marks(const struct screen *screen, const struct queue_view *view, struct draw_area area) {
    for (size_t i = 0; i < view->list.count; i++)
        draw_cells(&screen->term, area.row + 1 + (int)i, area.col, GUTTER, PAINT_KEY, false,
                   marks_has(&screen->marks, &view->list.rows[i]) ? "*" : "");
    draw_cells(&screen->term, area.row, area.col, GUTTER, PAINT_SECTION, false, "");
    area.col += GUTTER;
    area.cols -= GUTTER;
    return area;
}

static bool is_filtered(const struct queue_filter *filter) {
    for (int chip = 0; chip < QUEUE_CHIP_COUNT; chip++)
        if (queue_chip_is_on(filter, (enum queue_chip)chip))
            return true;
    return false;
}

static void draw_nothing(const struct screen *screen, const struct queue_view *view, struct draw_area rows) {
    char text[256], name[KEYS_NAME_SIZE];
    if (is_filtered(&view->filter))
        snprintf(text, sizeof text, _("nothing passes these filters; %s takes them away"),
                 keys_name_of(&screen->keys, KEYS_QUEUE, ACTION_UNFILTER, name));
    else
        snprintf(text, sizeof text, "%s", _("nothing waits for a decision here"));
    draw_run(&screen->term, rows.row + 1, 2, rows.cols, PAINT_NORMAL, text);
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct queue_view *view = state;
    int preview = preview_col(screen, view);
    struct draw_area rows = {.row = area.row + QUEUE_HEAD_ROWS, .col = area.col, .rows = area.rows - QUEUE_HEAD_ROWS};
    rows.cols = preview < screen->term.cols ? preview - 2 : area.cols;
    view->rows = rows;
    queue_head_draw(screen, &(struct queue_head){&view->filter, view->total, view->before}, area);
    list_draw(&view->list, &screen->term, draw_marks(screen, view, rows), screen->language, &screen->cursor_row);
    screen->cursor_col = 0;
    if (view->list.count == 0)
        draw_nothing(screen, view, rows);
    if (preview >= screen->term.cols)
        return;
    draw_vertical(&screen->term, rows.row, preview - 1, rows.rows);
    if (view->preview_id != 0)
        sheet_draw(&view->preview, &screen->term,
                   (struct draw_area){rows.row, preview + 1, rows.rows, screen->term.cols - preview - 2}, 0);
}

static void close_view(void *state) {
    struct queue_view *view = state;
    list_free(&view->list);
    sheet_free(&view->preview);
    free(view);
}

/* What is done to marked ones is no use without any. */
static bool works(const struct screen *screen, void *state, enum action action) {
    const struct queue_view *view = state;
    switch (action) {
    case ACTION_APPROVE:
    case ACTION_REFUSE:
    case ACTION_ACCEPT:
    case ACTION_UNMARK:
        return screen->marks.count > 0;
    case ACTION_UNFILTER_ONE:
        return is_filtered(&view->filter);
    case ACTION_SEATS:
        return people_may(store_reviewer(screen->store)->role, RIGHT_SUPERVISE);
    default:
        return true;
    }
}

static const struct view_class queue_view_class = {
    .keys = KEYS_QUEUE,
    .title = N_("Waiting for decision"),
    .draw = draw,
    .rest = rest,
    .act = act,
    .click = click,
    .works = works,
    .reread = reread,
    .step = step,
    .place = place,
    .close = close_view,
};

int64_t queue_view_selected(const struct screen *screen) {
    const struct queue_view *view = screen->depth == 0 ? NULL : screen->views[0].state;
    return view == NULL ? 0 : view->selected_id;
}

void queue_view_open(struct screen *screen, int64_t id) {
    struct queue_view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return;
    view->filter = (struct queue_filter){.kind = QUEUE_ANY, .outcome = QUEUE_ANY, .specialty = QUEUE_ANY};
    view->selected_id = id;
    view_push(screen, &queue_view_class, view);
}
