/* One application with all that a reviewer needs before deciding (SPEC 12, detail). */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "store/decision.h"
#include "store/people.h"
#include "store/queue.h"

enum advisory_id {
    ADVISORY_DUPLICATE_PENDING,
    ADVISORY_OVERDUE,
    ADVISORY_EXPIRY_FIRST,
    ADVISORY_CALENDAR,
    ADVISORY_SHORT_VALIDITY,
    ADVISORY_SEPARATION,
    ADVISORY_COUNT
};

extern const char *const record_advisory_names[ADVISORY_COUNT];

struct advisory {
    enum advisory_id id;
    struct phrase phrase;
};

/* A decision that touched the person. */
struct record_decision {
    int64_t decision_no;
    char action[16]; /* approve, refuse, revoke */
    enum application_state outcome;
    char application_no[QUEUE_TEXT_SIZE];
    enum kind kind;
    day decided_on;
    char decided_at[24]; /* UTC, RFC 3339 */
    char decided_by[PEOPLE_LOGIN_SIZE];
    char decided_by_name[PEOPLE_NAME_SIZE];
};

struct record {
    struct queue_row row;
    const struct application *application;
    const struct constructor *by_number; /* or NULL */
    const struct constructor *by_person; /* or NULL */
    struct verdict verdict;              /* of `on` */
    day on;
    char accepted_by_name[PEOPLE_NAME_SIZE]; /* "" where not accepted, or not known by name */
    size_t advisory_count;
    struct advisory advisories[ADVISORY_COUNT * SPECIALTY_COUNT];
    size_t decision_count; /* the person's, newest first, RECORD_DECISIONS at the most */
    struct record_decision *decisions;
    struct decision *decision; /* the one that closed this application, or NULL */
    const char *document;      /* the JSON as it came, of the last revision */
    int64_t revisions;         /* how often the application came in: more than 1 after a resubmission */
};

enum { RECORD_DECISIONS = 50 };

/* Reads one application by its number (any spelling the normaliser folds) and reviews it for the day `on` (DAY_NONE:
 * today). STATUS_NEGATIVE where there is none. The record is the caller's: record_free(). */
enum status record_read(struct store *store, const char *application_no, day on, struct record **out, struct err *err);
enum status record_read_id(struct store *store, int64_t id, struct record **out, struct err *err);
void record_free(struct record *record);

/* The document of one revision, 1 being the first, as it came; free() it. STATUS_NEGATIVE where there is none. */
enum status record_revision(struct store *store, int64_t id, int64_t revision, char **out, struct err *err);

/* The last decision on this application among those on the person, or NULL. */
const struct record_decision *record_last_decision(const struct record *record);

/* The deadline an extension of today would give (许可法 art. 42). */
day record_extended(const struct store *store, const struct record *record);

/* Shows the full id number of the applicant: a ledger event with the reason (SPEC 8). */
enum status record_reveal(struct store *store, const char *application_no, const char *reason, char *number,
                          size_t size, struct err *err);

#endif
