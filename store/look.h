/* A database looked at without touching anything: for `yijian doctor`, which root may run on files that are not
 * root's. */
#ifndef STORE_LOOK_H
#define STORE_LOOK_H

#include "store/store.h"

/* Opens it for reading only, and makes no file: not the gate, nor those that SQLite lays beside a database. With no
 * writes waiting beside it the file is read as it is. STATUS_BUSY where they wait and the file that says in which order
 * is gone: the next start of anything else mends that. What is opened is closed with store_close(). */
enum status store_look(const char *path, day today, struct store **out, struct err *err);

/* When the first and the last event of the ledger were written, seconds since 1970 UTC; 0: there is none. */
enum status store_look_span(struct store *store, int64_t *first, int64_t *last, struct err *err);

#endif
