#include "core/workday.h"

#include <string.h>

#include "core/workday_table.h"

enum { BETWEEN_BOUND = 2000, NEW_YEAR_FROM = 25 /* December */ };

bool workday_mark(struct workday_calendar *calendar, day d, bool off) {
    if (d < calendar->first || d > calendar->last)
        return false;
    size_t bit = (size_t)(d - calendar->first);
    unsigned char mask = (unsigned char)(1U << (bit % 8));
    if (off)
        calendar->off[bit / 8] |= mask;
    else
        calendar->off[bit / 8] &= (unsigned char)~mask;
    return true;
}

int workday_notice_of(day d) {
    struct ymd date = day_to_ymd(d);
    return date.month == 12 && date.day >= NEW_YEAR_FROM ? date.year + 1 : date.year;
}

void workday_clear(struct workday_calendar *calendar, int year) {
    for (day d = day_from_ymd(year - 1, 12, NEW_YEAR_FROM); d < day_from_ymd(year, 12, NEW_YEAR_FROM); d++)
        workday_mark(calendar, d, day_weekday(d) == 0 || day_weekday(d) == 6);
}

void workday_cover(struct workday_calendar *calendar, int year) {
    if (year >= DAY_YEAR_MIN && year < DAY_YEAR_MIN + WORKDAY_YEARS)
        calendar->covered[year - DAY_YEAR_MIN] = true;
}

void workday_forget(struct workday_calendar *calendar, int year) {
    for (int i = 0; i < WORKDAY_YEARS; i++) {
        if (DAY_YEAR_MIN + i < year)
            continue;
        workday_clear(calendar, DAY_YEAR_MIN + i);
        calendar->covered[i] = false;
    }
}

bool workday_is_covered(const struct workday_calendar *calendar, int year) {
    return year >= DAY_YEAR_MIN && year < DAY_YEAR_MIN + WORKDAY_YEARS && calendar->covered[year - DAY_YEAR_MIN];
}

static void mark_table(struct workday_calendar *calendar, const int *table, size_t count, bool off) {
    for (size_t i = 0; i < count; i++)
        workday_mark(calendar, day_from_ymd(table[i] / 10000, table[i] / 100 % 100, table[i] % 100), off);
}

void workday_init(struct workday_calendar *calendar) {
    memset(calendar, 0, sizeof *calendar);
    calendar->first = day_from_ymd(DAY_YEAR_MIN, 1, 1);
    calendar->last = day_from_ymd(DAY_YEAR_MAX + 1, 12, 31);
    for (day d = calendar->first; d <= calendar->last; d++)
        if (day_weekday(d) == 0 || day_weekday(d) == 6)
            workday_mark(calendar, d, true);
    mark_table(calendar, workday_table_off, workday_table_off_count, true);
    mark_table(calendar, workday_table_worked, workday_table_worked_count, false);
    for (int year = WORKDAY_TABLE_FIRST_YEAR; year <= WORKDAY_TABLE_LAST_YEAR; year++)
        workday_cover(calendar, year);
}

bool workday_is_off(const struct workday_calendar *calendar, day d) {
    if (d < calendar->first || d > calendar->last)
        return day_weekday(d) == 0 || day_weekday(d) == 6;
    size_t bit = (size_t)(d - calendar->first);
    return ((unsigned)calendar->off[bit / 8] >> (bit % 8) & 1U) != 0;
}

struct workday_count workday_add(const struct workday_calendar *calendar, day from, int n) {
    day d = from;
    while (n > 0)
        if (!workday_is_off(calendar, ++d))
            n--;
    /* A count reaches over one year's end at the most, so its two ends tell whether every counted day is covered. */
    bool provisional =
        !workday_is_covered(calendar, day_to_ymd(from + 1).year) || !workday_is_covered(calendar, day_to_ymd(d).year);
    return (struct workday_count){.last = d, .provisional = provisional};
}

int workday_between(const struct workday_calendar *calendar, day from, day to) {
    int sign = to < from ? -1 : 1;
    day low = to < from ? to : from;
    day high = to < from ? from : to;
    if (high - low > BETWEEN_BOUND)
        high = low + BETWEEN_BOUND;
    int n = 0;
    for (day d = low + 1; d <= high; d++)
        if (!workday_is_off(calendar, d))
            n++;
    return sign * n;
}
