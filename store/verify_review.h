/* Whether a decision's stored checks are those that its stored document and register snapshot give (SPEC 9). */
#ifndef STORE_VERIFY_REVIEW_H
#define STORE_VERIFY_REVIEW_H

#include "store/arena.h"
#include "store/inside.h"

/* `decision` is the decision's JSON, `document` the application's, `before` the register entry before it or NULL. True
 * where it decides that application and every rule gives again what is recorded: each check, and of each specialty what
 * became of it and the days it is valid. A revocation has no checks and agrees. */
bool verify_review_agrees(const struct store *store, const char *decision, const char *document, const char *before,
                          struct arena *arena);

#endif
