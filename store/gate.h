/* The gate: every writing transaction and every checkpoint of ours runs while holding it (SPEC 14).
 *
 * SQLite 3.7.0-3.51.2 can lose an acknowledged commit when a commit and a checkpoint of two connections race. An
 * exclusive flock on a file beside the database keeps ours apart. Writers wait for it in the order in which they came;
 * one that dies leaves the queue, one that was stopped (SIGSTOP) while it waited is overtaken. */
#ifndef STORE_GATE_H
#define STORE_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "store/err.h"

enum { GATE_WAIT_MS = 5000 };

/* Opens (making it where missing, 0600) the gate file of this database; -1 with *err filled. */
int gate_open(const char *database_path, struct err *err);

/* Waits up to GATE_WAIT_MS for the gate; `quit` (may be NULL) is asked some fifty times a second, and by every signal
 * that comes. STATUS_BUSY where it said so or the time is over. */
enum status gate_enter(int fd, bool (*quit)(void *data), void *data, struct err *err);
void gate_leave(int fd);

/* Nanoseconds on a clock that is never set. */
int64_t gate_clock(void);

#endif
