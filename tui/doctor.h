/* `yijian doctor`: looks at an installation and says in plain words what is wrong with it and how to mend it. Nothing
 * is changed, no file is made; what may not be looked at is said to be so. */
#ifndef TUI_DOCTOR_H
#define TUI_DOCTOR_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "store/store.h"

enum doctor_result {
    DOCTOR_OK,
    DOCTOR_ABSENT,  /* does not concern this installation */
    DOCTOR_NOTICE,  /* worth knowing */
    DOCTOR_UNKNOWN, /* could not be looked at */
    DOCTOR_FAULT,
    DOCTOR_RESULTS
};

enum { DOCTOR_TEXT = 1024 };

/* Texts in the user's language, not through the door yet. */
struct doctor_finding {
    size_t check; /* into doctor_checks */
    enum doctor_result result;
    char found[DOCTOR_TEXT], expected[DOCTOR_TEXT], remedy[DOCTOR_TEXT]; /* "" where there is none */
};

struct doctor {
    /* filled by the caller */
    const char *root; /* "" or a folder: the installation's files lie below it */
    char database[PATH_MAX];
    bool service; /* the database of the service account, which works over SSH */
    day today;    /* of a training database; DAY_NONE: the clock */

    /* filled by doctor_run() */
    struct store *store; /* for looking only; NULL where that cannot be */
    bool has_account;
    bool owner_known;
    uid_t owner; /* who must own the database */
    char owner_name[64];
    char shell[PATH_MAX];
    size_t check; /* the one that runs */
    struct doctor_finding *findings;
    size_t count, capacity;
};

/* One check: says one or more findings, of which one is what it found where all is well. */
struct doctor_check {
    const char *id;
    const char *title; /* msgid */
    void (*look)(struct doctor *doctor);
};

extern const struct doctor_check doctor_checks[];
extern const size_t doctor_check_count;

/* Runs every check in turn. */
void doctor_run(struct doctor *doctor);

/* Of a check: the worst of its findings. */
enum doctor_result doctor_worst(const struct doctor *doctor, size_t check);

void doctor_free(struct doctor *doctor);

#endif
