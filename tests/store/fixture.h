/* A training database in the folder of the test, and documents made by hand. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "store/store.h"

#define FIXTURE_DAY "2021-11-05"
#define FIXTURE_PATH "fixture.db"

/* Makes (anew) and opens the database on FIXTURE_DAY as `root`, a supervisor; `li.hua` and `zhang.wei` are reviewers,
 * `wu.min` is an auditor. */
struct store *fixture_open(void);

/* Opens the same database once more, as another person, on another day. */
struct store *fixture_open_as(const char *login, const char *today);

/* Imports NDJSON text; fails the test where it is not taken whole. */
void fixture_import(struct store *store, const char *ndjson);

/* The documents of one person: `number` picks the person (0-9999). */
char *fixture_constructor(char *out, size_t size, int number, const char *valid_to);
/* kind "initial" states no registration number. `hours` are the elective ones. */
char *fixture_application(char *out, size_t size, int number, const char *kind, const char *submitted_on, int hours);
/* The same as fixture_open(), with decisions 1 to `count` on as many persons: approvals, but for the second, a refusal;
 * then decision `revoked` is revoked by one more. */
struct store *fixture_decided(int count, int revoked);
/* "A000123" of person 123. */
char *fixture_application_no(char *out, size_t size, int number);
/* The registration number of a person, and the id number. */
char *fixture_number(char *out, size_t size, int number);
char *fixture_id(char *out, size_t size, int number);

#endif
