/* Reading the ledger (SPEC 9): events in their order, filtered. */
#ifndef STORE_EVENTS_H
#define STORE_EVENTS_H

#include <stdbool.h>

#include "store/people.h"
#include "store/queue.h"

/* What narrows the list; NULL, 0 and DAY_NONE narrow nothing. */
struct events_filter {
    const char *application_no;
    const char *id_number; /* the person's */
    const char *actor;     /* login */
    const char *event;     /* accept, approve … */
    day from, to;          /* inclusive */
    int64_t after;         /* events behind this number */
};

struct event_row {
    int64_t seq;
    char event[24];
    char at[24];
    char by[PEOPLE_LOGIN_SIZE];
    char by_name[PEOPLE_NAME_SIZE];
    char key[128];                        /* fingerprint of the SSH key, "" where there was none */
    char application_no[QUEUE_TEXT_SIZE]; /* "" where it concerns none */
    int64_t decision_no;                  /* 0: none */
    char detail[4096];                    /* JSON, "" where there is none */
};

/* Calls `each` for every event that passes, oldest first, until it answers false. No statement is open meanwhile. */
enum status events_each(struct store *store, const struct events_filter *filter,
                        bool (*each)(void *data, const struct event_row *row), void *data, struct err *err);

#endif
