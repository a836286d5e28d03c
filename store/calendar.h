/* The working-day calendar of this database: the notices built in and those loaded (SPEC 5). */
#ifndef STORE_CALENDAR_H
#define STORE_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

#include "store/err.h"

struct store;

/* Fills the store's calendar from the database. */
enum status calendar_read(struct store *store, struct err *err);

/* Reads it anew where somebody has loaded a notice since: a session that was open before must not count with the old
 * one. */
enum status calendar_refresh(struct store *store, struct err *err);

struct calendar_loaded {
    int first_year, last_year; /* now covered by the file */
    size_t days;               /* that differ from plain weekends */
    int64_t deadlines;         /* of pending applications that changed */
};

/* Loads a file of our own format (`covers`, `days_off`, `make_up_workdays`) or of the holiday-cn year format (`year`,
 * `days` with `date` and `isOffDay`); what the database had of those years is replaced, and the deadlines of pending
 * applications follow, in the same transaction. Supervisors. STATUS_BAD_DATA with what is wrong: nothing is changed. */
enum status calendar_load(struct store *store, const char *path, struct calendar_loaded *loaded, struct err *err);

#endif
