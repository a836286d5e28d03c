/* Results on standard output, everything else on standard error; all text from data through the door. */
#ifndef TUI_OUTPUT_H
#define TUI_OUTPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "store/json_write.h"
#include "tui/app.h"

/* Prints "yijian: …" and returns the error's status. */
int output_err(const struct err *err);

/* Complaints about the words of a command: two texts for two %s (both needed; "" for none). STATUS_USAGE. */
int output_usage(const char *format, const char *first, const char *second);
/* The same for what is not allowed, one %s: STATUS_NOT_ALLOWED. */
int output_not_allowed(const char *format, const char *first);

/* A remark on standard error, one %s. */
void output_note(const char *format, const char *first);

/* Text through the door. */
void output_text(FILE *file, const char *text);
/* Text through the door in exactly so many cells, with a space behind. */
void output_cell(FILE *file, const char *text, int cells);
/* "label   text" lines of a case, the labels in `cells` cells. */
void output_line(const char *label, const char *text);

/* One JSON document and a newline; frees the buffer. STATUS_OK or STATUS_INTERNAL. */
int output_json(struct json *json);

/* What was printed is out: STATUS_IO with a word where it is not (a full disk, a closed pipe). */
int output_flush(void);

/* A bar on standard error, where that is a terminal and the work has lasted half a second. */
struct output_progress {
    int64_t started_ms;
    int64_t shown_ms;
    bool shown;
};
void output_progress_start(struct output_progress *progress);
void output_progress_show(struct output_progress *progress, uint64_t done, uint64_t total);
void output_progress_end(struct output_progress *progress);

#endif
