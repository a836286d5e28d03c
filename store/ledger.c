#include "store/ledger.h"

#include <string.h>

bool ledger_sm3(const char *text, char out[SM3_HEX_SIZE]) {
    struct sm3 *sm3 = sm3_new();
    bool good = sm3 != NULL && sm3_add(sm3, text, strlen(text)) && sm3_end_hex(sm3, out);
    sm3_free(sm3);
    return good;
}

bool ledger_add_document(struct sm3 *sm3, const char *document) {
    return sm3_add(sm3, document, strlen(document)) && sm3_add(sm3, "\n", 1);
}

enum status ledger_unhashed(struct err *err) {
    return err_set(err, STATUS_INTERNAL, N_("the ledger's hash could not be computed; nothing was changed"), NULL);
}

bool ledger_chain(struct sm3 *sm3, unsigned char hash[SM3_BYTES], const char *json) {
    return sm3_add(sm3, hash, SM3_BYTES) && sm3_add(sm3, json, strlen(json)) && sm3_end(sm3, hash);
}

static enum status read_last(struct store *store, int64_t *seq, char hash[SM3_HEX_SIZE], struct err *err) {
    static const char sql[] = "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1";
    bool row;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    enum status status = db_step(store->db, statement, &row, err);
    *seq = 0;
    memset(hash, '0', SM3_HEX_SIZE - 1);
    hash[SM3_HEX_SIZE - 1] = '\0';
    if (status != STATUS_OK || !row)
        return status;
    *seq = sqlite3_column_int64(statement, 0);
    db_column_copy(statement, 1, hash, SM3_HEX_SIZE);
    db_done(statement);
    return STATUS_OK;
}

enum status ledger_has(struct store *store, int64_t seq, const char *hash, bool *has, struct err *err) {
    static const char sql[] = "SELECT hash FROM ledger WHERE seq = :seq";
    bool row = false;
    *has = false;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":seq", seq);
    enum status status = db_step(store->db, statement, &row, err);
    if (status == STATUS_OK && row) {
        *has = strcmp(db_column_text(statement, 0), hash) == 0;
        status = db_run(store->db, statement, err); /* fails where the text could not be had: then it is not known */
    }
    db_done(statement);
    return status;
}

enum status ledger_look_back(struct store *store, struct err *err) {
    int64_t seq = 0;
    char hash[SM3_HEX_SIZE] = "";
    bool has = true;
    enum status status = STATUS_OK;
    if (store->known_seq != 0)
        status = ledger_has(store, store->known_seq, store->known_hash, &has, err);
    if (status == STATUS_OK && !has)
        status = path_displaced(err);
    if (status == STATUS_OK)
        status = read_last(store, &seq, hash, err);
    if (status == STATUS_OK)
        store_know(store, seq, hash);
    return status;
}

enum status ledger_next(struct store *store, int64_t *seq, struct err *err) {
    char hash[SM3_HEX_SIZE];
    enum status status = read_last(store, seq, hash, err);
    ++*seq;
    return status;
}

/* RFC 8785: members in the order of their names. */
static void write_event(struct store *store, struct json *json, const struct ledger_event *event, int64_t seq) {
    char at[STORE_INSTANT_SIZE];
    store_instant(at);
    json_object(json, NULL);
    if (event->application_no != NULL)
        json_text(json, "application_no", event->application_no);
    json_text(json, "at", at);
    json_text(json, "by", store->reviewer.login);
    json_text(json, "by_name", store->reviewer.name);
    json_day(json, "day", store_today(store));
    if (event->decision_no != 0) {
        json_integer(json, "decision_no", event->decision_no);
        json_text(json, "decision_sm3", event->decision_sm3);
    }
    if (event->detail != NULL)
        json_raw(json, "detail", event->detail->data);
    if (event->document_sm3 != NULL)
        json_text(json, "document_sm3", event->document_sm3);
    json_text(json, "event", event->event);
    json_text(json, "key", store->fingerprint[0] == '\0' ? NULL : store->fingerprint);
    if (event->decision_no != 0) {
        json_text(json, "register_after_sm3", event->register_after_sm3);
        json_text(json, "register_before_sm3", event->register_before_sm3);
    }
    json_integer(json, "seq", seq);
    if (event->version != 0)
        json_integer(json, "version", event->version);
    json_object_end(json);
}

static enum status insert(struct store *store, const struct ledger_event *event, const char *json,
                          const struct ledger_written *written, struct err *err) {
    static const char sql[] = "INSERT INTO ledger(seq, event, actor, day, application_id, json, hash)"
                              " VALUES(:seq, :event, :actor, :day, nullif(:application, 0), :json, :hash)";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":seq", written->seq);
    db_bind_text(statement, ":event", event->event);
    db_bind_text(statement, ":actor", store->reviewer.login);
    db_bind_day(statement, ":day", store_today(store));
    db_bind_integer(statement, ":application", event->application_id);
    db_bind_text(statement, ":json", json);
    db_bind_text(statement, ":hash", written->hash);
    return db_run(store->db, statement, err);
}

enum status ledger_append(struct store *store, const struct ledger_event *event, struct ledger_written *written,
                          struct err *err) {
    char last[SM3_HEX_SIZE];
    unsigned char hash[SM3_BYTES];
    enum status status = read_last(store, &written->seq, last, err);
    if (status != STATUS_OK)
        return status;
    written->seq++;
    if (event->detail != NULL && event->detail->failed)
        return err_no_memory(err);
    struct json json = {0};
    write_event(store, &json, event, written->seq);
    struct sm3 *sm3 = sm3_new();
    bool good = !json.failed && sm3 != NULL && sm3_from_hex(last, hash) && ledger_chain(sm3, hash, json.data);
    sm3_free(sm3);
    if (good) {
        sm3_to_hex(hash, written->hash);
        status = insert(store, event, json.data, written, err);
    } else {
        status = ledger_unhashed(err);
    }
    json_free(&json);
    return status;
}
