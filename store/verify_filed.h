/* Whether persons and applications are filed under what their documents say, which lists and search go by, and whether
 * what is kept of rules and calendar is what they give (SPEC 9, 14.4). */
#ifndef STORE_VERIFY_FILED_H
#define STORE_VERIFY_FILED_H

#include "store/verify_progress.h"

/* Of the first that is not: what to say of it, with the number *row for %1. *what is NULL where all are. */
enum status verify_filed(struct store *store, struct verify_progress *progress, const char **what, int64_t *row,
                         struct err *err);

#endif
