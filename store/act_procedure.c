#include <string.h>

#include "core/law.h"
#include "core/text.h"
#include "store/act_inside.h"

/* The deadline anew, after acceptance or extension. */
static enum status keep_deadline(struct act *act, bool extended) {
    static const char sql[] = "UPDATE application SET decide_by = :decide_by, provisional = :provisional,"
                              " extended = :extended WHERE id = :id";
    struct workday_count deadline = review_decide_by(&act->loaded.application, extended, &act->store->calendar);
    sqlite3_stmt *statement = db_statement(act->store->db, sql, act->err);
    if (statement == NULL)
        return act->err->status;
    db_bind_day(statement, ":decide_by", deadline.last);
    db_bind_integer(statement, ":provisional", deadline.provisional);
    db_bind_integer(statement, ":extended", extended);
    db_bind_integer(statement, ":id", act->loaded.row.id);
    act->result->decide_by = deadline.last;
    return db_run(act->store->db, statement, act->err);
}

static enum status text_missing(struct act *act, const char *message) {
    if (act->request->text != NULL && !text_is_blank(act->request->text))
        return STATUS_OK;
    return err_set(act->err, STATUS_USAGE, message, act->loaded.row.application_no, NULL);
}

/* The event of an action that is no decision: the deadline where it moved; then its text, which `key` names, NULL where
 * it has none, and whose lines are a list where `lines` says so. */
static enum status write_event(struct act *act, const char *name, const char *key, bool lines) {
    struct json detail = {0};
    json_object(&detail, NULL);
    if (act->result->decide_by != 0) {
        json_day(&detail, "decide_by", act->result->decide_by);
        json_day(&detail, "decide_by_before", act->loaded.row.decide_by);
    }
    if (lines)
        json_lines(&detail, key, act->request->text);
    else if (key != NULL)
        json_text(&detail, key, act->request->text);
    json_object_end(&detail);
    struct ledger_event event = {.event = name,
                                 .application_id = act->loaded.row.id,
                                 .application_no = act->loaded.row.application_no,
                                 .version = act->loaded.row.version + 1,
                                 .detail = &detail};
    enum status status = ledger_append(act->store, &event, &act->written, act->err);
    json_free(&detail);
    return status;
}

/* Who accepted it, and on which day: the application itself knows, also where it came in accepted. */
static enum status was_accepted(struct act *act, const char *message) {
    const char *by = act->loaded.application.accepted_by;
    char on[DAY_TEXT_SIZE];
    struct reviewer acceptor = {.name = ""};
    struct err unknown = {0};
    if (by != NULL && people_find(act->store, by, &acceptor, &unknown) == STATUS_OK)
        by = acceptor.name;
    return err_set(act->err, STATUS_BUSY, message, act->loaded.row.application_no, by == NULL ? "-" : by,
                   day_format(act->loaded.row.accepted_on, on), NULL);
}

static enum status accept_body(struct act *act) {
    static const char sql[] =
        "UPDATE application SET accepted_on = :on, accepted_by = :by, version = version + 1 WHERE id = :id";
    const struct queue_row *row = &act->loaded.row;
    if (row->accepted_on != DAY_NONE)
        return was_accepted(act, N_("application %1 was accepted already (%2, %3); nothing was changed"));
    if (act->today < row->submitted_on)
        return err_set(act->err, STATUS_NEGATIVE, N_("application %1 is dated after today; it cannot be accepted yet"),
                       row->application_no, NULL);
    act->loaded.application.accepted_on = act->today;
    enum status status = keep_deadline(act, act->loaded.extended);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *statement = db_statement(act->store->db, sql, act->err);
    if (statement == NULL)
        return act->err->status;
    db_bind_day(statement, ":on", act->today);
    db_bind_text(statement, ":by", act->store->reviewer.login);
    db_bind_integer(statement, ":id", row->id);
    status = db_run(act->store->db, statement, act->err);
    if (status != STATUS_OK)
        return status;
    act->result->state = STATE_PENDING;
    act->result->version = row->version + 1;
    return write_event(act, "accept", NULL, false);
}

enum status act_accept(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err) {
    static const struct act_kind kind = {RIGHT_DECIDE, true, accept_body};
    return act_run(store, request, result, &kind, err);
}

static enum status return_body(struct act *act) {
    const struct queue_row *row = &act->loaded.row;
    char last[DAY_TEXT_SIZE];
    enum status status = text_missing(act, N_("returning application %1 needs the items to correct"));
    if (status != STATUS_OK)
        return status;
    if (row->accepted_on != DAY_NONE)
        return was_accepted(act, N_("application %1 was accepted (%2, %3): it can no longer be returned "
                                    "(许可法 art. 32(4))"));
    day until = workday_add(&act->store->calendar, row->submitted_on, LAW_RETURN_WORKDAYS).last;
    if (act->today > until)
        return err_set(act->err, STATUS_NEGATIVE,
                       N_("application %1 could be returned until %2 only, 5 working days after submission "
                          "(许可法 art. 32(4)); it counts as accepted"),
                       row->application_no, day_format(until, last), NULL);
    status = act_update_state(act, STATE_RETURNED);
    return status == STATUS_OK ? write_event(act, "return", "items", true) : status;
}

static enum status withdraw_body(struct act *act) {
    enum status status = text_missing(act, N_("withdrawing application %1 needs the applicant's request in words"));
    if (status == STATUS_OK)
        status = act_update_state(act, STATE_WITHDRAWN);
    return status == STATUS_OK ? write_event(act, "withdraw", "reason", false) : status;
}

static enum status extend_body(struct act *act) {
    const struct queue_row *row = &act->loaded.row;
    char deadline[DAY_TEXT_SIZE];
    enum status status = text_missing(act, N_("extending the deadline of application %1 needs a reason"));
    if (status != STATUS_OK)
        return status;
    if (act->loaded.extended)
        return err_set(act->err, STATUS_NEGATIVE,
                       N_("the deadline of application %1 was extended already; once is all "
                          "the law allows (许可法 art. 42)"),
                       row->application_no, NULL);
    if (act->today > row->decide_by)
        return err_set(act->err, STATUS_NEGATIVE,
                       N_("the deadline of application %1 passed on %2; it can only be extended before"),
                       row->application_no, day_format(row->decide_by, deadline), NULL);
    status = keep_deadline(act, true);
    if (status == STATUS_OK)
        status = act_update_state(act, STATE_PENDING);
    return status == STATUS_OK ? write_event(act, "extend", "reason", false) : status;
}

enum status act_return(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err) {
    static const struct act_kind kind = {RIGHT_DECIDE, true, return_body};
    return act_run(store, request, result, &kind, err);
}

enum status act_withdraw(struct store *store, const struct act_request *request, struct act_result *result,
                         struct err *err) {
    static const struct act_kind kind = {RIGHT_DECIDE, true, withdraw_body};
    return act_run(store, request, result, &kind, err);
}

enum status act_extend(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err) {
    static const struct act_kind kind = {RIGHT_SUPERVISE, true, extend_body};
    return act_run(store, request, result, &kind, err);
}
