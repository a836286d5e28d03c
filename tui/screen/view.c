#include "tui/screen/view.h"

#include <stdarg.h>
#include <stdio.h>

#include "tui/message.h"

enum { FRAME_ROWS = 3 }; /* header, message, footer */

static struct view *top(struct screen *screen) {
    return &screen->views[screen->depth - 1];
}

void view_reread(struct screen *screen) {
    if (screen->depth > 0 && top(screen)->class->reread != NULL)
        top(screen)->class->reread(screen, top(screen)->state);
}

void view_push(struct screen *screen, const struct view_class *class, void *state) {
    if (screen->depth == VIEW_DEPTH) {
        class->close(state);
        return;
    }
    screen->views[screen->depth++] = (struct view){class, state};
    view_reread(screen);
}

void view_drop(struct screen *screen) {
    top(screen)->class->close(top(screen)->state);
    screen->depth--;
}

void view_pop(struct screen *screen) {
    view_drop(screen);
    view_reread(screen);
}

void view_pop_to_list(struct screen *screen) {
    while (screen->depth > 1 && top(screen)->class->step == NULL)
        view_drop(screen);
    view_refresh(screen);
}

void view_drop_boxes(struct screen *screen) {
    while (screen->depth > 1 && top(screen)->class->box)
        view_drop(screen);
}

bool view_step(struct screen *screen, int by, int64_t *id) {
    for (size_t i = screen->depth; i > 0; i--)
        if (screen->views[i - 1].class->step != NULL)
            return screen->views[i - 1].class->step(screen, screen->views[i - 1].state, by, id);
    return false;
}

bool view_place(const struct screen *screen, int64_t *number, int64_t *total) {
    for (size_t i = screen->depth; i > 0; i--)
        if (screen->views[i - 1].class->place != NULL) {
            screen->views[i - 1].class->place(screen, screen->views[i - 1].state, number, total);
            return true;
        }
    return false;
}

void view_layout(struct screen *screen) {
    size_t first = screen->depth - 1;
    while (first > 0 && screen->views[first].class->box)
        first--;
    for (size_t i = first; i + 1 < screen->depth; i++) {
        const struct view_class *class = screen->views[i].class;
        if (class->layout != NULL)
            class->layout(screen, screen->views[i].state);
        else if (class->reread != NULL)
            class->reread(screen, screen->views[i].state);
    }
    view_reread(screen);
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

void view_spot(struct screen *screen, int row, int from, int to, enum action action, uint32_t which) {
    if (screen->spot_count < SPOTS && from < to)
        screen->spots[screen->spot_count++] = (struct spot){row, from, to, action, which};
}

bool view_rest(struct screen *screen) {
    int64_t now = keyboard_clock();
    bool held = now < screen->rest_ms;
    screen->rest_ms = now + VIEW_REST_MS;
    return held;
}

void view_refresh(struct screen *screen) {
    struct err err = {0};
    screen->today = store_today(screen->store);
    screen->data_version = store_data_version(screen->store);
    if (queue_counts(screen->store, &screen->counts, &err) != STATUS_OK)
        view_say_err(screen, &err);
    view_reread(screen);
}
