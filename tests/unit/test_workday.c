#include "tests/unit/given.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/workday_table.h"

static void counts_of_the_notices(void **state) {
    (void)state;
    static const struct {
        const char *from;
        int n;
        const char *last;
        bool provisional;
    } table[] = {
        {"2025-01-20", 5, "2025-01-26", false},  {"2025-01-20", 10, "2025-02-08", false},
        {"2025-01-20", 20, "2025-02-21", false}, {"2025-09-28", 5, "2025-10-11", false},
        {"2025-09-28", 10, "2025-10-17", false}, {"2025-09-28", 20, "2025-10-31", false},
        {"2026-02-09", 5, "2026-02-14", false},  {"2026-02-09", 10, "2026-02-28", false},
        {"2026-02-09", 20, "2026-03-13", false}, {"2026-09-21", 5, "2026-09-29", false},
        {"2026-09-21", 10, "2026-10-12", false}, {"2026-09-21", 20, "2026-10-26", false},
        {"2026-12-15", 20, "2027-01-12", true},  {"2026-12-30", 1, "2026-12-31", false},
        {"2026-12-31", 1, "2027-01-01", true},   {"2003-12-31", 1, "2004-01-02", false},
        {"2003-12-30", 1, "2003-12-31", true},
    };
    struct workday_calendar calendar;
    workday_init(&calendar);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct workday_count count = workday_add(&calendar, given_day(table[i].from), table[i].n);
        char text[DAY_TEXT_SIZE];
        assert_string_equal(day_format(count.last, text), table[i].last);
        assert_int_equal(count.provisional, table[i].provisional);
    }
}

static cJSON *read_notices(void) {
    const char *root = getenv("YIJIAN_ROOT");
    char path[4096], *text = NULL;
    size_t size = 0;
    snprintf(path, sizeof path, "%s/tests/data/workdays.json", root == NULL ? "." : root);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(getdelim(&text, &size, '\0', file) > 0);
    fclose(file);
    cJSON *tree = cJSON_Parse(text);
    free(text);
    assert_non_null(tree);
    return tree;
}

static void same_days(const cJSON *list, const int *table, size_t count) {
    assert_int_equal(cJSON_GetArraySize(list), (int)count);
    size_t i = 0;
    for (const cJSON *item = list->child; item != NULL; item = item->next, i++) {
        struct ymd date = day_to_ymd(given_day(item->valuestring));
        assert_int_equal(table[i], date.year * 10000 + date.month * 100 + date.day);
    }
}

static void the_table_is_the_notices(void **state) {
    (void)state;
    cJSON *notices = read_notices();
    same_days(cJSON_GetObjectItem(notices, "days_off"), workday_table_off, workday_table_off_count);
    same_days(cJSON_GetObjectItem(notices, "make_up_workdays"), workday_table_worked, workday_table_worked_count);
    const cJSON *covers = cJSON_GetObjectItem(notices, "covers");
    assert_int_equal(day_to_ymd(given_day(covers->child->valuestring)).year, WORKDAY_TABLE_FIRST_YEAR);
    assert_int_equal(day_to_ymd(given_day(covers->child->next->valuestring)).year, WORKDAY_TABLE_LAST_YEAR);
    cJSON_Delete(notices);
}

static void days_off_are_those_of_the_notices_or_weekends(void **state) {
    (void)state;
    struct workday_calendar calendar;
    workday_init(&calendar);
    size_t off = 0, worked = 0;
    for (day d = given_day("2004-01-01"); d <= given_day("2026-12-31"); d++) {
        struct ymd date = day_to_ymd(d);
        int as_int = date.year * 10000 + date.month * 100 + date.day;
        bool is_off = day_weekday(d) == 0 || day_weekday(d) == 6;
        if (off < workday_table_off_count && workday_table_off[off] == as_int) {
            is_off = true;
            off++;
        } else if (worked < workday_table_worked_count && workday_table_worked[worked] == as_int) {
            is_off = false;
            worked++;
        }
        assert_int_equal(workday_is_off(&calendar, d), is_off);
    }
    assert_int_equal(off, workday_table_off_count);
    assert_int_equal(worked, workday_table_worked_count);
    assert_true(workday_is_off(&calendar, given_day("2030-01-05")));
    assert_false(workday_is_off(&calendar, given_day("2030-01-01")));
}

static void between_is_the_inverse_of_add(void **state) {
    (void)state;
    struct workday_calendar calendar;
    workday_init(&calendar);
    for (day from = given_day("2025-09-01"); from < given_day("2026-03-01"); from++)
        for (int n = 1; n <= 20; n++) {
            day last = workday_add(&calendar, from, n).last;
            assert_int_equal(workday_between(&calendar, from, last), n);
            assert_int_equal(workday_between(&calendar, last, from), -n);
        }
    assert_int_equal(workday_between(&calendar, 20000, 20000), 0);
}

static void a_loaded_year_is_covered(void **state) {
    (void)state;
    struct workday_calendar calendar;
    workday_init(&calendar);
    assert_false(workday_is_covered(&calendar, 2027));
    assert_true(workday_mark(&calendar, given_day("2027-01-01"), true));
    assert_true(workday_mark(&calendar, given_day("2027-01-02"), false));
    workday_cover(&calendar, 2027);
    struct workday_count count = workday_add(&calendar, given_day("2026-12-31"), 1);
    assert_int_equal(count.last, given_day("2027-01-02"));
    assert_false(count.provisional);
    assert_false(workday_mark(&calendar, day_from_ymd(1899, 12, 31), true));
    assert_false(workday_is_covered(&calendar, 1700));
}

static void the_calendar_has_two_ends(void **state) {
    (void)state;
    struct workday_calendar calendar;
    workday_init(&calendar);
    day first = day_from_ymd(1900, 1, 1), last = day_from_ymd(2200, 12, 31);
    assert_true(workday_mark(&calendar, first, true) && workday_is_off(&calendar, first)); /* a Monday */
    assert_true(workday_mark(&calendar, last, true) && workday_is_off(&calendar, last));   /* a Wednesday */
    assert_true(workday_mark(&calendar, first, false) && !workday_is_off(&calendar, first));
    assert_true(workday_mark(&calendar, last, false) && !workday_is_off(&calendar, last));
    assert_false(workday_mark(&calendar, first - 1, false));
    assert_false(workday_mark(&calendar, last + 1, true));
    for (day d = first - 14; d < first; d++)
        assert_int_equal(workday_is_off(&calendar, d), day_weekday(d) == 0 || day_weekday(d) == 6);
    for (day d = first + 1; d < last; d += d == first + 30 ? last - first - 60 : 1)
        assert_int_equal(workday_is_off(&calendar, d), day_weekday(d) == 0 || day_weekday(d) == 6);
    for (day d = last + 1; d < last + 15; d++)
        assert_int_equal(workday_is_off(&calendar, d), day_weekday(d) == 0 || day_weekday(d) == 6);
    assert_int_equal(workday_add(&calendar, day_from_ymd(1899, 12, 29), 1).last, first); /* a Friday, then Monday */
    for (int year = 1899; year <= 2201; year += year == 1901 ? 298 : 1) {
        workday_cover(&calendar, year);
        assert_int_equal(workday_is_covered(&calendar, year), year >= 1900 && year <= 2200);
    }
}

static void covering_another_year_touches_nothing(void **state) {
    (void)state;
    static struct {
        struct workday_calendar calendar;
        unsigned char behind[16];
    } here, before;
    workday_init(&here.calendar);
    before = here;
    for (int year = 2201; year < 2205; year++)
        workday_cover(&here.calendar, year);
    for (int year = 1895; year < 1900; year++)
        workday_cover(&here.calendar, year);
    assert_memory_equal(&here, &before, sizeof here);
}

/* Another notice of a year says all there is to say of it, its New Year in December before it included, and nothing of
 * the years beside it. */
static void a_cleared_year_has_plain_weekends(void **state) {
    (void)state;
    struct workday_calendar calendar;
    workday_init(&calendar);
    day first = given_day("2026-12-25"), last = given_day("2027-12-24");
    for (day d = first - 1; d <= last + 1; d++)
        assert_true(
            workday_mark(&calendar, d, day_weekday(d) != 0 && day_weekday(d) != 6)); /* all the other way round */
    workday_clear(&calendar, 2027);
    for (day d = first; d <= last; d++)
        assert_int_equal(workday_is_off(&calendar, d), day_weekday(d) == 0 || day_weekday(d) == 6);
    assert_true(workday_is_off(&calendar, first - 1)); /* Thursday 2026-12-24 stays off */
    assert_false(workday_is_off(&calendar, last + 1)); /* Saturday 2027-12-25 stays worked */
}

/* The notice of a year gives the New Year's holiday that begins in December before it. */
static void the_last_week_of_december_is_of_the_next_notice(void **state) {
    (void)state;
    assert_int_equal(workday_notice_of(given_day("2022-12-24")), 2022);
    assert_int_equal(workday_notice_of(given_day("2022-12-25")), 2023);
    assert_int_equal(workday_notice_of(given_day("2022-12-31")), 2023);
    assert_int_equal(workday_notice_of(given_day("2023-01-01")), 2023);
    assert_int_equal(workday_notice_of(given_day("2023-11-30")), 2023);
}

/* What a notice that came later says is as if it had never been read; what came before stays. */
static void a_forgotten_year_has_no_notice(void **state) {
    (void)state;
    struct workday_calendar calendar, plain;
    workday_init(&calendar);
    workday_init(&plain);
    workday_mark(&calendar, given_day("2027-01-01"), true);
    workday_mark(&calendar, given_day("2027-12-31"), true); /* by the notice of 2028 */
    workday_mark(&calendar, given_day("2026-12-28"), true); /* by that of 2027 */
    workday_cover(&calendar, 2027);
    workday_cover(&calendar, 2028);
    workday_forget(&calendar, 2027);
    assert_memory_equal(calendar.off, plain.off, sizeof calendar.off);
    assert_memory_equal(calendar.covered, plain.covered, sizeof calendar.covered);
    workday_forget(&calendar, 2026);
    assert_false(workday_is_covered(&calendar, 2026));
    assert_true(workday_is_covered(&calendar, 2025));
    assert_false(workday_is_off(&calendar, given_day("2026-10-01"))); /* a Thursday */
    assert_true(workday_is_off(&calendar, given_day("2025-10-01")));
    workday_forget(&calendar, 0);
    assert_false(workday_is_covered(&calendar, 2004));
    workday_forget(&calendar, 9999);
}

/* At most 2000 days are looked at: it is for showing what is left. */
static void between_looks_at_2000_days(void **state) {
    (void)state;
    static struct workday_calendar calendar;
    workday_init(&calendar);
    day from = given_day("2040-01-05"); /* a Thursday; no notice there: five days a week */
    int seen[3];
    for (int extra = -1; extra <= 1; extra++) {
        seen[extra + 1] = 0;
        for (day d = from + 1; d <= from + 2000 + extra; d++)
            seen[extra + 1] += !workday_is_off(&calendar, d);
    }
    assert_true(seen[0] < seen[1] && seen[1] < seen[2]); /* the days about the bound are worked */
    assert_int_equal(workday_between(&calendar, from, from + 1999), seen[0]);
    assert_int_equal(workday_between(&calendar, from, from + 2000), seen[1]);
    assert_int_equal(workday_between(&calendar, from, from + 2001), seen[1]);
    assert_int_equal(workday_between(&calendar, from, from + 9000), seen[1]);
    assert_int_equal(workday_between(&calendar, from + 2000, from), -seen[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_of_the_notices),
        cmocka_unit_test(the_table_is_the_notices),
        cmocka_unit_test(days_off_are_those_of_the_notices_or_weekends),
        cmocka_unit_test(between_is_the_inverse_of_add),
        cmocka_unit_test(a_loaded_year_is_covered),
        cmocka_unit_test(the_calendar_has_two_ends),
        cmocka_unit_test(covering_another_year_touches_nothing),
        cmocka_unit_test(a_cleared_year_has_plain_weekends),
        cmocka_unit_test(the_last_week_of_december_is_of_the_next_notice),
        cmocka_unit_test(a_forgotten_year_has_no_notice),
        cmocka_unit_test(between_looks_at_2000_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
