/* Review: the rules applied to one application on one day, and what follows from them (SPEC 6, 7). */
#ifndef CORE_REVIEW_H
#define CORE_REVIEW_H

#include "core/rule.h"
#include "core/workday.h"

/* What the register says of a case: who holds the number stated, and the entry of the applicant's id number. Either may
 * be NULL, both may point to one value. */
struct review_register {
    const struct constructor *by_number;
    const struct constructor *by_person;
};

struct review_case {
    const struct application *application;
    struct review_register entries;
    const struct workday_calendar *calendar;
    day decided_on; /* D */
    bool extended;  /* the decision deadline was extended (许可法 art. 42) */
};

enum outcome { OUTCOME_BLOCKED, OUTCOME_PARTLY, OUTCOME_APPROVABLE, OUTCOME_COUNT };

extern const struct document_word outcome_words[OUTCOME_COUNT];

struct verdict_item {
    enum specialty specialty;
    bool approvable;
    rule_set failed; /* the whole application's failures included */
    day valid_from;  /* what an approval would give; DAY_NONE where it would not */
    day valid_to;
};

enum { REVIEW_CHECKS = RULE_COUNT * (SPECIALTY_COUNT + 1) };

struct verdict {
    enum outcome outcome;
    size_t item_count;
    struct verdict_item items[SPECIALTY_COUNT];
    day window_from; /* use window of the electronic certificate; DAY_NONE where nothing is approvable */
    day window_to;
    day decide_by;
    bool decide_by_provisional;
    bool short_validity; /* some validity ends with the 65th birthday */
    size_t check_count;  /* checks that apply, in the order of the rules, the whole first */
    struct check checks[REVIEW_CHECKS];
};

/* Runs every rule that applies. The verdict borrows texts from the case. */
void review_run(const struct review_case *review_case, struct verdict *verdict);

/* The decision deadline, counted from the day after acceptance, or after submission where none is recorded. */
struct workday_count review_decide_by(const struct application *application, bool extended,
                                      const struct workday_calendar *calendar);

/* The outcome as a function of the day: `outcome` on each day of [first, last], blocked on every other (the rules that
 * depend on the day are SUBMITTED and AGE-65). This is what the queue keeps. */
struct outlook {
    enum outcome outcome;
    day first;
    day last; /* DAY_MAX: for ever */
};

struct outlook review_outlook(const struct review_case *review_case);

/* The outcome of an outlook on one day. */
enum outcome review_outcome_on(const struct outlook *outlook, day on);

/* The names of the failed rules, sorted; returns how many. */
size_t review_failed_names(rule_set failed, const char *names[RULE_COUNT]);

#endif
