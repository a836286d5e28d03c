#include "store/queue.h"

#include <stdlib.h>
#include <string.h>

#include "core/law.h"
#include "store/application.h"
#include "store/calendar.h"
#include "store/inside.h"
#include "store/row.h"

struct queue_key queue_key_of(const struct queue_row *row, enum queue_order order) {
    return (struct queue_key){.day = order == QUEUE_BY_DEADLINE ? row->decide_by : row->submitted_on, .id = row->id};
}

#define OUTCOME_TODAY "CASE WHEN :today BETWEEN outcome_first AND outcome_last THEN outcome ELSE 0 END"
#define FILTER " AND (:outcome < 0 OR :outcome = " OUTCOME_TODAY ") AND (:mask = 0 OR specialties & :mask)"
#define PAGE(kind, by, compare, direction)                                                                             \
    "SELECT " ROW_COLUMNS " FROM application WHERE state = 0" kind " AND (" by ", id) " compare " (:day, :id)" FILTER  \
    " ORDER BY " by " " direction ", id " direction " LIMIT :limit"
#define BEFORE(kind, by)                                                                                               \
    "SELECT count(*) FROM (SELECT 1 FROM application WHERE state = 0" kind " AND (" by ", id) < (:day, :id)" FILTER    \
    " LIMIT :limit)"
#define ONE_KIND " AND kind = :kind"

/* By order, one kind or all, direction: each runs along one index, from the key on. */
static const char *const page_sql[QUEUE_ORDER_COUNT][2][2] = {
    [QUEUE_BY_DEADLINE] =
        {
            {PAGE("", "decide_by", ">", "ASC"), PAGE("", "decide_by", "<", "DESC")},
            {PAGE(ONE_KIND, "decide_by", ">", "ASC"), PAGE(ONE_KIND, "decide_by", "<", "DESC")},
        },
    [QUEUE_BY_SUBMITTED] =
        {
            {PAGE("", "submitted_on", ">", "ASC"), PAGE("", "submitted_on", "<", "DESC")},
            {PAGE(ONE_KIND, "submitted_on", ">", "ASC"), PAGE(ONE_KIND, "submitted_on", "<", "DESC")},
        },
};

static const char *const before_sql[QUEUE_ORDER_COUNT][2] = {
    [QUEUE_BY_DEADLINE] = {BEFORE("", "decide_by"), BEFORE(ONE_KIND, "decide_by")},
    [QUEUE_BY_SUBMITTED] = {BEFORE("", "submitted_on"), BEFORE(ONE_KIND, "submitted_on")},
};

static void bind_filter(const struct store *store, sqlite3_stmt *statement, const struct queue_filter *filter,
                        struct queue_key key, int64_t limit) {
    db_bind_integer(statement, ":kind", filter->kind);
    db_bind_integer(statement, ":outcome", filter->outcome);
    db_bind_integer(statement, ":mask", filter->specialty == QUEUE_ANY ? 0 : 1 << filter->specialty);
    db_bind_day(statement, ":today", store_today(store));
    db_bind_integer(statement, ":day", key.day);
    db_bind_integer(statement, ":id", key.id);
    db_bind_integer(statement, ":limit", limit);
}

static void reverse_rows(struct queue_row *rows, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        struct queue_row row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

enum status queue_page(struct store *store, const struct queue_filter *filter, const struct queue_key *from,
                       enum queue_direction direction, struct queue_row *rows, size_t capacity, size_t *count,
                       struct err *err) {
    static const struct queue_key start = {.day = INT32_MIN, .id = INT64_MIN},
                                  end = {.day = INT32_MAX, .id = INT64_MAX};
    struct queue_key key = from != NULL ? *from : direction == QUEUE_FORWARD ? start : end;
    bool one_kind = filter->kind != QUEUE_ANY, row;
    *count = 0;
    sqlite3_stmt *statement = db_statement(store->db, page_sql[filter->order][one_kind][direction], err);
    if (statement == NULL)
        return err->status;
    bind_filter(store, statement, filter, key, (int64_t)capacity);
    enum status status;
    while ((status = db_step(store->db, statement, &row, err)) == STATUS_OK && row && *count < capacity)
        row_take(store, statement, &rows[(*count)++]);
    db_done(statement);
    if (direction == QUEUE_BACKWARD)
        reverse_rows(rows, *count);
    return status;
}

enum status queue_row(struct store *store, int64_t id, struct queue_row *out, struct err *err) {
    static const char sql[] = "SELECT " ROW_COLUMNS " FROM application WHERE id = :id";
    bool row;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":id", id);
    enum status status = db_step(store->db, statement, &row, err);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return err_set(err, STATUS_NEGATIVE, N_("there is no such application"), NULL);
    row_take(store, statement, out);
    db_done(statement);
    return STATUS_OK;
}

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

/* Those whose kept outcome does not hold today count as blocked. Two index ranges find them: few, as a rule. */
static enum status count_outcomes(struct store *store, unsigned mask, int64_t outcome[KIND_COUNT][OUTCOME_COUNT],
                                  struct err *err) {
    static const char sql[] =
        "SELECT kind, outcome, sum(n), 0 FROM queue_mask WHERE :mask = 0 OR specialties & :mask GROUP BY kind, outcome"
        " UNION ALL SELECT kind, outcome, count(*), 1 FROM application INDEXED BY application_outcome_last"
        " WHERE state = 0 AND outcome <> 0 AND outcome_last < :today AND (:mask = 0 OR specialties & :mask) GROUP BY "
        "kind, outcome"
        " UNION ALL SELECT kind, outcome, count(*), 1 FROM application INDEXED BY application_outcome_first"
        " WHERE state = 0 AND outcome <> 0 AND outcome_first > :today AND outcome_last >= :today"
        " AND (:mask = 0 OR specialties & :mask) GROUP BY kind, outcome";
    bool row;
    memset(outcome, 0, sizeof(int64_t[KIND_COUNT][OUTCOME_COUNT]));
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
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

enum status queue_count(struct store *store, const struct queue_filter *filter, int64_t *count, struct err *err) {
    int64_t outcome[KIND_COUNT][OUTCOME_COUNT];
    unsigned mask = filter->specialty == QUEUE_ANY ? 0 : 1U << filter->specialty;
    enum status status = count_outcomes(store, mask, outcome, err);
    *count = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        for (int o = 0; o < OUTCOME_COUNT; o++)
            if ((filter->kind == QUEUE_ANY || filter->kind == kind) &&
                (filter->outcome == QUEUE_ANY || filter->outcome == o))
                *count += outcome[kind][o];
    return status;
}

/* Whole days from the counts, the rest of one day along the index. */
static enum status position_by_days(struct store *store, const struct queue_filter *filter, const struct queue_key *key,
                                    int64_t *before, struct err *err) {
    static const char days_sql[] =
        "SELECT sum(n) FROM queue_day WHERE decide_by < :day AND (:kind < 0 OR kind = :kind)";
    static const char *const rest_sql[] = {
        "SELECT count(*) FROM application WHERE state = 0 AND decide_by = :day AND id < :id",
        "SELECT count(*) FROM application WHERE state = 0 AND kind = :kind AND decide_by = :day AND id < :id",
    };
    const char *const both[] = {days_sql, rest_sql[filter->kind != QUEUE_ANY]};
    *before = 0;
    for (size_t i = 0; i < 2; i++) {
        int64_t n;
        sqlite3_stmt *statement = db_statement(store->db, both[i], err);
        if (statement == NULL)
            return err->status;
        db_bind_integer(statement, ":kind", filter->kind);
        db_bind_integer(statement, ":day", key->day);
        db_bind_integer(statement, ":id", key->id);
        enum status status = db_integer(store->db, statement, 0, &n, err);
        if (status != STATUS_OK)
            return status;
        *before += n;
    }
    return STATUS_OK;
}

enum status queue_position(struct store *store, const struct queue_filter *filter, const struct queue_key *key,
                           int64_t *before, struct err *err) {
    bool plain = filter->outcome == QUEUE_ANY && filter->specialty == QUEUE_ANY;
    if (plain && filter->order == QUEUE_BY_DEADLINE)
        return position_by_days(store, filter, key, before, err);
    sqlite3_stmt *statement = db_statement(store->db, before_sql[filter->order][filter->kind != QUEUE_ANY], err);
    if (statement == NULL)
        return err->status;
    bind_filter(store, statement, filter, *key, QUEUE_POSITION_MAX + 1);
    enum status status = db_integer(store->db, statement, 0, before, err);
    if (*before > QUEUE_POSITION_MAX)
        *before = -1;
    return status;
}

static enum status review_page(struct store *store, day on, const struct queue_row *rows, size_t count,
                               bool (*each)(void *, const struct queue_row *, const struct verdict *), void *data,
                               struct loaded *loaded, struct verdict *verdict, struct arena *arena, bool *more,
                               struct err *err) {
    for (size_t i = 0; i < count && *more; i++) {
        enum status status = application_load(store, rows[i].id, arena, loaded, err);
        if (status != STATUS_OK)
            return status;
        struct review_case c = application_case(store, loaded, on);
        review_run(&c, verdict);
        *more = each(data, &rows[i], verdict);
        arena_reset(arena);
    }
    return STATUS_OK;
}

enum status queue_review_all(struct store *store, day on,
                             bool (*each)(void *data, const struct queue_row *row, const struct verdict *verdict),
                             void *data, struct err *err) {
    enum { PAGE_ROWS = 200 };
    static const struct queue_filter all = {.kind = QUEUE_ANY, .outcome = QUEUE_ANY, .specialty = QUEUE_ANY};
    struct queue_row *rows = calloc(PAGE_ROWS, sizeof *rows);
    struct loaded *loaded = calloc(1, sizeof *loaded);
    struct verdict *verdict = calloc(1, sizeof *verdict);
    struct arena arena = {0};
    struct queue_key key;
    bool more = rows != NULL && loaded != NULL && verdict != NULL;
    enum status status =
        more ? STATUS_OK : err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
    for (const struct queue_key *from = NULL; status == STATUS_OK && more; from = &key) {
        size_t count;
        status = queue_page(store, &all, from, QUEUE_FORWARD, rows, PAGE_ROWS, &count, err);
        if (status != STATUS_OK || count == 0)
            break;
        key = queue_key_of(&rows[count - 1], QUEUE_BY_DEADLINE);
        status = review_page(store, on, rows, count, each, data, loaded, verdict, &arena, &more, err);
    }
    arena_free(&arena);
    free(rows);
    free(loaded);
    free(verdict);
    return status;
}
