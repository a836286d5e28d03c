#include "store/row.h"

const struct document_word queue_states[STATE_COUNT] = {
    [STATE_PENDING] = {"pending", "待审", "pending"},
    [STATE_APPROVED] = {"approved", "准予", "approved"},
    [STATE_PARTLY_APPROVED] = {"partly_approved", "部分准予", "partly approved"},
    [STATE_REFUSED] = {"refused", "不予", "refused"},
    [STATE_RETURNED] = {"returned", "退回补正", "returned"},
    [STATE_WITHDRAWN] = {"withdrawn", "已撤回", "withdrawn"},
};

void row_take(const struct store *store, sqlite3_stmt *s, struct queue_row *row) {
    day today = store_today(store);
    row->id = sqlite3_column_int64(s, 0);
    row->version = sqlite3_column_int64(s, 1);
    row->state = (enum application_state)sqlite3_column_int(s, 2);
    row->kind = (enum kind)sqlite3_column_int(s, 3);
    row->specialties = (unsigned)sqlite3_column_int(s, 4);
    row->first_specialty = (enum specialty)sqlite3_column_int(s, 5);
    row->submitted_on = db_column_day(s, 6);
    row->accepted_on = db_column_day(s, 7);
    row->decide_by = db_column_day(s, 8);
    row->decide_by_provisional = sqlite3_column_int(s, 9) != 0;
    row->overdue = today > row->decide_by;
    row->workdays_left = workday_between(&store->calendar, today, row->decide_by);
    struct outlook outlook = {
        .outcome = (enum outcome)sqlite3_column_int(s, 10),
        .first = db_column_day(s, 11),
        .last = db_column_day(s, 12),
    };
    row->outcome = review_outcome_on(&outlook, today);
    db_column_copy(s, 13, row->application_no, sizeof row->application_no);
    db_column_copy(s, 14, row->name, sizeof row->name);
    db_column_copy(s, 15, row->registration_number, sizeof row->registration_number);
}
