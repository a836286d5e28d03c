#include "store/events.h"

#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "store/inside.h"

enum { PAGE_EVENTS = 64 };

#define COLUMNS                                                                                                        \
    "l.seq, l.event, json_extract(l.json, '$.at'), l.actor, json_extract(l.json, '$.by_name'),"                        \
    " json_extract(l.json, '$.application_no'), json_extract(l.json, '$.decision_no'), json_extract(l.json, "          \
    "'$.detail'), json_extract(l.json, '$.key')"
#define NARROW                                                                                                         \
    " l.seq > :after AND (:actor IS NULL OR l.actor = :actor) AND (:event IS NULL OR l.event = :event)"                \
    " AND l.day BETWEEN :from AND :to ORDER BY l.seq LIMIT :limit"

static const char all_sql[] = "SELECT " COLUMNS " FROM ledger l WHERE" NARROW;
static const char application_sql[] = "SELECT " COLUMNS " FROM ledger l WHERE l.application_id ="
                                      " (SELECT id FROM application WHERE application_no = :application) AND" NARROW;
static const char person_sql[] = "SELECT " COLUMNS " FROM ledger l WHERE l.application_id IN"
                                 " (SELECT id FROM application WHERE id_number = :person) AND" NARROW;

static void take(sqlite3_stmt *s, struct event_row *row) {
    row->seq = sqlite3_column_int64(s, 0);
    db_column_copy(s, 1, row->event, sizeof row->event);
    db_column_copy(s, 2, row->at, sizeof row->at);
    db_column_copy(s, 3, row->by, sizeof row->by);
    db_column_copy(s, 4, row->by_name, sizeof row->by_name);
    db_column_copy(s, 5, row->application_no, sizeof row->application_no);
    row->decision_no = sqlite3_column_int64(s, 6);
    db_column_copy(s, 7, row->detail, sizeof row->detail);
    db_column_copy(s, 8, row->key, sizeof row->key);
}

static enum status read_page(struct store *store, const struct events_filter *filter, int64_t after,
                             struct event_row *rows, size_t *count, struct err *err) {
    char application[NUMBER_SIZE], person[NUMBER_SIZE];
    const char *sql = filter->application_no != NULL ? application_sql
                      : filter->id_number != NULL    ? person_sql
                                                     : all_sql;
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    number_normalise(filter->application_no == NULL ? "" : filter->application_no, application, sizeof application);
    number_normalise(filter->id_number == NULL ? "" : filter->id_number, person, sizeof person);
    db_bind_text(s, ":application", application);
    db_bind_text(s, ":person", person);
    db_bind_text(s, ":actor", filter->actor);
    db_bind_text(s, ":event", filter->event);
    db_bind_integer(s, ":from", filter->from == DAY_NONE ? INT32_MIN : filter->from);
    db_bind_integer(s, ":to", filter->to == DAY_NONE ? INT32_MAX : filter->to);
    db_bind_integer(s, ":after", after);
    db_bind_integer(s, ":limit", PAGE_EVENTS);
    enum status status;
    *count = 0;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row)
        take(s, &rows[(*count)++]);
    return status;
}

enum status events_each(struct store *store, const struct events_filter *filter,
                        bool (*each)(void *data, const struct event_row *row), void *data, struct err *err) {
    struct event_row *rows = calloc(PAGE_EVENTS, sizeof *rows);
    int64_t after = filter->after;
    size_t count = PAGE_EVENTS;
    bool more = rows != NULL;
    enum status status =
        more ? STATUS_OK : err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
    while (more && status == STATUS_OK && count == PAGE_EVENTS) {
        status = read_page(store, filter, after, rows, &count, err);
        for (size_t i = 0; status == STATUS_OK && more && i < count; i++)
            more = each(data, &rows[i]);
        after = count > 0 ? rows[count - 1].seq : after;
    }
    free(rows);
    return status;
}
