/* Searching as one types: by registration number first, then by the other numbers and the name (SPEC 11). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/door.h"
#include "tui/list.h"
#include "tui/message.h"
#include "tui/screen/editor.h"
#include "tui/screen/views.h"

enum { FOUND_FEW = 40, FOUND_MAX = 100, HEAD_ROWS = 2 };

struct search_view {
    struct editor query;
    struct search_result result;
    struct list found; /* all of them */
    size_t first;      /* the one that stands at the top */
};

static size_t rows_in_sight(const struct screen *screen) {
    int rows = view_area(screen).rows - HEAD_ROWS - 1;
    return rows < 1 ? 1 : (size_t)rows;
}

static void keep_in_sight(const struct screen *screen, struct search_view *view) {
    size_t rows = rows_in_sight(screen), selected = view->found.selected;
    if (selected < view->first)
        view->first = selected;
    else if (selected >= view->first + rows)
        view->first = selected - rows + 1;
}

/* Finds so many at the most; the one that was selected stays so. */
static void search(struct screen *screen, struct search_view *view, size_t most) {
    struct err err = {0};
    const struct queue_row *row = list_selected(&view->found);
    int64_t was = row == NULL ? 0 : row->id;
    most = most > FOUND_MAX ? FOUND_MAX : most;
    view->found.count = view->found.selected = view->first = 0;
    if (search_run(screen->store, view->query.text, false, view->found.rows, most, &view->result, &err) != STATUS_OK) {
        view_say_err(screen, &err);
        return;
    }
    view->found.count = view->result.count;
    for (size_t i = 0; i < view->found.count; i++)
        if (view->found.rows[i].id == was)
            view->found.selected = i;
    keep_in_sight(screen, view);
}

/* Each row lies elsewhere in the database: as one types few more are read than are seen. */
static void search_typed(struct screen *screen, struct search_view *view) {
    size_t rows = rows_in_sight(screen);
    search(screen, view, rows > FOUND_FEW ? rows : FOUND_FEW);
}

static void reread(struct screen *screen, void *state) {
    struct search_view *view = state;
    if (view->found.count > FOUND_FEW)
        search(screen, view, FOUND_MAX);
    else
        search_typed(screen, view);
}

static void type(struct screen *screen, void *state, uint32_t character) {
    struct search_view *view = state;
    editor_type(&view->query, character);
    search_typed(screen, view);
}

static void move_to(struct screen *screen, struct search_view *view, int64_t index) {
    int64_t last = (int64_t)view->found.count - 1;
    if (index > last && view->result.more && last + 1 < FOUND_MAX) {
        search(screen, view, FOUND_MAX);
        last = (int64_t)view->found.count - 1;
    }
    index = index > last ? last : index;
    view->found.selected = index < 0 ? 0 : (size_t)index;
    keep_in_sight(screen, view);
}

static bool step(struct screen *screen, void *state, int by, int64_t *id) {
    struct search_view *view = state;
    size_t was = view->found.selected;
    move_to(screen, view, (int64_t)was + by);
    const struct queue_row *row = list_selected(&view->found);
    *id = row == NULL ? 0 : row->id;
    return row != NULL && view->found.selected != was;
}

static void act(struct screen *screen, void *state, enum action action, uint32_t which) {
    struct search_view *view = state;
    const struct queue_row *row = list_selected(&view->found);
    int64_t selected = (int64_t)view->found.selected, page = (int64_t)rows_in_sight(screen);
    (void)which;
    switch (action) {
    case ACTION_BACK:
        view_pop(screen);
        return;
    case ACTION_OPEN:
        if (row != NULL)
            detail_view_open(screen, row->id);
        return;
    case ACTION_DOWN:
    case ACTION_UP:
        move_to(screen, view, action == ACTION_DOWN ? selected + 1 : selected - 1);
        return;
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
        move_to(screen, view, action == ACTION_PAGE_DOWN ? selected + page : selected - page);
        return;
    default:
        if (editor_act(&view->query, action, EDITOR_SIZE))
            search_typed(screen, view);
    }
}

/* What was looked for and what answered. */
static void draw_answer(const struct screen *screen, const struct search_view *view, struct draw_area area) {
    const struct search_result *result = &view->result;
    char text[QUEUE_TEXT_SIZE + 256];
    if (result->normalised[0] == '\0')
        snprintf(text, sizeof text, "%s",
                 _("registration number, its start, digits or end; application or id number; name"));
    else if (result->match == SEARCH_NOTHING)
        snprintf(text, sizeof text, _("nothing has \"%s\" as registration, application or id number, or as name"),
                 result->normalised);
    else
        /* TRANSLATORS: what matched, what was searched, how many */
        snprintf(text, sizeof text, result->more ? _("%s \"%s\": the first %zu") : _("%s \"%s\": %zu found"),
                 message_word(&search_matches[result->match], screen->language), result->normalised, result->count);
    draw_run(&screen->term, area.row + 1, area.col + 1, area.col + area.cols,
             result->match == SEARCH_NOTHING && result->normalised[0] != '\0' ? PAINT_PART : PAINT_NORMAL, text);
}

static void place(const struct screen *screen, void *state, int64_t *number, int64_t *total) {
    const struct search_view *view = state;
    (void)screen;
    *number = (int64_t)view->found.selected + 1;
    *total = (int64_t)view->found.count;
}

/* A click selects what was found; on the selected one it opens it. */
static void click(struct screen *screen, void *state, int row, int col) {
    struct search_view *view = state;
    struct draw_area area = view_area(screen);
    struct list shown = view->found;
    size_t was = view->found.selected;
    shown.count -= view->first;
    area.row += HEAD_ROWS;
    area.rows -= HEAD_ROWS;
    int index = list_hit(&shown, area, row, col);
    if (index < 0)
        return;
    move_to(screen, view, (int64_t)view->first + index);
    if (view->found.selected == was)
        act(screen, view, ACTION_OPEN, 0);
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    struct search_view *view = state;
    struct list shown = view->found;
    size_t rows = rows_in_sight(screen);
    int row;
    keep_in_sight(screen, view);
    int col = draw_run(&screen->term, area.row, area.col, area.cols / 2, PAINT_KEY, _("Search: "));
    draw_answer(screen, view, area);
    shown.rows += view->first;
    shown.count -= view->first;
    shown.count = shown.count > rows ? rows : shown.count;
    shown.selected -= view->first;
    list_draw(&shown, &screen->term,
              (struct draw_area){area.row + HEAD_ROWS, area.col, area.rows - HEAD_ROWS, area.cols}, screen->language,
              &row);
    editor_draw(&view->query, &screen->term, (struct draw_area){area.row, col, 1, area.cols - col}, &screen->cursor_row,
                &screen->cursor_col);
}

static void close_view(void *state) {
    struct search_view *view = state;
    list_free(&view->found);
    free(view);
}

static const struct view_class search_view_class = {
    .keys = KEYS_SEARCH,
    .title = N_("Search"),
    .draw = draw,
    .act = act,
    .type = type,
    .click = click,
    .reread = reread,
    .step = step,
    .place = place,
    .close = close_view,
};

void search_view_open(struct screen *screen) {
    struct search_view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return;
    editor_set(&view->query, true, "");
    if (list_resize(&view->found, FOUND_MAX))
        view_push(screen, &search_view_class, view);
    else
        close_view(view);
}
