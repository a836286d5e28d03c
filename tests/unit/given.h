/* A case that every rule lets pass, one of each kind, for a test to spoil. */
#ifndef TESTS_UNIT_GIVEN_H
#define TESTS_UNIT_GIVEN_H

/* cmocka wants these first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka */
#include <cmocka.h>

#include "core/review.h"

struct given {
    struct application application; /* two specialties; the first is the main one of the entry where that is held */
    struct constructor entry;
    struct other_registration others[2];
    const char *disqualifications[1];
    struct workday_calendar calendar;
    struct review_case review;
};

/* Submitted and decided on these days; the entry is in the register but for initial. */
void given_case(struct given *given, enum kind kind, day submitted_on, day decided_on);

/* The day of a text, which must be one. */
day given_day(const char *text);

#endif
