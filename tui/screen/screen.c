#include "tui/screen/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/people.h"
#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/view.h"

enum { WAKE_MS = 1000, FRAME_TOP = 1, FRAME_BOTTOM = 2 };

bool screen_is_visible(void) {
    return term_rows() >= SCREEN_MIN_ROWS && term_columns() >= SCREEN_MIN_COLUMNS;
}

bool screen_push(struct screen *screen, struct view *view) {
    if (view == NULL)
        return false;
    if (screen->depth == SCREEN_DEPTH) {
        view->close(view);
        return false;
    }
    screen->views[screen->depth++] = view;
    return true;
}

void screen_pop(struct screen *screen) {
    if (screen->depth == 0)
        return;
    struct view *view = screen->views[--screen->depth];
    view->close(view);
    screen->footer = NULL;
}

void screen_pop_to(struct screen *screen, const struct view *keep) {
    while (screen->depth > 1 && screen->views[screen->depth - 1] != keep)
        screen_pop(screen);
}

void screen_say(struct screen *screen, enum role_look look, const char *text) {
    snprintf(screen->message, sizeof screen->message, "%s", text);
    screen->message_look = look;
}

void screen_say_err(struct screen *screen, const struct err *err) {
    message_err(err, screen->message, sizeof screen->message);
    screen->message_look = LOOK_FAIL;
}

/* Where I am, who I am, which day it is, training or not. */
static void draw_header(const struct screen *screen, const char *title) {
    const struct reviewer *reviewer = store_reviewer(screen->store);
    char day_text[DAY_TEXT_SIZE], line[PEOPLE_NAME_SIZE + 256], training[64] = "";
    int columns = term_columns();
    if (store_is_training(screen->store))
        snprintf(training, sizeof training, " %s ", store_day_is_set(screen->store) ? _("TRAINING, day set by hand")
                                                                                      : _("TRAINING"));
    snprintf(line, sizeof line, " yijian 一建 | %s | %s %s | %s", title, reviewer->name,
             message_word(&people_roles[reviewer->role], screen->language), day_format(screen->today, day_text));
    int right = door_width(training);
    term_put(0, 0, columns - right, LOOK_BAR, line);
    term_put(0, columns - right, right, LOOK_TRAINING, training);
}

static void draw_footer(const struct screen *screen, const struct view *view) {
    char line[1024] = "";
    size_t used = 0;
    int columns = term_columns();
    if (screen->footer != NULL) {
        term_put(term_rows() - 1, 0, columns, LOOK_BAR, screen->footer);
        return;
    }
    for (size_t i = 0; i < key_binding_count; i++) {
        const struct key_binding *binding = &key_bindings[i];
        char piece[128];
        if ((binding->footer & view->place) == 0)
            continue;
        snprintf(piece, sizeof piece, " %s %s ", binding->shown, _(binding->note));
        if (door_width(line) + door_width(piece) > columns - 8 && binding->action != ACTION_BACK)
            continue;
        used += (size_t)snprintf(line + used, sizeof line - used, "%s", piece);
    }
    term_put(term_rows() - 1, 0, columns, LOOK_BAR, line);
}

static void draw(struct screen *screen) {
    if (!screen_is_visible()) {
        for (int row = 0; row < term_rows(); row++)
            term_blank(row, 0, term_columns(), LOOK_PLAIN);
        term_put(0, 0, term_columns(), LOOK_NOTICE, _("enlarge the window: at least 40 x 10"));
        term_cursor(0, 0, false);
        term_flush();
        return;
    }
    int bottom = term_rows() - FRAME_BOTTOM, base = screen->depth - 1;
    while (base > 0 && screen->views[base]->covers)
        base--;
    draw_header(screen, _(screen->views[base]->title));
    for (int i = base; i < screen->depth; i++)
        screen->views[i]->draw(screen->views[i], screen, FRAME_TOP, bottom);
    term_put(bottom, 0, term_columns(), screen->message[0] == '\0' ? LOOK_PLAIN : screen->message_look,
             screen->message);
    draw_footer(screen, screen->views[screen->depth - 1]);
    term_flush();
}

static void refresh_all(struct screen *screen) {
    for (int i = 0; i < screen->depth; i++)
        if (screen->views[i]->refresh != NULL)
            screen->views[i]->refresh(screen->views[i], screen);
}

/* What others did shows up by itself; so does midnight. */
static bool look_around(struct screen *screen) {
    int64_t version = store_data_version(screen->store);
    day today = store_today(screen->store);
    if (version == screen->data_version && today == screen->today)
        return false;
    screen->data_version = version;
    screen->today = today;
    refresh_all(screen);
    return true;
}

static void take_key(struct screen *screen, const struct key *key) {
    screen->message[0] = '\0';
    struct view *top = screen->views[screen->depth - 1];
    top->key(top, screen, key);
}

static void run(struct screen *screen) {
    bool changed = true;
    time_t looked = 0;
    while (!screen->leave && screen->depth > 0) {
        changed = term_resized(&screen->term) || changed;
        if (time(NULL) != looked) {
            looked = time(NULL);
            changed = look_around(screen) || changed;
        }
        if (changed)
            draw(screen);
        changed = false;
        struct key key = keys_read(&screen->term.keys, WAKE_MS);
        if (key.code == INPUT_GONE || term_ended())
            return;
        if (key.code == INPUT_NONE || !screen_is_visible())
            continue;
        take_key(screen, &key);
        changed = true;
    }
}

int screen_run(struct store *store, const struct screen_options *options) {
    struct screen screen = {.store = store, .language = options->language, .today = store_today(store)};
    if (!term_open(&screen.term, options->colour))
        return STATUS_CONFIG;
    screen.data_version = store_data_version(store);
    bool begun = screen_push(&screen, queue_view_new(&screen));
    if (begun)
        run(&screen);
    while (screen.depth > 0)
        screen_pop(&screen);
    term_close(&screen.term);
    return begun ? STATUS_OK : STATUS_INTERNAL;
}
