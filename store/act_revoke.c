#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "store/act_inside.h"
#include "store/document_json.h"

/* What the decision to be revoked left. */
struct revoked {
    int64_t application_id;
    int64_t later; /* the first later decision that touched the person; 0: none */
    bool is_revocation;
    const char *before; /* the register entry before it, or NULL */
};

static enum status read_revoked(struct act *act, struct revoked *out) {
    static const char sql[] =
        "SELECT application_id, action = 'revoke', register_before,"
        " (SELECT min(x.decision_no) FROM decision x WHERE x.id_number = d.id_number AND x.decision_no > d.decision_no)"
        " FROM decision d WHERE decision_no = :no";
    bool row;
    sqlite3_stmt *s = db_statement(act->store->db, sql, act->err);
    if (s == NULL)
        return act->err->status;
    db_bind_integer(s, ":no", act->request->decision_no);
    enum status status = db_step(act->store->db, s, &row, act->err);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return err_set(act->err, STATUS_NEGATIVE, N_("there is no decision %1"),
                       err_number(act->request->decision_no).text, NULL);
    out->application_id = sqlite3_column_int64(s, 0);
    out->is_revocation = sqlite3_column_int(s, 1) != 0;
    bool entry = sqlite3_column_type(s, 2) != SQLITE_NULL;
    out->before = entry ? arena_text(&act->arena, db_column_text(s, 2)) : NULL;
    out->later = sqlite3_column_int64(s, 3);
    db_done(s);
    return entry && out->before == NULL ? err_no_memory(act->err) : STATUS_OK;
}

static enum status may_be_revoked(struct act *act, const struct revoked *revoked) {
    const struct err_number number = err_number(act->request->decision_no);
    if (act->request->text == NULL || text_is_blank(act->request->text) || act->request->ground == NULL ||
        text_is_blank(act->request->ground))
        return err_set(act->err, STATUS_USAGE, N_("revoking needs a reason and its legal ground (许可法 art. 69)"),
                       NULL);
    if (revoked->is_revocation)
        return err_set(act->err, STATUS_NEGATIVE,
                       N_("decision %1 is itself a revocation; decide the application again instead"), number.text,
                       NULL);
    if (revoked->later != 0)
        return err_set(act->err, STATUS_BUSY,
                       N_("decision %1 cannot be revoked: decision %2 has touched the person since"), number.text,
                       err_number(revoked->later).text, NULL);
    return STATUS_OK;
}

static enum status restore_entry(struct act *act, const char *before, int64_t decision_no) {
    struct document document;
    const struct register_row *now = act->loaded.by_person;
    const char *person = act->loaded.application.applicant.id_number;
    enum status status = STATUS_OK;
    if (before == NULL && now != NULL)
        status = register_remove(act->store, person, act->err);
    if (status != STATUS_OK || before == NULL)
        return status;
    if (!document_read_stored(before, &act->arena, &document) || document.type != DOCUMENT_CONSTRUCTOR)
        return err_of_data(act->err, STATUS_IO, N_("a register entry in the database is damaged; run `yijian verify`"),
                           NULL);
    return register_put_entry(act->store, &document.as.constructor, before, decision_no, act->err);
}

/* A revocation grants nothing and checks nothing: its items carry the reason and the ground. */
static void empty_verdict(struct act *act) {
    const struct application *a = &act->loaded.application;
    memset(&act->verdict, 0, sizeof act->verdict);
    act->verdict.item_count = a->specialty_count;
    for (size_t i = 0; i < a->specialty_count; i++)
        act->verdict.items[i] = (struct verdict_item){
            .specialty = a->specialties[i].specialty, .valid_from = DAY_NONE, .valid_to = DAY_NONE};
}

static enum status revoke_body(struct act *act) {
    struct revoked revoked = {0};
    struct decision_facts facts;
    enum status status = read_revoked(act, &revoked);
    if (status == STATUS_OK)
        status = may_be_revoked(act, &revoked);
    if (status == STATUS_OK)
        status = act_fill_facts(act, &facts, "revoke", STATE_PENDING);
    if (status != STATUS_OK)
        return status;
    empty_verdict(act);
    const struct register_row *now = act->loaded.by_person;
    facts.supersedes = act->request->decision_no;
    facts.text = act->request->text;
    facts.ground = act->request->ground;
    facts.note = act->request->text;
    if (now != NULL)
        facts.registration_number = now->entry.number;
    status = act_record(act, &facts, now == NULL ? NULL : now->entry_text, revoked.before);
    if (status == STATUS_OK)
        status = restore_entry(act, revoked.before, facts.decision_no);
    if (status == STATUS_OK)
        status = application_refresh(act->store, act->loaded.application.applicant.id_number,
                                     now == NULL ? NULL : now->entry.number,
                                     now == NULL ? NULL : now->entry.paper_number, act->err);
    return status;
}

enum status act_revoke(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err) {
    static const char sql[] = "SELECT a.application_no FROM decision d JOIN application a ON a.id = d.application_id"
                              " WHERE d.decision_no = :no";
    static const struct act_kind kind = {RIGHT_SUPERVISE, false, revoke_body};
    char application_no[QUEUE_TEXT_SIZE];
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":no", request->decision_no);
    enum status status = db_step(store->db, s, &row, err);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return err_set(err, STATUS_NEGATIVE, N_("there is no decision %1"), err_number(request->decision_no).text,
                       NULL);
    db_column_copy(s, 0, application_no, sizeof application_no);
    db_done(s);
    struct act_request named = *request;
    named.application_no = application_no;
    return act_run(store, &named, result, &kind, err);
}
