#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/floor/floor.h"

enum { QUERIES = 2000, ROWS = 40, KEY_SIZE = 64 };

/* Reads every column; how many rows there were. */
static int read_all(sqlite3_stmt *statement) {
    int rows = 0;
    for (; sqlite3_step(statement) == SQLITE_ROW; rows++)
        for (int i = 0; i < sqlite3_column_count(statement); i++)
            sqlite3_column_text(statement, i);
    sqlite3_reset(statement);
    return rows;
}

static int by_size(const void *a, const void *b) {
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

int floor_search(char **words) {
    static double took[QUERIES];
    sqlite3 *db = floor_open(words[0]);
    sqlite3_stmt *any = floor_prepare(db, "SELECT substr(number, 1, 1 + ?1 % 12) FROM document WHERE id >= ?1 AND"
                                          " number IS NOT NULL LIMIT 1");
    sqlite3_stmt *last = floor_prepare(db, "SELECT max(id) FROM document");
    sqlite3_stmt *find = floor_prepare(db, "SELECT id, no, number, name FROM document WHERE number >= ?1 AND"
                                           " number < ?1 || char(1114111) ORDER BY number LIMIT ?2");
    sqlite3_int64 most = sqlite3_step(last) == SQLITE_ROW ? sqlite3_column_int64(last, 0) : 1;
    srandom(1);
    for (int i = 0; i < QUERIES; i++) {
        char key[KEY_SIZE] = "";
        sqlite3_bind_int64(any, 1, 1 + random() % most);
        if (sqlite3_step(any) == SQLITE_ROW)
            snprintf(key, sizeof key, "%s", (const char *)sqlite3_column_text(any, 0));
        sqlite3_reset(any);
        double start = floor_clock();
        sqlite3_bind_text(find, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_int(find, 2, ROWS);
        read_all(find);
        took[i] = (floor_clock() - start) * 1e6;
    }
    qsort(took, QUERIES, sizeof took[0], by_size);
    printf("%.1f %.1f\n", took[QUERIES / 2], took[QUERIES * 99 / 100]);
    sqlite3_finalize(any);
    sqlite3_finalize(last);
    sqlite3_finalize(find);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}

int floor_rows(char **words) {
    sqlite3 *db = floor_open(words[0]);
    sqlite3_stmt *statement = floor_prepare(db, "SELECT * FROM document");
    int rows = read_all(statement);
    sqlite3_finalize(statement);
    return sqlite3_close(db) == SQLITE_OK && rows > 0 ? 0 : 1;
}
