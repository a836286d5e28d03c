#include "store/verify.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/export_read.h"
#include "store/json_read.h"
#include "store/ledger.h"
#include "store/verify_filed.h"
#include "store/verify_review.h"
#include "store/verify_schema.h"
#include "store/verify_tables.h"

struct verify {
    struct store *store;
    const struct verify_options *options;
    struct verify_result *result;
    struct err *err;
    struct verify_progress progress;
    struct sm3 *sm3;
    unsigned char hash[SM3_BYTES];
    int64_t last_seq;
};

static enum status fault_at(struct verify *verify, const char *message, int64_t number) {
    return err_set(verify->err, STATUS_NEGATIVE, message, err_number(number).text, NULL);
}

/* The columns beside an event's JSON are copies for finding it; a copy that says something else was tampered with. */
static bool columns_agree(sqlite3_stmt *s, const char *json) {
    cJSON *tree = cJSON_Parse(json);
    const char *event = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "event"));
    const char *by = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "by"));
    const char *on = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "day"));
    int64_t seq = 0;
    day d;
    bool agree = event != NULL && by != NULL && on != NULL && day_parse(on, &d) && d == db_column_day(s, 4) &&
                 strcmp(event, db_column_text(s, 2)) == 0 && strcmp(by, db_column_text(s, 3)) == 0 &&
                 json_whole(cJSON_GetObjectItemCaseSensitive(tree, "seq"), &seq) && seq == sqlite3_column_int64(s, 0);
    cJSON_Delete(tree);
    return agree;
}

static enum status check_event(struct verify *verify, sqlite3_stmt *s) {
    char hex[SM3_HEX_SIZE];
    int64_t seq = sqlite3_column_int64(s, 0);
    if (seq != verify->last_seq + 1)
        return fault_at(verify, N_("the ledger lacks event %1"), verify->last_seq + 1);
    const char *json = db_column_text(s, 1);
    if (!ledger_chain(verify->sm3, verify->hash, json))
        return ledger_unhashed(verify->err);
    sm3_to_hex(verify->hash, hex);
    if (strcmp(hex, db_column_text(s, 5)) != 0)
        return fault_at(verify, N_("the hash of event %1 does not fit: it, or one before it, was changed"), seq);
    if (!columns_agree(s, json))
        return fault_at(verify, N_("event %1 is filed under something else than it says"), seq);
    verify->last_seq = seq;
    return STATUS_OK;
}

static enum status check_chain(struct verify *verify) {
    static const char sql[] = "SELECT seq, json, event, actor, day, hash FROM ledger ORDER BY seq";
    struct db *db = verify->store->db;
    bool row;
    sqlite3_stmt *s = db_statement(db, sql, verify->err);
    if (s == NULL)
        return verify->err->status;
    enum status status;
    while ((status = db_step(db, s, &row, verify->err)) == STATUS_OK && row) {
        status = check_event(verify, s);
        if (status != STATUS_OK)
            break;
        verify->result->events++;
        verify_progress_step(&verify->progress);
    }
    db_done(s);
    sm3_to_hex(verify->hash, verify->result->head);
    return status;
}

static bool sm3_is(const char *text, const cJSON *event, const char *member) {
    char hex[SM3_HEX_SIZE];
    const char *stated = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(event, member));
    if (text == NULL)
        return stated == NULL;
    return stated != NULL && ledger_sm3(text, hex) && strcmp(hex, stated) == 0;
}

/* A decision, its document and both register snapshots against what its event vouches for. */
static bool decision_agrees(const struct verify *verify, sqlite3_stmt *s, struct arena *arena, const char **what) {
    cJSON *event = cJSON_Parse(db_column_text(s, 2));
    const char *before = sqlite3_column_type(s, 4) == SQLITE_NULL ? NULL : db_column_text(s, 4);
    const char *after = sqlite3_column_type(s, 5) == SQLITE_NULL ? NULL : db_column_text(s, 5);
    int64_t number = 0;
    *what = NULL;
    if (!json_whole(cJSON_GetObjectItemCaseSensitive(event, "decision_no"), &number) ||
        number != sqlite3_column_int64(s, 0))
        *what = N_("decision %1 is not the one its ledger event names");
    else if (!sm3_is(db_column_text(s, 1), event, "decision_sm3"))
        *what = N_("decision %1 was changed after it was made");
    else if (!sm3_is(db_column_text(s, 3), event, "document_sm3"))
        *what = N_("the document under decision %1 was changed after it was made");
    else if (!sm3_is(before, event, "register_before_sm3") || !sm3_is(after, event, "register_after_sm3"))
        *what = N_("the register entry kept with decision %1 was changed after it was made");
    else if (!verify_review_agrees(verify->store, db_column_text(s, 1), db_column_text(s, 3), before, arena))
        *what = N_("the rules do not give again what decision %1 records");
    arena_reset(arena);
    cJSON_Delete(event);
    return *what == NULL;
}

static enum status check_decisions(struct verify *verify) {
    static const char sql[] =
        "SELECT d.decision_no, d.json, l.json, o.json, d.register_before, d.register_after FROM decision d"
        " LEFT JOIN ledger l ON l.seq = d.seq LEFT JOIN document o ON o.id = d.document_id ORDER BY d.decision_no";
    struct db *db = verify->store->db;
    const char *what;
    struct arena arena = {0};
    bool row;
    sqlite3_stmt *s = db_statement(db, sql, verify->err);
    if (s == NULL)
        return verify->err->status;
    enum status status;
    while ((status = db_step(db, s, &row, verify->err)) == STATUS_OK && row) {
        int64_t number = sqlite3_column_int64(s, 0);
        if (number != verify->result->decisions + 1)
            status = fault_at(verify, N_("decision %1 is missing"), verify->result->decisions + 1);
        else if (!decision_agrees(verify, s, &arena, &what))
            status = fault_at(verify, what, number);
        if (status != STATUS_OK)
            break;
        verify->result->decisions++;
        verify_progress_step(&verify->progress);
    }
    db_done(s);
    arena_free(&arena);
    return status;
}

static enum status run_cross_checks(struct verify *verify) {
    struct db *db = verify->store->db;
    for (const struct verify_table *check = verify_tables; check->sql != NULL; check++) {
        int64_t place;
        sqlite3_stmt *s = db_statement(db, check->sql, verify->err);
        if (s == NULL)
            return verify->err->status;
        enum status status = db_integer(db, s, -1, &place, verify->err);
        if (status != STATUS_OK)
            return status;
        if (place != -1)
            return fault_at(verify, check->message, place);
    }
    return STATUS_OK;
}

static enum status check_filed(struct verify *verify) {
    const char *what;
    int64_t row;
    enum status status = verify_filed(verify->store, &verify->progress, &what, &row, verify->err);
    return status != STATUS_OK || what == NULL ? status : fault_at(verify, what, row);
}

static enum status check_schema(struct verify *verify) {
    return verify_schema(verify->store, verify->err);
}

/* What each import brought in is vouched for by its event. */
static enum status check_import(struct verify *verify, int64_t seq, const char *sql, const char *stated,
                                const char *changed) {
    struct db *db = verify->store->db;
    char hex[SM3_HEX_SIZE];
    bool row, good = true;
    sqlite3_stmt *s = db_statement(db, sql, verify->err);
    if (s == NULL)
        return verify->err->status;
    db_bind_integer(s, ":seq", seq);
    enum status status;
    while (good && (status = db_step(db, s, &row, verify->err)) == STATUS_OK && row) {
        good = ledger_add_document(verify->sm3, db_column_text(s, 0));
        verify_progress_step(&verify->progress);
    }
    db_done(s);
    if (!good || !sm3_end_hex(verify->sm3, hex))
        return ledger_unhashed(verify->err);
    return status == STATUS_OK && strcmp(hex, stated) != 0 ? fault_at(verify, changed, seq) : status;
}

static enum status check_imports(struct verify *verify) {
    static const char sql[] = "SELECT seq, json_extract(json, '$.detail.documents_sm3'),"
                              " json_extract(json, '$.detail.register_sm3') FROM ledger"
                              " WHERE event = 'import' AND seq > :after ORDER BY seq LIMIT 1";
    static const char documents[] = "SELECT json FROM document WHERE import_seq = :seq ORDER BY id",
                      register_documents[] = "SELECT json FROM register_document WHERE import_seq = :seq ORDER BY id";
    struct db *db = verify->store->db;
    int64_t seq = 0;
    for (;;) {
        char stated[SM3_HEX_SIZE], register_stated[SM3_HEX_SIZE];
        bool row;
        sqlite3_stmt *s = db_statement(db, sql, verify->err);
        if (s == NULL)
            return verify->err->status;
        db_bind_integer(s, ":after", seq);
        enum status status = db_step(db, s, &row, verify->err);
        if (status != STATUS_OK || !row)
            return status;
        seq = sqlite3_column_int64(s, 0);
        db_column_copy(s, 1, stated, sizeof stated);
        db_column_copy(s, 2, register_stated, sizeof register_stated);
        db_done(s);
        status =
            check_import(verify, seq, documents, stated, N_("the documents imported with event %1 were changed since"));
        if (status == STATUS_OK)
            status = check_import(verify, seq, register_documents, register_stated,
                                  N_("the register's documents imported with event %1 were changed since"));
        if (status != STATUS_OK)
            return status;
    }
}

static enum status check_pages(struct verify *verify) {
    static const char sql[] = "PRAGMA integrity_check(1)";
    struct db *db = verify->store->db;
    bool row;
    sqlite3_stmt *s = db_statement(db, sql, verify->err);
    if (s == NULL)
        return verify->err->status;
    enum status status = db_step(db, s, &row, verify->err);
    if (status != STATUS_OK)
        return status;
    const char *found = row ? db_column_text(s, 0) : "ok";
    if (strncmp(found, "***", 3) == 0 && strchr(found, '\n') != NULL)
        found = strchr(found, '\n') + 1; /* which of the databases: there is one */
    if (strcmp(found, "ok") != 0)
        status = err_set(verify->err, STATUS_NEGATIVE, N_("the database is damaged: %1"), found, NULL);
    db_done(s);
    return status;
}

/* What the event of an export is called and hashed there must be in the ledger. */
struct anchoring {
    struct verify *verify;
    const char *file;
};

static enum status anchor_event(void *data, int64_t seq, const char *hash) {
    static const char sql[] = "SELECT hash FROM ledger WHERE seq = :seq";
    const struct anchoring *anchoring = data;
    struct verify *verify = anchoring->verify;
    struct db *db = verify->store->db;
    bool row;
    sqlite3_stmt *s = db_statement(db, sql, verify->err);
    if (s == NULL)
        return verify->err->status;
    db_bind_integer(s, ":seq", seq);
    enum status status = db_step(db, s, &row, verify->err);
    if (status != STATUS_OK)
        return status;
    bool same = row && strcmp(db_column_text(s, 0), hash) == 0;
    db_done(s);
    if (!row)
        return err_set(verify->err, STATUS_NEGATIVE, N_("the ledger was cut: %1 knows event %2, the ledger ends at %3"),
                       anchoring->file, err_number(seq).text, err_number(verify->last_seq).text, NULL);
    return same ? STATUS_OK
                : err_set(verify->err, STATUS_NEGATIVE, N_("event %2 is not the one that %1 knows"), anchoring->file,
                          err_number(seq).text, NULL);
}

static enum status run(struct verify *verify) {
    static enum status (*const steps[])(struct verify *) = {
        check_pages, check_chain, check_decisions, run_cross_checks, check_imports, check_filed, check_schema,
    };
    enum status status = db_begin_read(verify->store->db, verify->err);
    if (status == STATUS_OK)
        status = verify_progress_start(&verify->progress, verify->store, verify->err);
    for (size_t i = 0; status == STATUS_OK && i < sizeof steps / sizeof steps[0]; i++)
        status = steps[i](verify);
    for (size_t i = 0; status == STATUS_OK && i < verify->options->against_count; i++) {
        struct anchoring anchoring = {.verify = verify, .file = verify->options->against[i]};
        status = export_read(anchoring.file, verify->store->uuid, anchor_event, &anchoring, verify->err);
        verify->result->anchored = status == STATUS_OK;
    }
    db_rollback(verify->store->db);
    return status;
}

enum status verify_run(struct store *store, const struct verify_options *options, struct verify_result *result,
                       struct err *err) {
    struct verify verify = {
        .store = store, .options = options, .result = result, .err = err, .progress = {.options = options}};
    *result = (struct verify_result){0};
    verify.sm3 = sm3_new();
    if (verify.sm3 == NULL)
        return err_no_memory(err);
    errno = 0;
    enum status status = run(&verify);
    /* What could not be read or judged for want of memory looks like a fault; nobody is to be accused of that. */
    if (status == STATUS_NEGATIVE && errno == ENOMEM)
        status = err_no_memory(err);
    sm3_free(verify.sm3);
    return status;
}
