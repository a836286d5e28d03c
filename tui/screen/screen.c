#include "tui/screen/screen.h"

#include <ncurses.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/view.h"
#include "tui/screen/views.h"

enum { TICK_MS = 500, EVENTS_A_TURN = 256, FRAME_ROWS = 3, NARROW_COLS = 60 };

static struct view *top(struct screen *screen) {
    return &screen->views[screen->depth - 1];
}

static void refresh_top(struct screen *screen) {
    if (screen->depth > 0 && top(screen)->class->reread != NULL)
        top(screen)->class->reread(screen, top(screen)->state);
}

void view_push(struct screen *screen, const struct view_class *class, void *state) {
    if (screen->depth == VIEW_DEPTH) {
        class->close(state);
        return;
    }
    screen->views[screen->depth++] = (struct view){class, state};
    refresh_top(screen);
}

void view_drop(struct screen *screen) {
    top(screen)->class->close(top(screen)->state);
    screen->depth--;
}

void view_pop(struct screen *screen) {
    view_drop(screen);
    refresh_top(screen);
}

void view_pop_to_list(struct screen *screen) {
    while (screen->depth > 1 && top(screen)->class->step == NULL)
        view_drop(screen);
    view_refresh(screen);
}

bool view_step(struct screen *screen, int by, int64_t *id) {
    for (size_t i = screen->depth; i > 0; i--)
        if (screen->views[i - 1].class->step != NULL)
            return screen->views[i - 1].class->step(screen, screen->views[i - 1].state, by, id);
    return false;
}

struct draw_area view_area(const struct screen *screen) {
    return (struct draw_area){.row = 1, .col = 0, .rows = screen->term.rows - FRAME_ROWS, .cols = screen->term.cols};
}

void view_say(struct screen *screen, enum paint paint, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vsnprintf(screen->message, sizeof screen->message, format, list);
    va_end(list);
    screen->message_paint = paint;
}

void view_say_err(struct screen *screen, const struct err *err) {
    message_err(err, screen->message, sizeof screen->message);
    screen->message_paint = PAINT_ERROR;
}

void view_refresh(struct screen *screen) {
    struct err err = {0};
    screen->today = store_today(screen->store);
    screen->data_version = store_data_version(screen->store);
    if (queue_counts(screen->store, &screen->counts, &err) != STATUS_OK)
        view_say_err(screen, &err);
    refresh_top(screen);
}

/* "训练库 · 2021-11-05 · 李华". */
static void write_standing(const struct screen *screen, char *out, size_t size) {
    const struct reviewer *reviewer = store_reviewer(screen->store);
    const char *between = screen->term.cols < NARROW_COLS ? " " : " · ";
    char date[DAY_TEXT_SIZE], day_words[128];
    day_format(screen->today, date);
    snprintf(day_words, sizeof day_words, store_day_is_set(screen->store) ? _("set day %s") : "%s", date);
    snprintf(out, size, "%s%s%s%s%s ", store_is_training(screen->store) ? _("TRAINING") : "",
             store_is_training(screen->store) ? between : "", day_words, between,
             reviewer->name[0] == '\0' ? reviewer->login : reviewer->name);
}

static void draw_header(const struct screen *screen) {
    const struct terminal *term = &screen->term;
    char right[PEOPLE_NAME_SIZE + 256];
    const char *title = "";
    for (size_t i = 0; i < screen->depth; i++)
        if (!screen->views[i].class->box)
            title = screen->views[i].class->title;
    write_standing(screen, right, sizeof right);
    int cells = door_width(right), most = term->cols < NARROW_COLS ? term->cols - 2 : term->cols * 2 / 3;
    cells = cells > most ? most : cells;
    draw_cells(term, 0, 0, term->cols, PAINT_TITLE, false, "");
    int col =
        draw_run(term, 0, 1, term->cols - cells - 1, PAINT_TITLE, term->cols >= NARROW_COLS ? "一建 yijian  " : "");
    draw_run(term, 0, col, term->cols - cells - 1, PAINT_TITLE, _(title));
    draw_cells(term, 0, term->cols - cells, cells, PAINT_TITLE, false, right);
}

static void draw_footer(const struct screen *screen, unsigned keys) {
    const struct terminal *term = &screen->term;
    int row = term->rows - 1, col = 0;
    draw_cells(term, row, 0, term->cols - 1, PAINT_NORMAL, false, "");
    for (size_t i = 0; i < keys_table_count; i++) {
        const struct keys_entry *entry = &keys_table[i];
        char name[KEYS_NAME_SIZE];
        if ((entry->views & keys) == 0 || entry->word == NULL)
            continue;
        keys_names(entry, true, name);
        /* the last place of the last line stays free: some terminals scroll when it is written */
        if (col + door_width(name) + 1 + door_width(_(entry->word)) > term->cols - 1)
            continue;
        col = draw_run(term, row, col, term->cols - 1, PAINT_KEY, name) + 1;
        col = draw_run(term, row, col, term->cols - 1, PAINT_NORMAL, _(entry->word)) + 2;
    }
}

static void draw_all(struct screen *screen) {
    const struct terminal *term = &screen->term;
    size_t first = screen->depth - 1;
    erase();
    if (term_is_too_small(term)) {
        char text[256];
        snprintf(text, sizeof text, _("too small: 40x10 needed, is %dx%d"), term->cols, term->rows);
        draw_cells(term, 0, 0, term->cols, PAINT_NORMAL, false, text);
        move(0, 0);
        return;
    }
    while (first > 0 && screen->views[first].class->box)
        first--;
    draw_header(screen);
    for (size_t i = first; i < screen->depth; i++)
        screen->views[i].class->draw(screen, screen->views[i].state, view_area(screen));
    draw_cells(term, term->rows - 2, 0, term->cols, screen->message[0] == '\0' ? PAINT_NORMAL : screen->message_paint,
               false, screen->message);
    draw_footer(screen, top(screen)->class->keys);
    move(screen->cursor_row, screen->cursor_col);
}

void view_show(struct screen *screen) {
    draw_all(screen);
    term_show();
}

static void act(struct screen *screen, const struct keys_entry *entry, const struct keyboard_event *event) {
    const struct view *view = top(screen);
    if (entry->alone && keyboard_is_burst(&screen->keyboard, event)) {
        keyboard_drop_burst(&screen->keyboard);
        view_say(screen, PAINT_ERROR, "%s", _("keys came faster than anybody types: they were ignored"));
        return;
    }
    if (entry->action == ACTION_INTERRUPT)
        view_say(screen, PAINT_NOTICE, "%s", _("nothing was stopped; q in the queue leaves the program"));
    else if (entry->action == ACTION_HELP)
        help_view_open(screen, view->class->keys);
    else if (entry->action == ACTION_SEARCH)
        search_view_open(screen);
    else
        view->class->act(screen, view->state, entry->action, event->key);
}

/* Out of sight nothing acts but the key that leaves. */
static void handle_unseen(struct screen *screen, const struct keyboard_event *event) {
    const struct keys_entry *entry = keys_find(top(screen)->class->keys, event->key);
    if (event->type == KEYBOARD_KEY && entry != NULL && entry->action == ACTION_LEAVE)
        screen->leave = !keyboard_is_burst(&screen->keyboard, event);
}

static void handle(struct screen *screen, const struct keyboard_event *event) {
    const struct view *view = top(screen);
    bool is_text = event->key >= ' ' && event->key != KEYBOARD_BACKSPACE && event->key < KEYBOARD_UP;
    if (term_is_too_small(&screen->term)) {
        handle_unseen(screen, event);
        return;
    }
    screen->message[0] = '\0';
    if (event->type == KEYBOARD_PASTED) {
        if (view->class->type != NULL)
            view->class->type(screen, view->state, event->key);
        else
            view_say(screen, PAINT_NOTICE, "%s", _("pasted text does not act as keys"));
        return;
    }
    const struct keys_entry *entry = keys_find(view->class->keys, event->key);
    if (entry != NULL)
        act(screen, entry, event);
    else if (view->class->type != NULL && is_text)
        view->class->type(screen, view->state, event->key);
}

/* What others did, and midnight. */
static void tick(struct screen *screen) {
    if (store_data_version(screen->store) != screen->data_version || store_today(screen->store) != screen->today)
        view_refresh(screen);
}

static void run(struct screen *screen) {
    int64_t next_tick = keyboard_clock() + TICK_MS;
    while (!screen->leave && !term_ended()) {
        if (term_resized(&screen->term))
            refresh_top(screen);
        view_show(screen);
        int64_t wait = next_tick - keyboard_clock();
        for (int i = 0; i < EVENTS_A_TURN && !screen->leave; i++) {
            struct keyboard_event event;
            keyboard_next(&screen->keyboard, i == 0 && wait > 0 ? (int)wait : 0, &event);
            screen->leave = screen->leave || event.type == KEYBOARD_GONE;
            if (event.type != KEYBOARD_KEY && event.type != KEYBOARD_PASTED)
                break;
            handle(screen, &event);
        }
        if (keyboard_clock() >= next_tick) {
            next_tick = keyboard_clock() + TICK_MS;
            tick(screen);
        }
    }
}

int screen_run(struct store *store, const struct screen_options *options) {
    struct err err = {0};
    struct screen *screen = calloc(1, sizeof *screen);
    if (screen == NULL)
        return STATUS_INTERNAL;
    screen->store = store;
    screen->language = options->language;
    enum status status = term_open(&screen->term, options->colour, &err);
    if (status == STATUS_OK) {
        keyboard_open(&screen->keyboard, STDIN_FILENO);
        queue_view_open(screen);
        view_refresh(screen);
        if (screen->depth > 0)
            run(screen);
        while (screen->depth > 0)
            view_drop(screen);
        term_close(&screen->term);
    } else {
        char text[MESSAGE_SIZE];
        fprintf(stderr, "yijian: %s\n", message_err(&err, text, sizeof text));
    }
    free(screen);
    return (int)status;
}
