#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/calendar.h"
#include "store/gate.h"
#include "store/inside.h"
#include "store/schema.h"

/* China has kept UTC+8 without summer time since 1992, whatever TZ says. */
enum { SHANGHAI_OFFSET = 8 * 3600, SECONDS_A_DAY = 86400 };

day store_today(const struct store *store) {
    if (store->set_day != DAY_NONE)
        return store->set_day;
    return (day)((time(NULL) + SHANGHAI_OFFSET) / SECONDS_A_DAY);
}

void store_instant(char out[STORE_INSTANT_SIZE]) {
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, STORE_INSTANT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

bool store_is_training(const struct store *store) {
    return store->training;
}

bool store_day_is_set(const struct store *store) {
    return store->set_day != DAY_NONE;
}

const char *store_uuid(const struct store *store) {
    return store->uuid;
}

const char *store_path(const struct store *store) {
    return store->path;
}

const struct reviewer *store_reviewer(const struct store *store) {
    return &store->reviewer;
}

const struct workday_calendar *store_calendar(const struct store *store) {
    return &store->calendar;
}

int64_t store_data_version(struct store *store) {
    static const char sql[] = "PRAGMA data_version";
    int64_t version = 0;
    sqlite3_stmt *statement = db_statement(store->db, sql, NULL);
    if (statement != NULL)
        db_integer(store->db, statement, 0, &version, NULL);
    return version;
}

static enum status check_header(struct store *store, struct err *err) {
    static const char id_sql[] = "PRAGMA application_id", version_sql[] = "PRAGMA user_version";
    int64_t id, version;
    sqlite3_stmt *statement = db_statement(store->db, id_sql, err);
    if (statement == NULL)
        return err->status;
    enum status status = db_integer(store->db, statement, 0, &id, err);
    if (status != STATUS_OK)
        return status;
    if (id != SCHEMA_APPLICATION_ID)
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is another program's database; it was not touched"), store->path,
                       NULL);
    statement = db_statement(store->db, version_sql, err);
    if (statement == NULL)
        return err->status;
    status = db_integer(store->db, statement, 0, &version, err);
    if (status == STATUS_OK && version > SCHEMA_VERSION)
        return err_set(err, STATUS_NO_DATABASE,
                       N_("the database was made by a newer yijian (version %1, this one knows %2); it was not touched"),
                       err_number(version).text, err_number(SCHEMA_VERSION).text, NULL);
    return status;
}

/* Pragmas that hold for the connection, each read back: a setting that did not take is a promise not kept. */
static enum status set_pragmas(struct store *store, struct err *err) {
    static const struct {
        const char *set, *get, *want;
    } pragmas[] = {
        {"PRAGMA synchronous = FULL", "PRAGMA synchronous", "2"},
        {"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1"},
        {"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1"},
        {"PRAGMA mmap_size = 0", "PRAGMA mmap_size", "0"},
        /* 64 MiB at the most, taken only where an import needs it: a cache that is too small spills into the WAL */
        {"PRAGMA cache_size = -65536", "PRAGMA cache_size", "-65536"},
        {"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2"},
        {"PRAGMA wal_autocheckpoint = 1000", "PRAGMA journal_mode", "wal"},
    };
    for (size_t i = 0; i < sizeof pragmas / sizeof pragmas[0]; i++) {
        enum status status = db_exec(store->db, pragmas[i].set, err);
        if (status != STATUS_OK)
            return status;
        bool row;
        sqlite3_stmt *statement = db_statement(store->db, pragmas[i].get, err);
        if (statement == NULL)
            return err->status;
        status = db_step(store->db, statement, &row, err);
        if (status != STATUS_OK)
            return status;
        bool took = row && strcmp(db_column_text(statement, 0), pragmas[i].want) == 0;
        db_done(statement);
        if (!took)
            return err_set(err, STATUS_NO_DATABASE, N_("the database refuses the setting %1"), pragmas[i].set, NULL);
    }
    return STATUS_OK;
}

static enum status read_meta(struct store *store, const char *key, char *out, size_t size, struct err *err) {
    static const char sql[] = "SELECT value FROM meta WHERE key = :key";
    bool row;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":key", key);
    enum status status = db_step(store->db, statement, &row, err);
    out[0] = '\0';
    if (status == STATUS_OK && row)
        db_column_copy(statement, 0, out, size);
    db_done(statement);
    return status;
}

static enum status read_all(struct store *store, const struct store_options *options, struct err *err) {
    char training[8];
    enum status status = read_meta(store, "uuid", store->uuid, sizeof store->uuid, err);
    if (status == STATUS_OK)
        status = read_meta(store, "training", training, sizeof training, err);
    if (status != STATUS_OK)
        return status;
    store->training = strcmp(training, "1") == 0;
    status = calendar_read(store, err);
    if (status != STATUS_OK || options->login == NULL)
        return status;
    status = people_find(store, options->login, &store->reviewer, err);
    return status == STATUS_NEGATIVE ? STATUS_OK : status;
}

enum status store_open(const struct store_options *options, struct store **out, struct err *err) {
    struct store *store = calloc(1, sizeof *store);
    if (store == NULL)
        return err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
    store->gate = -1;
    store->set_day = options->today;
    store->quit = options->quit;
    store->quit_data = options->quit_data;
    snprintf(store->fingerprint, sizeof store->fingerprint, "%s",
             options->fingerprint == NULL ? "" : options->fingerprint);
    enum status status = path_absolute(options->path, store->path, err);
    if (status == STATUS_OK)
        status = path_check(store->path, &store->identity, err);
    if (status == STATUS_OK)
        status = db_open(store->path, &store->db, err);
    if (status == STATUS_OK)
        status = check_header(store, err);
    if (status == STATUS_OK)
        status = set_pragmas(store, err);
    if (status == STATUS_OK)
        status = read_all(store, options, err);
    if (status == STATUS_OK && (store->gate = gate_open(store->path, err)) < 0)
        status = err->status;
    if (status != STATUS_OK) {
        store_close(store);
        return status;
    }
    db_lock_down(store->db);
    *out = store;
    return STATUS_OK;
}

void store_close(struct store *store) {
    if (store == NULL)
        return;
    db_close(store->db);
    if (store->gate >= 0)
        close(store->gate);
    free(store);
}

static enum status check_actor(struct store *store, enum right right, struct err *err) {
    struct reviewer now;
    enum status status = people_find(store, store->reviewer.login, &now, err);
    if (status == STATUS_NEGATIVE || (status == STATUS_OK && !now.active))
        return err_set(err, STATUS_NOT_ALLOWED,
                       N_("%1 is not an active reviewer; a supervisor can add one: yijian reviewer add"),
                       store->reviewer.login, NULL);
    if (status != STATUS_OK)
        return status;
    store->reviewer = now;
    if (!people_may(now.role, right))
        return err_set(err, STATUS_NOT_ALLOWED, N_("%1 has the role %2, which may not do this"), now.login,
                       people_roles[now.role].code, NULL);
    return STATUS_OK;
}

enum status store_begin(struct store *store, enum right right, struct err *err) {
    if (store->set_day != DAY_NONE && !store->training)
        return err_set(err, STATUS_NOT_ALLOWED,
                       N_("--today is for training databases; an official one decides on the day of the clock"), NULL);
    enum status status = gate_enter(store->gate, store->quit, store->quit_data, err);
    if (status != STATUS_OK)
        return status;
    if (!path_is(store->path, &store->identity))
        status = err_set(err, STATUS_NO_DATABASE, N_("the database was replaced; leave and start again"), NULL);
    if (status == STATUS_OK)
        status = db_exec(store->db, "BEGIN IMMEDIATE", err);
    if (status == STATUS_OK)
        status = check_actor(store, right, err);
    if (status != STATUS_OK)
        store_undo(store);
    return status;
}

/* An error out of COMMIT is not taken as "not done": SQLite may have written the commit and failed after it. */
static enum status look_after_commit(struct store *store, int64_t seq, const char *hash, struct err *err) {
    static const char sql[] = "SELECT hash FROM ledger WHERE seq = :seq";
    struct err cause = *err;
    bool row = false, done = false;
    db_rollback(store->db);
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":seq", seq);
    enum status status = db_step(store->db, statement, &row, err);
    if (status == STATUS_OK && row)
        done = strcmp(db_column_text(statement, 0), hash) == 0;
    db_done(statement);
    if (status != STATUS_OK)
        return err_set(err, STATUS_IO,
                       N_("it is not known whether event %1 was written; look with `yijian verify` before you go on"),
                       err_number(seq).text, NULL);
    *err = cause;
    return done ? STATUS_OK : cause.status;
}

enum status store_commit(struct store *store, int64_t seq, const char *hash, struct err *err) {
    enum status status = db_exec(store->db, "COMMIT", err);
    if (status != STATUS_OK)
        status = look_after_commit(store, seq, hash, err);
    gate_leave(store->gate);
    return status;
}

void store_undo(struct store *store) {
    db_rollback(store->db);
    gate_leave(store->gate);
}
