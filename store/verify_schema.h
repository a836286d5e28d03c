/* Whether the database is built as it was made: no table, index or trigger gone, changed or added. A trigger that is
 * gone lets the ledger be changed, one that was added can change what a decision writes (SPEC 9, 14.4). */
#ifndef STORE_VERIFY_SCHEMA_H
#define STORE_VERIFY_SCHEMA_H

#include "store/inside.h"

/* STATUS_NEGATIVE with the name of the first that is not as it was made. */
enum status verify_schema(struct store *store, struct err *err);

#endif
