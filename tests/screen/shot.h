/* A picture of the screen as text, and its comparison with the one that is kept in tests/screen/golden. */
#ifndef TESTS_SCREEN_SHOT_H
#define TESTS_SCREEN_SHOT_H

#include "tests/screen/term.h"

enum { SHOT_SIZE = 2 * TERM_TEXT, SHOT_PATH = 4096 };

/* Whether pictures are taken anew, to be looked over, rather than compared: `make golden`. */
bool shot_is_taken_anew(void);

/* The folder of the pictures. Returns out. */
char *shot_folder(char out[SHOT_PATH]);

/* Every row as it is seen. With `looks` the place of the cursor follows (row and column from 1), and for each row from
 * which column to which it is drawn how. */
void shot_take(struct term *term, bool looks, char out[SHOT_SIZE]);

/* Compares the screen with the picture of this name; waits until they are equal, or nothing comes any more. The
 * difference goes to standard error. */
bool shot_matches(struct term *term, bool looks, const char *name);

#endif
