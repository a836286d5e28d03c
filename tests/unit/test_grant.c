/* What an approval does to a register entry, kind by kind (SPEC 7). */
#include "tests/unit/given.h"

#include <string.h>

#include "core/grant.h"

#define TODAY "2026-11-25"
#define UNTIL "2029-11-24" /* three years from TODAY, the day before */

static struct verdict verdict;
static struct constructor after;

static void apply(struct given *given, const struct constructor *entry, const char *number) {
    review_run(&given->review, &verdict);
    grant_apply(&given->application, &verdict, entry, number, &after);
}

static void holds(size_t index, enum specialty specialty, const char *valid_from, const char *valid_to) {
    const struct held_specialty *held = &after.specialties[index];
    assert_int_equal(held->specialty, specialty);
    assert_int_equal(held->valid_from, given_day(valid_from));
    assert_int_equal(held->valid_to, given_day(valid_to));
    assert_int_equal(held->status, HELD_REGISTERED);
}

#define GIVEN(name, kind)                                                                                              \
    struct given name;                                                                                                 \
    given_case(&name, kind, given_day(TODAY), given_day(TODAY))

static void initial_enters_the_person(void **state) {
    (void)state;
    GIVEN(g, KIND_INITIAL);
    apply(&g, NULL, "京1112026202600001");
    assert_string_equal(after.person.name, "王建国");
    assert_string_equal(after.person.id_number, g.application.applicant.id_number);
    assert_string_equal(after.employer.credit_code, g.application.employer.credit_code);
    assert_string_equal(after.number, "京1112026202600001");
    assert_null(after.paper_number);
    assert_int_equal(after.specialty_count, 2);
    holds(0, SPECIALTY_MINING, TODAY, UNTIL);
    holds(1, SPECIALTY_PORT, TODAY, UNTIL);
}

static void only_what_is_approvable_is_granted(void **state) {
    (void)state;
    GIVEN(g, KIND_INITIAL);
    g.application.specialties[0].certificate_issued = given_day("2026-11-26");
    apply(&g, NULL, "京1112026202600001");
    assert_int_equal(after.specialty_count, 1);
    holds(0, SPECIALTY_PORT, TODAY, UNTIL);
}

static void added_joins_behind_those_held(void **state) {
    (void)state;
    GIVEN(g, KIND_ADDED_SPECIALTY);
    g.application.employer.name = "改名建设有限公司";
    apply(&g, &g.entry, NULL);
    assert_int_equal(after.specialty_count, 4);
    holds(0, SPECIALTY_BUILDING, "2024-01-25", "2027-01-24"); /* keeps its own */
    holds(1, SPECIALTY_HIGHWAY, "2024-01-25", "2027-01-24");
    holds(2, SPECIALTY_MINING, TODAY, UNTIL);
    holds(3, SPECIALTY_PORT, TODAY, UNTIL);
    assert_string_equal(after.employer.name, "中建建设有限公司");
    assert_string_equal(after.number, g.entry.number);
    assert_null(after.paper_number);
}

/* A lapsed specialty that is added again is held once. */
static void added_again_is_held_once(void **state) {
    (void)state;
    GIVEN(g, KIND_ADDED_SPECIALTY);
    g.application.specialties[1].specialty = SPECIALTY_BUILDING;
    g.entry.specialties[0].valid_to = given_day("2026-11-01");
    apply(&g, &g.entry, NULL);
    assert_int_equal(after.specialty_count, 3);
    holds(0, SPECIALTY_BUILDING, TODAY, UNTIL);
    holds(1, SPECIALTY_HIGHWAY, "2024-01-25", "2027-01-24");
    holds(2, SPECIALTY_MINING, TODAY, UNTIL);
}

static void re_registration_comes_first_with_its_employer(void **state) {
    (void)state;
    GIVEN(g, KIND_RE_REGISTRATION);
    g.application.specialties[0].specialty = SPECIALTY_WATER;
    g.application.employer.name = "新单位有限公司";
    apply(&g, &g.entry, NULL);
    assert_int_equal(after.specialty_count, 3);
    holds(0, SPECIALTY_WATER, TODAY, UNTIL);
    holds(1, SPECIALTY_HIGHWAY, TODAY, UNTIL);
    assert_int_equal(after.specialties[2].specialty, SPECIALTY_BUILDING);
    assert_int_equal(after.specialties[2].status, HELD_CANCELLED);
    assert_string_equal(after.employer.name, "新单位有限公司");
    assert_string_equal(after.number, g.entry.number);
}

static void what_is_registered_again_is_held_once(void **state) {
    (void)state;
    GIVEN(g, KIND_RE_REGISTRATION);
    apply(&g, &g.entry, NULL);
    assert_int_equal(g.entry.specialty_count, 2);
    assert_int_equal(after.specialty_count, 2);
    holds(0, SPECIALTY_BUILDING, TODAY, UNTIL);
    holds(1, SPECIALTY_HIGHWAY, TODAY, UNTIL);
}

static void nothing_is_held_that_nobody_granted(void **state) {
    (void)state;
    GIVEN(g, KIND_RE_REGISTRATION);
    g.application.specialties[0].specialty = SPECIALTY_WATER;
    g.entry.specialties[0].specialty = SPECIALTY_PORT;
    apply(&g, &g.entry, NULL);
    assert_int_equal(after.specialty_count, 3);
    holds(0, SPECIALTY_WATER, TODAY, UNTIL);
    holds(1, SPECIALTY_HIGHWAY, TODAY, UNTIL);
    assert_int_equal(after.specialties[2].specialty, SPECIALTY_PORT);
}

static void continuation_gives_new_validity(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION);
    g.application.specialties[0].compulsory_hours = 0;
    apply(&g, &g.entry, NULL);
    assert_int_equal(after.specialty_count, 2);
    holds(0, SPECIALTY_BUILDING, "2024-01-25", "2027-01-24");
    holds(1, SPECIALTY_HIGHWAY, TODAY, UNTIL);
}

static void a_paper_number_stays_known(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION);
    g.entry.number = NULL;
    g.entry.paper_number = "京111121900001";
    apply(&g, &g.entry, "京1112012201900001");
    assert_string_equal(after.number, "京1112012201900001");
    assert_string_equal(after.paper_number, "京111121900001");
    g.entry.number = "京111121900001"; /* the paper form under the one number there is */
    g.entry.paper_number = NULL;
    apply(&g, &g.entry, "京1112012201900001");
    assert_string_equal(after.number, "京1112012201900001");
    assert_string_equal(after.paper_number, "京111121900001");
    g.entry.paper_number = "京111121900002"; /* both: the paper one that is there stays */
    apply(&g, &g.entry, "京1112012201900001");
    assert_string_equal(after.paper_number, "京111121900002");
}

static void who_needs_an_electronic_number(void **state) {
    (void)state;
    struct constructor entry = {.number = "京1112011201119084"};
    assert_false(grant_needs_electronic(&entry));
    entry.number = "京111050700001";
    assert_true(grant_needs_electronic(&entry));
    entry.number = "京1";
    assert_false(grant_needs_electronic(&entry));
    entry.number = NULL;
    assert_true(grant_needs_electronic(&entry));
}

static void a_paper_number_in_the_electronic_form(void **state) {
    (void)state;
    struct registration_number number;
    char text[NUMBER_REGISTRATION_SIZE];
    assert_true(grant_electronic("云153000800777", &number));
    number_registration_format(&number, text);
    assert_string_equal(text, "云1532000200800777");
    assert_false(grant_electronic("京1112011201119084", &number));
    assert_false(grant_electronic("京2", &number));
}

static void the_new_number_of_an_initial_registration(void **state) {
    (void)state;
    struct registration_number number;
    GIVEN(g, KIND_INITIAL);
    g.application.specialties[0].certificate_issued = given_day("2025-12-31");
    g.application.specialties[1].certificate_issued = given_day("2024-01-01");
    review_run(&g.review, &verdict);
    assert_true(grant_new_number(&g.application, &verdict, "53", &number));
    assert_string_equal(number.province, "云");
    assert_int_equal(number.form, REGISTRATION_ELECTRONIC);
    assert_int_equal(number.first_province, 53);
    assert_int_equal(number.qualification_year, 2025);
    assert_int_equal(number.first_year, 2026);
    assert_int_equal(number.serial, 0);
    g.application.specialties[0].certificate_no = NULL; /* the second is the first granted */
    review_run(&g.review, &verdict);
    assert_true(grant_new_number(&g.application, &verdict, "53", &number));
    assert_int_equal(number.qualification_year, 2024);
    g.application.specialties[1].certificate_no = NULL;
    review_run(&g.review, &verdict);
    assert_false(grant_new_number(&g.application, &verdict, "53", &number));
}

/* employer.province, else digits 3-4 of the credit code, else the reviewer is asked. */
static void the_province_of_a_new_number(void **state) {
    (void)state;
    static const struct {
        const char *given, *employer, *credit_code, *province;
    } table[] = {
        {NULL, "31", "91110105101163896D", "沪"},
        {NULL, NULL, "91530105101163896D", "云"},
        {"44", "31", "91110105101163896D", "粤"},
        {"440", "31", "91110105101163896D", NULL},
        {"4", "31", "91110105101163896D", NULL},
        {"", "31", "91110105101163896D", NULL},
        {"71", "31", "91110105101163896D", NULL},
        {NULL, NULL, "91710105101163896D", NULL},
        {NULL, NULL, "9", NULL},
        {NULL, NULL, "9153", NULL},
        {NULL, NULL, "91530", "云"},
        {NULL, "99", "91110105101163896D", "军"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct registration_number number;
        GIVEN(g, KIND_INITIAL);
        review_run(&g.review, &verdict);
        g.application.employer.province = table[i].employer;
        g.application.employer.credit_code = table[i].credit_code;
        bool told = grant_new_number(&g.application, &verdict, table[i].given, &number);
        assert_int_equal(told, table[i].province != NULL);
        if (told)
            assert_string_equal(number.province, table[i].province);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(initial_enters_the_person),
        cmocka_unit_test(only_what_is_approvable_is_granted),
        cmocka_unit_test(added_joins_behind_those_held),
        cmocka_unit_test(added_again_is_held_once),
        cmocka_unit_test(re_registration_comes_first_with_its_employer),
        cmocka_unit_test(what_is_registered_again_is_held_once),
        cmocka_unit_test(nothing_is_held_that_nobody_granted),
        cmocka_unit_test(continuation_gives_new_validity),
        cmocka_unit_test(a_paper_number_stays_known),
        cmocka_unit_test(who_needs_an_electronic_number),
        cmocka_unit_test(a_paper_number_in_the_electronic_form),
        cmocka_unit_test(the_new_number_of_an_initial_registration),
        cmocka_unit_test(the_province_of_a_new_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
