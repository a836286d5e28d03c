#include <stdio.h>
#include <string.h>

#include "store/calendar.h"
#include "store/gate.h"
#include "store/inside.h"
#include "store/ledger.h"

/* One batch follows another: pages that many of them change are folded back into the database once. */
enum { BATCH_WAL_PAGES = 16000 };

static const char savepoint_sql[] = "SAVEPOINT item", release_sql[] = "RELEASE item";

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
        return err_set(err, STATUS_NOT_ALLOWED, N_("%1 has the role %2; this needs the role %3"), now.login,
                       people_roles[now.role].code, people_roles[people_needed(right)].code, NULL);
    return STATUS_OK;
}

/* The transaction itself, behind the gate, on the file that was opened. */
static enum status begin_outer(struct store *store, struct err *err) {
    if (store->set_day != DAY_NONE && !store->training)
        return err_set(err, STATUS_NOT_ALLOWED,
                       N_("--today is for training databases; an official one decides on the day of the clock"), NULL);
    enum status status = gate_enter(store->gate, store->quit, store->quit_data, err);
    if (status != STATUS_OK)
        return status;
    status = store_check_file(store, err);
    if (status == STATUS_OK)
        status = db_begin(store->db, err);
    return status == STATUS_OK ? ledger_look_back(store, err) : status;
}

static enum status begin_item(struct store *store, struct err *err) {
    sqlite3_stmt *statement = db_statement(store->db, savepoint_sql, err);
    return statement == NULL ? err->status : db_run(store->db, statement, err);
}

enum status store_begin(struct store *store, enum right right, struct err *err) {
    enum status status = store->batch.open ? STATUS_OK : begin_outer(store, err);
    if (status == STATUS_OK && store->batch.wanted) {
        if (!store->batch.open)
            store->batch.since = gate_clock();
        store->batch.open = true;
        status = begin_item(store, err);
    }
    if (status == STATUS_OK)
        status = check_actor(store, right, err);
    if (status == STATUS_OK)
        status = calendar_refresh(store, err);
    if (status != STATUS_OK)
        store_undo(store);
    return status;
}

/* A commit that failed as it was synced stands whole in the WAL, where nobody sees it until the next recovery, which
 * takes it for done. A transaction after it, synced, stands in its place and ends that. */
static enum status overwrite_commit(struct store *store, struct err *err) {
    static const char *const steps[] = {
        "BEGIN IMMEDIATE",
        "INSERT INTO serial(province, year, last) VALUES(0, 0, 0)",
        "DELETE FROM serial WHERE province = 0",
        "COMMIT",
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof steps / sizeof steps[0]; i++)
        status = db_exec(store->db, steps[i], err);
    db_rollback(store->db);
    return status;
}

/* An error out of COMMIT is not taken as "not done": SQLite may have written the commit and failed after it. */
static enum status look_after_commit(struct store *store, int64_t seq, const char *hash, struct err *err) {
    struct err cause = *err;
    bool done, written = (sqlite3_errcode(db_handle(store->db)) & 0xFF) == SQLITE_IOERR;
    db_rollback(store->db);
    enum status status = ledger_has(store, seq, hash, &done, err);
    if (status == STATUS_OK && !done && written)
        status = overwrite_commit(store, err);
    if (status != STATUS_OK)
        return err_set(err, STATUS_IO,
                       N_("it is not known whether event %1 was written; look with `yijian verify` before you go on"),
                       err_number(seq).text, NULL);
    *err = cause;
    return done ? STATUS_OK : cause.status;
}

/* After an error the item may be released all the same: the whole transaction is given up, with what was committed into
 * it, rather than an item kept that was said not to be done. */
static enum status commit_item(struct store *store, int64_t seq, const char *hash, struct err *err) {
    sqlite3_stmt *statement = db_statement(store->db, release_sql, err);
    enum status status = statement == NULL ? err->status : db_run(store->db, statement, err);
    if (status != STATUS_OK) {
        db_rollback(store->db);
        return status;
    }
    store->batch.done++;
    store->batch.seq = seq;
    snprintf(store->batch.hash, sizeof store->batch.hash, "%s", hash);
    return STATUS_OK;
}

static enum status commit(struct store *store, int64_t seq, const char *hash, int wal_pages, struct err *err) {
    bool gone = db_given_up(store->db);
    enum status status = db_commit(store->db, err);
    if (gone)
        db_rollback(store->db);
    else if (status != STATUS_OK)
        status = look_after_commit(store, seq, hash, err);
    else if (db_wal_pages(store->db) >= wal_pages)
        db_checkpoint(store->db, SQLITE_CHECKPOINT_PASSIVE);
    if (status == STATUS_OK)
        store_know(store, seq, hash);
    gate_leave(store->gate);
    return status;
}

enum status store_commit(struct store *store, int64_t seq, const char *hash, struct err *err) {
    return store->batch.open ? commit_item(store, seq, hash, err) : commit(store, seq, hash, STORE_WAL_PAGES, err);
}

static void undo_item(struct store *store) {
    if (store_batch_lost(store))
        return;
    if (db_exec(store->db, "ROLLBACK TO item", NULL) != STATUS_OK ||
        db_exec(store->db, "RELEASE item", NULL) != STATUS_OK)
        db_rollback(store->db); /* nothing rather than half an item */
}

void store_undo(struct store *store) {
    if (store->batch.open) {
        undo_item(store);
        return;
    }
    db_rollback(store->db);
    gate_leave(store->gate);
}

void store_batch_begin(struct store *store) {
    store->batch = (struct store_batch){.wanted = true};
}

bool store_batch_lost(const struct store *store) {
    return store->batch.open && sqlite3_get_autocommit(db_handle(store->db)) != 0;
}

enum status store_batch_end(struct store *store, bool more, struct err *err) {
    struct store_batch batch = store->batch;
    bool good = batch.done > 0 && !store_batch_lost(store);
    store->batch = (struct store_batch){0};
    if (good)
        return commit(store, batch.seq, batch.hash, more ? BATCH_WAL_PAGES : STORE_WAL_PAGES, err);
    if (batch.open)
        store_undo(store);
    return STATUS_OK;
}

static bool at_once(void *data) {
    (void)data;
    return true;
}

void store_restart_wal(struct store *store) {
    struct err ignored = {0};
    if (store->gate < 0 || db_wal_pages(store->db) < STORE_WAL_PAGES)
        return;
    if (gate_enter(store->gate, at_once, NULL, &ignored) != STATUS_OK)
        return;
    if (store_check_place(store, &ignored) == STATUS_OK) {
        db_checkpoint(store->db, SQLITE_CHECKPOINT_PASSIVE);
        overwrite_commit(store, &ignored);
    }
    gate_leave(store->gate);
}

void store_checkpoint(struct store *store) {
    struct err ignored = {0};
    if (gate_enter(store->gate, store->quit, store->quit_data, &ignored) != STATUS_OK)
        return;
    db_checkpoint(store->db, SQLITE_CHECKPOINT_TRUNCATE);
    gate_leave(store->gate);
}
