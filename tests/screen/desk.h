/* A reviewer's desk: a database made for the test, the program in a terminal, commands beside it. */
#ifndef TESTS_SCREEN_DESK_H
#define TESTS_SCREEN_DESK_H

/* cmocka wants these first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka */
#include <cmocka.h>

#include "tests/screen/term.h"

#define DESK_TODAY "2026-11-25"

/* A folder of its own for the test of this name, and in it a database of so many applications (number 1 can be approved
 * in part, number 2 not at all), imported or left in morning.ndjson. */
void desk_make(const char *name, int applications, bool imported);

/* The same with documents of the generator of samples: many kinds, names, employers and failings. */
void desk_make_sample(const char *name, int persons, int applications);

/* The screen on that database; `lang` as term_options. */
struct term *desk_open(int rows, int cols, const char *lang);
/* In a terminal of that TERM. */
struct term *desk_open_as(const char *terminal, int rows, int cols, const char *lang);

/* The same at 24x80, the first of its applications opened. */
struct term *desk_open_first(void);
/* Types the bytes one by one over a slow line. */
void desk_dribble(struct term *term, const char *bytes);

/* Runs the program with these words beside the screen; its exit code. */
int desk_run(const char *words);
/* Runs a line of shell; $yijian is the program with the database. Its exit code. */
int desk_shell(const char *line);
/* How many decisions there are. */
int desk_decisions(void);

/* These fail the test with the screen shown. */
void desk_see(struct term *term, const char *text);
void desk_see_gone(struct term *term, const char *text);
/* Waits until the cursor rests on a row with the text. */
void desk_see_selected(struct term *term, const char *text);
/* Sends the keys and waits for the text. */
void desk_press(struct term *term, const char *keys, const char *text);
/* Sends the keys and waits until the text is gone. */
void desk_press_away(struct term *term, const char *keys, const char *text);

/* Back to the queue with Esc, however deep. */
void desk_back(struct term *term);
/* Leaves with q and looks that the program ended well. */
void desk_leave(struct term *term);

#endif
