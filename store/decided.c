#include "store/decided.h"

#include "store/inside.h"

static void take(sqlite3_stmt *s, struct decided_row *row) {
    row->decision_no = sqlite3_column_int64(s, 0);
    db_column_copy(s, 1, row->action, sizeof row->action);
    row->outcome = (enum application_state)sqlite3_column_int(s, 2);
    row->kind = (enum kind)sqlite3_column_int(s, 3);
    row->decided_on = db_column_day(s, 4);
    row->application_id = sqlite3_column_int64(s, 5);
    db_column_copy(s, 6, row->application_no, sizeof row->application_no);
    db_column_copy(s, 7, row->name, sizeof row->name);
    db_column_copy(s, 8, row->registration_number, sizeof row->registration_number);
    db_column_copy(s, 9, row->decided_by_name, sizeof row->decided_by_name);
    row->revoked_by = sqlite3_column_int64(s, 10);
}

enum status decided_page(struct store *store, int64_t from, struct decided_row *rows, size_t capacity, size_t *count,
                         struct err *err) {
    /* name and number as they were decided upon: the application may have come in anew since */
    static const char sql[] =
        "SELECT d.decision_no, d.action, d.outcome, d.kind, d.decided_on, d.application_id, a.application_no,"
        " json_extract(d.json, '$.person.name'),"
        " coalesce(json_extract(d.json, '$.person.registration_number'), a.registration_number),"
        " coalesce(r.name, d.decided_by),"
        " (SELECT x.decision_no FROM decision x WHERE x.application_id = d.application_id"
        "  AND x.decision_no > d.decision_no AND x.supersedes = d.decision_no)"
        " FROM decision d JOIN application a ON a.id = d.application_id LEFT JOIN reviewer r ON r.login = d.decided_by"
        " WHERE d.decision_no <= :from ORDER BY d.decision_no DESC LIMIT :limit";
    bool row;
    *count = 0;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":from", from);
    db_bind_integer(s, ":limit", (int64_t)capacity);
    enum status status;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row && *count < capacity)
        take(s, &rows[(*count)++]);
    db_done(s);
    return status;
}

enum status decided_newest(struct store *store, int64_t *decision_no, struct err *err) {
    static const char sql[] = "SELECT coalesce(max(decision_no), 0) FROM decision";
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    return db_integer(store->db, s, 0, decision_no, err);
}
