#include "store/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/grant.h"
#include "core/text.h"
#include "store/decision_json.h"
#include "store/document_json.h"
#include "store/ledger.h"

/* One action under way: everything it read and made, inside the open writing transaction. */
struct act {
    struct store *store;
    const struct act_request *request;
    struct act_result *result;
    struct err *err;
    struct arena arena;
    struct loaded loaded;
    struct verdict verdict;
    day today;
    char instant[STORE_INSTANT_SIZE];
    struct ledger_written written;
};

static enum status no_memory(struct err *err) {
    return err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
}

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
    status = err_set(act->err, STATUS_BUSY, message, act->loaded.row.application_no,
                     row ? db_column_text(statement, 0) : "?", row ? db_column_text(statement, 1) : "?", NULL);
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
    if (row->state != STATE_PENDING)
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
    return err_set(act->err, STATUS_CONFIG,
                   N_("today is %1, but the last decision was made on %2: set the clock right first; nothing was changed"),
                   day_format(act->today, today), day_format((day)last, before), NULL);
}

static enum status check_separation(struct act *act) {
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
    enum status status = store_begin(act->store, RIGHT_DECIDE, act->err);
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

/* Makes, runs and puts away one action. */
static enum status run(struct store *store, const struct act_request *request, struct act_result *result,
                       enum status (*body)(struct act *act), struct err *err) {
    memset(result, 0, sizeof *result);
    struct act *act = calloc(1, sizeof *act);
    if (act == NULL)
        return no_memory(err);
    act->store = store;
    act->request = request;
    act->result = result;
    act->err = err;
    enum status status = begin(act);
    if (status == STATUS_OK)
        status = finish(act, body(act));
    arena_free(&act->arena);
    free(act);
    return status;
}

static enum status update_state(struct act *act, enum application_state state) {
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

static enum status accept_body(struct act *act) {
    static const char sql[] = "UPDATE application SET accepted_on = :on, accepted_by = :by, decide_by = :decide_by,"
                              " provisional = :provisional, version = version + 1 WHERE id = :id";
    const struct queue_row *row = &act->loaded.row;
    if (row->accepted_on != DAY_NONE)
        return was_first(act, N_("application %1 was accepted already (last by %2, %3); nothing was changed"));
    if (act->today < row->submitted_on)
        return err_set(act->err, STATUS_NEGATIVE, N_("application %1 is dated after today; it cannot be accepted yet"),
                       row->application_no, NULL);
    act->loaded.application.accepted_on = act->today;
    struct workday_count deadline =
        review_decide_by(&act->loaded.application, act->loaded.extended, &act->store->calendar);
    sqlite3_stmt *statement = db_statement(act->store->db, sql, act->err);
    if (statement == NULL)
        return act->err->status;
    db_bind_day(statement, ":on", act->today);
    db_bind_text(statement, ":by", act->store->reviewer.login);
    db_bind_day(statement, ":decide_by", deadline.last);
    db_bind_integer(statement, ":provisional", deadline.provisional);
    db_bind_integer(statement, ":id", row->id);
    enum status status = db_run(act->store->db, statement, act->err);
    if (status != STATUS_OK)
        return status;
    act->result->state = STATE_PENDING;
    act->result->version = row->version + 1;
    act->result->decide_by = deadline.last;
    struct ledger_event event = {.event = "accept",
                                 .application_id = row->id,
                                 .application_no = row->application_no,
                                 .version = row->version + 1};
    return ledger_append(act->store, &event, &act->written, act->err);
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
        " decided_on, decided_at, decided_by, json, register_before, register_after)"
        " VALUES(:no, :seq, :application, :document, :person, :action, :kind, :outcome, :on, :at, :by, :json, :before,"
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
    db_bind_text(statement, ":json", json);
    db_bind_text(statement, ":before", before);
    db_bind_text(statement, ":after", after);
    return db_run(act->store->db, statement, act->err);
}

/* Decision, ledger event and state. `after` is the register entry the decision leaves, NULL where it leaves none. */
static enum status record(struct act *act, struct decision_facts *facts, const char *after) {
    const char *before = act->loaded.by_person == NULL ? NULL : act->loaded.by_person->entry_text;
    char decision_sm3[SM3_HEX_SIZE], document_sm3[SM3_HEX_SIZE], before_sm3[SM3_HEX_SIZE], after_sm3[SM3_HEX_SIZE];
    struct json json = {0};
    decision_json(&json, facts);
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
    };
    enum status status = good ? ledger_append(act->store, &event, &act->written, act->err) : no_memory(act->err);
    if (status == STATUS_OK)
        status = insert_decision(act, facts, json.data, before, after);
    if (status == STATUS_OK)
        status = update_state(act, facts->outcome);
    json_free(&json);
    act->result->decision_no = facts->decision_no;
    return status;
}

static enum status fill_facts(struct act *act, struct decision_facts *facts, const char *action,
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

static void run_review(struct act *act) {
    struct review_case c = application_case(act->store, &act->loaded, act->today);
    review_run(&c, &act->verdict);
    for (size_t i = 0; i < act->verdict.item_count; i++)
        act->result->granted += act->verdict.items[i].approvable ? 1 : 0;
    act->result->refused = act->verdict.item_count - act->result->granted;
}

static enum status blocked(struct act *act) {
    const char *names[RULE_COUNT];
    char list[ERR_ARG_SIZE] = "";
    rule_set failed = 0;
    for (size_t i = 0; i < act->verdict.item_count; i++)
        failed |= act->verdict.items[i].failed;
    size_t count = review_failed_names(failed, names);
    for (size_t i = 0, used = 0; i < count && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : " ", names[i]);
    return err_set(act->err, STATUS_NEGATIVE, N_("application %1 cannot be approved, it fails %2; nothing was changed"),
                   act->loaded.row.application_no, list, NULL);
}

static enum status allocate_initial(struct act *act, char number[NUMBER_REGISTRATION_SIZE]) {
    struct registration_number parts;
    if (!grant_new_number(&act->loaded.application, &act->verdict, act->request->province, &parts))
        return err_set(act->err, STATUS_USAGE,
                       N_("the province of %1 cannot be told from employer and credit code: give its two-digit code"),
                       act->loaded.row.application_no, NULL);
    return register_allocate(act->store, &parts, number, act->err);
}

/* A person known by a paper number only gets the electronic form of it, or a free serial where that is taken. */
static enum status allocate_electronic(struct act *act, char number[NUMBER_REGISTRATION_SIZE]) {
    const struct constructor *entry = &act->loaded.by_person->entry;
    struct registration_number parts;
    bool taken;
    number[0] = '\0';
    if (!grant_needs_electronic(entry) || !grant_electronic(entry->number, &parts))
        return STATUS_OK;
    number_registration_format(&parts, number);
    enum status status = register_number_taken(act->store, number, &taken, act->err);
    if (status != STATUS_OK || !taken)
        return status;
    return register_allocate(act->store, &parts, number, act->err);
}

static enum status change_register(struct act *act, struct decision_facts *facts) {
    const struct constructor *entry = act->loaded.by_person == NULL ? NULL : &act->loaded.by_person->entry;
    char number[NUMBER_REGISTRATION_SIZE] = "";
    enum status status = entry == NULL ? allocate_initial(act, number) : allocate_electronic(act, number);
    if (status != STATUS_OK)
        return status;
    struct constructor after;
    grant_apply(&act->loaded.application, &act->verdict, entry, number[0] == '\0' ? NULL : number, &after);
    facts->registration_number = after.number;
    facts->former_number = entry != NULL && number[0] != '\0' ? entry->number : NULL;
    act->result->number_is_new = number[0] != '\0';
    snprintf(act->result->registration_number, sizeof act->result->registration_number, "%s", after.number);
    struct json text = {0};
    document_write_constructor(&text, &after);
    status = text.failed ? no_memory(act->err) : record(act, facts, text.data);
    if (status == STATUS_OK)
        status = register_put_entry(act->store, &after, text.data, facts->decision_no, act->err);
    if (status == STATUS_OK)
        status = application_refresh(act->store, after.person.id_number, after.number, after.paper_number, act->err);
    json_free(&text);
    return status;
}

static enum status approve_body(struct act *act) {
    enum status status = check_separation(act);
    if (status != STATUS_OK)
        return status;
    run_review(act);
    if (act->verdict.outcome == OUTCOME_BLOCKED)
        return blocked(act);
    bool part = act->verdict.outcome == OUTCOME_PARTLY;
    if (part && !act->request->partial)
        return err_set(act->err, STATUS_NEGATIVE,
                       N_("only %1 of %2 specialties of %3 can be approved: say that it is partial; nothing was changed"),
                       err_number((long long)act->result->granted).text,
                       err_number((long long)act->verdict.item_count).text, act->loaded.row.application_no, NULL);
    struct decision_facts facts;
    status = fill_facts(act, &facts, "approve", part ? STATE_PARTLY_APPROVED : STATE_APPROVED);
    if (status != STATUS_OK)
        return status;
    facts.note = act->request->text;
    return change_register(act, &facts);
}

static enum status refuse_body(struct act *act) {
    enum status status = check_separation(act);
    if (status != STATUS_OK)
        return status;
    run_review(act);
    act->result->granted = 0;
    act->result->refused = act->verdict.item_count;
    struct decision_facts facts;
    status = fill_facts(act, &facts, "refuse", STATE_REFUSED);
    if (status != STATUS_OK)
        return status;
    bool written = act->request->text != NULL && !text_is_blank(act->request->text);
    facts.text = written ? act->request->text : NULL;
    if (!decision_has_reasons(&facts))
        return err_set(act->err, STATUS_NEGATIVE,
                       N_("some specialty of application %1 passes every rule: refusing it needs the reason and its legal "
                          "basis in words (许可法 art. 38); nothing was changed"),
                       act->loaded.row.application_no, NULL);
    facts.note = facts.text;
    const struct register_row *entry = act->loaded.by_person;
    return record(act, &facts, entry == NULL ? NULL : entry->entry_text);
}

enum status act_accept(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err) {
    return run(store, request, result, accept_body, err);
}

enum status act_approve(struct store *store, const struct act_request *request, struct act_result *result,
                        struct err *err) {
    return run(store, request, result, approve_body, err);
}

enum status act_refuse(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err) {
    return run(store, request, result, refuse_body, err);
}

size_t act_prefill(const struct verdict *verdict, char *out, size_t size) {
    char reason[PHRASE_SIZE];
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < verdict->check_count; i++) {
        if (verdict->checks[i].result != CHECK_FAIL)
            continue;
        phrase_format(&verdict->checks[i].reason, LANGUAGE_ZH, reason, sizeof reason);
        size_t length = strlen(reason);
        if (strstr(out, reason) != NULL || used + length + 2 > size)
            continue;
        used += (size_t)snprintf(out + used, size - used, "%s%s", used == 0 ? "" : "\n", reason);
    }
    return used;
}
