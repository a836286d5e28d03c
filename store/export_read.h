/* What an earlier export vouches for: the ledger events it names, with their hashes (SPEC 9, `verify --against`). */
#ifndef STORE_EXPORT_READ_H
#define STORE_EXPORT_READ_H

#include <stdint.h>

#include "store/err.h"

/* Called for each of them; `hash` is 64 hexadecimal digits, `seq` at least 1. Anything but STATUS_OK ends the reading.
 */
typedef enum status (*export_anchor)(void *data, int64_t seq, const char *hash);

/* Reads an export of either framing, of the database of that uuid. STATUS_NO_INPUT; STATUS_BAD_DATA where it is no
 * export; STATUS_NEGATIVE where it is another database's; else what `anchor` says. */
enum status export_read(const char *path, const char *uuid, export_anchor anchor, void *data, struct err *err);

#endif
