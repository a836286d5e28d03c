/* Working days of the State Council's holiday notices.
 *
 * Outside the covered years only Saturday and Sunday are off, and a count that touches such a year is provisional: the
 * notice that will settle it has not been read yet (SPEC 5). */
#ifndef CORE_WORKDAY_H
#define CORE_WORKDAY_H

#include "core/day.h"

enum { WORKDAY_YEARS = DAY_YEAR_MAX - DAY_YEAR_MIN + 2, WORKDAY_BYTES = WORKDAY_YEARS * 366 / 8 + 1 };

/* One bit a day, from DAY_YEAR_MIN-01-01 on; a value the caller owns, about 14 KB. */
struct workday_calendar {
    day first, last; /* those `off` tells of */
    unsigned char off[WORKDAY_BYTES];
    bool covered[WORKDAY_YEARS]; /* by year - DAY_YEAR_MIN */
};

/* Fills the calendar with plain weekends and the notices built in (2004-2026). */
void workday_init(struct workday_calendar *calendar);

/* Marks one day as off or worked, on top of what was there; false when the day lies outside the calendar. */
bool workday_mark(struct workday_calendar *calendar, day d, bool off);

/* The year whose notice speaks of this day: the last week of December is the next year's, whose New Year may begin in
 * it (2022-12-31 is off by the notice of 2023). */
int workday_notice_of(day d);

/* Back to plain weekends for the days of this year's notice: another one says all there is to say of them. */
void workday_clear(struct workday_calendar *calendar, int year);

/* Says that the notice of this year is in the calendar. */
void workday_cover(struct workday_calendar *calendar, int year);

/* Back to what was known before the notice of this year, and any later one, came. */
void workday_forget(struct workday_calendar *calendar, int year);

bool workday_is_covered(const struct workday_calendar *calendar, int year);
bool workday_is_off(const struct workday_calendar *calendar, day d);

struct workday_count {
    day last;         /* the day the count ends on */
    bool provisional; /* some counted day lies in a year without a notice */
};

/* The n-th working day after `from` (n ≥ 1), the day after `from` being the first that may count. */
struct workday_count workday_add(const struct workday_calendar *calendar, day from, int n);

/* Working days in (from, to]; negative when to < from: how many since `to`. Looks at 2000 days at the most, past that
 * the answer stays at that bound: it is for showing what is left of a deadline. */
int workday_between(const struct workday_calendar *calendar, day from, day to);

#endif
