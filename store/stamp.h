/* When the database was last backed up and last verified, and how it ended: for `yijian doctor`.
 *
 * One line in a file beside the database, which it says nothing about: neither is an event of the ledger, both are done
 * by people and timers that write nothing else. Whoever may write the folder may write it; it proves nothing. */
#ifndef STORE_STAMP_H
#define STORE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

enum stamp_kind { STAMP_BACKUP, STAMP_VERIFY, STAMP_COUNT };

/* What stands behind the name of the database. */
extern const char *const stamp_suffixes[STAMP_COUNT];

struct stamp {
    int64_t at; /* seconds since 1970, UTC */
    bool good;
    int64_t events; /* of the ledger at that time */
};

struct store;

/* Written whole or not at all. Where it cannot be, nothing is said: what was done is done. */
void stamp_write(const struct store *store, enum stamp_kind kind, bool good, int64_t events);

/* False where there is none, or one that cannot be read. */
bool stamp_read(const char *database, enum stamp_kind kind, struct stamp *out);

#endif
