#include "store/people.h"

#include <string.h>

#include "core/text.h"
#include "store/inside.h"
#include "store/ledger.h"

static bool login_is_good(const char *login) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t length = strlen(login);
    return length > 0 && length < PEOPLE_LOGIN_SIZE && strspn(login, letters) == length &&
           strchr("._-", login[0]) == NULL;
}

static enum status write_row(struct store *store, const struct reviewer *reviewer, struct err *err) {
    static const char sql[] = "INSERT INTO reviewer(login, name, role, active) VALUES(:login, :name, :role, :active)"
                              " ON CONFLICT(login) DO UPDATE SET name = :name, role = :role, active = :active";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":login", reviewer->login);
    db_bind_text(statement, ":name", reviewer->name);
    db_bind_integer(statement, ":role", reviewer->role);
    db_bind_integer(statement, ":active", reviewer->active);
    return db_run(store->db, statement, err);
}

static bool name_is_good(const char *name) {
    size_t length = strlen(name), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(name + at, length - at, &used);
        if (c == TEXT_INVALID || text_is_control(c) || text_is_bidi_control(c))
            return false;
    }
    return !text_is_blank(name);
}

enum status people_write(struct store *store, const struct reviewer *reviewer, struct ledger_written *written,
                         struct err *err) {
    if (!login_is_good(reviewer->login))
        return err_set(err, STATUS_USAGE,
                       N_("a login is 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit: %1"), reviewer->login,
                       NULL);
    if (!name_is_good(reviewer->name))
        return err_set(err, STATUS_USAGE, N_("a reviewer needs a name without control characters"), NULL);
    enum status status = write_row(store, reviewer, err);
    if (status != STATUS_OK)
        return status;
    struct json detail = {0};
    json_object(&detail, NULL);
    json_bool(&detail, "active", reviewer->active);
    json_text(&detail, "login", reviewer->login);
    json_text(&detail, "name", reviewer->name);
    json_text(&detail, "role", people_roles[reviewer->role].code);
    json_object_end(&detail);
    struct ledger_event event = {.event = "reviewer", .detail = &detail};
    status = ledger_append(store, &event, written, err);
    json_free(&detail);
    return status;
}

/* The last active supervisor must stay, or nobody could mend anything any more. */
static enum status keep_supervisor(struct store *store, const struct reviewer *reviewer, struct err *err) {
    static const char sql[] = "SELECT count(*) FROM reviewer WHERE role = 2 AND active = 1 AND login <> :login";
    int64_t others;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":login", reviewer->login);
    enum status status = db_integer(store->db, statement, 0, &others, err);
    if (status == STATUS_OK && others == 0 && !(reviewer->role == ROLE_SUPERVISOR && reviewer->active))
        return err_set(err, STATUS_NOT_ALLOWED, N_("%1 is the last active supervisor and must stay one"),
                       reviewer->login, NULL);
    return status;
}

enum status people_set(struct store *store, const struct reviewer *reviewer, struct err *err) {
    struct ledger_written written = {0};
    enum status status = store_begin(store, RIGHT_PEOPLE, err);
    if (status != STATUS_OK)
        return status;
    status = keep_supervisor(store, reviewer, err);
    if (status == STATUS_OK)
        status = people_write(store, reviewer, &written, err);
    if (status != STATUS_OK) {
        store_undo(store);
        return status;
    }
    return store_commit(store, written.seq, written.hash, err);
}
