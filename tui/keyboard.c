#include "tui/keyboard.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int64_t keyboard_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void keyboard_open(struct keyboard *keyboard, int fd) {
    memset(keyboard, 0, sizeof *keyboard);
    keyboard->fd = fd;
    keyboard_decoder_open(&keyboard->decoder);
}

enum { FILL_GONE = -1, FILL_NONE, FILL_BYTES, FILL_SIGNAL };

/* Reads what there is, waiting up to wait_ms. */
static int fill(struct keyboard *keyboard, int wait_ms) {
    struct pollfd set = {.fd = keyboard->fd, .events = POLLIN};
    int ready = poll(&set, 1, wait_ms);
    if (ready == 0)
        return FILL_NONE;
    ssize_t n = ready < 0 ? -1 : read(keyboard->fd, keyboard->buffer, sizeof keyboard->buffer);
    if (n <= 0)
        return n < 0 && (errno == EINTR || errno == EAGAIN) ? FILL_SIGNAL : FILL_GONE;
    keyboard->from = 0;
    keyboard->to = (size_t)n;
    keyboard->read_ms = keyboard_clock();
    return FILL_BYTES;
}

static bool next_raw(struct keyboard *keyboard, int wait_ms, struct keyboard_event *event) {
    enum { STEP_MS = 50 };
    struct keyboard_decoder *decoder = &keyboard->decoder;
    int64_t end = keyboard_clock() + wait_ms;
    for (;;) {
        while (keyboard->from < keyboard->to)
            if (keyboard_decoder_take(decoder, keyboard->buffer[keyboard->from++], keyboard->read_ms, event))
                return true;
        if (keyboard_decoder_wait(decoder, keyboard_clock(), event))
            return true;
        int64_t left = end - keyboard_clock();
        int step = left < 0 ? 0 : !keyboard_decoder_is_idle(decoder) && left > STEP_MS ? STEP_MS : (int)left;
        int came = fill(keyboard, step);
        if (came == FILL_GONE) {
            event->type = KEYBOARD_GONE;
            return true;
        }
        if (came == FILL_SIGNAL || (came == FILL_NONE && (left <= step || keyboard_decoder_is_idle(decoder))))
            return false;
    }
}

void keyboard_next(struct keyboard *keyboard, int wait_ms, struct keyboard_event *event) {
    do {
        *event = (struct keyboard_event){.type = KEYBOARD_NOTHING};
        if (!next_raw(keyboard, wait_ms, event))
            return;
        keyboard->dropping = keyboard->dropping && event->type == KEYBOARD_KEY && event->hurried;
    } while (keyboard->dropping);
}

bool keyboard_is_waiting(const struct keyboard *keyboard) {
    struct pollfd in = {.fd = keyboard->fd, .events = POLLIN};
    return keyboard->from < keyboard->to || poll(&in, 1, 0) > 0;
}

bool keyboard_has_escape(const struct keyboard *keyboard) {
    return keyboard_decoder_has_escape(&keyboard->decoder);
}

bool keyboard_is_burst(struct keyboard *keyboard, const struct keyboard_event *event) {
    if (event->hurried || keyboard->from < keyboard->to)
        return true;
    return fill(keyboard, KEYBOARD_HAND_MS) != FILL_NONE;
}

void keyboard_drop_burst(struct keyboard *keyboard) {
    keyboard->dropping = true;
}

void keyboard_forget(struct keyboard *keyboard) {
    struct keyboard_event event;
    do
        keyboard_next(keyboard, 0, &event);
    while (event.type != KEYBOARD_NOTHING && event.type != KEYBOARD_GONE);
}
