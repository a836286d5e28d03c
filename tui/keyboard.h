/* What is typed, told apart from what is pasted (SPEC 12, Deciding).
 *
 * Bytes are read here, not by curses, because a decision hangs on them: pasted text never acts as keys, an escape
 * sequence torn apart by a slow line never becomes a command, and the caller can ask whether a key came alone. */
#ifndef TUI_KEYBOARD_H
#define TUI_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/keyboard_decoder.h"

/* Keys that are no character; a character is its code point, Ctrl-A … Ctrl-Z are 1 … 26. */
enum {
    KEYBOARD_ENTER = '\r',
    KEYBOARD_TAB = '\t',
    KEYBOARD_ESCAPE = 27,
    KEYBOARD_BACKSPACE = 127,
    KEYBOARD_UP = 0x110000,
    KEYBOARD_DOWN,
    KEYBOARD_LEFT,
    KEYBOARD_RIGHT,
    KEYBOARD_HOME,
    KEYBOARD_END,
    KEYBOARD_PAGE_UP,
    KEYBOARD_PAGE_DOWN,
    KEYBOARD_DELETE,
    KEYBOARD_BACK_TAB,
    KEYBOARD_F1,
    KEYBOARD_F2,
    KEYBOARD_CLICK, /* of the mouse: these come as KEYBOARD_MOUSE */
    KEYBOARD_WHEEL_UP,
    KEYBOARD_WHEEL_DOWN
};

#define KEYBOARD_CTRL(letter) ((letter) - 'A' + 1)

/* The key that the terminal's byte below 0x80 means: Backspace and Enter come as Ctrl-H and Ctrl-J, too. */
static inline uint32_t keyboard_of_byte(unsigned char byte) {
    return byte == KEYBOARD_CTRL('H') ? KEYBOARD_BACKSPACE : byte == KEYBOARD_CTRL('J') ? KEYBOARD_ENTER : byte;
}

enum keyboard_type {
    KEYBOARD_NOTHING, /* the time is over */
    KEYBOARD_KEY,
    KEYBOARD_PASTED, /* one character of pasted text */
    KEYBOARD_MOUSE,  /* a click or the wheel, with its place */
    KEYBOARD_REPORT, /* the terminal said where its cursor is: `col` */
    KEYBOARD_GONE    /* the terminal went away */
};

struct keyboard_event {
    enum keyboard_type type;
    uint32_t key;
    bool hurried; /* came right behind another key, faster than a hand */
    int row, col; /* of the mouse, from 0 */
};

enum { KEYBOARD_BUFFER = 4096 };

struct keyboard {
    int fd;
    unsigned char buffer[KEYBOARD_BUFFER];
    size_t from, to;
    int64_t read_ms; /* when the bytes in the buffer came */
    struct keyboard_decoder decoder;
    bool dropping; /* of a burst, until a key comes alone */
};

void keyboard_open(struct keyboard *keyboard, int fd);

/* Waits up to `wait_ms` for the next event. A signal ends the wait. */
void keyboard_next(struct keyboard *keyboard, int wait_ms, struct keyboard_event *event);

/* Whether bytes have come that were not looked at yet. Reads nothing. */
bool keyboard_is_waiting(const struct keyboard *keyboard);

/* Whether an ESC has come of which only silence will tell that it came alone. */
bool keyboard_has_escape(const struct keyboard *keyboard);

/* Whether bytes wait right behind the key just given, or it came right behind another: no hand types so fast. Waits a
 * moment for them. */
bool keyboard_is_burst(struct keyboard *keyboard, const struct keyboard_event *event);

/* Drops what belongs to the burst, up to the next key that comes alone. */
void keyboard_drop_burst(struct keyboard *keyboard);

/* Drops every key that has come so far: typed before what is on the screen now was there. */
void keyboard_forget(struct keyboard *keyboard);

/* Milliseconds of a clock that only goes forward. */
int64_t keyboard_clock(void);

#endif
