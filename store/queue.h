/* The queue: pending applications, paged by key, counted without a scan (SPEC 12, 14.6). */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include <stdint.h>

#include "core/number.h"
#include "core/review.h"
#include "store/err.h"

struct store;

enum application_state {
    STATE_PENDING,
    STATE_APPROVED,
    STATE_PARTLY_APPROVED,
    STATE_REFUSED,
    STATE_RETURNED,
    STATE_WITHDRAWN,
    STATE_COUNT
};

extern const struct document_word queue_states[STATE_COUNT];

enum { QUEUE_TEXT_SIZE = NUMBER_SIZE, QUEUE_BOUND_SIZE = QUEUE_TEXT_SIZE + 8, QUEUE_ANY = -1 };

/* One application as a list shows it. */
struct queue_row {
    int64_t id; /* never changes, never reused: selections are held by it */
    int64_t version;
    enum application_state state;
    enum kind kind;
    unsigned specialties; /* bit 1 << enum specialty */
    enum specialty first_specialty;
    day submitted_on;
    day accepted_on; /* DAY_NONE: not accepted */
    day decide_by;
    bool decide_by_provisional;
    bool overdue;         /* today is after decide_by, if only by a day off */
    int workdays_left;    /* to decide_by, from today; negative, or 0 on the days off after it, where overdue */
    enum outcome outcome; /* today */
    char application_no[QUEUE_TEXT_SIZE];
    char name[QUEUE_TEXT_SIZE];
    char registration_number[QUEUE_TEXT_SIZE]; /* "" where none is stated */
};

/* Search (SPEC 11): registration number exact, else prefix, else digits without the 汉字, else suffix; else application
 * number prefix, id number, name prefix. The first of them that finds anything answers. */
enum search_match {
    SEARCH_NOTHING,
    SEARCH_EXACT,
    SEARCH_PREFIX,
    SEARCH_DIGITS,
    SEARCH_SUFFIX,
    SEARCH_APPLICATION_NO,
    SEARCH_ID_NUMBER,
    SEARCH_NAME,
    SEARCH_MATCH_COUNT
};

enum queue_order { QUEUE_BY_DEADLINE, QUEUE_BY_SUBMITTED, QUEUE_ORDER_COUNT };

struct queue_filter {
    int kind;      /* enum kind, or QUEUE_ANY */
    int outcome;   /* enum outcome, or QUEUE_ANY */
    int specialty; /* enum specialty, or QUEUE_ANY */
    enum queue_order order;
    enum search_match match;    /* what `text` is of, or SEARCH_NOTHING: no text (queue_filter_text()) */
    char text[QUEUE_TEXT_SIZE]; /* as search took it */
    char low[QUEUE_BOUND_SIZE]; /* what matches is from here on and before `high` */
    char high[QUEUE_BOUND_SIZE];
};

/* A place in the queue: the record that stands there. */
struct queue_key {
    day day; /* decide_by or submitted_on, as the order wants */
    int64_t id;
};

struct queue_key queue_key_of(const struct queue_row *row, enum queue_order order);

enum queue_direction { QUEUE_FORWARD, QUEUE_BACKWARD };

/* Reads up to `capacity` rows: from the start (QUEUE_FORWARD) or the end (QUEUE_BACKWARD) where `from` is NULL, else
 * those after, or before, that key, whether or not its record is still in the queue. Rows come in the queue's order
 * either way. Costs the same wherever the page lies. */
enum status queue_page(struct store *store, const struct queue_filter *filter, const struct queue_key *from,
                       enum queue_direction direction, struct queue_row *rows, size_t capacity, size_t *count,
                       struct err *err);

/* One row by id, in any state. STATUS_NEGATIVE where there is none. */
enum status queue_row(struct store *store, int64_t id, struct queue_row *row, struct err *err);

struct queue_counts {
    int64_t pending[KIND_COUNT];
    int64_t overdue[KIND_COUNT];
    int64_t due_soon[KIND_COUNT]; /* not overdue, at most LAW_DUE_SOON_WORKDAYS working days left */
    int64_t outcome[KIND_COUNT][OUTCOME_COUNT];
};

enum status queue_counts(struct store *store, struct queue_counts *counts, struct err *err);

/* How many rows the filter lets through. */
enum status queue_count(struct store *store, const struct queue_filter *filter, int64_t *count, struct err *err);

/* How many rows come before that key: the place of its record is one more. */
enum status queue_position(struct store *store, const struct queue_filter *filter, const struct queue_key *key,
                           int64_t *before, struct err *err);

extern const struct document_word search_matches[SEARCH_MATCH_COUNT];

struct search_result {
    enum search_match match;
    size_t count;
    bool more;                        /* there are more than the capacity holds */
    char normalised[QUEUE_TEXT_SIZE]; /* what was searched for */
};

/* Finds applications in any state, or only pending ones, in the order of what matched. Rows are the caller's. An empty
 * text finds nothing. */
enum status search_run(struct store *store, const char *text, bool pending_only, struct queue_row *rows,
                       size_t capacity, struct search_result *result, struct err *err);

/* Takes the text into the filter: from then on it lets through only what a search among the pending ones finds by it
 * now, by the same first match. "" takes it out. STATUS_NEGATIVE, with the filter as it was, where nothing is found. */
enum status queue_filter_text(struct store *store, const char *text, struct queue_filter *filter, struct err *err);

/* Calls `each` with every pending application in the queue's order and its verdict of `on`; stops where it answers
 * false. No statement is open while it is called. */
enum status queue_review_all(struct store *store, day on,
                             bool (*each)(void *data, const struct queue_row *row, const struct verdict *verdict),
                             void *data, struct err *err);

#endif
