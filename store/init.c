#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/inside.h"
#include "store/ledger.h"
#include "store/schema.h"
#include "store/temporary.h"

static enum status make_uuid(char out[STORE_UUID_SIZE], struct err *err) {
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != (ssize_t)sizeof b)
        return err_set(err, STATUS_INTERNAL, N_("the system gives no random numbers"), NULL);
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x40); /* RFC 9562, version 4 */
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    snprintf(out, STORE_UUID_SIZE, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
             b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
    return STATUS_OK;
}

static enum status write_meta(struct store *store, const char *key, const char *value, struct err *err) {
    static const char sql[] = "INSERT INTO meta(key, value) VALUES(:key, :value)";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":key", key);
    db_bind_text(statement, ":value", value);
    return db_run(store->db, statement, err);
}

static enum status write_first_event(struct store *store, const struct store_init_options *options, struct err *err) {
    struct json detail = {0};
    json_object(&detail, NULL);
    json_text(&detail, "database", store->uuid);
    json_bool(&detail, "training", options->training);
    json_object_end(&detail);
    struct ledger_event event = {.event = "init", .detail = &detail};
    struct ledger_written written;
    enum status status = ledger_append(store, &event, &written, err);
    json_free(&detail);
    if (status != STATUS_OK)
        return status;
    return people_write(store, &store->reviewer, &written, err);
}

/* The file is to be the whole database: the WAL does not go with it. */
static enum status fold(struct store *store, struct err *err) {
    int code = sqlite3_wal_checkpoint_v2(db_handle(store->db), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : db_error(store->db, err);
}

/* Everything goes into a file of another name first: under the final name there is never half a database. */
static enum status fill(struct store *store, const struct store_init_options *options, struct err *err) {
    enum status status = db_exec(store->db, "PRAGMA journal_mode = WAL", err);
    if (status == STATUS_OK)
        status = db_exec(store->db, "PRAGMA synchronous = FULL", err);
    if (status == STATUS_OK)
        status = db_begin(store->db, err);
    for (const char *const *sql = schema_sql; status == STATUS_OK && *sql != NULL; sql++)
        status = db_exec(store->db, *sql, err);
    if (status == STATUS_OK)
        status = make_uuid(store->uuid, err);
    if (status == STATUS_OK)
        status = write_meta(store, "uuid", store->uuid, err);
    if (status == STATUS_OK)
        status = write_meta(store, "training", options->training ? "1" : "0", err);
    if (status == STATUS_OK)
        status = write_first_event(store, options, err);
    if (status == STATUS_OK)
        status = db_commit(store->db, err);
    if (status == STATUS_OK)
        status = fold(store, err);
    return status;
}

enum status store_init(const struct store_init_options *options, struct err *err) {
    struct store store = {
        .gate = -1, .seats = -1, .seat = -1, .set_day = options->today, .training = options->training};
    char temporary[PATH_MAX];
    struct stat info;
    enum status status = path_absolute(options->path, store.path, err);
    if (status != STATUS_OK)
        return status;
    if (options->today != DAY_NONE && !options->training)
        return err_set(err, STATUS_NOT_ALLOWED,
                       N_("--today is for training databases; an official one decides on the day of the clock"), NULL);
    if (lstat(store.path, &info) == 0)
        return err_set(err, STATUS_CANNOT_CREATE, N_("%1 is there already; it was not touched"), store.path, NULL);
    if (!temporary_name(store.path, temporary))
        return err_set(err, STATUS_USAGE, N_("the path of the database is too long"), NULL);
    int fd = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), store.path, strerror(errno), NULL);
    close(fd);
    store.reviewer = (struct reviewer){.role = ROLE_SUPERVISOR, .active = true};
    snprintf(store.reviewer.login, sizeof store.reviewer.login, "%s", options->supervisor_login);
    snprintf(store.reviewer.name, sizeof store.reviewer.name, "%s", options->supervisor_name);
    status = db_open(temporary, &store.db, err);
    if (status == STATUS_OK)
        status = fill(&store, options, err);
    db_close(store.db);
    if (status == STATUS_OK)
        status = path_publish(temporary, store.path, RENAME_NOREPLACE, err);
    path_remove_database(temporary);
    return status;
}
