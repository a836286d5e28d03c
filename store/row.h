/* An application's row as SQL gives it. */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include "store/inside.h"
#include "store/queue.h"

/* The columns row_take() expects first, of `application`. */
#define ROW_COLUMNS                                                                                                    \
    "id, version, state, kind, specialties, first_specialty, submitted_on, accepted_on, decide_by, provisional,"       \
    " outcome, outcome_first, outcome_last, application_no, name, registration_number"

enum { ROW_COLUMN_COUNT = 16 };

/* Fills the row for the store's today. */
void row_take(const struct store *store, sqlite3_stmt *statement, struct queue_row *row);

#endif
