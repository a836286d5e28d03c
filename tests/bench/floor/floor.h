/* The least that ncurses, SQLite, cJSON and the disk themselves need for what is measured: yardsticks, not programs. */
#ifndef TESTS_BENCH_FLOOR_H
#define TESTS_BENCH_FLOOR_H

#include <sqlite3.h>

/* Each takes the words behind its name; 0 where it went well. */
int floor_import(char **words); /* DOCUMENTS DATABASE: cJSON and SQLite, one table, three indexes, durable */
int floor_parse(char **words);  /* DOCUMENTS: cJSON alone */
int floor_search(char **words); /* DATABASE: prints median and p99 of a range of 40 rows, in microseconds */
int floor_rows(char **words);   /* DATABASE: reads every column of every row */
int floor_list(char **words);   /* DATABASE: j, PgDn and q in a bare list */
int floor_commits(
    char **words); /* DATABASE PROCESSES SECONDS: prints durable commits a second, one at a time by flock */

sqlite3 *floor_open(const char *path);
sqlite3_stmt *floor_prepare(sqlite3 *db, const char *sql);
void floor_run(sqlite3 *db, const char *sql);
double floor_clock(void); /* seconds */

#endif
