#include "store/queue.h"

#include <stdlib.h>
#include <string.h>

#include "store/application.h"
#include "store/queue_sql.h"
#include "store/row.h"

struct queue_key queue_key_of(const struct queue_row *row, enum queue_order order) {
    return (struct queue_key){.day = order == QUEUE_BY_DEADLINE ? row->decide_by : row->submitted_on, .id = row->id};
}

/* Of one day, from a record on. The index has all a filter asks for: what does not pass costs no look at its row. */
#define PAGE(index, by, compare, direction)                                                                            \
    "SELECT " ROW_COLUMNS " FROM application INDEXED BY " index " WHERE state = 0 AND " by " = :day AND id " compare   \
    " :id" QUEUE_KIND_SQL QUEUE_FILTER_SQL " ORDER BY id " direction " LIMIT :limit"
static const char *const page_sql[QUEUE_ORDER_COUNT][2] = {
    {PAGE("application_deadline", "decide_by", ">", "ASC"), PAGE("application_deadline", "decide_by", "<", "DESC")},
    {PAGE("application_submitted", "submitted_on", ">", "ASC"),
     PAGE("application_submitted", "submitted_on", "<", "DESC")},
};

/* The next day with something that passes: the tally knows, but for kept outcomes that do not hold today. */
#define NEXT_DAY(by, nearest, compare, direction)                                                                      \
    "SELECT " nearest "(day) FROM (SELECT * FROM (SELECT day FROM queue_tally WHERE ordering = :order AND day "        \
    "" compare " :day" QUEUE_KIND_SQL " AND (:mask = 0 OR specialties & :mask) AND (:outcome < 0 OR outcome = "        \
    ":outcome) ORDER BY day " direction " LIMIT 1)"                                                                    \
    " UNION ALL SELECT " by " FROM application INDEXED BY application_outcome_last WHERE :outcome = 0 AND state = 0"   \
    " AND outcome <> 0 AND outcome_last < :today AND " by " " compare " :day"                                          \
    " UNION ALL SELECT " by " FROM application INDEXED BY application_outcome_first WHERE :outcome = 0 AND state = 0"  \
    " AND outcome <> 0 AND outcome_first > :today AND " by " " compare " :day)"
static const char *const next_day_sql[QUEUE_ORDER_COUNT][2] = {
    {NEXT_DAY("decide_by", "min", ">", "ASC"), NEXT_DAY("decide_by", "max", "<", "DESC")},
    {NEXT_DAY("submitted_on", "min", ">", "ASC"), NEXT_DAY("submitted_on", "max", "<", "DESC")},
};

static void reverse_rows(struct queue_row *rows, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        struct queue_row row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

static enum status read_rows(struct store *store, const char *sql, const struct queue_filter *filter,
                             const struct queue_key *key, struct queue_row *rows, size_t capacity, size_t *count,
                             struct err *err) {
    bool row;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    queue_bind(store, statement, filter, key);
    db_bind_integer(statement, ":limit", (int64_t)(capacity - *count));
    enum status status;
    while ((status = db_step(store->db, statement, &row, err)) == STATUS_OK && row && *count < capacity)
        row_take(store, statement, &rows[(*count)++]);
    db_done(statement);
    return status;
}

/* Takes the key to before, or behind, everything of the next day; *more is false where there is none. */
static enum status next_day(struct store *store, const struct queue_filter *filter, enum queue_direction direction,
                            struct queue_key *key, bool *more, struct err *err) {
    int64_t next;
    sqlite3_stmt *statement = db_statement(store->db, next_day_sql[filter->order][direction], err);
    if (statement == NULL)
        return err->status;
    queue_bind(store, statement, filter, key);
    enum status status = db_integer(store->db, statement, DAY_NONE, &next, err);
    *more = status == STATUS_OK && next != DAY_NONE;
    *key = (struct queue_key){.day = (day)next, .id = direction == QUEUE_FORWARD ? INT64_MIN : INT64_MAX};
    return status;
}

/* Day by day along one index; the days without anything that passes are never looked at. */
static enum status read_days(struct store *store, const struct queue_filter *filter, struct queue_key key,
                             enum queue_direction direction, struct queue_row *rows, size_t capacity, size_t *count,
                             struct err *err) {
    bool more = true;
    for (;;) {
        enum status status =
            read_rows(store, page_sql[filter->order][direction], filter, &key, rows, capacity, count, err);
        if (status == STATUS_OK && *count < capacity)
            status = next_day(store, filter, direction, &key, &more, err);
        if (status != STATUS_OK || *count == capacity || !more)
            return status;
    }
}

enum status queue_page(struct store *store, const struct queue_filter *filter, const struct queue_key *from,
                       enum queue_direction direction, struct queue_row *rows, size_t capacity, size_t *count,
                       struct err *err) {
    static const struct queue_key start = {.day = INT32_MIN, .id = INT64_MIN},
                                  end = {.day = INT32_MAX, .id = INT64_MAX};
    struct queue_key key = from != NULL ? *from : direction == QUEUE_FORWARD ? start : end;
    *count = 0;
    enum status status = STATUS_OK;
    if (filter->match != SEARCH_NOTHING)
        status = read_rows(store, queue_text_page_sql(filter, direction), filter, &key, rows, capacity, count, err);
    else if (capacity > 0)
        status = read_days(store, filter, key, direction, rows, capacity, count, err);
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

/* What queue_review_all() has at hand: one page of rows and their verdicts. */
enum { REVIEW_ROWS = 64 };

struct review_page {
    struct queue_row rows[REVIEW_ROWS];
    struct verdict verdicts[REVIEW_ROWS];
    struct loaded loaded[REVIEW_ROWS]; /* the verdicts' texts lead into these and the arena */
    struct arena arena;
    size_t count;
};

static enum status review_page(struct store *store, day on, const struct queue_key *from, struct review_page *page,
                               struct err *err) {
    static const struct queue_filter all = {.kind = QUEUE_ANY, .outcome = QUEUE_ANY, .specialty = QUEUE_ANY};
    arena_reset(&page->arena);
    enum status status = db_begin_read(store->db, err);
    if (status == STATUS_OK)
        status = queue_page(store, &all, from, QUEUE_FORWARD, page->rows, REVIEW_ROWS, &page->count, err);
    for (size_t i = 0; status == STATUS_OK && i < page->count; i++) {
        status = application_load(store, page->rows[i].id, &page->arena, &page->loaded[i], err);
        if (status != STATUS_OK)
            break;
        struct review_case c = application_case(store, &page->loaded[i], on);
        review_run(&c, &page->verdicts[i]);
    }
    db_rollback(store->db);
    return status;
}

enum status queue_review_all(struct store *store, day on,
                             bool (*each)(void *data, const struct queue_row *row, const struct verdict *verdict),
                             void *data, struct err *err) {
    struct review_page *page = calloc(1, sizeof *page);
    if (page == NULL)
        return err_no_memory(err);
    struct queue_key key;
    enum status status = STATUS_OK;
    bool more = true;
    for (const struct queue_key *from = NULL; more; from = &key) {
        status = review_page(store, on, from, page, err);
        more = status == STATUS_OK && page->count > 0;
        for (size_t i = 0; more && i < page->count; i++)
            more = each(data, &page->rows[i], &page->verdicts[i]);
        if (more)
            key = queue_key_of(&page->rows[page->count - 1], QUEUE_BY_DEADLINE);
    }
    arena_free(&page->arena);
    free(page);
    return status;
}
