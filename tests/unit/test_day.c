#include "tests/unit/given.h"

static void every_day_goes_there_and_back(void **state) {
    (void)state;
    day expected = day_from_ymd(DAY_YEAR_MIN, 1, 1);
    assert_int_equal(day_from_ymd(1970, 1, 1), 0);
    for (int year = DAY_YEAR_MIN; year <= DAY_YEAR_MAX; year++)
        for (int month = 1; month <= 12; month++)
            for (int mday = 1; mday <= 31; mday++) {
                if (!day_exists(year, month, mday))
                    continue;
                assert_int_equal(day_from_ymd(year, month, mday), expected);
                struct ymd back = day_to_ymd(expected++);
                assert_true(back.year == year && back.month == month && back.day == mday);
            }
    assert_int_equal(expected, day_from_ymd(2200, 1, 1));
}

/* The proleptic Gregorian calendar, counted day by day through fourteen cycles of 400 years, three of them before the
 * year 0. */
static void the_calendar_goes_on_for_ever(void **state) {
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int weekday = 6; /* 1 January −1200 is a Saturday, as that of 2000 is: 400 years are 20,871 weeks */
    day expected = day_from_ymd(-1200, 1, 1);
    for (int year = -1200; year < 4400; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (int month = 1; month <= 12; month++)
            for (int mday = 1; mday <= lengths[month - 1] + (month == 2 && leap); mday++) {
                struct ymd back = day_to_ymd(expected);
                if (day_from_ymd(year, month, mday) != expected || back.year != year || back.month != month ||
                    back.day != mday || day_weekday(expected) != weekday)
                    fail_msg("%d-%d-%d", year, month, mday);
                weekday = (weekday + 1) % 7;
                expected++;
            }
    }
    assert_int_equal(day_from_ymd(2000, 1, 1), 10957);
}

static void months_have_their_days(void **state) {
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = -1; month <= 14; month++)
        for (int mday = -1; mday <= 33; mday++) {
            bool known = month >= 1 && month <= 12;
            assert_int_equal(day_exists(2023, month, mday), known && mday >= 1 && mday <= lengths[month - 1]);
        }
    for (int year = DAY_YEAR_MIN - 2; year <= DAY_YEAR_MAX + 2; year++) {
        assert_int_equal(day_exists(year, 6, 15), year >= 1900 && year <= 2199);
        assert_int_equal(day_exists(year, 2, 29),
                         year >= 1900 && year <= 2199 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    }
}

static void only_days_that_exist_are_read(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "2021-02-29",
                                      "2100-02-29",
                                      "1899-12-31",
                                      "2200-01-01",
                                      "2021-13-01",
                                      "2021-00-10",
                                      "2021-04-31",
                                      "2021-01-00",
                                      "2021-1-1",
                                      "2021/01/01",
                                      "20210101",
                                      "2021-01-01 ",
                                      "2021-01-0１",
                                      " 2021-01-01",
                                      "+021-01-01",
                                      "2021-01-0:",
                                      "2021-1/-01",
                                      "202:-01-01",
                                      "2021/01-01",
                                      "2021-01/01",
                                      "2021+01-01",
                                      "2021-01+01",
                                      "2021-01-01日",
                                      "2021-01-1",
                                      "2021-01-01T00:00:00Z"};
    static const char *const good[] = {"1900-01-01", "2000-02-29", "2024-02-29", "2199-12-31"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        day d = 42;
        assert_false(day_parse(bad[i], &d));
        assert_int_equal(d, 42);
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        day d;
        char text[DAY_TEXT_SIZE];
        assert_true(day_parse(good[i], &d));
        assert_string_equal(day_format(d, text), good[i]);
    }
}

static void no_day_is_written_as_nothing(void **state) {
    (void)state;
    char text[DAY_TEXT_SIZE];
    assert_string_equal(day_format(DAY_NONE, text), "");
    assert_string_equal(day_format(DAY_MAX, text), "");
}

static void years_end_in_the_same_month(void **state) {
    (void)state;
    static const struct {
        const char *from;
        int years;
        const char *to;
    } table[] = {
        {"2024-02-29", 1, "2025-02-28"},  {"2024-02-29", 3, "2027-02-28"}, {"2024-02-29", 4, "2028-02-29"},
        {"2024-02-28", 1, "2025-02-28"},  {"2023-03-01", 1, "2024-03-01"}, {"1960-02-29", 65, "2025-02-28"},
        {"2024-02-29", -1, "2023-02-28"}, {"2096-02-29", 4, "2100-02-28"}, {"2021-12-31", 3, "2024-12-31"},
    };
    /* before the year 0 as after it: −1 is no leap year, −4 is one, −100 is none, −400 is one */
    day leap = day_from_ymd(0, 2, 29);
    assert_int_equal(day_add_years(leap, -1), day_from_ymd(-1, 2, 28));
    assert_int_equal(day_add_years(leap, -4), day_from_ymd(-4, 2, 29));
    assert_int_equal(day_add_years(leap, -100), day_from_ymd(-100, 2, 28));
    assert_int_equal(day_add_years(leap, -400), day_from_ymd(-400, 2, 29));
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(day_add_years(given_day(table[i].from), table[i].years), given_day(table[i].to));
}

static void weekdays_are_known(void **state) {
    (void)state;
    assert_int_equal(day_weekday(given_day("1970-01-01")), 4);
    assert_int_equal(day_weekday(given_day("2026-11-25")), 3);
    assert_int_equal(day_weekday(given_day("1900-01-01")), 1);
    for (day d = given_day("1960-01-01"); d < given_day("1980-01-01"); d++)
        assert_int_equal(day_weekday(d + 1), (day_weekday(d) + 1) % 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_goes_there_and_back),
        cmocka_unit_test(the_calendar_goes_on_for_ever),
        cmocka_unit_test(months_have_their_days),
        cmocka_unit_test(only_days_that_exist_are_read),
        cmocka_unit_test(no_day_is_written_as_nothing),
        cmocka_unit_test(years_end_in_the_same_month),
        cmocka_unit_test(weekdays_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
