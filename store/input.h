/* Cuts an input into documents: NDJSON, one array, or one document (SPEC 3). Constant memory, and can be read twice:
 * the second reading ends with INPUT_ERROR where the file was changed since the first. */
#ifndef STORE_INPUT_H
#define STORE_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "store/err.h"
#include "store/fault.h"

enum { INPUT_LINE_MAX = 1024 * 1024 };

struct input;

struct input_slice {
    const char *text; /* not NUL-terminated; good until the next call */
    size_t length;
    int64_t line; /* where it starts, from 1 */
};

enum input_step {
    INPUT_DOCUMENT,
    INPUT_FAULT, /* *fault says why this one cannot be read; the next call goes on with the next */
    INPUT_END,
    INPUT_ERROR, /* *err: the input itself failed */
};

/* "-" is standard input, which is copied to a nameless temporary file first, so that it can be read twice; `quit`,
 * which may be NULL, is asked meanwhile as in struct store_options. */
enum status input_open(const char *path, bool (*quit)(void *data), void *data, struct input **out, struct err *err);
void input_close(struct input *input);

/* The folder of that temporary file: $TMPDIR, else /tmp. */
const char *input_spool_folder(void);

enum input_step input_next(struct input *input, struct input_slice *slice, struct fault *fault, struct err *err);
enum status input_rewind(struct input *input, struct err *err);

/* What to call it in a message. */
const char *input_name(const struct input *input);
uint64_t input_position(const struct input *input);
uint64_t input_size(const struct input *input);

#endif
