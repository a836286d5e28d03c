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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_of_the_notices),
        cmocka_unit_test(the_table_is_the_notices),
        cmocka_unit_test(days_off_are_those_of_the_notices_or_weekends),
        cmocka_unit_test(between_is_the_inverse_of_add),
        cmocka_unit_test(a_loaded_year_is_covered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
