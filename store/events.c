#include "store/events.h"

#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "store/arena.h"
#include "store/inside.h"

enum { PAGE_EVENTS = 64 };

const struct document_word events_words[EVENTS_WORD_COUNT] = {
    {"accept", "受理", "accepted"},
    {"approve", "准予", "approved"},
    {"refuse", "不予", "refused"},
    {"return", "退回补正", "returned"},
    {"withdraw", "撤回", "withdrawn"},
    {"extend", "延期", "deadline extended"},
    {"revoke", "撤销", "revoked"},
    {"reveal", "查看完整证件号码", "id number shown"},
    {"import", "导入", "imported"},
    {"announce", "公告", "announced"},
    {"calendar", "载入工作日历", "calendar loaded"},
    {"reviewer", "人员设置", "person entered"},
    {"init", "建库", "database made"},
};

#define COLUMNS                                                                                                        \
    "l.seq, l.event, json_extract(l.json, '$.at'), l.actor, json_extract(l.json, '$.by_name'),"                        \
    " json_extract(l.json, '$.application_no'), json_extract(l.json, '$.decision_no'), json_extract(l.json, "          \
    "'$.detail'), json_extract(l.json, '$.key')"
#define FROM_ALL "SELECT " COLUMNS " FROM ledger l WHERE"
#define FROM_APPLICATION                                                                                               \
    FROM_ALL " l.application_id = (SELECT id FROM application WHERE application_no = :application) AND"
#define FROM_PERSON FROM_ALL " l.application_id IN (SELECT id FROM application WHERE id_number = :person) AND"
#define NARROW(key)                                                                                                    \
    " l.seq " key " AND (:actor IS NULL OR l.actor = :actor) AND (:event IS NULL OR l.event = :event)"                 \
    " AND l.day BETWEEN :from AND :to ORDER BY l.seq"
#define FORWARD NARROW("> :after") " LIMIT :limit"
#define BACKWARD NARROW("> :after AND l.seq < :before") " DESC LIMIT :limit"

/* Of all, of one application, of one person; oldest first, newest first. */
static const char *const page_sql[][2] = {
    {FROM_ALL FORWARD, FROM_ALL BACKWARD},
    {FROM_APPLICATION FORWARD, FROM_APPLICATION BACKWARD},
    {FROM_PERSON FORWARD, FROM_PERSON BACKWARD},
};

/* One page of the list and what its rows point to. */
struct page {
    struct event_row rows[PAGE_EVENTS];
    size_t count;
    struct arena arena;
};

static const struct document_word *event_word(struct arena *arena, const char *event) {
    int index = document_word_find(events_words, EVENTS_WORD_COUNT, event);
    if (index >= 0)
        return &events_words[index];
    struct document_word *word = arena_alloc(arena, sizeof *word);
    char *code = arena_text(arena, event);
    if (word == NULL || code == NULL)
        return NULL;
    *word = (struct document_word){code, code, code};
    return word;
}

static bool take(sqlite3_stmt *s, struct page *page) {
    struct event_row *row = &page->rows[page->count++];
    row->seq = sqlite3_column_int64(s, 0);
    row->event = event_word(&page->arena, db_column_text(s, 1));
    db_column_copy(s, 2, row->at, sizeof row->at);
    db_column_copy(s, 3, row->by, sizeof row->by);
    db_column_copy(s, 4, row->by_name, sizeof row->by_name);
    db_column_copy(s, 5, row->application_no, sizeof row->application_no);
    row->decision_no = sqlite3_column_int64(s, 6);
    row->detail = arena_text(&page->arena, db_column_text(s, 7));
    db_column_copy(s, 8, row->key, sizeof row->key);
    return row->event != NULL && row->detail != NULL &&
           event_fact_read(row->detail, &page->arena, &row->facts, &row->fact_count);
}

static enum status read_page(struct store *store, const struct events_filter *filter, int64_t from, struct page *page,
                             struct err *err) {
    char application[NUMBER_SIZE], person[NUMBER_SIZE];
    size_t which = filter->application_no != NULL ? 1 : filter->id_number != NULL ? 2 : 0;
    bool row, good = true;
    sqlite3_stmt *s = db_statement(store->db, page_sql[which][filter->newest_first], err);
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
    db_bind_integer(s, ":after", filter->newest_first ? filter->after : from);
    db_bind_integer(s, ":before", from);
    db_bind_integer(s, ":limit", PAGE_EVENTS);
    enum status status;
    arena_reset(&page->arena);
    page->count = 0;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row && good)
        good = take(s, page);
    db_done(s);
    return good ? status : err_no_memory(err);
}

enum status events_each(struct store *store, const struct events_filter *filter,
                        bool (*each)(void *data, const struct event_row *row), void *data, struct err *err) {
    struct page *page = calloc(1, sizeof *page);
    int64_t from = filter->newest_first ? INT64_MAX : filter->after;
    bool more = page != NULL;
    enum status status = more ? STATUS_OK : err_no_memory(err);
    while (more && status == STATUS_OK) {
        status = read_page(store, filter, from, page, err);
        for (size_t i = 0; status == STATUS_OK && more && i < page->count; i++)
            more = each(data, &page->rows[i]);
        more = more && page->count == PAGE_EVENTS;
        from = page->count > 0 ? page->rows[page->count - 1].seq : from;
    }
    if (page != NULL)
        arena_free(&page->arena);
    free(page);
    return status;
}
