/* Whether applications are filed under what their documents say: what lists and search go by (SPEC 9, 14.4). */
#ifndef STORE_VERIFY_FILED_H
#define STORE_VERIFY_FILED_H

#include "store/inside.h"

/* The row of the first application that is not, in *row; 0 where all are. */
enum status verify_filed(struct store *store, int64_t *row, struct err *err);

#endif
