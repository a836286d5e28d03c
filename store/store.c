#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/calendar.h"
#include "store/gate.h"
#include "store/inside.h"
#include "store/json_pool.h"

int64_t store_data_version(struct store *store) {
    static const char sql[] = "PRAGMA data_version";
    int64_t version = 0;
    sqlite3_stmt *statement = db_statement(store->db, sql, NULL);
    if (statement != NULL)
        db_integer(store->db, statement, 0, &version, NULL);
    return version;
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
        {"PRAGMA cache_size = -65536", "PRAGMA cache_size", "-65536"}, /* 64 MiB at the most, as needed */
        {"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2"},
        {"PRAGMA journal_mode", "PRAGMA journal_mode", "wal"}, /* which was set when it was made */
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

enum status store_read(struct store *store, const char *login, struct err *err) {
    char training[8];
    enum status status = read_meta(store, "uuid", store->uuid, sizeof store->uuid, err);
    if (status == STATUS_OK)
        status = read_meta(store, "training", training, sizeof training, err);
    if (status != STATUS_OK)
        return status;
    store->training = strcmp(training, "1") == 0;
    status = calendar_read(store, err);
    if (status != STATUS_OK || login == NULL)
        return status;
    status = people_find(store, login, &store->reviewer, err);
    return status == STATUS_NEGATIVE ? STATUS_OK : status;
}

enum status store_open(const struct store_options *options, struct store **out, struct err *err) {
    struct store *store = calloc(1, sizeof *store);
    if (store == NULL)
        return err_no_memory(err);
    json_pool_start();
    store->gate = store->seats = store->seat = -1;
    store->set_day = options->today;
    store->quit = options->quit;
    store->quit_data = options->quit_data;
    snprintf(store->fingerprint, sizeof store->fingerprint, "%s",
             options->fingerprint == NULL ? "" : options->fingerprint);
    enum status status = path_absolute(options->path, store->path, err);
    if (status == STATUS_OK)
        status = path_check(store->path, &store->identity, err);
    if (status == STATUS_OK)
        status = path_check_writable(store->path, err);
    if (status == STATUS_OK)
        status = path_check_header(store->path, err);
    if (status == STATUS_OK)
        status = db_open(store->path, &store->db, err);
    if (status == STATUS_OK) {
        db_wait_with(store->db, options->quit, options->quit_data);
        db_end_with(store->db, options->quit, options->quit_data);
    }
    if (status == STATUS_OK)
        status = set_pragmas(store, err);
    if (status == STATUS_OK)
        status = store_read(store, options->login, err);
    if (status == STATUS_OK)
        status = store_check_place(store, err);
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

void store_wait_with(struct store *store, bool (*quit)(void *data), void *data) {
    store->quit = quit;
    store->quit_data = data;
    db_wait_with(store->db, quit, data);
}

void store_close(struct store *store) {
    if (store == NULL)
        return;
    store_restart_wal(store);
    db_close(store->db);
    if (store->gate >= 0)
        close(store->gate);
    if (store->seats >= 0)
        close(store->seats);
    free(store);
}
