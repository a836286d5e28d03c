/* Each rule of SPEC 6 with a case that passes and cases that fail, on the days where it turns. */
#include "tests/unit/given.h"

#include <string.h>

#include "core/law.h"

#define TODAY "2026-11-25"

static struct verdict verdict;

static const struct check *check_of(struct given *given, enum rule_id rule, int item) {
    review_run(&given->review, &verdict);
    for (size_t i = 0; i < verdict.check_count; i++)
        if (verdict.checks[i].rule == rule && verdict.checks[i].item == item)
            return &verdict.checks[i];
    return NULL;
}

static void expect(struct given *given, enum rule_id rule, int item, enum check_result result) {
    const struct check *check = check_of(given, rule, item);
    enum check_result found = check == NULL ? CHECK_NOT_APPLICABLE : check->result;
    if (found != result)
        fail_msg("%s of item %d: %d, not %d", rules[rule].name, item, (int)found, (int)result);
    size_t from = item == CHECK_WHOLE ? 0 : (size_t)item, to = item == CHECK_WHOLE ? verdict.item_count : from + 1;
    for (size_t i = from; i < to; i++)
        assert_int_equal(verdict.items[i].failed >> rule & 1U, result == CHECK_FAIL);
}

static void whole(struct given *given, enum rule_id rule, enum check_result result) {
    expect(given, rule, CHECK_WHOLE, result);
}

static void first(struct given *given, enum rule_id rule, enum check_result result) {
    expect(given, rule, 0, result);
}

#define GIVEN(name, kind, submitted_on)                                                                                \
    struct given name;                                                                                                 \
    given_case(&name, kind, given_day(submitted_on), given_day(submitted_on))

static void the_given_cases_pass(void **state) {
    (void)state;
    static const size_t checks[KIND_COUNT] = {
        [KIND_INITIAL] = 6 + 1 + 2 * 1,         /* the six of all; NOT-REGISTERED; QUALIFICATION */
        [KIND_ADDED_SPECIALTY] = 6 + 3 + 2 * 2, /* REG-NUMBER HOLDER REGISTERED; QUALIFICATION NOT-HELD */
        [KIND_RE_REGISTRATION] = 6 + 3 + 2 * 3, /* …LAPSED; QUALIFICATION CE-HOURS PLEDGE */
        [KIND_CONTINUATION] = 6 + 2 + 2 * 4,    /* REG-NUMBER HOLDER; HELD DEADLINE CE-HOURS PLEDGE */
    };
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        GIVEN(g, kind, TODAY);
        review_run(&g.review, &verdict);
        assert_int_equal(verdict.outcome, OUTCOME_APPROVABLE);
        assert_int_equal(verdict.check_count, checks[kind]);
        for (size_t i = 0; i < verdict.check_count; i++)
            assert_int_equal(verdict.checks[i].result, CHECK_PASS);
    }
}

static void id_number(void **state) {
    (void)state;
    GIVEN(g, KIND_INITIAL, TODAY);
    whole(&g, RULE_ID_NUMBER, CHECK_PASS);
    g.application.applicant.id_number = "110105198003071235";
    whole(&g, RULE_ID_NUMBER, CHECK_FAIL);
    g.application.applicant.id_type = ID_PASSPORT;
    whole(&g, RULE_ID_NUMBER, CHECK_NOT_APPLICABLE);
}

static void employer_code(void **state) {
    (void)state;
    GIVEN(g, KIND_RE_REGISTRATION, TODAY);
    whole(&g, RULE_EMPLOYER_CODE, CHECK_PASS);
    g.application.employer.credit_code = "91110105101163896E";
    whole(&g, RULE_EMPLOYER_CODE, CHECK_FAIL);
}

static void disqualified(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    whole(&g, RULE_DISQUALIFIED, CHECK_PASS);
    g.disqualifications[0] = "a_word_nobody_knows";
    g.application.disqualifications = g.disqualifications;
    g.application.disqualification_count = 1;
    whole(&g, RULE_DISQUALIFIED, CHECK_FAIL);
}

static void submitted(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    whole(&g, RULE_SUBMITTED, CHECK_PASS);
    g.review.decided_on--;
    whole(&g, RULE_SUBMITTED, CHECK_FAIL);
}

static void age_65(void **state) {
    (void)state;
    GIVEN(g, KIND_INITIAL, TODAY);
    g.application.applicant = (struct person){"陈大文", ID_HK_MACAO_PERMIT, "H10000001", given_day("1961-11-25")};
    whole(&g, RULE_AGE_65, CHECK_PASS);
    g.application.applicant.birth_date--;
    whole(&g, RULE_AGE_65, CHECK_FAIL);
    g.application.applicant.birth_date = DAY_NONE;
    whole(&g, RULE_AGE_65, CHECK_NOT_EVALUATED);
    g.application.applicant = (struct person){"王建国", ID_RESIDENT, "110105196102281238", DAY_NONE};
    g.review.decided_on = given_day("2026-02-28");
    whole(&g, RULE_AGE_65, CHECK_PASS);
    g.review.decided_on = given_day("2026-03-01");
    whole(&g, RULE_AGE_65, CHECK_FAIL);
    g.application.applicant.id_number = "110105196102281239"; /* wrong: gives no birth date */
    whole(&g, RULE_AGE_65, CHECK_NOT_EVALUATED);
    g.application.applicant.id_number = "110105196002291236"; /* of 29 February: 65 on the 28th */
    g.review.decided_on = given_day("2025-02-28");
    whole(&g, RULE_AGE_65, CHECK_PASS);
    g.review.decided_on = given_day("2025-03-01");
    whole(&g, RULE_AGE_65, CHECK_FAIL);
}

static void one_employer(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    whole(&g, RULE_ONE_EMPLOYER, CHECK_PASS);
    g.others[0] = (struct other_registration){"cost_engineer", g.application.employer.credit_code};
    g.others[1] = (struct other_registration){"supervision_engineer", "91310000MA1FL00000"};
    g.application.others = g.others;
    g.application.other_count = 1;
    whole(&g, RULE_ONE_EMPLOYER, CHECK_PASS);
    g.application.other_count = 2;
    whole(&g, RULE_ONE_EMPLOYER, CHECK_FAIL);
    g.others[0].employer_code = "11100000000013039G"; /* the first of two, and a code below the applicant's */
    g.others[1].employer_code = g.application.employer.credit_code;
    whole(&g, RULE_ONE_EMPLOYER, CHECK_FAIL);
    g.application.other_count = 0;
    g.entry.employer.credit_code = "11100000000013039G";
    whole(&g, RULE_ONE_EMPLOYER, CHECK_FAIL);
    g.entry.employer.credit_code = "91310000MA1FL00000";
    whole(&g, RULE_ONE_EMPLOYER, CHECK_FAIL);
    g.application.kind = KIND_ADDED_SPECIALTY;
    whole(&g, RULE_ONE_EMPLOYER, CHECK_FAIL);
    g.application.kind = KIND_RE_REGISTRATION; /* comes with the employer it names */
    whole(&g, RULE_ONE_EMPLOYER, CHECK_PASS);
    g.application.kind = KIND_INITIAL;
    whole(&g, RULE_ONE_EMPLOYER, CHECK_PASS);
}

static void not_registered(void **state) {
    (void)state;
    GIVEN(g, KIND_INITIAL, TODAY);
    whole(&g, RULE_NOT_REGISTERED, CHECK_PASS);
    g.review.entries.by_person = &g.entry;
    whole(&g, RULE_NOT_REGISTERED, CHECK_FAIL);
}

static void reg_number(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, "2021-12-01");
    whole(&g, RULE_REG_NUMBER, CHECK_PASS);
    g.application.registration_number = "京111050700001";
    whole(&g, RULE_REG_NUMBER, CHECK_PASS);
    g.application.submitted_on = g.review.decided_on = given_day("2021-12-31");
    whole(&g, RULE_REG_NUMBER, CHECK_PASS);
    g.application.submitted_on = g.review.decided_on = given_day("2022-01-01");
    whole(&g, RULE_REG_NUMBER, CHECK_FAIL);
    g.application.registration_number = "京1112011201119084";
    whole(&g, RULE_REG_NUMBER, CHECK_PASS);
    g.application.registration_number = "粤144202020210001";
    whole(&g, RULE_REG_NUMBER, CHECK_FAIL);
    g.application.registration_number = NULL;
    whole(&g, RULE_REG_NUMBER, CHECK_FAIL);
}

static void holder(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    whole(&g, RULE_HOLDER, CHECK_PASS);
    struct constructor other = g.entry;
    other.person.id_number = "110105196803011230";
    g.review.entries.by_number = &other;
    whole(&g, RULE_HOLDER, CHECK_FAIL);
    other.person.id_number = "110105199001011237"; /* above the applicant's, as the one before is below it */
    whole(&g, RULE_HOLDER, CHECK_FAIL);
    g.review.entries.by_number = NULL;
    whole(&g, RULE_HOLDER, CHECK_FAIL);
    first(&g, RULE_HELD, CHECK_NOT_EVALUATED); /* no entry: these do not fail on their own */
    first(&g, RULE_DEADLINE, CHECK_NOT_EVALUATED);
    g.application.kind = KIND_ADDED_SPECIALTY;
    whole(&g, RULE_REGISTERED, CHECK_NOT_EVALUATED);
    first(&g, RULE_NOT_HELD, CHECK_NOT_EVALUATED);
    g.application.kind = KIND_RE_REGISTRATION;
    whole(&g, RULE_LAPSED, CHECK_NOT_EVALUATED);
    g.application.registration_number = NULL;
    whole(&g, RULE_HOLDER, CHECK_FAIL);
}

static void registered(void **state) {
    (void)state;
    GIVEN(g, KIND_ADDED_SPECIALTY, TODAY);
    g.entry.specialties[0].valid_to = g.application.submitted_on - 1;
    g.entry.specialties[1].valid_to = g.application.submitted_on;
    whole(&g, RULE_REGISTERED, CHECK_PASS);
    g.entry.specialties[1].valid_to--;
    whole(&g, RULE_REGISTERED, CHECK_FAIL);
    g.entry.specialties[1].valid_to = g.application.submitted_on + 100;
    g.entry.specialties[1].status = HELD_CANCELLED;
    whole(&g, RULE_REGISTERED, CHECK_FAIL);
}

static void lapsed(void **state) {
    (void)state;
    GIVEN(g, KIND_RE_REGISTRATION, "2022-01-01");
    g.entry.specialties[0] = (struct held_specialty){SPECIALTY_BUILDING, 0, given_day("2021-12-31"), HELD_REGISTERED};
    whole(&g, RULE_LAPSED, CHECK_PASS);
    g.application.submitted_on = given_day("2021-12-31"); /* still valid */
    whole(&g, RULE_LAPSED, CHECK_FAIL);
    g.entry.specialties[0].valid_to = given_day("2021-01-31"); /* expired, not lapsed before 2022 */
    whole(&g, RULE_LAPSED, CHECK_FAIL);
    g.entry.specialties[0].status = HELD_CANCELLED;
    whole(&g, RULE_LAPSED, CHECK_PASS);
}

static void qualification(void **state) {
    (void)state;
    GIVEN(g, KIND_INITIAL, TODAY);
    g.application.specialties[0].certificate_issued = g.application.submitted_on;
    first(&g, RULE_QUALIFICATION, CHECK_PASS);
    g.application.specialties[0].certificate_issued++;
    first(&g, RULE_QUALIFICATION, CHECK_FAIL);
    expect(&g, RULE_QUALIFICATION, 1, CHECK_PASS);
    assert_int_equal(verdict.outcome, OUTCOME_PARTLY);
    g.application.specialties[0].certificate_no = NULL;
    g.application.specialties[0].certificate_issued = DAY_NONE;
    first(&g, RULE_QUALIFICATION, CHECK_FAIL);
    g.application.kind = KIND_CONTINUATION;
    first(&g, RULE_QUALIFICATION, CHECK_NOT_APPLICABLE);
}

static void not_held(void **state) {
    (void)state;
    GIVEN(g, KIND_ADDED_SPECIALTY, TODAY);
    first(&g, RULE_NOT_HELD, CHECK_PASS);
    g.application.specialties[0].specialty = SPECIALTY_HIGHWAY;
    first(&g, RULE_NOT_HELD, CHECK_FAIL);
    g.entry.specialties[1].valid_to = g.application.submitted_on - 1; /* lapsed */
    first(&g, RULE_NOT_HELD, CHECK_PASS);
    g.application.submitted_on = given_day("2021-12-31"); /* expired, not lapsed before 2022 */
    g.entry.specialties[1].valid_to = given_day("2021-12-30");
    first(&g, RULE_NOT_HELD, CHECK_FAIL);
    g.entry.specialties[1].status = HELD_CANCELLED;
    first(&g, RULE_NOT_HELD, CHECK_PASS);
}

static void held(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    first(&g, RULE_HELD, CHECK_PASS);
    g.entry.specialties[0].status = HELD_CANCELLED;
    first(&g, RULE_HELD, CHECK_FAIL);
    first(&g, RULE_DEADLINE, CHECK_NOT_EVALUATED);
    g.application.specialties[0].specialty = SPECIALTY_MINING;
    first(&g, RULE_HELD, CHECK_FAIL);
    first(&g, RULE_DEADLINE, CHECK_NOT_EVALUATED);
    expect(&g, RULE_HELD, 1, CHECK_PASS);
}

static void deadline(void **state) {
    (void)state;
    static const struct {
        const char *submitted_on, *valid_to;
        enum check_result result;
    } table[] = {
        {"2026-11-25", "2026-12-26", CHECK_PASS}, /* e − 31 */
        {"2026-11-25", "2026-12-25", CHECK_PASS}, /* e − 30 */
        {"2026-11-25", "2026-12-24", CHECK_FAIL}, /* e − 29 */
        {"2026-11-25", "2026-11-25", CHECK_FAIL}, /* e */
        {"2026-11-25", "2026-11-24", CHECK_FAIL}, /* after e, long after 2021-12-15 */
        {"2021-12-14", "2021-12-13", CHECK_PASS}, /* expired, and in time */
        {"2021-12-15", "2020-01-01", CHECK_PASS},
        {"2021-12-16", "2020-01-01", CHECK_FAIL},
        {"2021-12-16", "2021-12-15", CHECK_FAIL},
        {"2021-12-15", "2021-12-15", CHECK_FAIL}, /* not expired yet, and too late to be in time */
        {"2021-12-31", "2022-01-30", CHECK_PASS},
        {"2022-01-01", "2022-01-30", CHECK_FAIL},
        {"2022-01-01", "2022-01-31", CHECK_PASS},
        {"2024-01-30", "2024-02-29", CHECK_PASS},
        {"2024-01-31", "2024-02-29", CHECK_FAIL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        GIVEN(g, KIND_CONTINUATION, table[i].submitted_on);
        g.entry.specialties[0].valid_to = given_day(table[i].valid_to);
        first(&g, RULE_DEADLINE, table[i].result);
        expect(&g, RULE_DEADLINE, 1, CHECK_PASS);
    }
}

static void hours(void **state) {
    (void)state;
    static const struct {
        size_t item;
        int compulsory, elective;
        enum check_result result;
    } table[] = {
        {0, 60, 60, CHECK_PASS}, {0, 59, 60, CHECK_FAIL}, {0, 60, 59, CHECK_FAIL}, {0, 0, 0, CHECK_FAIL},
        {1, 30, 30, CHECK_PASS}, {1, 29, 30, CHECK_FAIL}, {1, 30, 29, CHECK_FAIL}, {1, 0, 0, CHECK_FAIL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        GIVEN(g, KIND_CONTINUATION, TODAY);
        g.application.specialties[table[i].item].compulsory_hours = table[i].compulsory;
        g.application.specialties[table[i].item].elective_hours = table[i].elective;
        expect(&g, RULE_CE_HOURS, (int)table[i].item, table[i].result);
        expect(&g, RULE_CE_HOURS, (int)(1 - table[i].item), CHECK_PASS);
    }
}

/* The main specialty: for added and continuation the first one held, else the first one applied for. */
static void hours_of_the_main_specialty(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    g.entry.specialties[0].specialty = SPECIALTY_HIGHWAY; /* what the application names second */
    g.entry.specialties[1].specialty = SPECIALTY_BUILDING;
    expect(&g, RULE_CE_HOURS, 0, CHECK_PASS);
    expect(&g, RULE_CE_HOURS, 1, CHECK_FAIL);
    g.application.specialties[0].compulsory_hours = 30;
    expect(&g, RULE_CE_HOURS, 0, CHECK_PASS);
    g.application.kind = KIND_RE_REGISTRATION;
    expect(&g, RULE_CE_HOURS, 0, CHECK_FAIL);
    expect(&g, RULE_CE_HOURS, 1, CHECK_PASS);
    g.application.kind = KIND_CONTINUATION;
    g.entry.specialty_count = 1; /* the only one held is the main one */
    expect(&g, RULE_CE_HOURS, 0, CHECK_PASS);
    expect(&g, RULE_CE_HOURS, 1, CHECK_FAIL);
    g.entry.specialty_count = 0; /* none held: the first one applied for */
    expect(&g, RULE_CE_HOURS, 0, CHECK_FAIL);
    expect(&g, RULE_CE_HOURS, 1, CHECK_PASS);
    g.review.entries.by_number = NULL; /* no entry: the same */
    expect(&g, RULE_CE_HOURS, 0, CHECK_FAIL);
}

/* 规定 art. 11: for initial and added only past 3 years after the certificate. */
static void hours_and_pledge_of_an_old_certificate(void **state) {
    (void)state;
    static const struct {
        const char *issued_on;
        enum check_result result;
    } table[] = {
        {"2023-11-26", CHECK_NOT_APPLICABLE},
        {"2023-11-25", CHECK_NOT_APPLICABLE},
        {"2023-11-24", CHECK_FAIL},
    };
    static const enum kind kinds[] = {KIND_INITIAL, KIND_ADDED_SPECIALTY};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            GIVEN(g, kinds[k], TODAY);
            g.application.specialties[0].certificate_issued = given_day(table[i].issued_on);
            g.application.specialties[0].compulsory_hours = 0;
            g.application.pledge.present = false;
            first(&g, RULE_CE_HOURS, table[i].result);
            first(&g, RULE_PLEDGE, table[i].result);
        }
    GIVEN(g, KIND_INITIAL, "2027-02-28");
    g.application.specialties[0].compulsory_hours = 0;
    g.application.specialties[0].certificate_issued = given_day("2024-02-29"); /* + 3 years: 2027-02-28 */
    first(&g, RULE_CE_HOURS, CHECK_NOT_APPLICABLE);
    g.application.submitted_on++;
    g.review.decided_on++;
    first(&g, RULE_CE_HOURS, CHECK_FAIL);
}

static void pledge(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    const struct pledge good = g.application.pledge;
    first(&g, RULE_PLEDGE, CHECK_PASS);
    g.application.pledge.signed_on--;
    first(&g, RULE_PLEDGE, CHECK_PASS);
    g.application.pledge.signed_on += 2;
    first(&g, RULE_PLEDGE, CHECK_FAIL);
    g.application.pledge.signed_on = DAY_NONE;
    first(&g, RULE_PLEDGE, CHECK_FAIL);
    g.application.pledge = good;
    g.application.pledge.is_signed = false;
    first(&g, RULE_PLEDGE, CHECK_FAIL);
    g.application.pledge = good;
    g.application.pledge.signer = "王健国";
    first(&g, RULE_PLEDGE, CHECK_FAIL);
    g.application.pledge.signer = NULL;
    first(&g, RULE_PLEDGE, CHECK_FAIL);
    g.application.pledge = (struct pledge){.signed_on = DAY_NONE};
    first(&g, RULE_PLEDGE, CHECK_FAIL);
    expect(&g, RULE_PLEDGE, 1, CHECK_FAIL);
}

static void every_rule_has_name_title_and_basis(void **state) {
    (void)state;
    for (int i = 0; i < RULE_COUNT; i++) {
        assert_true(rules[i].name[0] != '\0');
        assert_true(rules[i].title_zh[0] != '\0' && rules[i].title_en[0] != '\0');
        assert_true(rules[i].basis_zh[0] != '\0' && rules[i].basis_en[0] != '\0' && rules[i].kinds != 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_given_cases_pass),
        cmocka_unit_test(id_number),
        cmocka_unit_test(employer_code),
        cmocka_unit_test(disqualified),
        cmocka_unit_test(submitted),
        cmocka_unit_test(age_65),
        cmocka_unit_test(one_employer),
        cmocka_unit_test(not_registered),
        cmocka_unit_test(reg_number),
        cmocka_unit_test(holder),
        cmocka_unit_test(registered),
        cmocka_unit_test(lapsed),
        cmocka_unit_test(qualification),
        cmocka_unit_test(not_held),
        cmocka_unit_test(held),
        cmocka_unit_test(deadline),
        cmocka_unit_test(hours),
        cmocka_unit_test(hours_of_the_main_specialty),
        cmocka_unit_test(hours_and_pledge_of_an_old_certificate),
        cmocka_unit_test(pledge),
        cmocka_unit_test(every_rule_has_name_title_and_basis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
