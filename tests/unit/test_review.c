/* What follows from the rules: validity, use window, deadline, outlook (SPEC 6, 7). */
#include "tests/unit/given.h"

#include <string.h>

#include "core/law.h"
#include "core/standing.h"
#include "core/validity.h"
#include "tests/sample/filing.h"

static void validity_ends_the_day_before_the_anniversary(void **state) {
    (void)state;
    static const struct {
        const char *granted, *birthday_65, *last;
    } table[] = {
        {"2021-11-05", NULL, "2024-11-04"},
        {"2024-02-29", NULL, "2027-02-28"}, /* no 29 February in 2027 */
        {"2024-02-28", NULL, "2027-02-27"},
        {"2024-03-01", NULL, "2027-02-28"},
        {"2021-03-01", NULL, "2024-02-29"}, /* the day before 1 March of a leap year */
        {"2021-02-28", NULL, "2024-02-27"},
        {"2021-01-01", NULL, "2023-12-31"},
        {"2021-11-05", "2024-11-04", "2024-11-04"},
        {"2021-11-05", "2024-11-03", "2024-11-03"}, /* the 62nd birthday is a day more than 3 years off */
        {"2021-11-05", "2024-11-05", "2024-11-04"}, /* granted on the 62nd birthday */
        {"2021-11-05", "2021-11-05", "2021-11-05"}, /* granted on the 65th */
        {"2022-03-01", "2025-02-28", "2025-02-28"}, /* born on 29 February 1960 */
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        day cap = table[i].birthday_65 == NULL ? DAY_NONE : given_day(table[i].birthday_65);
        char text[DAY_TEXT_SIZE];
        assert_string_equal(day_format(validity_last(given_day(table[i].granted), cap), text), table[i].last);
    }
    assert_int_equal(validity_birthday_65(DAY_NONE), DAY_NONE);
    assert_int_equal(validity_birthday_65(given_day("1960-02-29")), given_day("2025-02-28"));
    assert_int_equal(validity_birthday_65(given_day("1960-03-01")), given_day("2025-03-01"));
}

static void three_years_are_three_years_on_every_day(void **state) {
    (void)state;
    for (day d = given_day("2000-01-01"); d < given_day("2110-01-01"); d++) {
        day last = validity_last(d, DAY_NONE);
        assert_true(last - d == 1094 || last - d == 1095);
        assert_true(day_add_years(d, 3) - last <= 1);
    }
}

static void the_use_window_is_capped(void **state) {
    (void)state;
    day from = given_day("2026-11-25");
    assert_int_equal(validity_window_last(from, DAY_MAX, DAY_NONE), from + 180);
    assert_int_equal(validity_window_last(from, from + 180, DAY_NONE), from + 180);
    assert_int_equal(validity_window_last(from, from + 179, DAY_NONE), from + 179);
    assert_int_equal(validity_window_last(from, from, DAY_NONE), from);
    assert_int_equal(validity_window_last(from, DAY_MAX, from + 10), from + 10);
    assert_int_equal(validity_window_last(from, from + 5, from + 10), from + 5);
}

static void the_window_of_a_verdict_looks_at_what_is_valid(void **state) {
    (void)state;
    struct given g;
    struct verdict v;
    day today = given_day("2026-11-25");
    given_case(&g, KIND_CONTINUATION, today, today);
    g.entry.specialties[2] = (struct held_specialty){SPECIALTY_WATER, today - 1000, today + 40, HELD_REGISTERED};
    g.entry.specialty_count = 3;
    review_run(&g.review, &v);
    assert_int_equal(v.window_from, today);
    assert_int_equal(v.window_to, today + 40); /* the one that was not applied for */
    g.entry.specialties[2].valid_to = today - 1;
    review_run(&g.review, &v);
    assert_int_equal(v.window_to, today + 180); /* not valid: does not count */
    g.entry.specialties[2] = (struct held_specialty){SPECIALTY_WATER, today - 1000, today + 40, HELD_CANCELLED};
    review_run(&g.review, &v);
    assert_int_equal(v.window_to, today + 180);
    g.application.specialties[1].elective_hours = 0; /* the second keeps its old end, 60 days on */
    review_run(&g.review, &v);
    assert_int_equal(v.outcome, OUTCOME_PARTLY);
    assert_int_equal(v.window_to, today + 60);
    g.application.specialties[0].elective_hours = 0;
    review_run(&g.review, &v);
    assert_int_equal(v.outcome, OUTCOME_BLOCKED);
    assert_int_equal(v.window_from, DAY_NONE);
    assert_int_equal(v.window_to, DAY_NONE);
    assert_int_equal(v.items[0].valid_to, DAY_NONE);
}

/* Held specialties that the application does not name count by their own last day, wherever they stand. */
static void the_window_of_added_specialties(void **state) {
    (void)state;
    struct given g;
    static struct verdict v;
    day today = given_day("2026-11-25");
    given_case(&g, KIND_ADDED_SPECIALTY, today, today);
    review_run(&g.review, &v);
    assert_int_equal(v.window_to, today + 60);
    g.entry.specialties[0].valid_to = today + 30; /* the first held */
    review_run(&g.review, &v);
    assert_int_equal(v.window_to, today + 30);
    g.entry.specialties[1].valid_to = today + 20; /* the last held */
    review_run(&g.review, &v);
    assert_int_equal(v.window_to, today + 20);
    g.entry.specialties[2] = (struct held_specialty){SPECIALTY_WATER, today - 1000, today + 10, HELD_REGISTERED};
    review_run(&g.review, &v); /* behind the last one there is none */
    assert_int_equal(v.window_to, today + 20);
    g.entry.specialty_count = 0;
    g.entry.specialties[0].valid_to = today + 5;
    review_run(&g.review, &v);
    assert_int_equal(v.outcome, OUTCOME_BLOCKED); /* nothing valid is held: REGISTERED */
}

/* A verdict is made anew each time: what an earlier one said of a specialty has no part in it. */
static void a_verdict_forgets_the_one_before(void **state) {
    (void)state;
    struct given g;
    static struct verdict v;
    day today = given_day("2026-11-25");
    given_case(&g, KIND_CONTINUATION, today, today);
    g.entry.specialties[2] = (struct held_specialty){SPECIALTY_WATER, today - 1000, today + 40, HELD_REGISTERED};
    g.entry.specialty_count = 3;
    g.application.specialties[2] = g.application.specialties[1];
    g.application.specialties[2].specialty = SPECIALTY_WATER;
    g.application.specialty_count = 3;
    review_run(&g.review, &v);
    assert_int_equal(v.outcome, OUTCOME_APPROVABLE);
    assert_int_equal(v.window_to, today + 180);
    g.application.specialty_count = 2; /* the third is held only, now */
    review_run(&g.review, &v);
    assert_int_equal(v.item_count, 2);
    assert_int_equal(v.window_to, today + 40);
}

static void the_birthday_caps_validity_and_window(void **state) {
    (void)state;
    struct given g;
    struct verdict v;
    day today = given_day("2026-11-25");
    given_case(&g, KIND_INITIAL, today, today);
    g.application.applicant = (struct person){"陈大文", ID_HK_MACAO_PERMIT, "H10000001", given_day("1961-12-25")};
    review_run(&g.review, &v);
    assert_int_equal(v.items[0].valid_to, given_day("2026-12-25"));
    assert_int_equal(v.window_to, given_day("2026-12-25"));
    assert_true(v.short_validity);
    g.application.applicant.birth_date = given_day("1964-11-25"); /* 62 today */
    review_run(&g.review, &v);
    assert_int_equal(v.items[0].valid_to, given_day("2029-11-24"));
    assert_false(v.short_validity);
    g.application.applicant.birth_date = given_day("1964-11-23");
    review_run(&g.review, &v);
    assert_int_equal(v.items[0].valid_to, given_day("2029-11-23"));
    assert_true(v.short_validity);
}

static void the_deadline_counts_from_acceptance(void **state) {
    (void)state;
    struct given g;
    struct verdict v;
    given_case(&g, KIND_CONTINUATION, given_day("2026-09-21"), given_day("2026-09-22"));
    review_run(&g.review, &v);
    assert_int_equal(v.decide_by, given_day("2026-10-12"));
    assert_false(v.decide_by_provisional);
    g.review.extended = true;
    review_run(&g.review, &v);
    assert_int_equal(v.decide_by, given_day("2026-10-26"));
    g.review.extended = false;
    g.application.accepted_on = given_day("2026-09-22");
    review_run(&g.review, &v);
    assert_int_equal(v.decide_by, given_day("2026-10-13"));
    given_case(&g, KIND_RE_REGISTRATION, given_day("2026-12-15"), given_day("2026-12-16"));
    review_run(&g.review, &v);
    assert_int_equal(v.decide_by, given_day("2027-01-12"));
    assert_true(v.decide_by_provisional);
}

static void standing_turns_with_2022(void **state) {
    (void)state;
    struct held_specialty held = {SPECIALTY_BUILDING, 0, given_day("2021-12-20"), HELD_REGISTERED};
    assert_int_equal(standing_on(&held, given_day("2021-12-20")), STANDING_VALID);
    assert_int_equal(standing_on(&held, given_day("2021-12-21")), STANDING_EXPIRED);
    assert_int_equal(standing_on(&held, given_day("2021-12-31")), STANDING_EXPIRED);
    assert_int_equal(standing_on(&held, given_day("2022-01-01")), STANDING_LAPSED);
    held.status = HELD_CANCELLED;
    assert_int_equal(standing_on(&held, given_day("2021-01-01")), STANDING_CANCELLED);
}

static void some_held_specialty_is_valid(void **state) {
    (void)state;
    day today = given_day("2026-11-25");
    struct constructor entry = {
        .specialty_count = 2,
        .specialties = {{SPECIALTY_BUILDING, today - 100, today, HELD_REGISTERED},
                        {SPECIALTY_HIGHWAY, today - 100, today - 1, HELD_REGISTERED},
                        {SPECIALTY_MINING, today - 100, today + 1, HELD_REGISTERED}},
    };
    assert_true(standing_any_valid(&entry, today)); /* the first */
    entry.specialties[0].status = HELD_CANCELLED;
    assert_false(standing_any_valid(&entry, today)); /* behind the last there is none */
    entry.specialty_count = 3;
    assert_true(standing_any_valid(&entry, today)); /* the last */
    entry.specialty_count = 0;
    assert_false(standing_any_valid(&entry, today));
}

static void failed_names_are_sorted(void **state) {
    (void)state;
    const char *names[RULE_COUNT];
    assert_int_equal(review_failed_names(0, names), 0);
    assert_int_equal(review_failed_names(((rule_set)1 << RULE_COUNT) - 1, names), RULE_COUNT);
    for (size_t i = 1; i < RULE_COUNT; i++)
        assert_true(strcmp(names[i - 1], names[i]) < 0);
}

/* The register entry of a sample's applicant. */
static void entry_of(const struct sample_person *p, struct constructor *entry) {
    *entry = (struct constructor){
        .person = {p->name, p->id_type, p->id_number, p->birth},
        .employer = {p->employer.name, p->employer.code, p->employer.province},
        .number = p->number,
        .specialty_count = p->held_count,
    };
    memcpy(entry->specialties, p->held, sizeof p->held);
}

enum { SAMPLES = 3000 };

struct sampled {
    struct filing filing;
    struct constructor entry;
    struct review_case review;
};

static void take_sample(const struct sample_world *world, const struct workday_calendar *calendar, int index,
                        struct sampled *s) {
    filing_make(world, index, &s->filing);
    entry_of(&s->filing.person, &s->entry);
    bool known = s->filing.who < world->persons;
    const char *number = s->filing.application.registration_number;
    bool found = known && number != NULL && strcmp(number, s->entry.number) == 0;
    s->review = (struct review_case){
        .application = &s->filing.application,
        .entries = {found ? &s->entry : NULL, known ? &s->entry : NULL},
        .calendar = calendar,
        .decided_on = world->today,
    };
}

/* What the queue keeps is the outcome on every day: checked on each day around every edge, and far off. */
static void the_outlook_is_the_review_of_every_day(void **state) {
    (void)state;
    static struct sampled s;
    static struct workday_calendar calendar;
    static const day shifts[] = {-40, -3, -2, -1, 0, 1, 2, 3, 20, 400};
    struct sample_world world = {.seed = 7, .persons = 2000, .today = given_day("2026-11-25")};
    struct verdict v;
    size_t seen[OUTCOME_COUNT] = {0};
    workday_init(&calendar);
    for (int i = 0; i < SAMPLES; i++) {
        take_sample(&world, &calendar, i, &s);
        struct outlook outlook = review_outlook(&s.review);
        const day edges[] = {world.today, outlook.first, outlook.last == DAY_MAX ? world.today : outlook.last};
        for (size_t e = 0; e < 3; e++)
            for (size_t k = 0; k < sizeof shifts / sizeof shifts[0]; k++) {
                s.review.decided_on = edges[e] + shifts[k];
                review_run(&s.review, &v);
                if (review_outcome_on(&outlook, s.review.decided_on) != v.outcome)
                    fail_msg("%s on %d", s.filing.application_no, (int)s.review.decided_on);
                seen[v.outcome]++;
            }
    }
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        assert_true(seen[i] > 0);
}

/* Every check says what was required and found, every failed one why, in both languages; and the sample reaches all. */
static void every_check_says_why(void **state) {
    (void)state;
    static struct sampled s;
    static struct workday_calendar calendar;
    struct sample_world world = {.seed = 3, .persons = 2000, .today = given_day("2026-11-25")};
    struct verdict v;
    char text[PHRASE_SIZE];
    size_t approvable = 0;
    rule_set failed = 0;
    workday_init(&calendar);
    for (int i = 0; i < SAMPLES; i++) {
        take_sample(&world, &calendar, i, &s);
        review_run(&s.review, &v);
        approvable += v.outcome == OUTCOME_APPROVABLE;
        for (size_t k = 0; k < v.check_count; k++)
            for (enum language l = 0; l < LANGUAGE_COUNT; l++) {
                const struct check *check = &v.checks[k];
                assert_true(strlen(phrase_format(&check->found, l, text, sizeof text)) > 0);
                if (check->result != CHECK_NOT_EVALUATED)
                    assert_true(strlen(phrase_format(&check->required, l, text, sizeof text)) > 0);
                if (check->result != CHECK_FAIL)
                    continue;
                failed |= (rule_set)1 << check->rule;
                assert_true(strlen(phrase_format(&check->reason, l, text, sizeof text)) > 0);
            }
    }
    assert_int_equal(failed, ((rule_set)1 << RULE_COUNT) - 1);
    assert_true(approvable > SAMPLES * 7 / 10 && approvable < SAMPLES * 9 / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(validity_ends_the_day_before_the_anniversary),
        cmocka_unit_test(three_years_are_three_years_on_every_day),
        cmocka_unit_test(the_use_window_is_capped),
        cmocka_unit_test(the_window_of_a_verdict_looks_at_what_is_valid),
        cmocka_unit_test(the_window_of_added_specialties),
        cmocka_unit_test(a_verdict_forgets_the_one_before),
        cmocka_unit_test(the_birthday_caps_validity_and_window),
        cmocka_unit_test(the_deadline_counts_from_acceptance),
        cmocka_unit_test(standing_turns_with_2022),
        cmocka_unit_test(some_held_specialty_is_valid),
        cmocka_unit_test(failed_names_are_sorted),
        cmocka_unit_test(the_outlook_is_the_review_of_every_day),
        cmocka_unit_test(every_check_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
