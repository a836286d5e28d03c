/* What the electronic certificate states, and whether one that is presented is good (SPEC 10; 通知 二). */
#include "tests/unit/given.h"

#include "core/certificate.h"

#define TODAY "2026-11-25"

static struct certificate certificate;

static struct constructor holder(void) {
    return (struct constructor){
        .person = {"王建国", ID_RESIDENT, "110105198003071234", DAY_NONE},
        .number = "京1112011201119084",
        .specialty_count = 3,
        .specialties =
            {
                {SPECIALTY_BUILDING, given_day("2026-01-01"), given_day("2028-12-31"), HELD_REGISTERED},
                {SPECIALTY_HIGHWAY, given_day("2025-01-01"), given_day("2027-12-31"), HELD_REGISTERED},
                {SPECIALTY_MINING, given_day("2025-01-01"), given_day("2028-12-31"), HELD_CANCELLED},
            },
    };
}

static void it_states_what_is_valid(void **state) {
    (void)state;
    struct constructor entry = holder();
    day today = given_day(TODAY);
    certificate_make(&entry, today, &certificate);
    assert_int_equal(certificate.from, today);
    assert_int_equal(certificate.to, given_day("2027-05-24")); /* 180 days */
    assert_int_equal(certificate.count, 2);
    assert_int_equal(certificate.specialties[0].specialty, SPECIALTY_BUILDING);
    assert_int_equal(certificate.specialties[1].specialty, SPECIALTY_HIGHWAY);
    assert_int_equal(certificate.specialties[1].valid_to, given_day("2027-12-31"));
}

static void a_specialty_counts_from_its_first_day_to_its_last(void **state) {
    (void)state;
    static const struct {
        const char *valid_from, *valid_to;
        size_t count;
    } table[] = {
        {TODAY, "2029-11-24", 2},
        {"2026-11-26", "2029-11-25", 1},
        {"2023-11-26", TODAY, 2},
        {"2023-11-25", "2026-11-24", 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct constructor entry = holder();
        entry.specialties[0].valid_from = given_day(table[i].valid_from);
        entry.specialties[0].valid_to = given_day(table[i].valid_to);
        certificate_make(&entry, given_day(TODAY), &certificate);
        assert_int_equal(certificate.count, table[i].count);
    }
}

static void one_specialty_is_enough(void **state) {
    (void)state;
    struct constructor entry = holder();
    entry.specialty_count = 1;
    certificate_make(&entry, given_day(TODAY), &certificate);
    assert_int_equal(certificate.count, 1);
    assert_int_equal(certificate.to, given_day("2027-05-24"));
}

static void its_window_ends_with_the_first_specialty_or_the_birthday(void **state) {
    (void)state;
    struct constructor entry = holder();
    entry.specialties[0].valid_to = given_day("2027-03-31");
    entry.specialties[1].valid_to = given_day("2027-04-30");
    certificate_make(&entry, given_day(TODAY), &certificate);
    assert_int_equal(certificate.to, given_day("2027-03-31"));
    entry.specialties[0].valid_to = given_day("2027-05-23");
    entry.specialties[1].valid_to = given_day("2027-02-28"); /* the second one, too */
    certificate_make(&entry, given_day(TODAY), &certificate);
    assert_int_equal(certificate.to, given_day("2027-02-28"));
    entry.person = (struct person){"陈大文", ID_HK_MACAO_PERMIT, "H10000001", given_day("1962-01-15")};
    certificate_make(&entry, given_day(TODAY), &certificate);
    assert_int_equal(certificate.to, given_day("2027-01-15"));
}

static void without_a_valid_specialty_there_is_none(void **state) {
    (void)state;
    struct constructor entry = holder();
    certificate_make(&entry, given_day("2029-01-01"), &certificate);
    assert_int_equal(certificate.count, 0);
    assert_int_equal(certificate.to, DAY_NONE);
}

static unsigned check(const struct constructor *entry, const char *from, const char *to, const char *on) {
    return certificate_check(entry, DAY_NONE, false, given_day(from), given_day(to), given_day(on));
}

#define FAULT(name) (1U << CERTIFICATE_##name)

static void its_window_has_two_ends(void **state) {
    (void)state;
    struct constructor entry = holder();
    assert_int_equal(check(&entry, TODAY, "2027-05-24", TODAY), 0);
    assert_int_equal(check(&entry, TODAY, "2027-05-24", "2027-05-24"), 0);
    assert_int_equal(check(&entry, TODAY, "2027-05-24", "2026-11-24"), FAULT(NOT_YET));
    assert_int_equal(check(&entry, TODAY, "2027-05-24", "2027-05-25"), FAULT(OVER));
    assert_int_equal(check(&entry, TODAY, "2027-05-25", "2027-05-25"), FAULT(TOO_LONG));
    assert_int_equal(check(&entry, TODAY, "2026-11-30", "2026-11-30"), 0); /* shorter than allowed is good */
    assert_int_equal(check(&entry, TODAY, TODAY, TODAY), 0);               /* of a single day */
}

static void what_it_states_must_still_be_valid(void **state) {
    (void)state;
    struct constructor entry = holder();
    entry.specialties[1].valid_to = given_day("2027-01-31");
    assert_int_equal(check(&entry, TODAY, "2027-01-31", "2027-01-31"), 0);
    assert_int_equal(check(&entry, TODAY, "2027-02-01", "2027-02-01"), FAULT(TOO_LONG) | FAULT(LAPSED));
    assert_int_equal(check(&entry, "2029-01-01", "2029-02-01", "2029-01-15"), FAULT(NONE_VALID));
    struct constructor one = holder();
    one.specialty_count = 1;
    one.specialties[0].valid_to = given_day("2027-01-31");
    assert_int_equal(check(&one, TODAY, "2027-02-01", "2027-02-01"), FAULT(TOO_LONG) | FAULT(LAPSED));
    assert_int_equal(check(&entry, "2024-12-31", "2025-02-01", "2025-01-15"), FAULT(NONE_VALID)); /* not yet granted */
}

static void its_holder_may_be_65_and_no_older(void **state) {
    (void)state;
    struct constructor entry = holder();
    entry.person = (struct person){"陈大文", ID_HK_MACAO_PERMIT, "H10000001", given_day("1962-01-15")};
    assert_int_equal(check(&entry, TODAY, "2027-01-15", "2027-01-15"), 0);
    assert_int_equal(check(&entry, TODAY, "2027-01-16", "2027-01-16"), FAULT(TOO_LONG) | FAULT(AGE));
    entry.person.birth_date = DAY_NONE;
    assert_int_equal(check(&entry, TODAY, "2027-01-16", "2027-01-16"), 0);
}

/* 通知 二(五): a change since the download makes it a wrong one; one of the same day is on it. */
static void a_change_since_asks_for_a_new_one(void **state) {
    (void)state;
    struct constructor entry = holder();
    day from = given_day(TODAY), to = from + 60;
    assert_int_equal(certificate_check(&entry, from - 1, false, from, to, from + 5), 0);
    assert_int_equal(certificate_check(&entry, from, false, from, to, from + 5), 0);
    assert_int_equal(certificate_check(&entry, from + 1, false, from, to, from + 5), FAULT(CHANGED));
}

/* 通知 一(一)1. */
static void paper_is_void_from_2022(void **state) {
    (void)state;
    struct constructor entry = holder();
    day last = given_day("2021-12-31");
    entry.specialties[0].valid_from = given_day("2021-01-01");
    entry.specialties[1].valid_from = given_day("2021-01-01");
    assert_int_equal(certificate_check(&entry, DAY_NONE, true, last - 5, last + 5, last), 0);
    assert_int_equal(certificate_check(&entry, DAY_NONE, true, last - 5, last + 5, last + 1), FAULT(PAPER_VOID));
    assert_int_equal(certificate_check(&entry, DAY_NONE, false, last - 5, last + 5, last + 1), 0);
}

static void every_fault_has_its_words(void **state) {
    (void)state;
    for (int i = 0; i < CERTIFICATE_FAULT_COUNT; i++)
        assert_true(certificate_faults[i].code[0] != '\0' && certificate_faults[i].zh[0] != '\0' &&
                    certificate_faults[i].en[0] != '\0');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_states_what_is_valid),
        cmocka_unit_test(a_specialty_counts_from_its_first_day_to_its_last),
        cmocka_unit_test(one_specialty_is_enough),
        cmocka_unit_test(its_window_ends_with_the_first_specialty_or_the_birthday),
        cmocka_unit_test(without_a_valid_specialty_there_is_none),
        cmocka_unit_test(its_window_has_two_ends),
        cmocka_unit_test(what_it_states_must_still_be_valid),
        cmocka_unit_test(its_holder_may_be_65_and_no_older),
        cmocka_unit_test(a_change_since_asks_for_a_new_one),
        cmocka_unit_test(paper_is_void_from_2022),
        cmocka_unit_test(every_fault_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
