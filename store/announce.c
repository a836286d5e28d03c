#include "store/announce.h"

#include "store/inside.h"
#include "store/ledger.h"

static enum status read_next(struct store *store, struct announcement *out, struct err *err) {
    static const char sql[] = "SELECT 1 + coalesce(max(batch), 0), 1 + coalesce(max(last), 0),"
                              " (SELECT coalesce(max(decision_no), 0) FROM decision) FROM announcement";
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    enum status status = db_step(store->db, s, &row, err);
    if (status != STATUS_OK)
        return status;
    *out = (struct announcement){.batch = sqlite3_column_int64(s, 0),
                                 .first = sqlite3_column_int64(s, 1),
                                 .last = sqlite3_column_int64(s, 2),
                                 .closed_on = store_today(store)};
    db_done(s);
    if (out->last < out->first)
        return err_set(err, STATUS_NEGATIVE, N_("there is no decision that was not announced yet"), NULL);
    return STATUS_OK;
}

static enum status write_batch(struct store *store, const struct announcement *a, int64_t seq, struct err *err) {
    static const char sql[] = "INSERT INTO announcement(batch, first, last, closed_on, seq)"
                              " VALUES(:batch, :first, :last, :on, :seq)";
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":batch", a->batch);
    db_bind_integer(s, ":first", a->first);
    db_bind_integer(s, ":last", a->last);
    db_bind_day(s, ":on", a->closed_on);
    db_bind_integer(s, ":seq", seq);
    return db_run(store->db, s, err);
}

enum status announce_close(struct store *store, struct announcement *out, struct err *err) {
    struct ledger_written written;
    struct json detail = {0};
    enum status status = store_begin(store, RIGHT_DECIDE, err);
    if (status != STATUS_OK)
        return status;
    status = read_next(store, out, err);
    if (status == STATUS_OK) {
        json_object(&detail, NULL);
        json_integer(&detail, "batch", out->batch);
        json_integer(&detail, "first", out->first);
        json_integer(&detail, "last", out->last);
        json_object_end(&detail);
        struct ledger_event event = {.event = "announce", .detail = &detail};
        status = ledger_append(store, &event, &written, err);
    }
    if (status == STATUS_OK)
        status = write_batch(store, out, written.seq, err);
    json_free(&detail);
    if (status != STATUS_OK) {
        store_undo(store);
        return status;
    }
    return store_commit(store, written.seq, written.hash, err);
}

enum status announce_find(struct store *store, int64_t batch, struct announcement *out, struct err *err) {
    static const char sql[] = "SELECT batch, first, last, closed_on FROM announcement WHERE batch = :batch";
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":batch", batch);
    enum status status = db_step(store->db, s, &row, err);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return err_set(err, STATUS_NEGATIVE, N_("there is no announcement %1"), err_number(batch).text, NULL);
    *out = (struct announcement){.batch = sqlite3_column_int64(s, 0),
                                 .first = sqlite3_column_int64(s, 1),
                                 .last = sqlite3_column_int64(s, 2),
                                 .closed_on = db_column_day(s, 3)};
    db_done(s);
    return STATUS_OK;
}

static enum status next_decision(struct store *store, const struct announcement *a, int kind, int64_t after,
                                 int64_t *number, struct err *err) {
    static const char sql[] =
        "SELECT decision_no FROM decision d WHERE decision_no > :after AND decision_no <= :last AND kind = :kind"
        " AND action = 'approve' AND NOT EXISTS (SELECT 1 FROM decision r WHERE r.application_id = d.application_id"
        " AND r.supersedes = d.decision_no AND r.decision_no <= :last) ORDER BY decision_no LIMIT 1";
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":after", after);
    db_bind_integer(s, ":last", a->last);
    db_bind_integer(s, ":kind", kind);
    return db_integer(store->db, s, 0, number, err);
}

enum status announce_each(struct store *store, const struct announcement *announcement,
                          bool (*each)(void *data, const struct decision *decision), void *data, struct err *err) {
    bool more = true;
    for (int kind = 0; kind < KIND_COUNT && more; kind++) {
        int64_t number = announcement->first - 1;
        for (;;) {
            struct decision *decision = NULL;
            enum status status = next_decision(store, announcement, kind, number, &number, err);
            if (status == STATUS_OK && number != 0)
                status = decision_read(store, number, &decision, err);
            if (status != STATUS_OK)
                return status;
            if (number == 0)
                break;
            more = each(data, decision);
            decision_free(decision);
            if (!more)
                break;
        }
    }
    return STATUS_OK;
}
