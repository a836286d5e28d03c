/* Counts of the queue and places in it, out of the tallies the triggers keep: nothing is counted by a scan. */
#include <string.h>

#include "core/law.h"
#include "store/calendar.h"
#include "store/queue_sql.h"

static enum status count_days(struct store *store, struct queue_counts *counts, struct err *err) {
    static const char sql[] =
        "SELECT kind, sum(n), sum(CASE WHEN decide_by < :today THEN n ELSE 0 END),"
        " sum(CASE WHEN decide_by BETWEEN :today AND :soon THEN n ELSE 0 END) FROM queue_day GROUP BY kind";
    day today = store_today(store);
    bool row;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_day(statement, ":today", today);
    /* up to the eve of the working day after the last that counts as soon: days off in between are no further away */
    db_bind_day(statement, ":soon", workday_add(&store->calendar, today, LAW_DUE_SOON_WORKDAYS + 1).last - 1);
    enum status status;
    while ((status = db_step(store->db, statement, &row, err)) == STATUS_OK && row) {
        int kind = sqlite3_column_int(statement, 0);
        counts->pending[kind] = sqlite3_column_int64(statement, 1);
        counts->overdue[kind] = sqlite3_column_int64(statement, 2);
        counts->due_soon[kind] = sqlite3_column_int64(statement, 3);
    }
    return status;
}

/* What does not hold today: kept outcomes of another day. Two index ranges find them: few, as a rule. */
#define NOT_TODAY                                                                                                      \
    " UNION ALL SELECT kind, outcome, count(*), 1 FROM application INDEXED BY application_outcome_last"                \
    " WHERE state = 0 AND outcome <> 0 AND outcome_last < :today AND (:mask = 0 OR specialties & :mask)"               \
    " GROUP BY kind, outcome"                                                                                          \
    " UNION ALL SELECT kind, outcome, count(*), 1 FROM application INDEXED BY application_outcome_first"               \
    " WHERE state = 0 AND outcome <> 0 AND outcome_first > :today AND outcome_last >= :today"                          \
    " AND (:mask = 0 OR specialties & :mask) GROUP BY kind, outcome"

/* Those whose kept outcome does not hold today count as blocked. Of all specialties the days alone tell the number:
 * there are far fewer rows of them than of days and sets of specialties. */
static enum status count_outcomes(struct store *store, unsigned mask, int64_t outcome[KIND_COUNT][OUTCOME_COUNT],
                                  struct err *err) {
    static const char of_all[] = "SELECT kind, outcome, sum(n), 0 FROM queue_day GROUP BY kind, outcome" NOT_TODAY;
    static const char of_some[] = "SELECT kind, outcome, sum(n), 0 FROM queue_tally WHERE ordering = 0"
                                  " AND specialties & :mask GROUP BY kind, outcome" NOT_TODAY;
    bool row;
    memset(outcome, 0, sizeof(int64_t[KIND_COUNT][OUTCOME_COUNT]));
    sqlite3_stmt *statement = db_statement(store->db, mask == 0 ? of_all : of_some, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":mask", mask);
    db_bind_day(statement, ":today", store_today(store));
    enum status status;
    while ((status = db_step(store->db, statement, &row, err)) == STATUS_OK && row) {
        int kind = sqlite3_column_int(statement, 0), kept = sqlite3_column_int(statement, 1);
        int64_t n = sqlite3_column_int64(statement, 2);
        bool not_today = sqlite3_column_int(statement, 3) != 0;
        outcome[kind][kept] += not_today ? -n : n;
        outcome[kind][OUTCOME_BLOCKED] += not_today ? n : 0;
    }
    return status;
}

enum status queue_counts(struct store *store, struct queue_counts *counts, struct err *err) {
    memset(counts, 0, sizeof *counts);
    enum status status = db_begin_read(store->db, err);
    if (status == STATUS_OK)
        status = calendar_refresh(store, err);
    if (status == STATUS_OK)
        status = count_days(store, counts, err);
    if (status == STATUS_OK)
        status = count_outcomes(store, 0, counts->outcome, err);
    db_rollback(store->db);
    return status;
}

static enum status count_by(struct store *store, const char *sql, const struct queue_filter *filter,
                            const struct queue_key *key, int64_t *count, struct err *err) {
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    queue_bind(store, statement, filter, key);
    return db_integer(store->db, statement, 0, count, err);
}

enum status queue_count(struct store *store, const struct queue_filter *filter, int64_t *count, struct err *err) {
    int64_t outcome[KIND_COUNT][OUTCOME_COUNT];
    unsigned mask = filter->specialty == QUEUE_ANY ? 0 : 1U << filter->specialty;
    *count = 0;
    if (filter->match != SEARCH_NOTHING)
        return count_by(store, queue_text_count_sql(filter), filter, NULL, count, err);
    enum status status = count_outcomes(store, mask, outcome, err);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        for (int o = 0; o < OUTCOME_COUNT; o++)
            if ((filter->kind == QUEUE_ANY || filter->kind == kind) &&
                (filter->outcome == QUEUE_ANY || filter->outcome == o))
                *count += outcome[kind][o];
    return status;
}

#define OF_FILTER(outcome) QUEUE_KIND_SQL " AND (:mask = 0 OR specialties & :mask) AND (:outcome < 0 OR " outcome ")"
#define REST(index, by)                                                                                                \
    "SELECT count(*) FROM application INDEXED BY " index " WHERE state = 0 AND " by " = :day AND id < :id"             \
    " AND (:mask = 0 OR specialties & :mask) AND (:outcome < 0 OR outcome = :outcome)" QUEUE_KIND_SQL
/* Kept outcomes that do not hold today: +1 for each where blocked ones are asked for, else -1 for each counted above.
 */
#define STALE(by)                                                                                                      \
    "SELECT coalesce(sum(CASE WHEN :outcome = 0 THEN 1 WHEN :outcome = outcome THEN -1 ELSE 0 END), 0) FROM ("         \
    "SELECT kind, specialties, outcome, " by " AS day, id FROM application INDEXED BY application_outcome_last"        \
    " WHERE state = 0 AND outcome <> 0 AND outcome_last < :today UNION ALL"                                            \
    " SELECT kind, specialties, outcome, " by ", id FROM application INDEXED BY application_outcome_first"             \
    " WHERE state = 0 AND outcome <> 0 AND outcome_first > :today AND outcome_last >= :today)"                         \
    " WHERE (day, id) < (:day, :id)" OF_FILTER("1")

/* Whole days out of the counts, the rest of one day along its index, then what does not hold today. */
enum status queue_position(struct store *store, const struct queue_filter *filter, const struct queue_key *key,
                           int64_t *before, struct err *err) {
    static const char days[] =
        "SELECT coalesce(sum(n), 0) FROM queue_tally WHERE ordering = :order AND day < :day" OF_FILTER(
            "outcome = :outcome");
    static const char *const rest[QUEUE_ORDER_COUNT] = {REST("application_deadline", "decide_by"),
                                                        REST("application_submitted", "submitted_on")};
    static const char *const stale[QUEUE_ORDER_COUNT] = {STALE("decide_by"), STALE("submitted_on")};
    static const char few_days[] = "SELECT coalesce(sum(n), 0) FROM queue_day WHERE decide_by < :day AND (:outcome < 0 "
                                   "OR outcome = :outcome)" QUEUE_KIND_SQL;
    bool few = filter->order == QUEUE_BY_DEADLINE && filter->specialty == QUEUE_ANY;
    const char *const parts[] = {few ? few_days : days, rest[filter->order],
                                 filter->outcome == QUEUE_ANY ? NULL : stale[filter->order]};
    *before = 0;
    if (filter->match != SEARCH_NOTHING)
        return count_by(store, queue_text_before_sql(filter), filter, key, before, err);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && parts[i] != NULL; i++) {
        int64_t n = 0;
        enum status status = count_by(store, parts[i], filter, key, &n, err);
        if (status != STATUS_OK)
            return status;
        *before += n;
    }
    return STATUS_OK;
}
