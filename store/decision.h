/* Reading decisions back: one whole, for its written notice, and a range of them, for an announcement. */
#ifndef STORE_DECISION_H
#define STORE_DECISION_H

#include "store/queue.h"

struct decision_reason {
    const char *text;
    const char *basis; /* or NULL */
};

struct decision_item {
    enum specialty specialty;
    const char *outcome;      /* approved, refused, revoked */
    day valid_from, valid_to; /* DAY_NONE where not granted */
    size_t reason_count;
    const struct decision_reason *reasons;
};

/* A decision as it was made; texts live in it, and none is NULL but those that say so. */
struct decision {
    int64_t decision_no;
    int64_t supersedes; /* 0: none */
    const char *action;
    const char *outcome;
    const char *application_no;
    enum kind kind;
    day submitted_on, decided_on;
    const char *name, *id_number; /* masked */
    enum id_type id_type;
    const char *registration_number; /* or NULL */
    const char *former_number;       /* or NULL */
    bool number_is_new;              /* this decision allocated it */
    const char *employer, *credit_code;
    size_t item_count;
    struct decision_item items[SPECIALTY_COUNT];
    const char *remedies; /* or NULL */
    const char *note;     /* or NULL */
    const char *decided_by_name;
};

/* STATUS_NEGATIVE where there is no decision of that number. decision_free() it. */
enum status decision_read(struct store *store, int64_t decision_no, struct decision **out, struct err *err);
/* The decision that this JSON was written for, `entered` where it put the person into the register. NULL where the JSON
 * is not what was written, or there is no memory. */
struct decision *decision_parse(int64_t decision_no, const char *json, bool entered);
void decision_free(struct decision *decision);

#endif
