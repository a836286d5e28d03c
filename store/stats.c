#include "store/stats.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/inside.h"

const struct document_word stats_words[STATS_BY_COUNT] = {
    [STATS_KIND] = {"kind", "类别", "kind"},
    [STATS_SPECIALTY] = {"specialty", "专业", "specialty"},
    [STATS_REVIEWER] = {"reviewer", "审查人员", "reviewer"},
    [STATS_MONTH] = {"month", "月份", "month"},
    [STATS_DAY] = {"day", "日期", "day"},
};

#define RANGE " WHERE decided_on BETWEEN :from AND :to"
#define SUMS                                                                                                           \
    " sum(action = 'approve' AND outcome = 1), sum(action = 'approve' AND outcome = 2), sum(action = 'refuse'),"       \
    " sum(action = 'revoke')"
#define GROUPED(key) "SELECT " key "," SUMS " FROM decision" RANGE " GROUP BY 1 ORDER BY 1"

static const char *const sql_by[STATS_BY_COUNT] = {
    [STATS_KIND] = GROUPED("kind"),
    [STATS_SPECIALTY] =
        "SELECT json_extract(i.value, '$.specialty'), sum(json_extract(i.value, '$.outcome') = 'approved'),"
        " 0, sum(json_extract(i.value, '$.outcome') = 'refused'),"
        " sum(json_extract(i.value, '$.outcome') = 'revoked')"
        " FROM decision d, json_each(d.json, '$.items') i" RANGE " GROUP BY 1 ORDER BY 1",
    [STATS_REVIEWER] = GROUPED("decided_by"),
    [STATS_MONTH] = GROUPED("strftime('%Y-%m', decided_on * 86400, 'unixepoch')"),
    [STATS_DAY] = GROUPED("strftime('%Y-%m-%d', decided_on * 86400, 'unixepoch')"),
};

static bool add(struct stats_row **rows, size_t *count, sqlite3_stmt *s, enum stats_by by) {
    if ((*count & (*count - 1)) == 0) { /* doubled at each power of two */
        struct stats_row *more = realloc(*rows, (*count == 0 ? 1 : 2 * *count) * sizeof **rows);
        if (more == NULL)
            return false;
        *rows = more;
    }
    struct stats_row *row = &(*rows)[(*count)++];
    db_column_copy(s, 0, row->key, sizeof row->key);
    if (by == STATS_KIND)
        snprintf(row->key, sizeof row->key, "%s", document_kinds[sqlite3_column_int(s, 0)].code);
    row->approved = sqlite3_column_int64(s, 1);
    row->partly = sqlite3_column_int64(s, 2);
    row->refused = sqlite3_column_int64(s, 3);
    row->revoked = sqlite3_column_int64(s, 4);
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
    return good ? status : err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
}
