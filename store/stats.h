/* Figures over decisions, with the predicates of the queue and the ledger (SPEC 11, 12). */
#ifndef STORE_STATS_H
#define STORE_STATS_H

#include "store/people.h"
#include "store/queue.h"

enum stats_by { STATS_KIND, STATS_SPECIALTY, STATS_REVIEWER, STATS_MONTH, STATS_DAY, STATS_BY_COUNT };

extern const struct document_word stats_words[STATS_BY_COUNT];

struct stats_row {
    char key[PEOPLE_NAME_SIZE]; /* code of a kind, specialty, login, YYYY-MM, YYYY-MM-DD */
    int64_t approved;
    int64_t partly;
    int64_t refused;
    int64_t revoked;
};

/* Decisions made on days [from, to] (DAY_NONE: no bound), grouped; *rows is the caller's, free() it. A specialty counts
 * each item of a decision (partly stays 0). */
enum status stats_run(struct store *store, enum stats_by by, day from, day to, struct stats_row **rows, size_t *count,
                      struct err *err);

#endif
