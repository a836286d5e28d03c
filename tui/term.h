/* The terminal: ncurses set up and taken down, colours by meaning, text by cells through the door. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>

#include "tui/keys_read.h"

/* Roles, not colours: what a text means. Each is told apart without colour too. */
enum role_look {
    LOOK_PLAIN,
    LOOK_BAR,      /* header and footer */
    LOOK_SELECTED,
    LOOK_HEADING,
    LOOK_FAIL,
    LOOK_GOOD,
    LOOK_NOTICE,
    LOOK_FAINT,
    LOOK_TRAINING,
    LOOK_COUNT
};

struct term {
    void *terminal; /* curses' own */
    bool colour;
    bool paste;     /* bracketed paste was switched on */
    struct input_keys keys;
};

/* False where no terminal description will do; a word is on standard error. */
bool term_open(struct term *term, bool colour);
void term_close(struct term *term);

int term_rows(void);
int term_columns(void);

/* A resize that a signal told of has been taken over: everything is to be drawn anew. */
bool term_resized(struct term *term);
/* A signal asked to end (SIGHUP, SIGTERM). */
bool term_ended(void);

/* Text through the door into exactly `cells` cells at a place; what falls outside the screen is cut. */
void term_put(int row, int column, int cells, enum role_look look, const char *text);
/* Blank cells. */
void term_blank(int row, int column, int cells, enum role_look look);
/* Where the cursor rests (screen readers follow it). */
void term_cursor(int row, int column, bool visible);
/* One write to the terminal for all that was put. */
void term_flush(void);

#endif
