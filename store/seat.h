/* Who is in, and which record they have before them (SPEC 8): it warns, it does not lock.
 *
 * A session takes a seat: a small record in a file beside the database, and a lock on it that the kernel lets go when
 * the session ends, however it ends. Nothing of this is written to the database, and nothing has to be cleaned up. */
#ifndef STORE_SEAT_H
#define STORE_SEAT_H

#include <stddef.h>
#include <stdint.h>

#include "store/err.h"
#include "store/people.h"

enum { SEATS = 256 };

struct seat {
    char login[PEOPLE_LOGIN_SIZE];
    int64_t application_id; /* 0: no record is open */
    int64_t since;          /* when it was opened, seconds since 1970 UTC */
};

/* Says that this session has the record open; 0: none. Takes a seat at the first call; where all are taken, or the file
 * cannot be written, nothing is said to the others and nothing is lost. */
void seat_show(struct store *store, int64_t application_id);

/* The other sessions that have this record open (0: all other sessions); returns how many, `capacity` at the most. */
size_t seat_others(struct store *store, int64_t application_id, struct seat *seats, size_t capacity);

#endif
