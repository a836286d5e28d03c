/* The notices of 2004-2026 as data: what differs from plain weekends, as YYYYMMDD, ascending.
 * Checked against tests/data/workdays.json by tests/unit/test_workday.c. */
#ifndef CORE_WORKDAY_TABLE_H
#define CORE_WORKDAY_TABLE_H

#include <stddef.h>

enum { WORKDAY_TABLE_FIRST_YEAR = 2004, WORKDAY_TABLE_LAST_YEAR = 2026 };

extern const int workday_table_off[];
extern const size_t workday_table_off_count;
extern const int workday_table_worked[];
extern const size_t workday_table_worked_count;

#endif
