/* A verdict as JSON, one line (SPEC 11, `check`). */
#ifndef STORE_VERDICT_JSON_H
#define STORE_VERDICT_JSON_H

#include "core/review.h"
#include "store/json_write.h"

/* Writes {"application_no",…}; with `explain` its `checks` too. */
void verdict_json(struct json *json, const char *application_no, const struct verdict *verdict, bool explain);

/* Writes the array of checks under `key`: rule, specialty, result, required, found, basis (Chinese). */
void verdict_json_checks(struct json *json, const char *key, const struct verdict *verdict);

#endif
