/* The electronic certificate: what it states, and whether one that is presented is good (通知 二; SPEC 10). */
#ifndef CORE_CERTIFICATE_H
#define CORE_CERTIFICATE_H

#include "core/document.h"

/* What the certificate of an entry states when downloaded on `from`. */
struct certificate {
    day from;
    day to;       /* the last day it may be used */
    size_t count; /* specialties valid on `from`; 0: there is no certificate */
    struct held_specialty specialties[SPECIALTY_COUNT];
};

void certificate_make(const struct constructor *entry, day from, struct certificate *out);

/* What is wrong with a presented certificate, in the order it is said. */
enum certificate_fault {
    CERTIFICATE_NOT_YET,    /* its use window has not begun */
    CERTIFICATE_OVER,       /* its use window is over: download it again */
    CERTIFICATE_TOO_LONG,   /* a window longer than allowed: not one of ours */
    CERTIFICATE_NONE_VALID, /* no specialty was valid when it was downloaded */
    CERTIFICATE_LAPSED,     /* a specialty on it is no longer valid */
    CERTIFICATE_AGE,        /* the holder is over 65 */
    CERTIFICATE_CHANGED,    /* the registration has changed since: download it again (通知 二(五)) */
    CERTIFICATE_PAPER_VOID, /* a paper number after 2021: paper certificates are void */
    CERTIFICATE_FAULT_COUNT
};

extern const struct document_word certificate_faults[CERTIFICATE_FAULT_COUNT];

/* What only eyes can check (通知 二(二)); ends with code NULL. */
extern const struct document_word certificate_for_eyes[];

/* Bits 1 << certificate_fault; 0: good. `changed_on` is the day the entry last changed, or DAY_NONE; `paper`: the
 * number presented is the paper one. */
unsigned certificate_check(const struct constructor *entry, day changed_on, bool paper, day from, day to, day on);

#endif
