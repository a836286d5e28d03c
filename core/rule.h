/* The rules of SPEC 6: one table, one function a rule.
 *
 * A rule sees one case, and of it the whole or one specialty. It never looks at the clock, the database or another
 * rule. */
#ifndef CORE_RULE_H
#define CORE_RULE_H

#include <stdint.h>

#include "core/document.h"
#include "core/phrase.h"

enum rule_id {
    RULE_ID_NUMBER,
    RULE_EMPLOYER_CODE,
    RULE_DISQUALIFIED,
    RULE_SUBMITTED,
    RULE_AGE_65,
    RULE_ONE_EMPLOYER,
    RULE_NOT_REGISTERED,
    RULE_REG_NUMBER,
    RULE_HOLDER,
    RULE_REGISTERED,
    RULE_LAPSED,
    RULE_QUALIFICATION,
    RULE_NOT_HELD,
    RULE_HELD,
    RULE_DEADLINE,
    RULE_CE_HOURS,
    RULE_PLEDGE,
    RULE_COUNT
};

enum rule_scope { SCOPE_WHOLE, SCOPE_SPECIALTY };

/* A set of rules, bit 1 << rule_id. */
typedef uint32_t rule_set;

/* The case as the rules see it; made by review_run(). */
struct rule_case {
    const struct application *application;
    const struct constructor *entry;     /* the applicant's own entry under the stated number, or NULL */
    const struct constructor *by_number; /* whoever holds the stated number, or NULL */
    const struct constructor *by_person; /* the applicant's entry by id number, or NULL */
    day decided_on;                      /* D */
    day birthday_65;                     /* DAY_NONE where the birth date is not known */
    enum specialty main;                 /* 主项, for CE-HOURS */
};

/* CHECK_NOT_APPLICABLE: the rule does not apply to this case and is not shown. CHECK_NOT_EVALUATED: it applies, but
 * another failure leaves nothing to check against; it does not fail on its own. */
enum check_result { CHECK_NOT_APPLICABLE, CHECK_NOT_EVALUATED, CHECK_PASS, CHECK_FAIL };

enum { CHECK_WHOLE = -1 };

struct check {
    enum rule_id rule;
    int item; /* index into application->specialties, or CHECK_WHOLE */
    enum check_result result;
    struct phrase required;
    struct phrase found;
    struct phrase reason; /* of a failed one: a sentence for the decision */
};

struct rule {
    const char *name;
    unsigned kinds; /* bit 1 << enum kind */
    enum rule_scope scope;
    bool by_day; /* its answer depends on the day of decision, not on the case alone */
    const char *title_zh;
    const char *title_en;
    const char *basis_zh;
    const char *basis_en;
    /* Fills result, required, found, reason. `item` is an index into the application's specialties; 0 for the whole. */
    void (*run)(const struct rule_case *rule_case, size_t item, struct check *check);
};

extern const struct rule rules[RULE_COUNT];

#endif
