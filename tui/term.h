/* The terminal: taking it, giving it back, its size, what colours mean, and the signals that concern it (SPEC 12).
 *
 * Colour roles have a meaning each and are made for monochrome first: bold, reverse and underline carry them, the eight
 * ANSI colours only add to that. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "store/err.h"

enum paint {
    PAINT_NORMAL,
    PAINT_TITLE,   /* the header line */
    PAINT_SECTION, /* a heading inside a view */
    PAINT_LABEL,   /* what a value is called */
    PAINT_CURRENT, /* the tab one is on */
    PAINT_GOOD,
    PAINT_PART,
    PAINT_BAD,
    PAINT_SOON,
    PAINT_CHIP, /* a filter that is on */
    PAINT_KEY,
    PAINT_FIELD, /* where one types */
    PAINT_NOTICE,
    PAINT_ERROR,
    PAINT_COUNT
};

enum { TERM_COLS_MIN = 40, TERM_ROWS_MIN = 10 };

struct terminal {
    void *screen; /* SCREEN of curses */
    bool colour;
    bool modern;      /* bracketed paste is on, mouse reports can be */
    bool wide_signs;  /* signs such as · and … take two cells here: none of them is sent */
    int64_t asked_ms; /* when the terminal was asked how wide they are; 0: never */
    int rows;
    int cols;
    int line, held; /* the terminal once more, and where a turn's output waits until it is whole; -1: not to be had */
};

/* Takes the terminal of fds 0 and 1 into raw, full-screen use. STATUS_CONFIG, with a word in *err, where no terminal
 * description will do. */
enum status term_open(struct terminal *term, bool colour, struct err *err);

/* Asks for clicks and the wheel, where the terminal has them. */
void term_watch_mouse(const struct terminal *term);

/* The terminal's answer: the column its cursor came to behind one such sign. Late answers are not believed. */
void term_take_report(struct terminal *term, int col);

/* Gives the terminal back as it was. */
void term_close(struct terminal *term);

/* Whether somebody asked the program to end (SIGHUP, SIGTERM). */
bool term_ended(void);

/* Shows what was drawn since the last time, in one write. */
void term_show(const struct terminal *term);

/* The next term_show() sends everything, not only what changed. */
void term_redraw(void);

/* Takes over a new size, if there is one; true where it changed. */
bool term_resized(struct terminal *term);

bool term_is_too_small(const struct terminal *term);

/* Curses attributes of a role. */
unsigned long term_attributes(const struct terminal *term, enum paint role, bool selected);

#endif
