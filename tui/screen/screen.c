#include "tui/screen/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/draft.h"
#include "store/seat.h"
#include "tui/database.h"
#include "tui/message.h"
#include "tui/screen/decide_text.h"
#include "tui/screen/frame.h"
#include "tui/screen/views.h"

enum { TICK_MS = 500, EVENTS_A_TURN = 256 };

static const struct view *top(const struct screen *screen) {
    return &screen->views[screen->depth - 1];
}

/* `which` of its keys it was, from 0. */
static void act(struct screen *screen, const struct keys_entry *entry, const struct keyboard_event *event,
                uint32_t which) {
    const struct view *view = top(screen);
    char name[KEYS_NAME_SIZE];
    if (entry->alone && keyboard_is_burst(&screen->keyboard, event)) {
        keyboard_drop_burst(&screen->keyboard);
        view_say(screen, PAINT_ERROR, "%s", _("keys came faster than anybody types: they were ignored"));
        return;
    }
    if (entry->action == ACTION_INTERRUPT)
        view_say(screen, PAINT_NOTICE, _("nothing was stopped; %s in the queue leaves the program"),
                 keys_name_of(&screen->keys, KEYS_QUEUE, ACTION_LEAVE, name));
    else if (entry->action == ACTION_REDRAW)
        term_redraw();
    else if (entry->action == ACTION_HELP)
        help_view_open(screen, view->class->keys);
    else if (entry->action == ACTION_SEARCH)
        search_view_open(screen);
    else
        view->class->act(screen, view->state, entry->action, which);
}

/* A click is worth what its key is worth; what must come alone is never done by one. */
static void click(struct screen *screen, const struct keyboard_event *event) {
    const struct view *view = top(screen);
    for (size_t i = 0; i < screen->spot_count; i++) {
        const struct spot *spot = &screen->spots[i];
        if (event->row != spot->row || event->col < spot->from || event->col >= spot->to)
            continue;
        const struct keys_entry *entry = keys_of(&screen->keys, view->class->keys, spot->action);
        if (entry != NULL && !entry->alone)
            act(screen, entry, event, spot->which);
        else if (entry != NULL)
            view_say(screen, PAINT_NOTICE, "%s", _("this takes its key: a click never decides"));
        return;
    }
    if (view->class->click != NULL)
        view->class->click(screen, view->state, event->row, event->col);
}

/* The wheel is the arrow keys, some lines at a time. */
static void handle_mouse(struct screen *screen, const struct keyboard_event *event) {
    enum { WHEEL_LINES = 3 };
    unsigned keys = top(screen)->class->keys;
    if (event->key == KEYBOARD_CLICK) {
        click(screen, event);
        return;
    }
    const struct keys_entry *entry =
        keys_of(&screen->keys, keys, event->key == KEYBOARD_WHEEL_DOWN ? ACTION_DOWN : ACTION_UP);
    for (int i = 0; i < WHEEL_LINES && entry != NULL; i++)
        act(screen, entry, event, 0);
}

/* Out of sight nothing acts but the key that leaves. */
static void handle_unseen(struct screen *screen, const struct keyboard_event *event) {
    const struct keys_entry *entry = keys_find(&screen->keys, top(screen)->class->keys, event->key);
    if (event->type == KEYBOARD_KEY && entry != NULL && entry->action == ACTION_LEAVE)
        screen->leave = !keyboard_is_burst(&screen->keyboard, event);
}

/* Decisions are capital letters; the small one says so. */
static void say_no_meaning(struct screen *screen, unsigned keys, uint32_t key) {
    char name[KEYS_NAME_SIZE];
    const struct keys_entry *capital =
        key >= 'a' && key <= 'z' ? keys_find(&screen->keys, keys, key - 'a' + 'A') : NULL;
    if (capital != NULL && capital->alone && capital->word != NULL)
        view_say(screen, PAINT_NOTICE, _("%s: press capital %c"), _(capital->word), (char)(key - 'a' + 'A'));
    else if (keys_of(&screen->keys, keys, ACTION_HELP) != NULL)
        view_say(screen, PAINT_NOTICE, _("this key means nothing here; %s: the keys that do"),
                 keys_name_of(&screen->keys, keys, ACTION_HELP, name));
}

static void handle(struct screen *screen, const struct keyboard_event *event) {
    const struct view *view = top(screen);
    bool is_text = event->key >= ' ' && event->key != KEYBOARD_BACKSPACE && event->key < KEYBOARD_UP;
    if (term_is_too_small(&screen->term)) {
        handle_unseen(screen, event);
        return;
    }
    screen->message[0] = '\0';
    bool was_leaving = screen->leaving;
    screen->leaving = false;
    if (event->type == KEYBOARD_MOUSE) {
        handle_mouse(screen, event);
        return;
    }
    if (event->type == KEYBOARD_PASTED) {
        if (view->class->type != NULL)
            view->class->type(screen, view->state, event->key);
        else
            view_say(screen, PAINT_NOTICE, "%s", _("pasted text does not act as keys"));
        return;
    }
    const struct keys_entry *entry = keys_find(&screen->keys, view->class->keys, event->key);
    if (entry != NULL && entry->action == ACTION_LEAVE)
        screen->leaving = was_leaving;
    else
        screen->has_decided = false;
    if (entry != NULL)
        act(screen, entry, event, keys_which(entry, event->key));
    else if (view->class->type != NULL && is_text)
        view->class->type(screen, view->state, event->key);
    else
        say_no_meaning(screen, view->class->keys, event->key);
}

/* Nobody at the keys: said a minute before, then the session ends; what was half written is kept. True where it is
 * said. */
static bool look_after_idle(struct screen *screen) {
    enum { WARN_MS = 60000, SECOND_MS = 1000 };
    int64_t left = screen->touched_ms + screen->idle_ms - keyboard_clock();
    if (screen->idle_ms == 0 || left > WARN_MS)
        return false;
    screen->idled = left <= 0;
    screen->leave = screen->leave || screen->idled;
    view_say(screen, PAINT_ERROR, _("nobody at the keys: this session ends in %d seconds; any key goes on"),
             (int)(left / SECOND_MS));
    return true;
}

static bool shows_others(const struct screen *screen) {
    for (size_t i = 0; i < screen->depth; i++)
        if (screen->views[i].class->others)
            return true;
    return false;
}

/* What others did, and midnight; what was typed is kept. True where there may be something new to see. */
static bool tick(struct screen *screen) {
    decide_keep_draft(screen);
    bool changed = look_after_idle(screen) || shows_others(screen);
    screen->displaced = store_check_place(screen->store, &(struct err){0}) == STATUS_NO_DATABASE;
    screen->leave = screen->leave || screen->displaced;
    if (top(screen)->class->live) {
        view_reread(screen);
        changed = true;
    }
    if (store_data_version(screen->store) != screen->data_version || store_today(screen->store) != screen->today) {
        view_refresh(screen);
        changed = true;
    }
    return changed;
}

/* The keys have come to rest: true where a view had left something out, be it one that lies below a box now. */
static bool look_at_rest(struct screen *screen) {
    bool shown = false;
    if (screen->rest_ms == 0 || keyboard_clock() < screen->rest_ms)
        return false;
    screen->rest_ms = 0;
    for (size_t i = 0; i < screen->depth; i++)
        if (screen->views[i].class->rest != NULL)
            shown = screen->views[i].class->rest(screen, screen->views[i].state) || shown;
    return shown;
}

/* How long there is nothing to do but to wait for a key. */
static int time_to_wait(const struct screen *screen, int64_t next_tick) {
    int64_t until = screen->rest_ms != 0 && screen->rest_ms < next_tick ? screen->rest_ms : next_tick;
    int64_t wait = until - keyboard_clock();
    return wait > 0 ? (int)wait : 0;
}

static void run(struct screen *screen) {
    int64_t next_tick = keyboard_clock() + TICK_MS;
    bool changed = true; /* since it was last drawn: where nobody does anything, nothing is composed either */
    while (!screen->leave && !term_ended()) {
        if (term_resized(&screen->term)) {
            view_layout(screen);
            changed = true;
        }
        if (changed)
            frame_show(screen);
        changed = false;
        int wait = time_to_wait(screen, next_tick);
        for (int i = 0; i < EVENTS_A_TURN && !screen->leave; i++) {
            struct keyboard_event event;
            keyboard_next(&screen->keyboard, i == 0 ? wait : 0, &event);
            screen->leave = screen->leave || event.type == KEYBOARD_GONE;
            if (event.type == KEYBOARD_NOTHING || event.type == KEYBOARD_GONE)
                break;
            changed = true;
            if (event.type == KEYBOARD_REPORT) {
                term_take_report(&screen->term, event.col); /* the terminal's, nobody pressed it */
                continue;
            }
            screen->touched_ms = keyboard_clock();
            handle(screen, &event);
        }
        changed = look_at_rest(screen) || changed;
        if (keyboard_clock() >= next_tick) {
            next_tick = keyboard_clock() + TICK_MS;
            changed = tick(screen) || changed;
        }
    }
}

/* Where a text was left half written, its application is the selected one. */
static void open_queue(struct screen *screen) {
    char purpose[DRAFT_PURPOSE_SIZE], open[KEYS_NAME_SIZE], key[KEYS_NAME_SIZE] = "";
    int64_t id = 0;
    bool left = draft_latest(screen->store, &id, purpose);
    queue_view_open(screen, id);
    view_refresh(screen);
    for (int action = 0; left && action < ACTION_COUNT; action++)
        if (strcmp(keys_action_words[action], purpose) == 0)
            keys_name_of(&screen->keys, KEYS_DETAIL, (enum action)action, key);
    if (left && key[0] != '\0' && queue_view_selected(screen) == id)
        view_say(screen, PAINT_NOTICE, _("you were writing about this one: %s, then %s go on with it"),
                 keys_name_of(&screen->keys, KEYS_QUEUE, ACTION_OPEN, open), key);
}

/* While others write: the keys that cancel a box, and q, end the wait; nothing else that is typed means anything. */
static bool is_given_up(void *data) {
    struct screen *screen = data;
    struct keyboard_event event;
    bool given_up = term_ended();
    do {
        keyboard_next(&screen->keyboard, 0, &event);
        const struct keys_entry *entry =
            event.type == KEYBOARD_KEY ? keys_find(&screen->keys, KEYS_CONFIRM, event.key) : NULL;
        given_up = given_up || (entry != NULL && entry->action == ACTION_CANCEL);
        screen->leave = screen->leave || event.type == KEYBOARD_GONE;
    } while (event.type != KEYBOARD_NOTHING && event.type != KEYBOARD_GONE);
    screen->given_up = given_up || screen->leave;
    return screen->given_up;
}

/* Why it ended, where nobody asked it to; the terminal is given back. */
static enum status say_why(const struct screen *screen) {
    const char *why = screen->displaced ? _("ended: the database was replaced or moved away; start again")
                      : screen->idled   ? _("ended: nobody was at the keys; what was half written is kept")
                                        : NULL;
    if (why != NULL)
        fprintf(stderr, "yijian: %s\n", why);
    return screen->displaced ? STATUS_NO_DATABASE : STATUS_OK;
}

int screen_run(struct store *store, const struct screen_options *options) {
    struct err err = {0};
    struct screen *screen = calloc(1, sizeof *screen);
    if (screen == NULL)
        return STATUS_INTERNAL;
    screen->store = store;
    screen->language = options->language;
    screen->keys = *options->keys;
    screen->idle_ms = options->idle_seconds * 1000;
    screen->touched_ms = keyboard_clock();
    enum status status = term_open(&screen->term, options->colour, &err);
    if (status == STATUS_OK) {
        keyboard_open(&screen->keyboard, STDIN_FILENO);
        store_wait_with(store, is_given_up, screen);
        seat_show(store, 0);
        open_queue(screen);
        if (options->key_faults[0] != '\0') /* nobody is locked out: the built-in keys hold */
            note_open(screen, PAINT_ERROR, _("The key file has faults; the built-in keys hold"), options->key_faults);
        if (screen->keys.mouse)
            term_watch_mouse(&screen->term);
        if (screen->depth > 0)
            run(screen);
        decide_keep_draft(screen);
        while (screen->depth > 0)
            view_drop(screen);
        store_wait_with(store, database_quit, NULL);
        term_close(&screen->term);
        status = say_why(screen);
    } else {
        char text[MESSAGE_SIZE];
        fprintf(stderr, "yijian: %s\n", message_err(&err, text, sizeof text));
    }
    marks_free(&screen->marks);
    free(screen);
    return (int)status;
}
