/* A thin layer over SQLite: statements prepared once, bound by name; every error with its reason (SPEC 14).
 *
 * For the store's own files only: the front end never sees it. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/day.h"
#include "store/err.h"

struct db;

/* Opens the file, which the caller has looked at (store/path.h). */
enum status db_open(const char *path, struct db **out, struct err *err);

/* Opens it for reading only and makes no file. `at_rest`: nothing waits in a WAL; the file is read as it is and
 * nobody's locks are taken, so it must be short work. */
enum status db_open_to_read(const char *path, bool at_rest, struct db **out, struct err *err);

void db_close(struct db *db);
sqlite3 *db_handle(struct db *db);

/* Asked while another program holds the database; true ends the wait, which ends by itself after 5 seconds. `quit` may
 * be NULL. */
void db_wait_with(struct db *db, bool (*quit)(void *data), void *data);
/* Asked now and then while a statement runs; true ends it with an error and undoes what it did. It must do nothing but
 * look. `end` may be NULL. */
void db_end_with(struct db *db, bool (*end)(void *data), void *data);

/* How many pages the WAL held after this connection's last commit or checkpoint. */
int db_wal_pages(const struct db *db);

/* Folds the WAL back into the database, as far as nobody reads from it: SQLITE_CHECKPOINT_PASSIVE waits for nobody,
 * SQLITE_CHECKPOINT_TRUNCATE waits for those who read, and empties it. */
void db_checkpoint(struct db *db, int how);

/* Runs statements that give no rows. */
enum status db_exec(struct db *db, const char *sql, struct err *err);

/* Nothing but what the program does may be done from here on: no ATTACH, PRAGMA, DDL, no DELETE or UPDATE of what must
 * stay. */
void db_lock_down(struct db *db);

/* A statement, ready to bind: prepared at the first use and kept. `sql` must be a static string; its address is the
 * key. NULL with *err filled where it cannot be prepared. */
sqlite3_stmt *db_statement(struct db *db, const char *sql, struct err *err);

/* A name that the statement does not have is passed over: a filter is bound alike to all it is asked with. A statement
 * whose value could not be bound fails when it is stepped. */
void db_bind_integer(sqlite3_stmt *statement, const char *name, int64_t value);
/* NULL binds NULL. The text must live until the statement is reset. */
void db_bind_text(sqlite3_stmt *statement, const char *name, const char *text);
/* DAY_NONE binds NULL. */
void db_bind_day(sqlite3_stmt *statement, const char *name, day d);

/* STATUS_OK with *row telling whether there is one. On an error, and where there is no row, the statement is reset. */
enum status db_step(struct db *db, sqlite3_stmt *statement, bool *row, struct err *err);

/* Runs to the end, expecting no rows; resets. */
enum status db_run(struct db *db, sqlite3_stmt *statement, struct err *err);

/* Runs for one integer in one row; `otherwise` where there is none. Resets. */
enum status db_integer(struct db *db, sqlite3_stmt *statement, int64_t otherwise, int64_t *out, struct err *err);

/* Ends the use of a statement: no statement may stay open while anything is written to a terminal. NULL is fine. */
void db_done(sqlite3_stmt *statement);

/* "" for NULL. Where memory runs out, too, and the next statement that is stepped fails for it. */
const char *db_column_text(sqlite3_stmt *statement, int column);
day db_column_day(sqlite3_stmt *statement, int column);
/* Cut at a character where `size` is too small. */
void db_column_copy(sqlite3_stmt *statement, int column, char *out, size_t size);

/* A read transaction: everything read inside sees one state. */
enum status db_begin_read(struct db *db, struct err *err);
/* A transaction that writes. Where SQLite gives it up by itself (no memory, no disk), no statement runs any more until
 * it is rolled back: nothing of it is half done. */
enum status db_begin(struct db *db, struct err *err);
enum status db_commit(struct db *db, struct err *err);
bool db_given_up(const struct db *db);
/* Ends any transaction that is open, undoing it. */
void db_rollback(struct db *db);

/* Turns SQLite's last error into a status and a message. */
enum status db_error(struct db *db, struct err *err);

#endif
