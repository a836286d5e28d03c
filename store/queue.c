#include "store/queue.h"

#include <stdlib.h>
#include <string.h>

#include "store/application.h"
#include "store/queue_sql.h"
#include "store/row.h"

struct queue_key queue_key_of(const struct queue_row *row, enum queue_order order) {
    return (struct queue_key){.day = order == QUEUE_BY_DEADLINE ? row->decide_by : row->submitted_on, .id = row->id};
}

#define PAGE(kind, by, compare, direction)                                                                             \
    "SELECT " ROW_COLUMNS " FROM application WHERE state = 0" kind " AND (" by ", id) " compare                        \
    " (:day, :id)" QUEUE_FILTER_SQL " ORDER BY " by " " direction ", id " direction " LIMIT :limit"
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
    sqlite3_stmt *statement =
        db_statement(store->db,
                     filter->match == SEARCH_NOTHING ? page_sql[filter->order][one_kind][direction]
                                                     : queue_text_page_sql(filter, direction),
                     err);
    if (statement == NULL)
        return err->status;
    queue_bind(store, statement, filter, &key);
    db_bind_integer(statement, ":limit", (int64_t)capacity);
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
