#include <stdlib.h>
#include <string.h>

#include "store/act_inside.h"

/* Who did the last thing to this application, and when, in Shanghai. */
static enum status was_first(struct act *act, const char *message) {
    static const char sql[] =
        "SELECT json_extract(json, '$.by_name'), strftime('%Y-%m-%d %H:%M', json_extract(json, '$.at'), '+8 hours')"
        " FROM ledger WHERE application_id = :id ORDER BY seq DESC LIMIT 1";
    bool row;
    sqlite3_stmt *statement = db_statement(act->store->db, sql, act->err);
    if (statement == NULL)
        return act->err->status;
    db_bind_integer(statement, ":id", act->loaded.row.id);
    enum status status = db_step(act->store->db, statement, &row, act->err);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return err_set(act->err, STATUS_BUSY,
                       N_("application %1 has changed since you opened it; look at it again, nothing was changed"),
                       act->loaded.row.application_no, NULL);
    status = err_set(act->err, STATUS_BUSY, message, act->loaded.row.application_no, db_column_text(statement, 0),
                     db_column_text(statement, 1), NULL);
    db_done(statement);
    return status;
}

static enum status check_standing(struct act *act) {
    static const char *const decided[STATE_COUNT] = {
        [STATE_APPROVED] = N_("application %1 was approved already by %2, %3; nothing was changed"),
        [STATE_PARTLY_APPROVED] = N_("application %1 was approved in part already by %2, %3; nothing was changed"),
        [STATE_REFUSED] = N_("application %1 was refused already by %2, %3; nothing was changed"),
        [STATE_RETURNED] = N_("application %1 was returned for correction by %2, %3; nothing was changed"),
        [STATE_WITHDRAWN] = N_("application %1 was withdrawn, recorded by %2, %3; nothing was changed"),
    };
    const struct queue_row *row = &act->loaded.row;
    if (act->kind->on_pending && row->state != STATE_PENDING)
        return was_first(act, decided[row->state]);
    if (act->request->version != 0 && act->request->version != row->version)
        return was_first(act, N_("application %1 has changed since you opened it (last by %2, %3); look at it again, "
                                 "nothing was changed"));
    return STATUS_OK;
}

static enum status check_clock(struct act *act) {
    static const char sql[] = "SELECT decided_on FROM decision ORDER BY decision_no DESC LIMIT 1";
    int64_t last;
    char today[DAY_TEXT_SIZE], before[DAY_TEXT_SIZE];
    sqlite3_stmt *statement = db_statement(act->store->db, sql, act->err);
    if (statement == NULL)
        return act->err->status;
    enum status status = db_integer(act->store->db, statement, INT32_MIN, &last, act->err);
    if (status != STATUS_OK || act->today >= last)
        return status;
    return err_set(
        act->err, STATUS_CONFIG,
        N_("today is %1, but the last decision was made on %2: set the clock right first; nothing was changed"),
        day_format(act->today, today), day_format((day)last, before), NULL);
}

enum status act_check_separation(struct act *act) {
    const char *accepted_by = act->loaded.application.accepted_by;
    if (accepted_by == NULL || strcmp(accepted_by, act->store->reviewer.login) != 0)
        return STATUS_OK;
    return err_set(act->err, STATUS_NOT_ALLOWED,
                   N_("you accepted application %1: somebody else must decide it (实施办法 art. 16)"),
                   act->loaded.row.application_no, NULL);
}

/* Opens the transaction, loads the application and looks whether it may be acted upon. */
static enum status begin(struct act *act) {
    char number[NUMBER_SIZE];
    int64_t id;
    number_normalise(act->request->application_no, number, sizeof number);
    enum status status = store_begin(act->store, act->kind->right, act->err);
    if (status != STATUS_OK)
        return status;
    act->today = store_today(act->store);
    store_instant(act->instant);
    status = application_find(act->store, number, &id, act->err);
    if (status == STATUS_OK)
        status = application_load(act->store, id, &act->arena, &act->loaded, act->err);
    if (status == STATUS_OK)
        status = check_standing(act);
    if (status == STATUS_OK)
        status = check_clock(act);
    if (status != STATUS_OK)
        store_undo(act->store);
    return status;
}

static enum status finish(struct act *act, enum status status) {
    if (status == STATUS_OK)
        status = store_commit(act->store, act->written.seq, act->written.hash, act->err);
    else
        store_undo(act->store);
    act->result->seq = act->written.seq;
    return status;
}

enum status act_run(struct store *store, const struct act_request *request, struct act_result *result,
                    const struct act_kind *kind, struct err *err) {
    memset(result, 0, sizeof *result);
    struct act *act = calloc(1, sizeof *act);
    if (act == NULL)
        return err_no_memory(err);
    act->store = store;
    act->request = request;
    act->kind = kind;
    act->result = result;
    act->err = err;
    enum status status = begin(act);
    if (status == STATUS_OK)
        status = finish(act, kind->body(act));
    arena_free(&act->arena);
    free(act);
    return status;
}

enum status act_update_state(struct act *act, enum application_state state) {
    static const char sql[] = "UPDATE application SET state = :state, version = version + 1 WHERE id = :id";
    sqlite3_stmt *statement = db_statement(act->store->db, sql, act->err);
    if (statement == NULL)
        return act->err->status;
    db_bind_integer(statement, ":state", state);
    db_bind_integer(statement, ":id", act->loaded.row.id);
    act->result->state = state;
    act->result->version = act->loaded.row.version + 1;
    return db_run(act->store->db, statement, act->err);
}

static enum status next_decision_no(struct act *act, int64_t *number) {
    static const char sql[] = "SELECT 1 + coalesce(max(decision_no), 0) FROM decision";
    sqlite3_stmt *statement = db_statement(act->store->db, sql, act->err);
    return statement == NULL ? act->err->status : db_integer(act->store->db, statement, 1, number, act->err);
}

static enum status insert_decision(struct act *act, const struct decision_facts *facts, const char *json,
                                   const char *before, const char *after) {
    static const char sql[] =
        "INSERT INTO decision(decision_no, seq, application_id, document_id, id_number, action, kind, outcome,"
        " decided_on, decided_at, decided_by, supersedes, json, register_before, register_after)"
        " VALUES(:no, :seq, :application, :document, :person, :action, :kind, :outcome, :on, :at, :by, "
        "nullif(:supersedes, 0), :json, :before,"
        " :after)";
    sqlite3_stmt *statement = db_statement(act->store->db, sql, act->err);
    if (statement == NULL)
        return act->err->status;
    db_bind_integer(statement, ":no", facts->decision_no);
    db_bind_integer(statement, ":seq", facts->seq);
    db_bind_integer(statement, ":application", act->loaded.row.id);
    db_bind_integer(statement, ":document", act->loaded.document_id);
    db_bind_text(statement, ":person", act->loaded.application.applicant.id_number);
    db_bind_text(statement, ":action", facts->action);
    db_bind_integer(statement, ":kind", act->loaded.application.kind);
    db_bind_integer(statement, ":outcome", facts->outcome);
    db_bind_day(statement, ":on", facts->decided_on);
    db_bind_text(statement, ":at", facts->decided_at);
    db_bind_text(statement, ":by", facts->reviewer->login);
    db_bind_integer(statement, ":supersedes", facts->supersedes);
    db_bind_text(statement, ":json", json);
    db_bind_text(statement, ":before", before);
    db_bind_text(statement, ":after", after);
    return db_run(act->store->db, statement, act->err);
}

enum status act_record(struct act *act, struct decision_facts *facts, const char *before, const char *after) {
    char decision_sm3[SM3_HEX_SIZE], document_sm3[SM3_HEX_SIZE], before_sm3[SM3_HEX_SIZE], after_sm3[SM3_HEX_SIZE];
    struct json json = {0};
    struct json detail = {0};
    decision_json(&json, facts);
    json_object(&detail, NULL);
    json_text(&detail, "allocated", act->allocated);
    json_object_end(&detail);
    bool good = !json.failed && ledger_sm3(json.data, decision_sm3) && ledger_sm3(act->loaded.document, document_sm3) &&
                (before == NULL || ledger_sm3(before, before_sm3)) && (after == NULL || ledger_sm3(after, after_sm3));
    struct ledger_event event = {
        .event = facts->action,
        .application_id = act->loaded.row.id,
        .application_no = act->loaded.row.application_no,
        .version = act->loaded.row.version + 1,
        .decision_no = facts->decision_no,
        .decision_sm3 = decision_sm3,
        .document_sm3 = document_sm3,
        .register_before_sm3 = before == NULL ? NULL : before_sm3,
        .register_after_sm3 = after == NULL ? NULL : after_sm3,
        .detail = act->allocated[0] == '\0' ? NULL : &detail,
    };
    enum status status = good ? ledger_append(act->store, &event, &act->written, act->err) : err_no_memory(act->err);
    if (status == STATUS_OK)
        status = insert_decision(act, facts, json.data, before, after);
    if (status == STATUS_OK)
        status = act_update_state(act, facts->outcome);
    json_free(&json);
    json_free(&detail);
    act->result->decision_no = facts->decision_no;
    return status;
}

enum status act_fill_facts(struct act *act, struct decision_facts *facts, const char *action,
                           enum application_state outcome) {
    *facts = (struct decision_facts){
        .action = action,
        .outcome = outcome,
        .loaded = &act->loaded,
        .verdict = &act->verdict,
        .registration_number = act->loaded.application.registration_number,
        .reviewer = &act->store->reviewer,
        .decided_on = act->today,
        .decided_at = act->instant,
        .decide_by = act->loaded.row.decide_by,
    };
    enum status status = next_decision_no(act, &facts->decision_no);
    return status == STATUS_OK ? ledger_next(act->store, &facts->seq, act->err) : status;
}
