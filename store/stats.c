#include "store/stats.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/calendar.h"
#include "store/inside.h"

const struct document_word stats_words[STATS_BY_COUNT] = {
    [STATS_KIND] = {"kind", "类别", "kind"},
    [STATS_SPECIALTY] = {"specialty", "专业", "specialty"},
    [STATS_REVIEWER] = {"reviewer", "审查人员", "reviewer"},
    [STATS_MONTH] = {"month", "月份", "month"},
    [STATS_DAY] = {"day", "日期", "day"},
    [STATS_HOUR] = {"hour", "时段", "hour"},
};

const struct stats_span stats_spans[STATS_SPANS] = {
    {INT_MIN, -6, true}, {-5, 0, true}, {0, 0, false},  {1, 1, false},   {2, 2, false},
    {3, 3, false},       {4, 5, false}, {6, 10, false}, {11, 20, false}, {21, INT_MAX, false},
};

/* Each key is split by the hour in Shanghai; the rows of one key come one behind the other and are added up. */
#define HOUR "(substr(decided_at, 12, 2) + 8) % 24"
#define RANGE " WHERE decided_on BETWEEN :from AND :to GROUP BY 1, 2 ORDER BY 1, 2"
#define INSTANTS " min(decided_at), max(decided_at)"
#define GROUPED(key)                                                                                                   \
    "SELECT " key ", " HOUR ", sum(action = 'approve' AND outcome = 1), sum(action = 'approve' AND outcome = 2),"      \
    " sum(action = 'refuse'), sum(action = 'revoke')," INSTANTS " FROM decision" RANGE

static const char *const sql_by[STATS_BY_COUNT] = {
    [STATS_KIND] = GROUPED("kind"),
    [STATS_SPECIALTY] =
        "SELECT json_extract(i.value, '$.specialty'), " HOUR ", sum(json_extract(i.value, '$.outcome') = 'approved'),"
        " 0, sum(json_extract(i.value, '$.outcome') = 'refused'),"
        " sum(json_extract(i.value, '$.outcome') = 'revoked')," INSTANTS
        " FROM decision d, json_each(d.json, '$.items') i" RANGE,
    [STATS_REVIEWER] = GROUPED("decided_by"),
    [STATS_MONTH] = GROUPED("strftime('%Y-%m', decided_on * 86400, 'unixepoch')"),
    [STATS_DAY] = GROUPED("strftime('%Y-%m-%d', decided_on * 86400, 'unixepoch')"),
    [STATS_HOUR] = GROUPED("printf('%02d', " HOUR ")"),
};

int64_t stats_total(const struct stats_row *row) {
    return row->approved + row->partly + row->refused + row->revoked;
}

/* The row of this key: the last one, or a new one behind it. NULL: no memory. */
static struct stats_row *row_of(struct stats_row **rows, size_t *count, const char *key) {
    if (*count > 0 && strcmp((*rows)[*count - 1].key, key) == 0)
        return &(*rows)[*count - 1];
    if ((*count & (*count - 1)) == 0) { /* doubled at each power of two */
        struct stats_row *more = realloc(*rows, (*count == 0 ? 1 : 2 * *count) * sizeof **rows);
        if (more == NULL)
            return NULL;
        *rows = more;
    }
    struct stats_row *row = &(*rows)[(*count)++];
    memset(row, 0, sizeof *row);
    snprintf(row->key, sizeof row->key, "%s", key);
    return row;
}

static bool add(struct stats_row **rows, size_t *count, sqlite3_stmt *s, enum stats_by by) {
    char key[PEOPLE_NAME_SIZE], first[STATS_INSTANT_SIZE], last[STATS_INSTANT_SIZE];
    db_column_copy(s, 0, key, sizeof key);
    struct stats_row *row = row_of(rows, count, by == STATS_KIND ? document_kinds[sqlite3_column_int(s, 0)].code : key);
    if (row == NULL)
        return false;
    int64_t before = stats_total(row);
    row->approved += sqlite3_column_int64(s, 2);
    row->partly += sqlite3_column_int64(s, 3);
    row->refused += sqlite3_column_int64(s, 4);
    row->revoked += sqlite3_column_int64(s, 5);
    row->hours[(unsigned)sqlite3_column_int(s, 1) % STATS_HOURS] += stats_total(row) - before;
    db_column_copy(s, 6, first, sizeof first);
    db_column_copy(s, 7, last, sizeof last);
    if (row->first[0] == '\0' || strcmp(first, row->first) < 0)
        memcpy(row->first, first, sizeof first);
    if (strcmp(last, row->last) > 0)
        memcpy(row->last, last, sizeof last);
    return true;
}

enum status stats_run(struct store *store, enum stats_by by, day from, day to, struct stats_row **rows, size_t *count,
                      struct err *err) {
    bool row, good = true;
    *rows = NULL;
    *count = 0;
    sqlite3_stmt *s = db_statement(store->db, sql_by[by], err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":from", from == DAY_NONE ? INT32_MIN : from);
    db_bind_integer(s, ":to", to == DAY_NONE ? INT32_MAX : to);
    enum status status;
    while (good && (status = db_step(store->db, s, &row, err)) == STATUS_OK && row)
        good = add(rows, count, s, by);
    db_done(s);
    if (good && status == STATUS_OK)
        return STATUS_OK;
    free(*rows);
    *rows = NULL;
    return good ? status : err_no_memory(err);
}

static size_t span_of(const struct store *store, day today, day decide_by) {
    int left = workday_between(&store->calendar, today, decide_by);
    size_t span = 0;
    while (span < STATS_SPANS - 1 && (left > stats_spans[span].to || stats_spans[span].overdue != (decide_by < today)))
        span++;
    return span;
}

static enum status count_waiting(struct store *store, struct stats_waiting *out, struct err *err) {
    static const char sql[] =
        "SELECT decide_by, outcome, n, 0 FROM queue_day"
        " UNION ALL SELECT decide_by, outcome, 1, 1 FROM application INDEXED BY application_outcome_last"
        " WHERE state = 0 AND outcome <> 0 AND outcome_last < :today"
        " UNION ALL SELECT decide_by, outcome, 1, 1 FROM application INDEXED BY application_outcome_first"
        " WHERE state = 0 AND outcome <> 0 AND outcome_first > :today AND outcome_last >= :today";
    day today = store_today(store);
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_day(s, ":today", today);
    enum status status;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row) {
        int64_t *pending = out->pending[span_of(store, today, db_column_day(s, 0))];
        int64_t n = sqlite3_column_int64(s, 2);
        bool not_today = sqlite3_column_int(s, 3) != 0;
        pending[sqlite3_column_int(s, 1)] += not_today ? -n : n;
        pending[OUTCOME_BLOCKED] += not_today ? n : 0;
    }
    return status;
}

enum status stats_waiting(struct store *store, struct stats_waiting *out, struct err *err) {
    memset(out, 0, sizeof *out);
    enum status status = db_begin_read(store->db, err);
    if (status == STATUS_OK)
        status = calendar_refresh(store, err);
    if (status == STATUS_OK)
        status = count_waiting(store, out, err);
    db_rollback(store->db);
    return status;
}
