#include "store/db.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/text.h"

enum { STATEMENTS = 128, WAIT_MS = 5000, WAIT_STEP_MS = 5, ASK_EVERY = 20000 /* steps of SQLite's machine */ };

struct db {
    sqlite3 *handle;
    bool (*quit)(void *data); /* while another program is waited for */
    void *quit_data;
    bool (*end)(void *data); /* while a statement runs */
    void *end_data;
    int wal_pages; /* after the last commit */
    bool inside;   /* a transaction that writes was begun, and neither committed nor given up by us */
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } cache[STATEMENTS];
};

/* A text that is there could not be given for want of memory: whatever goes on from it is wrong. */
static bool text_lost;

/* A statement with a value that could not be bound: it must not run, for it would mean something else. */
static const sqlite3_stmt *unbound;

static const struct {
    int code; /* primary */
    enum status status;
    const char *message;
} causes[] = {
    {SQLITE_BUSY, STATUS_BUSY, N_("another program holds the database; nothing was changed, try again")},
    {SQLITE_PROTOCOL, STATUS_BUSY, N_("another program holds the database; nothing was changed, try again")},
    {SQLITE_LOCKED, STATUS_BUSY, N_("another program holds the database; nothing was changed, try again")},
    {SQLITE_FULL, STATUS_IO, N_("the disk is full; nothing was changed, free some space and try again")},
    {SQLITE_IOERR, STATUS_IO, N_("the disk reported an error (%1); nothing is assumed done, check the disk")},
    /* also where the disk could not read a page of it, which may pass */
    {SQLITE_CORRUPT, STATUS_IO,
     N_("the database is damaged or cannot be read (%1); stop work and run `yijian verify`; if that fails too, restore "
        "a backup")},
    {SQLITE_NOTADB, STATUS_NO_DATABASE, N_("this file is not a database of yijian")},
    {SQLITE_READONLY, STATUS_NOT_ALLOWED, N_("the database may only be read: check the owner and mode of the file")},
    {SQLITE_CANTOPEN, STATUS_NO_DATABASE,
     N_("the database cannot be opened: check that the file and its folder may be written")},
    {SQLITE_PERM, STATUS_NOT_ALLOWED, N_("the system does not allow access to the database")},
    {SQLITE_INTERRUPT, STATUS_BUSY, N_("ended as asked; nothing was changed")},
    {SQLITE_NOMEM, STATUS_INTERNAL, N_("no memory left; nothing was changed")},
};

enum status db_error(struct db *db, struct err *err) {
    int code = sqlite3_errcode(db->handle) & 0xFF;
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++)
        if (causes[i].code == code)
            return err_set(err, causes[i].status, causes[i].message, sqlite3_errmsg(db->handle), NULL);
    return err_set(err, STATUS_INTERNAL, N_("internal error of the database: %1"), sqlite3_errmsg(db->handle), NULL);
}

sqlite3 *db_handle(struct db *db) {
    return db->handle;
}

static enum status harden(struct db *db, struct err *err) {
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},      {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},          {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        int now = -1;
        sqlite3_db_config(db->handle, options[i].option, options[i].value, &now);
        if (now != options[i].value)
            return err_set(err, STATUS_INTERNAL, N_("the database library refuses a safety setting"), NULL);
    }
    return STATUS_OK;
}

/* SQLite calls this again and again while the lock it wants is held; `waited` counts the calls. */
static int wait_step(void *data, int waited) {
    const struct db *db = data;
    struct timespec pause = {.tv_nsec = WAIT_STEP_MS * 1000000L};
    if (waited >= WAIT_MS / WAIT_STEP_MS || (db->quit != NULL && db->quit(db->quit_data)))
        return 0;
    nanosleep(&pause, NULL);
    return 1;
}

/* SQLite calls this after each commit, instead of folding the WAL back by itself. */
static int note_pages(void *data, sqlite3 *handle, const char *schema, int pages) {
    struct db *db = data;
    (void)handle, (void)schema;
    db->wal_pages = pages;
    return SQLITE_OK;
}

int db_wal_pages(const struct db *db) {
    return db->wal_pages;
}

void db_checkpoint(struct db *db, int how) {
    int left;
    if (sqlite3_wal_checkpoint_v2(db->handle, NULL, how, &left, NULL) == SQLITE_OK)
        db->wal_pages = left;
}

/* SQLite calls this now and then while a statement runs; what it says ends the statement. */
static int is_to_end(void *data) {
    const struct db *db = data;
    return db->end(db->end_data) ? 1 : 0;
}

void db_end_with(struct db *db, bool (*end)(void *data), void *data) {
    db->end = end;
    db->end_data = data;
    sqlite3_progress_handler(db->handle, ASK_EVERY, end == NULL ? NULL : is_to_end, db);
}

void db_wait_with(struct db *db, bool (*quit)(void *data), void *data) {
    db->quit = quit;
    db->quit_data = data;
}

static enum status open_with(const char *name, int flags, struct db **out, struct err *err) {
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL)
        return err_no_memory(err);
    sqlite3_config(SQLITE_CONFIG_URI, 0);
    flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOFOLLOW;
    if (sqlite3_open_v2(name, &db->handle, flags, NULL) != SQLITE_OK) {
        enum status status = db_error(db, err);
        db_close(db);
        return status;
    }
    enum status status = harden(db, err);
    if (status != STATUS_OK) {
        db_close(db);
        return status;
    }
    sqlite3_busy_handler(db->handle, wait_step, db);
    sqlite3_wal_hook(db->handle, note_pages, db);
    *out = db;
    return STATUS_OK;
}

enum status db_open(const char *path, struct db **out, struct err *err) {
    return open_with(path, SQLITE_OPEN_READWRITE, out, err);
}

enum status db_open_to_read(const char *path, bool at_rest, struct db **out, struct err *err) {
    char name[3 * PATH_MAX + 32];
    size_t used = (size_t)snprintf(name, sizeof name, "file:");
    if (!at_rest)
        return open_with(path, SQLITE_OPEN_READONLY, out, err);
    for (; *path != '\0' && used < sizeof name - 16; path++) /* "?", "#" and "%" mean something in a URI */
        used += (size_t)snprintf(name + used, sizeof name - used, "%%%02X", (unsigned char)*path);
    snprintf(name + used, sizeof name - used, "?immutable=1");
    return open_with(name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, out, err);
}

void db_close(struct db *db) {
    if (db == NULL)
        return;
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(db->cache[i].statement);
    sqlite3_close(db->handle);
    free(db);
}

/* SQLite gives a whole transaction up by itself where memory or the disk runs out, also when a statement is reset: what
 * came after it would be committed piece by piece. */
bool db_given_up(const struct db *db) {
    return db->inside && sqlite3_get_autocommit(db->handle) != 0;
}

static enum status say_given_up(struct err *err) {
    return err_set(
        err, STATUS_IO,
        N_("the database gave up what was being written, for want of memory or of disk; nothing was changed, try "
           "again"),
        NULL);
}

enum status db_exec(struct db *db, const char *sql, struct err *err) {
    if (db_given_up(db))
        return say_given_up(err);
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK : db_error(db, err);
}

enum status db_begin(struct db *db, struct err *err) {
    enum status status = db_exec(db, "BEGIN IMMEDIATE", err);
    db->inside = status == STATUS_OK;
    return status;
}

enum status db_commit(struct db *db, struct err *err) {
    enum status status = db_exec(db, "COMMIT", err);
    db->inside = db->inside && status != STATUS_OK;
    return status;
}

static bool one_of(const char *name, const char *const *list) {
    for (; name != NULL && *list != NULL; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static int authorize(void *data, int action, const char *first, const char *second, const char *schema,
                     const char *trigger) {
    static const char *const pragmas[] = {"data_version", "integrity_check", "foreign_key_check", "cache_size", NULL};
    static const char *const never_changed[] = {"ledger", "decision",     "document", "register_document",
                                                "meta",   "announcement", NULL};
    static const char *const never_deleted[] = {
        "ledger", "decision", "document", "register_document", "meta", "application", "announcement", "reviewer", NULL};
    (void)data, (void)second, (void)schema, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_FUNCTION:
    case SQLITE_TRANSACTION:
    case SQLITE_RECURSIVE:
    case SQLITE_SAVEPOINT:
        return SQLITE_OK;
    case SQLITE_PRAGMA:
        return one_of(first, pragmas) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_UPDATE:
        return one_of(first, never_changed) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_DELETE:
        return one_of(first, never_deleted) ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

void db_lock_down(struct db *db) {
    sqlite3_set_authorizer(db->handle, authorize, NULL);
}

sqlite3_stmt *db_statement(struct db *db, const char *sql, struct err *err) {
    size_t slot = 0;
    while (slot < STATEMENTS && db->cache[slot].sql != NULL && db->cache[slot].sql != sql)
        slot++;
    if (slot == STATEMENTS) {
        err_set(err, STATUS_INTERNAL, N_("internal error of the database: %1"), "too many statements", NULL);
        return NULL;
    }
    if (db->cache[slot].statement == NULL) {
        if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &db->cache[slot].statement, NULL) !=
            SQLITE_OK) {
            db_error(db, err);
            return NULL;
        }
        db->cache[slot].sql = sql;
    }
    db_done(db->cache[slot].statement);
    return db->cache[slot].statement;
}

/* Where a parameter stands. SQLite compares with each name from the first on; most are bound in the order in which they
 * stand, so the one behind the last is looked at before. */
static int parameter(sqlite3_stmt *statement, const char *name) {
    static int last;
    const char *next = sqlite3_bind_parameter_name(statement, last + 1);
    last = next != NULL && strcmp(next, name) == 0 ? last + 1 : sqlite3_bind_parameter_index(statement, name);
    return last;
}

/* A name that the statement does not have is passed over. */
static void bound(const sqlite3_stmt *statement, int at, int code) {
    if (at > 0 && code != SQLITE_OK)
        unbound = statement;
}

void db_bind_integer(sqlite3_stmt *statement, const char *name, int64_t value) {
    int at = parameter(statement, name);
    bound(statement, at, sqlite3_bind_int64(statement, at, value));
}

void db_bind_text(sqlite3_stmt *statement, const char *name, const char *text) {
    int at = parameter(statement, name);
    bound(statement, at, sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC));
}

void db_bind_day(sqlite3_stmt *statement, const char *name, day d) {
    if (d == DAY_NONE)
        db_bind_text(statement, name, NULL);
    else
        db_bind_integer(statement, name, d);
}

enum status db_step(struct db *db, sqlite3_stmt *statement, bool *row, struct err *err) {
    bool lost = text_lost, gone = db_given_up(db);
    text_lost = *row = false;
    if (lost || gone) {
        db_done(statement);
        return lost ? err_no_memory(err) : say_given_up(err);
    }
    int code = statement == unbound ? SQLITE_ERROR : sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        return STATUS_OK;
    enum status status = code == SQLITE_DONE ? STATUS_OK : db_error(db, err);
    db_done(statement);
    return status;
}

enum status db_run(struct db *db, sqlite3_stmt *statement, struct err *err) {
    bool row;
    enum status status = db_step(db, statement, &row, err);
    db_done(statement);
    return status;
}

enum status db_integer(struct db *db, sqlite3_stmt *statement, int64_t otherwise, int64_t *out, struct err *err) {
    bool row;
    enum status status = db_step(db, statement, &row, err);
    *out = status == STATUS_OK && row && sqlite3_column_type(statement, 0) != SQLITE_NULL
               ? sqlite3_column_int64(statement, 0)
               : otherwise;
    db_done(statement);
    return status;
}

void db_done(sqlite3_stmt *statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (statement == unbound)
        unbound = NULL;
}

const char *db_column_text(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    text_lost = text_lost || (text == NULL && sqlite3_column_type(statement, column) != SQLITE_NULL);
    return text == NULL ? "" : text;
}

day db_column_day(sqlite3_stmt *statement, int column) {
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? DAY_NONE
                                                                 : (day)sqlite3_column_int(statement, column);
}

void db_column_copy(sqlite3_stmt *statement, int column, char *out, size_t size) {
    text_copy(db_column_text(statement, column), out, size);
}

enum status db_begin_read(struct db *db, struct err *err) {
    return db_exec(db, "BEGIN", err);
}

void db_rollback(struct db *db) {
    db->inside = false;
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}
