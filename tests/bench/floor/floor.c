#include "tests/bench/floor/floor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double floor_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

sqlite3 *floor_open(const char *path) {
    sqlite3 *db = NULL;
    if (sqlite3_open(path, &db) != SQLITE_OK) {
        fprintf(stderr, "floor: cannot open %s\n", path);
        exit(1);
    }
    floor_run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144");
    return db;
}

void floor_run(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "floor: %s: %s\n", sql, sqlite3_errmsg(db));
        exit(1);
    }
}

sqlite3_stmt *floor_prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "floor: %s: %s\n", sql, sqlite3_errmsg(db));
        exit(1);
    }
    return statement;
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        int words;
        int (*run)(char **words);
    } floors[] = {
        {"import", 2, floor_import}, {"parse", 1, floor_parse}, {"search", 1, floor_search},
        {"rows", 1, floor_rows},     {"list", 1, floor_list},   {"commits", 3, floor_commits},
    };
    for (size_t i = 0; argc > 1 && i < sizeof floors / sizeof floors[0]; i++)
        if (strcmp(argv[1], floors[i].name) == 0 && argc - 2 == floors[i].words)
            return floors[i].run(argv + 2);
    fputs("usage: floor import DOCUMENTS DB | parse DOCUMENTS | search DB | rows DB | list DB | commits DB N SECONDS\n",
          stderr);
    return 64;
}
