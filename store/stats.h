/* Figures over decisions and the queue, with the predicates of both (SPEC 11, 12). */
#ifndef STORE_STATS_H
#define STORE_STATS_H

#include "store/people.h"
#include "store/queue.h"

enum stats_by { STATS_KIND, STATS_SPECIALTY, STATS_REVIEWER, STATS_MONTH, STATS_DAY, STATS_HOUR, STATS_BY_COUNT };

extern const struct document_word stats_words[STATS_BY_COUNT];

enum { STATS_HOURS = 24, STATS_INSTANT_SIZE = 24 };

struct stats_row {
    char key[PEOPLE_NAME_SIZE]; /* code of a kind, specialty, login, YYYY-MM, YYYY-MM-DD, 00-23 */
    int64_t approved;
    int64_t partly;
    int64_t refused;
    int64_t revoked;
    int64_t hours[STATS_HOURS];     /* the sum of these four, by the hour in Shanghai in which it was decided */
    char first[STATS_INSTANT_SIZE]; /* the instants of the first and the last, RFC 3339 in UTC */
    char last[STATS_INSTANT_SIZE];
};

/* The four together. */
int64_t stats_total(const struct stats_row *row);

/* Decisions made on days [from, to] (DAY_NONE: no bound), grouped, in the order of their keys; *rows is the caller's,
 * free() it. A specialty counts each item of a decision (partly stays 0). Reads the decisions of these days only. */
enum status stats_run(struct store *store, enum stats_by by, day from, day to, struct stats_row **rows, size_t *count,
                      struct err *err);

/* Working days left to decide: a deadline before today is below 0, or has passed on days off alone. */
struct stats_span {
    int from, to; /* both included; INT_MIN, INT_MAX: no bound */
    bool overdue;
};

enum { STATS_SPANS = 10 };

extern const struct stats_span stats_spans[STATS_SPANS];

/* How many wait in each span, by what could be decided today. */
struct stats_waiting {
    int64_t pending[STATS_SPANS][OUTCOME_COUNT];
};

/* Counted from the kept counts of each deadline, never from the applications: only those whose outcome does not hold
 * today are looked at (queue_counts() has the same sums). */
enum status stats_waiting(struct store *store, struct stats_waiting *out, struct err *err);

#endif
