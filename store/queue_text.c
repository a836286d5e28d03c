/* The queue under a text: what search finds of it, in the queue's order. */
#include "core/number.h"
#include "store/queue_sql.h"
#include "store/row.h"

#define MATCHED(index, column)                                                                                         \
    " FROM application INDEXED BY " index " WHERE state = 0 AND " column " >= :low AND " column                        \
    " < :high" QUEUE_KIND_SQL QUEUE_FILTER_SQL
#define PAGE(index, column, by, compare, direction)                                                                    \
    "SELECT " ROW_COLUMNS MATCHED(index, column) " AND (" by ", id) " compare " (:day, :id) ORDER BY " by              \
                                                 " " direction ", id " direction " LIMIT :limit"
#define PAGES(index, column, by) PAGE(index, column, by, ">", "ASC"), PAGE(index, column, by, "<", "DESC")
#define BEFORE(index, column, by) "SELECT count(*)" MATCHED(index, column) " AND (" by ", id) < (:day, :id)"
#define STATEMENTS(index, column)                                                                                      \
    {                                                                                                                  \
        {{PAGES(index, column, "decide_by")}, {PAGES(index, column, "submitted_on")}},                                 \
            {BEFORE(index, column, "decide_by"), BEFORE(index, column, "submitted_on")},                               \
            "SELECT count(*)" MATCHED(index, column)                                                                   \
    }

static const struct statements {
    const char *page[QUEUE_ORDER_COUNT][2];
    const char *before[QUEUE_ORDER_COUNT];
    const char *count;
} statements[SEARCH_MATCH_COUNT] = {
    [SEARCH_EXACT] = STATEMENTS("application_number", "registration_number"),
    [SEARCH_PREFIX] = STATEMENTS("application_number", "registration_number"),
    [SEARCH_DIGITS] = STATEMENTS("application_digits", "number_digits"),
    [SEARCH_SUFFIX] = STATEMENTS("application_reversed", "number_reversed"),
    [SEARCH_APPLICATION_NO] = STATEMENTS("sqlite_autoindex_application_1", "application_no"),
    [SEARCH_ID_NUMBER] = STATEMENTS("application_person", "id_number"),
    [SEARCH_NAME] = STATEMENTS("application_name", "name"),
};

const char *queue_text_page_sql(const struct queue_filter *filter, enum queue_direction direction) {
    return statements[filter->match].page[filter->order][direction];
}

const char *queue_text_count_sql(const struct queue_filter *filter) {
    return statements[filter->match].count;
}

const char *queue_text_before_sql(const struct queue_filter *filter) {
    return statements[filter->match].before[filter->order];
}

void queue_bind(const struct store *store, sqlite3_stmt *statement, const struct queue_filter *filter,
                const struct queue_key *key) {
    db_bind_integer(statement, ":kind", filter->kind);
    db_bind_integer(statement, ":outcome", filter->outcome);
    db_bind_integer(statement, ":mask", filter->specialty == QUEUE_ANY ? 0 : 1 << filter->specialty);
    db_bind_integer(statement, ":order", filter->order);
    db_bind_day(statement, ":today", store_today(store));
    if (key != NULL) {
        db_bind_integer(statement, ":day", key->day);
        db_bind_integer(statement, ":id", key->id);
    }
    if (filter->match != SEARCH_NOTHING) {
        db_bind_text(statement, ":low", filter->low);
        db_bind_text(statement, ":high", filter->high);
    }
}
