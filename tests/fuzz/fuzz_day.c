/* Dates: core/day.h. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/day.h"
#include "tests/fuzz/fuzz.h"

/* The C library counts the same days. */
static void check_count(day d) {
    struct ymd date = day_to_ymd(d);
    struct tm tm = {.tm_year = date.year - 1900, .tm_mon = date.month - 1, .tm_mday = date.day};
    FUZZ_MUST(timegm(&tm) == (time_t)d * 86400);
    FUZZ_MUST(tm.tm_wday == day_weekday(d));
    FUZZ_MUST(day_exists(date.year, date.month, date.day));
    FUZZ_MUST(day_from_ymd(date.year, date.month, date.day) == d);
}

/* The same date, but for 29 February. */
static void check_years(day d, int years) {
    struct ymd from = day_to_ymd(d);
    if (from.year + years < DAY_YEAR_MIN || from.year + years > DAY_YEAR_MAX)
        return;
    day on = day_add_years(d, years);
    struct ymd to = day_to_ymd(on);
    bool moved = from.month == 2 && from.day == 29 && to.day == 28;
    check_count(on);
    FUZZ_MUST(to.year == from.year + years && to.month == from.month && (to.day == from.day || moved));
    FUZZ_MUST(moved ? !day_exists(to.year, 2, 29) : day_add_years(on, -years) == d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int years = (int)fuzz_take(&data, &size, 1) - 128;
    char *text = fuzz_text(data, size), again[DAY_TEXT_SIZE];
    const day untouched = 4711;
    day d = untouched;
    if (day_parse(text, &d)) {
        FUZZ_MUST(strcmp(day_format(d, again), text) == 0);
        check_count(d);
        check_years(d, years);
    } else {
        FUZZ_MUST(d == untouched);
    }
    free(text);
    return 0;
}
