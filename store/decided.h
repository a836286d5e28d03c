/* The list of decisions, newest first, paged by number (SPEC 12). */
#ifndef STORE_DECIDED_H
#define STORE_DECIDED_H

#include "store/people.h"
#include "store/queue.h"

struct decided_row {
    int64_t decision_no;
    int64_t revoked_by;             /* the decision that revoked this one; 0: none */
    char action[16];                /* approve, refuse, revoke */
    enum application_state outcome; /* of a revocation: pending again */
    enum kind kind;
    day decided_on;
    int64_t application_id;
    char application_no[QUEUE_TEXT_SIZE];
    char name[QUEUE_TEXT_SIZE];
    char registration_number[QUEUE_TEXT_SIZE]; /* "" where none was stated and none given */
    char decided_by_name[PEOPLE_NAME_SIZE];
};

/* Reads up to `capacity` decisions from number `from` downwards; INT64_MAX: from the newest. Decisions are numbered
 * from 1 without a gap and never deleted, so a number is also a place in the list. Costs the same wherever it lies. */
enum status decided_page(struct store *store, int64_t from, struct decided_row *rows, size_t capacity, size_t *count,
                         struct err *err);

/* The number of the newest decision, which is also how many there are. */
enum status decided_newest(struct store *store, int64_t *decision_no, struct err *err);

#endif
