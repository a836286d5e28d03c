/* Days of the civil calendar.
 *
 * A day is the number of days since 1970-01-01 in the proleptic Gregorian calendar. Every legal day of this program is
 * a day in Asia/Shanghai (SPEC 5); core never asks what day it is, it is told. Texts are always `YYYY-MM-DD`. */
#ifndef CORE_DAY_H
#define CORE_DAY_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day;

#define DAY_NONE ((day)INT32_MIN) /* "no such day": an absent member */
#define DAY_MAX ((day)INT32_MAX)  /* later than every day that can be written */
#define DAY_YEAR_MIN 1900         /* SPEC 3: the years a document may name */
#define DAY_YEAR_MAX 2199
#define DAY_TEXT_SIZE 11 /* "YYYY-MM-DD" and its NUL */

struct ymd {
    int year;
    int month; /* 1-12 */
    int day;   /* 1-31 */
};

/* The day of a date that exists; the caller has checked it with day_exists(). */
day day_from_ymd(int year, int month, int mday);
struct ymd day_to_ymd(day d);

/* Whether the date exists, its year within DAY_YEAR_MIN..DAY_YEAR_MAX. */
bool day_exists(int year, int month, int mday);

/* Reads exactly `YYYY-MM-DD`. False, and *out untouched, for any other text or a date that does not exist. */
bool day_parse(const char *text, day *out);

/* Writes `YYYY-MM-DD`; an empty text for DAY_NONE and DAY_MAX. Returns `text`. */
char *day_format(day d, char text[DAY_TEXT_SIZE]);

/* The same date `years` years on (or back). Where it does not exist, the last day of that month: 2024-02-29 + 1 year =
 * 2025-02-28 (SPEC 5). */
day day_add_years(day d, int years);

/* 0 Sunday … 6 Saturday. */
int day_weekday(day d);

#endif
