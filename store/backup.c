#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/gate.h"
#include "store/inside.h"
#include "store/temporary.h"
#include "store/verify.h"

enum { STEP_PAGES = 1024 };

/* All pages out of one read transaction, which keeps one state in view, whatever others write meanwhile: without it the
 * copy would start again at each of their commits, and with many at work never end. */
static int copy_in_steps(struct store *store, sqlite3_backup *backup) {
    static const char sql[] = "SELECT max(seq) FROM ledger";
    int64_t last;
    sqlite3_stmt *statement = NULL;
    int code = SQLITE_ERROR;
    if (db_begin_read(store->db, NULL) == STATUS_OK && (statement = db_statement(store->db, sql, NULL)) != NULL &&
        db_integer(store->db, statement, 0, &last, NULL) == STATUS_OK)
        do
            code = sqlite3_backup_step(backup, STEP_PAGES);
        while (code == SQLITE_OK && store_go_on(store, NULL) == STATUS_OK);
    db_rollback(store->db);
    return code;
}

static enum status copy_pages(struct store *store, const char *target, struct err *err) {
    sqlite3 *copy = NULL;
    enum status status = STATUS_OK;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    if (sqlite3_open_v2(target, &copy, flags, NULL) != SQLITE_OK) {
        sqlite3_close(copy);
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), target, strerror(errno), NULL);
    }
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db_handle(store->db), "main");
    int code = backup == NULL ? SQLITE_ERROR : copy_in_steps(store, backup);
    if (backup != NULL)
        sqlite3_backup_finish(backup);
    if (code == SQLITE_OK)
        status = store_go_on(store, err);
    else if (code == SQLITE_FULL)
        status =
            err_set(err, STATUS_IO, N_("the disk is full; nothing was changed, free some space and try again"), NULL);
    else if (code != SQLITE_DONE)
        status =
            err_set(err, STATUS_IO, N_("the copy failed: %1; nothing was left behind"), sqlite3_errmsg(copy), NULL);
    sqlite3_close(copy);
    return status;
}

/* Looking at a backup lays files beside it; a WAL that holds something is part of it and stays. */
static void remove_beside(const char *path) {
    static const char *const suffixes[] = {"-shm", "-gate", "-seats", "-wal"};
    char name[PATH_MAX + 8];
    if (path_has_wal(path))
        return;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

static enum status verify_copy(const struct store_options *open, struct backup_result *result, struct err *err) {
    struct store *copy = NULL;
    struct verify_options options = {0};
    struct verify_result verified;
    enum status status = store_open(open, &copy, err);
    if (status == STATUS_OK)
        status = verify_run(copy, &options, &verified, err);
    if (status == STATUS_OK)
        *result = (struct backup_result){.events = verified.events, .decisions = verified.decisions};
    store_close(copy);
    remove_beside(open->path);
    return status;
}

static enum status make_empty(const char *path, struct err *err) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), path, strerror(errno), NULL);
    close(fd);
    return STATUS_OK;
}

enum status backup_run(struct store *store, const char *path, struct backup_result *result, struct err *err) {
    char target[PATH_MAX], temporary[PATH_MAX];
    struct stat info;
    enum status status = path_absolute(path, target, err);
    if (status != STATUS_OK)
        return status;
    if (lstat(target, &info) == 0)
        return err_set(err, STATUS_CANNOT_CREATE, N_("%1 is there already; it was not touched"), target, NULL);
    if (!temporary_name(target, temporary))
        return err_set(err, STATUS_USAGE, N_("the path of the database is too long"), NULL);
    status = make_empty(temporary, err);
    if (status != STATUS_OK)
        return status;
    status = copy_pages(store, temporary, err);
    struct store_options open = {.path = temporary,
                                 .login = store->reviewer.login,
                                 .today = DAY_NONE,
                                 .quit = store->quit,
                                 .quit_data = store->quit_data};
    if (status == STATUS_OK)
        status = verify_copy(&open, result, err);
    if (status == STATUS_OK)
        status = path_publish(temporary, target, RENAME_NOREPLACE, err);
    path_remove_database(temporary);
    return status;
}

/* Where a ledger ends, and in which database. */
struct ledger_end {
    char uuid[STORE_UUID_SIZE], hash[STORE_HASH_SIZE];
    int64_t seq;
};

static enum status read_end(const char *database, struct ledger_end *end, struct err *err) {
    static const char sql[] = "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1";
    struct store *store = NULL;
    struct store_options open = {.path = database, .today = DAY_NONE};
    bool row = false;
    *end = (struct ledger_end){0};
    enum status status = store_open(&open, &store, err);
    if (status != STATUS_OK)
        return status;
    snprintf(end->uuid, sizeof end->uuid, "%s", store->uuid);
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    status = s == NULL ? err->status : db_step(store->db, s, &row, err);
    if (row) {
        end->seq = sqlite3_column_int64(s, 0);
        db_column_copy(s, 1, end->hash, sizeof end->hash);
        db_done(s);
    }
    store_close(store);
    return status;
}

/* Whether the backup goes on from there. */
static enum status holds(const char *backup, const struct ledger_end *end, struct err *err) {
    static const char sql[] = "SELECT hash FROM ledger WHERE seq = :seq";
    struct store *store = NULL;
    struct store_options open = {.path = backup, .today = DAY_NONE};
    bool row = false, same = false;
    enum status status = store_open(&open, &store, err);
    if (status == STATUS_OK && strcmp(store->uuid, end->uuid) != 0)
        status = err_set(err, STATUS_NOT_ALLOWED, N_("the backup is of another database; nothing was changed"), NULL);
    sqlite3_stmt *s = status == STATUS_OK ? db_statement(store->db, sql, err) : NULL;
    if (s != NULL) {
        db_bind_integer(s, ":seq", end->seq);
        status = db_step(store->db, s, &row, err);
        same = row && strcmp(db_column_text(s, 0), end->hash) == 0;
        db_done(s);
    } else if (status == STATUS_OK) {
        status = err->status;
    }
    store_close(store);
    remove_beside(backup);
    if (status != STATUS_OK || same)
        return status;
    return err_set(err, STATUS_NOT_ALLOWED,
                   N_("the database there has a newer ledger (event %1) than the backup; nothing was changed"),
                   err_number(end->seq).text, NULL);
}

/* Whether the ledger that stands now is the start of the backup's: nothing that was done would be lost. Of one that
 * cannot be read nobody can say so: whoever restores takes it away, knowingly. */
static enum status nothing_lost(const char *database, const char *backup, struct err *err) {
    struct ledger_end end;
    enum status status = read_end(database, &end, err);
    if (status == STATUS_IO || status == STATUS_NO_DATABASE)
        return err_set(err, status,
                       N_("%1 cannot be read, so nothing tells whether it holds decisions that the backup lacks: move "
                          "it aside with its -wal, keep both, and restore again; nothing was changed"),
                       database, NULL);
    return status == STATUS_OK ? holds(backup, &end, err) : status;
}

static enum status copy_file(const struct store_options *from, const char *to, struct err *err) {
    struct store *backup = NULL;
    enum status status = store_open(from, &backup, err);
    if (status == STATUS_OK)
        status = make_empty(to, err);
    if (status == STATUS_OK)
        status = copy_pages(backup, to, err);
    store_close(backup);
    remove_beside(from->path);
    return status;
}

/* Brings what stands in the WAL into the file, which then is whole alone, should the machine stop before the swap. */
static enum status settle(const char *database, struct err *err) {
    struct store *store = NULL;
    struct store_options open = {.path = database, .today = DAY_NONE};
    int frames = 0, copied = 0;
    enum status status = store_open(&open, &store, err);
    if (status != STATUS_OK)
        return status;
    int code = sqlite3_wal_checkpoint_v2(db_handle(store->db), NULL, SQLITE_CHECKPOINT_PASSIVE, &frames, &copied);
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        status = db_error(store->db, err);
    else if (code == SQLITE_BUSY || copied < frames)
        status =
            err_set(err, STATUS_BUSY, N_("another program holds the database; nothing was changed, try again"), NULL);
    store_close(store);
    return status;
}

/* The WAL of the database that was here: beside another one it would be taken for that one's. */
static enum status remove_wal(const char *database, struct err *err) {
    static const char *const suffixes[] = {"-wal", "-shm"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char beside[PATH_MAX + 8];
        snprintf(beside, sizeof beside, "%s%s", database, suffixes[i]);
        if (unlink(beside) != 0 && errno != ENOENT)
            return err_set(err, STATUS_IO, N_("%1 cannot be taken away: %2; the database is as it was"), beside,
                           strerror(errno), NULL);
    }
    return STATUS_OK;
}

/* Inside the gate: nobody writes, and what was written since the first look is looked at again. */
static enum status swap_inside(const char *temporary, const char *database, const char *backup, struct err *err) {
    bool there;
    enum status status = path_there(database, &there, err);
    if (status == STATUS_OK && there)
        status = nothing_lost(database, backup, err);
    if (status == STATUS_OK && there)
        status = settle(database, err);
    if (status == STATUS_OK)
        status = remove_wal(database, err);
    if (status != STATUS_OK)
        return status;
    return path_publish(temporary, database, 0, err);
}

static enum status swap_in(const char *temporary, const char *database, const char *backup, struct err *err) {
    int gate = gate_open(database, err);
    enum status status = gate < 0 ? err->status : gate_enter(gate, NULL, NULL, err);
    if (status == STATUS_OK) {
        status = swap_inside(temporary, database, backup, err);
        gate_leave(gate);
    }
    if (gate >= 0)
        close(gate);
    return status;
}

enum status restore_run(const struct restore_options *options, struct backup_result *result, struct err *err) {
    char database[PATH_MAX], temporary[PATH_MAX];
    bool there = false;
    struct store_options open = {
        .path = options->backup, .today = DAY_NONE, .quit = options->quit, .quit_data = options->quit_data};
    enum status status = path_absolute(options->database, database, err);
    if (status == STATUS_OK)
        status = verify_copy(&open, result, err);
    if (status == STATUS_OK)
        status = path_there(database, &there, err);
    if (status == STATUS_OK && there)
        status = nothing_lost(database, options->backup, err);
    if (status != STATUS_OK)
        return status;
    if (!options->confirmed)
        return err_set(
            err, STATUS_USAGE,
            N_("the backup is good (%1 events): say --confirm to put it in the place of %2; nothing was changed"),
            err_number(result->events).text, database, NULL);
    if (!temporary_name(database, temporary))
        return err_set(err, STATUS_USAGE, N_("the path of the database is too long"), NULL);
    status = copy_file(&open, temporary, err);
    if (status == STATUS_OK)
        status = swap_in(temporary, database, options->backup, err);
    path_remove_database(temporary);
    return status;
}
