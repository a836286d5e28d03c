/* Lets a chosen statement of SQLite fail under a test (LD_PRELOAD), as one does that finds a damaged page or a disk
 * gone.
 *
 * STATEMENT_COUNT names a file of eight-byte numbers: the first counts what is prepared, stepped and executed as it
 * goes; into those behind it goes what each was, as a digest of its text and of which of the three. STATEMENT_FAIL=K:
 * the K-th fails, from 1. One that is stepped or executed is interrupted by SQLite itself, so that its code, its words
 * and what becomes of the transaction are real; one that is prepared is prepared from no SQL at all. */
#include <sqlite3.h>

#include "tests/guard/preload.h"

enum what { PREPARED = 1, STEPPED, EXECUTED };

static struct preload_count count;
static int depth; /* what SQLite asks of itself is not counted */

__attribute__((constructor)) static void start(void) {
    count = preload_count("STATEMENT_COUNT", "STATEMENT_FAIL");
}

static bool fails(const char *sql, enum what what) {
    if (count.numbers == NULL || depth > 0 || sql == NULL)
        return false;
    uint64_t digest = 0xCBF29CE484222325 + (uint64_t)what;
    for (const char *c = sql; *c != '\0'; c++)
        digest = (digest ^ (unsigned char)*c) * 0x100000001B3;
    int64_t number = ++*count.numbers;
    if (number <= count.room)
        count.numbers[number] = (int64_t)(digest >> 1);
    return number == count.failing;
}

static int stop(void *unused) {
    (void)unused;
    return 1;
}

static void interrupt(sqlite3 *db, bool now) {
    if (now)
        sqlite3_progress_handler(db, 1, stop, NULL);
}

static void let_go(sqlite3 *db, bool now) {
    if (now)
        sqlite3_progress_handler(db, 0, NULL, NULL);
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int bytes, unsigned flags, sqlite3_stmt **statement,
                       const char **tail) {
    static int (*below)(sqlite3 *, const char *, int, unsigned, sqlite3_stmt **, const char **);
    preload_find(&below, "sqlite3_prepare_v3");
    const char *given = fails(sql, PREPARED) ? "it cannot be prepared" : sql;
    depth++;
    int code = below(db, given, bytes, flags, statement, tail);
    depth--;
    return code;
}

int sqlite3_step(sqlite3_stmt *statement) {
    static int (*below)(sqlite3_stmt *);
    preload_find(&below, "sqlite3_step");
    sqlite3 *db = sqlite3_db_handle(statement);
    bool now = fails(sqlite3_sql(statement), STEPPED);
    interrupt(db, now);
    depth++;
    int code = below(statement);
    depth--;
    let_go(db, now);
    return code;
}

int sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *data, char **message) {
    static int (*below)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **);
    preload_find(&below, "sqlite3_exec");
    bool now = fails(sql, EXECUTED);
    interrupt(db, now);
    depth++;
    int code = below(db, sql, row, data, message);
    depth--;
    let_go(db, now);
    return code;
}
