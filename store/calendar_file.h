/* A notice of working days as a file has it: our own format, or a year of holiday-cn (store/calendar.h). */
#ifndef STORE_CALENDAR_FILE_H
#define STORE_CALENDAR_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/day.h"
#include "store/err.h"

enum { CALENDAR_FILE_DAYS_MAX = 366 * 50 };

/* Large: not for the stack. */
struct calendar_file {
    int first_year, last_year; /* which it covers, whole */
    size_t count;
    struct {
        day day;
        bool off;
    } days[CALENDAR_FILE_DAYS_MAX]; /* in any order; never one both off and worked */
};

/* Reads the file into *notice, which the caller has zeroed. STATUS_BAD_DATA with what is wrong. */
enum status calendar_file_read(struct calendar_file *notice, const char *path, struct err *err);

#endif
