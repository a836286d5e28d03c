/* Results on standard output, everything else on standard error; all text from data through the door. */
#ifndef TUI_OUTPUT_H
#define TUI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "store/json_write.h"
#include "tui/app.h"

/* Prints "yijian: …" and returns the error's status. */
int output_err(const struct err *err);

/* A complaint about the words of a command, and where help is: STATUS_USAGE. */
int output_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* What is not allowed: STATUS_NOT_ALLOWED. */
int output_not_allowed(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* There is no memory for it: STATUS_INTERNAL. */
int output_no_memory(void);

/* A remark on standard error. */
void output_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Text through the door. */
void output_text(FILE *file, const char *text);
/* A whole line of the program's words and data, through the door. */
void output_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Text through the door padded to so many cells, with a space behind. On a terminal it is cut to them; in a pipe or
 * file nothing of it is lost. */
void output_cell(const char *text, int cells);
/* "label   text", the label in a column of so many cells. */
void output_labelled(const char *label, int cells, const char *text);

/* Something that belongs on standard output could not be put there, for want of memory: it counts as failed from here
 * on, and output_flush() tells. */
void output_lost(void);

/* One JSON document and a newline; frees the buffer. STATUS_OK or STATUS_INTERNAL. */
int output_json(struct json *json);

/* Whether nobody reads standard output any more, or it cannot be written: there is no use in going on. */
bool output_failed(void);

/* What was printed is out: STATUS_IO with a word where it is not. Where the reader went away there is no word. */
int output_flush(void);

/* A bar on standard error, where that is a terminal and the work has lasted half a second. */
struct output_progress {
    int64_t started_ms;
    int64_t shown_ms;
    bool shown;
};
void output_progress_start(struct output_progress *progress);
void output_progress_show(struct output_progress *progress, uint64_t done, uint64_t total);
/* Takes the bar away: to be called before anything else is printed. */
void output_progress_end(struct output_progress *progress);

#endif
