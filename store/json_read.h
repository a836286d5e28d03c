/* Strict JSON in: what cJSON lets pass and SPEC 3 does not is found first, and every fault has a line and a pointer. */
#ifndef STORE_JSON_READ_H
#define STORE_JSON_READ_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "store/fault.h"

enum { JSON_DEPTH_MAX = 32 };

/* Parses one JSON text of `length` bytes. On failure NULL, and *fault filled but for its file; its line counts from
 * `fault->line` as the caller set it. The tree is the caller's: cJSON_Delete(). */
cJSON *json_read(const char *text, size_t length, struct fault *fault);

/* Whether the node, which may be NULL, is a whole number that JSON carries exactly (RFC 8259 section 6); sets *out. */
bool json_whole(const cJSON *node, int64_t *out);

#endif
