#include "store/look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "store/inside.h"

static bool has_shm(const char *path) {
    char beside[PATH_MAX + 8];
    struct stat info;
    snprintf(beside, sizeof beside, "%s-shm", path);
    return lstat(beside, &info) == 0 && info.st_size > 0;
}

static enum status open_at_rest(struct store *store, struct err *err) {
    bool waiting = path_has_wal(store->path);
    if (waiting && !has_shm(store->path))
        return err_set(err, STATUS_BUSY, N_("the last writes to %1 still wait to be read in; the next start does that"),
                       store->path, NULL);
    return db_open_to_read(store->path, !waiting, &store->db, err);
}

enum status store_look(const char *path, day today, struct store **out, struct err *err) {
    struct store *store = calloc(1, sizeof *store);
    if (store == NULL)
        return err_no_memory(err);
    store->gate = store->seats = store->seat = -1;
    store->set_day = today;
    enum status status = path_absolute(path, store->path, err);
    if (status == STATUS_OK)
        status = path_check(store->path, &store->identity, err);
    if (status == STATUS_OK)
        status = path_check_header(store->path, err);
    if (status == STATUS_OK)
        status = open_at_rest(store, err);
    if (status == STATUS_OK)
        status = store_read(store, NULL, err);
    if (status != STATUS_OK) {
        store_close(store);
        return status;
    }
    db_lock_down(store->db);
    *out = store;
    return STATUS_OK;
}

static enum status read_instant(struct store *store, const char *sql, int64_t *out, struct err *err) {
    bool row;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    enum status status = db_step(store->db, statement, &row, err);
    struct tm at = {0};
    *out = 0;
    if (status == STATUS_OK && row && strptime(db_column_text(statement, 0), "%Y-%m-%dT%H:%M:%SZ", &at) != NULL)
        *out = (int64_t)timegm(&at);
    db_done(statement);
    return status;
}

enum status store_look_span(struct store *store, int64_t *first, int64_t *last, struct err *err) {
    static const char first_sql[] = "SELECT json_extract(json, '$.at') FROM ledger ORDER BY seq LIMIT 1";
    static const char last_sql[] = "SELECT json_extract(json, '$.at') FROM ledger ORDER BY seq DESC LIMIT 1";
    enum status status = read_instant(store, first_sql, first, err);
    return status == STATUS_OK ? read_instant(store, last_sql, last, err) : status;
}
