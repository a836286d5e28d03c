/* Reading the ledger (SPEC 9): events in their order, filtered. */
#ifndef STORE_EVENTS_H
#define STORE_EVENTS_H

#include <stdbool.h>

#include "store/event_fact.h"
#include "store/people.h"
#include "store/queue.h"

/* What an event is called; `code` is the word in the ledger. */
enum { EVENTS_WORD_COUNT = 13 };
extern const struct document_word events_words[EVENTS_WORD_COUNT];

/* What narrows the list; NULL, 0, DAY_NONE and false narrow nothing. */
struct events_filter {
    const char *application_no;
    const char *id_number; /* the person's */
    const char *actor;     /* login */
    const char *event;     /* accept, approve … */
    day from, to;          /* inclusive */
    int64_t after;         /* events behind this number */
    bool newest_first;
};

/* Texts are good until the function that was handed the row returns. */
struct event_row {
    int64_t seq;
    const struct document_word *event; /* `zh` and `en` are the code where the word is not known */
    char at[24];                       /* UTC, RFC 3339 */
    char by[PEOPLE_LOGIN_SIZE];
    char by_name[PEOPLE_NAME_SIZE];
    char key[128];                        /* fingerprint of the SSH key, "" where there was none */
    char application_no[QUEUE_TEXT_SIZE]; /* "" where it concerns none */
    int64_t decision_no;                  /* 0: none; store/decision.h reads it */
    const char *detail;                   /* canonical JSON, "" where there is none */
    const struct event_fact *facts;       /* the same for reading, in the order in which it is read; null is left out */
    size_t fact_count;
};

/* Calls `each` for every event that passes, oldest first unless the filter says otherwise, until it answers false. No
 * statement is open meanwhile. */
enum status events_each(struct store *store, const struct events_filter *filter,
                        bool (*each)(void *data, const struct event_row *row), void *data, struct err *err);

#endif
