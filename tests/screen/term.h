/* The real program in a terminal that is looked at: a pty, and libvterm for what would be seen (SPEC 12).
 *
 * Nothing sleeps for a fixed time: a test waits until something stands on the screen, up to TERM_WAIT_MS. */
#ifndef TESTS_SCREEN_TERM_H
#define TESTS_SCREEN_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { TERM_WAIT_MS = 20000, TERM_TEXT = 65536, TERM_LOOK = 64 };

struct term;

struct term_options {
    int rows, cols;
    const char *lang;           /* of LANG; NULL: C.UTF-8 */
    const char *name;           /* TERM; NULL: xterm-256color */
    const char *const *words;   /* of the program, ended by NULL */
    const char *environment[4]; /* NAME=VALUE, ended by NULL */
};

/* Starts the program in a new terminal. */
struct term *term_start(const struct term_options *options);
/* Ends it, whatever it does; frees. */
void term_stop(struct term *term);

void term_send(struct term *term, const char *keys);
void term_send_bytes(struct term *term, const char *bytes, size_t length);
/* Takes no more output, as a line that stalls does, until it does again. */
void term_stall(struct term *term, bool on);
void term_resize(struct term *term, int rows, int cols);
void term_signal(struct term *term, int signal);
/* Takes the terminal away, as a connection that breaks does. */
void term_hang_up(struct term *term);

/* Waits until the text stands on the screen, or no longer does. False when it took too long. */
bool term_wait(struct term *term, const char *text);
bool term_wait_gone(struct term *term, const char *text);
/* The same within a time of one's own, and without a word where it takes longer. */
bool term_is_within(struct term *term, const char *text, bool there, int ms);
/* Takes in what the program writes for so long; for what must not happen. */
void term_watch(struct term *term, int ms);
/* Takes in until nothing has come for so long. */
void term_rest(struct term *term, int ms);

/* Waits for the program to end; its status as waitpid gives it, -1 when it took longer. */
int term_wait_end(struct term *term, int ms);

bool term_shows(struct term *term, const char *text);
/* All rows, each with its newline, blanks at their ends taken off; good until the next call. */
const char *term_text(struct term *term);
/* One row, good until the next call of either. */
const char *term_row(struct term *term, int row);
/* The row in which the text stands, or -1. */
int term_row_of(struct term *term, const char *text);
void term_size(const struct term *term, int *rows, int *cols);
int term_cursor_row(const struct term *term);
int term_cursor_col(const struct term *term);
/* Cells the character there takes: 2 for a wide one. */
int term_cell_width(const struct term *term, int row, int col);
/* How a cell is drawn beside its character: "reverse bold red", "" where plainly. The second cell of a
 * wide character has nothing to say. Returns out. */
char *term_look(const struct term *term, int row, int col, char out[TERM_LOOK]);
/* Everything the program has written since the start. */
const char *term_bytes(const struct term *term, size_t *length);
pid_t term_pid(const struct term *term);

/* What the cells show: characters, looks, colours, and where the cursor rests. */
struct term_shot;
struct term_shot *term_shoot(struct term *term);
void term_shot_free(struct term_shot *shot);
/* The first difference in words, or NULL where there is none; good until the next call. */
const char *term_difference(const struct term_shot *one, const struct term_shot *other);
/* The first wide character of which one half is missing, in words, or NULL; good until the next call. */
const char *term_torn(const struct term_shot *shot);

#endif
