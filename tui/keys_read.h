/* Bytes from the terminal to keys. Own decoding, because a key here can be a decision: a sequence split by a slow line
 * must never fall apart into letters, an unknown one is swallowed whole, pasted text never acts. */
#ifndef TUI_KEYS_READ_H
#define TUI_KEYS_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_code {
    INPUT_NONE, /* nothing came in time */
    INPUT_GONE, /* the terminal is gone */
    INPUT_TEXT, /* one character, in `text` */
    INPUT_PASTE, /* pasted text: one character of it */
    INPUT_ENTER,
    INPUT_TAB,
    INPUT_BACK_TAB,
    INPUT_BACKSPACE,
    INPUT_DELETE,
    INPUT_ESCAPE,
    INPUT_UP,
    INPUT_DOWN,
    INPUT_LEFT,
    INPUT_RIGHT,
    INPUT_PAGE_UP,
    INPUT_PAGE_DOWN,
    INPUT_HOME,
    INPUT_END,
    INPUT_F1,
    INPUT_F2,
    INPUT_CONTROL, /* text[0] is the letter, 'a'-'z' */
};

struct key {
    enum key_code code;
    char text[5];
    bool burst; /* came in one piece with others: faster than fingers; no decision is taken from it */
};

struct input_keys {
    int fd;
    unsigned char bytes[512];
    size_t at, count;
    bool pasting;
    bool burst;
    int64_t lone_escape_ms; /* when a lone ESC was taken; its tail may still come */
};

void keys_open(struct input_keys *input, int fd);

/* Waits up to `wait_ms` for a key. A signal ends the wait with INPUT_NONE. */
struct key keys_read(struct input_keys *input, int wait_ms);

#endif
