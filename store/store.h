/* The database: making, opening, who acts, which day it is (SPEC 5, 14).
 *
 * One struct store a process. It is not shared between threads. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/workday.h"
#include "store/err.h"
#include "store/people.h"

struct store;

struct store_init_options {
    const char *path;
    bool training;
    const char *supervisor_login; /* the first supervisor */
    const char *supervisor_name;
    day today; /* training: the day of the first event; DAY_NONE: the clock */
};

/* Makes a new database; refuses to touch anything that is already there (STATUS_CANNOT_CREATE). */
enum status store_init(const struct store_init_options *options, struct err *err);

struct store_options {
    const char *path;
    const char *login;       /* who acts; must be an active reviewer, or nothing can be written */
    const char *fingerprint; /* of the SSH key, or NULL; goes into every event */
    day today;               /* training only; DAY_NONE: the clock */
    /* Asked while waiting for the gate and during what takes long; true ends it with STATUS_BUSY. NULL: never. */
    bool (*quit)(void *data);
    void *quit_data;
};

/* Opens an existing database. `today` given for an official one makes the store refuse every write. */
enum status store_open(const struct store_options *options, struct store **out, struct err *err);
/* Asked from now on instead of store_options.quit, while others are waited for; a statement that runs is ended by that
 * one alone. */
void store_wait_with(struct store *store, bool (*quit)(void *data), void *data);

void store_close(struct store *store);

/* Looks whether the database that was opened still stands where it stood: STATUS_NO_DATABASE where it was moved away or
 * replaced, or where its ledger lacks what this session knows of. Nothing can be written then, and what is read is of
 * the past. */
enum status store_check_place(struct store *store, struct err *err);

/* Today in Asia/Shanghai, or the training day; asks the clock at each call. */
day store_today(const struct store *store);
bool store_is_training(const struct store *store);
/* Whether the day was set with --today. */
bool store_day_is_set(const struct store *store);
/* Who acts; role REVIEWER_NONE where the login is not an active reviewer. */
const struct reviewer *store_reviewer(const struct store *store);
/* Built-in notices and what `calendar load` added. */
const struct workday_calendar *store_calendar(const struct store *store);
/* A number that changes whenever another connection has written: the screen looks at it every second. */
int64_t store_data_version(struct store *store);

#endif
