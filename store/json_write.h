/* Writes JSON into a growing buffer: the one way JSON leaves this program. Texts are escaped as RFC 8785 wants. */
#ifndef STORE_JSON_WRITE_H
#define STORE_JSON_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/day.h"

struct json {
    char *data; /* NUL-terminated once anything was written; owned: json_free() */
    size_t used;
    size_t size;
    bool failed; /* out of memory: nothing more is written, data is useless */
    bool comma;  /* the next member or element needs one before it */
};

/* Starts over, keeping the memory. */
void json_reset(struct json *json);
void json_free(struct json *json);

/* `key` is NULL inside an array and at the top. A NULL text and DAY_NONE write null. */
void json_object(struct json *json, const char *key);
void json_array(struct json *json, const char *key);
void json_object_end(struct json *json);
void json_array_end(struct json *json);
void json_text(struct json *json, const char *key, const char *text);
void json_integer(struct json *json, const char *key, int64_t number);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
void json_day(struct json *json, const char *key, day d);
/* `raw` is JSON already. */
void json_raw(struct json *json, const char *key, const char *raw);

/* An array of the text's lines, blank ones left out. */
void json_lines(struct json *json, const char *key, const char *text);

/* The text laid out for reading, two spaces a level; free() it. NULL: out of memory. */
char *json_pretty(const char *json_text);

#endif
