/* What the files of the queue share: how a filter is said in SQL. */
#ifndef STORE_QUEUE_SQL_H
#define STORE_QUEUE_SQL_H

#include "store/inside.h"
#include "store/queue.h"

/* The outcome of today: the kept one where it holds today, else blocked (store/schema.c). */
#define QUEUE_OUTCOME_TODAY "CASE WHEN :today BETWEEN outcome_first AND outcome_last THEN outcome ELSE 0 END"
#define QUEUE_KIND_SQL " AND (:kind < 0 OR kind = :kind)"
#define QUEUE_FILTER_SQL                                                                                               \
    " AND (:outcome < 0 OR :outcome = " QUEUE_OUTCOME_TODAY ") AND (:mask = 0 OR specialties & :mask)"

/* Binds what the filter wants (it must live as long as the statement runs) and the place `key` (may be NULL) by their
 * names: :kind :outcome :mask :order :today :low :high :day :id. Those a statement does not have are passed over. */
void queue_bind(const struct store *store, sqlite3_stmt *statement, const struct queue_filter *filter,
                const struct queue_key *key);

/* The statements of a filter with a text; they run along the index of what the text matches and sort what they find:
 * a page (also binds :limit), the count of all, the count of those before :day, :id. */
const char *queue_text_page_sql(const struct queue_filter *filter, enum queue_direction direction);
const char *queue_text_count_sql(const struct queue_filter *filter);
const char *queue_text_before_sql(const struct queue_filter *filter);

#endif
