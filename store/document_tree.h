/* Reading members of a JSON tree with the place of every fault: what document_json.c is written in. */
#ifndef STORE_DOCUMENT_TREE_H
#define STORE_DOCUMENT_TREE_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "core/document.h"
#include "store/arena.h"
#include "store/fault.h"
#include "store/json_read.h"

/* A KEY is required and what the document is filed under: it may not be empty. */
enum need { OPTIONAL, REQUIRED, KEY };
enum element { ELEMENT_OBJECT, ELEMENT_TEXT };

/* The first fault stands; everything after it does nothing. */
struct reader {
    struct arena *arena;
    struct fault *fault;
    struct {
        const char *name; /* of a member; NULL: an element */
        unsigned index;
    } path[JSON_DEPTH_MAX + 1]; /* where we are; written out only for a fault */
    size_t depth;
    bool failed;
    enum element elements; /* of the array entered last; arrays of a document do not nest */
};

/* Faults of the tree as a whole: duplicate members, control and bidirectional characters in any text or name, a text
 * over 200 characters. Unknown members included: they are stored too. */
bool document_tree_check(struct reader *reader, const cJSON *root);

/* The line, counted from 0 at the start of `text`, on which the value of this pointer stands. */
int64_t json_line_of(const char *text, size_t length, const char *pointer);

bool reader_failed(const struct reader *reader);
bool reader_root(struct reader *reader, const cJSON *root);
void reader_fault(struct reader *reader, const char *member, const char *code, const char *found, const char *found_arg,
                  const char *expected, const char *expected_arg);

/* Each takes a NULL object as "nothing to read". */
void reader_text(struct reader *reader, const cJSON *object, const char *member, enum need need, const char **out);
void reader_day(struct reader *reader, const cJSON *object, const char *member, enum need need, day *out);
void reader_hours(struct reader *reader, const cJSON *object, const char *member, int *out);
void reader_bool(struct reader *reader, const cJSON *object, const char *member, enum need need, bool *out);
/* Index of the word, or -1 where absent or at fault; `code` names an unknown word. */
int reader_word(struct reader *reader, const cJSON *object, const char *member, enum need need,
                const struct document_word *words, size_t count, const char *code);
void reader_element_text(struct reader *reader, const cJSON *element, const char **out);

/* An object or array member; while one is entered, faults are placed in it. NULL where absent or at fault. */
const cJSON *reader_enter(struct reader *reader, const cJSON *object, const char *member, enum need need);
/* A REQUIRED array may not be empty. */
const cJSON *reader_array(struct reader *reader, const cJSON *object, const char *member, enum need need,
                          enum element elements);
void reader_leave(struct reader *reader, const cJSON *entered);
const cJSON *reader_first(struct reader *reader, const cJSON *array);
const cJSON *reader_next(struct reader *reader, const cJSON *array, const cJSON *element, unsigned index);
/* Room for one value of `size` per element; never NULL unless the reader failed or the array is NULL. */
void *reader_alloc(struct reader *reader, const cJSON *array, size_t size);

#endif
