/* How an application comes into the queue: its row, its document, what it is found and counted by. */
#include <string.h>

#include "store/application_inside.h"
#include "store/db.h"

/* Backwards, for a suffix. */
static void reverse(const char *text, char *out) {
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        out[i] = text[length - 1 - i];
    out[length] = '\0';
}

void application_keys_of(const struct application *a, struct application_keys *keys) {
    *keys = (struct application_keys){.number = a->registration_number == NULL ? "" : a->registration_number};
    for (size_t i = 0; i < a->specialty_count; i++)
        keys->specialties |= 1U << a->specialties[i].specialty;
    const char *start = keys->number;
    while ((unsigned char)*start >= 0x80)
        start++;
    memcpy(keys->digits, start, strlen(start) + 1);
    reverse(keys->digits, keys->reversed);
}

/* What is written of one application. */
struct entry {
    struct store *store;
    const struct application *application;
    const char *document;
    int64_t id, document_id, import_seq;
    struct application_keys keys;
    struct workday_count deadline;
    struct outlook outlook;
    struct err *err;
};

static void bind_row(sqlite3_stmt *s, const struct entry *entry) {
    const struct application *a = entry->application;
    db_bind_integer(s, ":id", entry->id);
    db_bind_text(s, ":no", a->application_no);
    db_bind_integer(s, ":document", entry->document_id);
    db_bind_integer(s, ":kind", a->kind);
    db_bind_integer(s, ":specialties", entry->keys.specialties);
    db_bind_integer(s, ":first_specialty", a->specialties[0].specialty);
    db_bind_day(s, ":submitted", a->submitted_on);
    db_bind_day(s, ":accepted", a->accepted_on);
    db_bind_text(s, ":by", a->accepted_by);
    db_bind_day(s, ":decide_by", entry->deadline.last);
    db_bind_integer(s, ":provisional", entry->deadline.provisional);
    db_bind_integer(s, ":outcome", entry->outlook.outcome);
    db_bind_day(s, ":outcome_first", entry->outlook.first);
    db_bind_day(s, ":outcome_last", entry->outlook.last);
    db_bind_text(s, ":name", a->applicant.name);
    db_bind_text(s, ":person", a->applicant.id_number);
    db_bind_text(s, ":number", entry->keys.number);
    db_bind_text(s, ":digits", entry->keys.digits);
    db_bind_text(s, ":reversed", entry->keys.reversed);
}

static enum status write_with(const struct entry *entry, const char *sql,
                              void (*bind)(sqlite3_stmt *statement, const struct entry *entry)) {
    sqlite3_stmt *statement = db_statement(entry->store->db, sql, entry->err);
    if (statement == NULL)
        return entry->err->status;
    bind(statement, entry);
    return db_run(entry->store->db, statement, entry->err);
}

static void bind_counted(sqlite3_stmt *statement, const struct entry *entry) {
    db_bind_integer(statement, ":kind", entry->application->kind);
    db_bind_day(statement, ":day", entry->deadline.last);
    db_bind_integer(statement, ":outcome", entry->outlook.outcome);
}

static void bind_tallied(sqlite3_stmt *statement, const struct entry *entry) {
    bind_counted(statement, entry);
    db_bind_integer(statement, ":specialties", entry->keys.specialties);
}

static void bind_tallied_submitted(sqlite3_stmt *statement, const struct entry *entry) {
    bind_tallied(statement, entry);
    db_bind_day(statement, ":day", entry->application->submitted_on);
}

/* A new row is written by statements that touch a single row each: those need no journal of their own to undo half of
 * themselves, which would cost as much as the row. That is why no trigger counts it in. */
static enum status write_new(const struct entry *entry) {
    static const struct {
        const char *sql;
        void (*bind)(sqlite3_stmt *statement, const struct entry *entry);
    } steps[] = {
        {"INSERT INTO application(id, application_no, version, state, document_id, kind, specialties, first_specialty,"
         " submitted_on, accepted_on, accepted_by, decide_by, provisional, outcome, outcome_first, outcome_last, name,"
         " id_number, registration_number, number_digits, number_reversed)"
         " VALUES(:id, :no, 1, 0, :document, :kind, :specialties, :first_specialty, :submitted, :accepted, :by,"
         " :decide_by, :provisional, :outcome, :outcome_first, :outcome_last, :name, :person, :number, :digits,"
         " :reversed)",
         bind_row},
        {"INSERT INTO queue_day VALUES(:kind, :day, :outcome, 1) ON CONFLICT DO UPDATE SET n = n + 1", bind_counted},
        {"INSERT INTO queue_tally VALUES(0, :day, :kind, :specialties, :outcome, 1)"
         " ON CONFLICT DO UPDATE SET n = n + 1",
         bind_tallied},
        {"INSERT INTO queue_tally VALUES(1, :day, :kind, :specialties, :outcome, 1)"
         " ON CONFLICT DO UPDATE SET n = n + 1",
         bind_tallied_submitted},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof steps / sizeof steps[0]; i++)
        status = write_with(entry, steps[i].sql, steps[i].bind);
    return status;
}

static enum status write_again(const struct entry *entry) {
    static const char sql[] =
        "UPDATE application SET version = version + 1, state = 0, application_no = :no, document_id = :document,"
        " kind = :kind, specialties = :specialties, first_specialty = :first_specialty, submitted_on = :submitted,"
        " accepted_on = :accepted, accepted_by = :by, extended = 0, decide_by = :decide_by,"
        " provisional = :provisional, outcome = :outcome, outcome_first = :outcome_first,"
        " outcome_last = :outcome_last, name = :name, id_number = :person, registration_number = :number,"
        " number_digits = :digits, number_reversed = :reversed WHERE id = :id";
    return write_with(entry, sql, bind_row);
}

static void bind_document(sqlite3_stmt *statement, const struct entry *entry) {
    db_bind_integer(statement, ":id", entry->document_id);
    db_bind_integer(statement, ":application", entry->id);
    db_bind_integer(statement, ":seq", entry->import_seq);
    db_bind_text(statement, ":json", entry->document);
}

static enum status write_document(const struct entry *entry) {
    static const char sql[] =
        "INSERT INTO document(id, application_id, revision, import_seq, json) VALUES(:id, :application, 1 + coalesce("
        "(SELECT revision FROM document WHERE application_id = :application ORDER BY revision DESC LIMIT 1), 0),"
        " :seq, :json)";
    return write_with(entry, sql, bind_document);
}

static enum status next_of(struct store *store, const char *sql, int64_t *id, struct err *err) {
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    return statement == NULL ? err->status : db_integer(store->db, statement, 1, id, err);
}

static enum status review(struct entry *entry, struct arena *arena) {
    struct register_row *by_number, *by_person;
    enum status status =
        application_load_register(entry->store, entry->application, arena, &by_number, &by_person, entry->err);
    if (status != STATUS_OK)
        return status;
    struct review_case c =
        application_case_of(entry->store, entry->application, by_number, by_person, false, store_today(entry->store));
    entry->outlook = review_outlook(&c);
    entry->deadline = review_decide_by(entry->application, false, &entry->store->calendar);
    application_keys_of(entry->application, &entry->keys);
    return STATUS_OK;
}

enum status application_enter(struct store *store, int64_t id, const struct application *application,
                              const char *document, int64_t import_seq, struct arena *arena, struct err *err) {
    static const char next_row[] = "SELECT 1 + coalesce(max(id), 0) FROM application";
    static const char next_document[] = "SELECT 1 + coalesce(max(id), 0) FROM document";
    struct entry entry = {.store = store,
                          .application = application,
                          .document = document,
                          .id = id,
                          .import_seq = import_seq,
                          .err = err};
    enum status status = id == 0 ? next_of(store, next_row, &entry.id, err) : STATUS_OK;
    if (status == STATUS_OK)
        status = next_of(store, next_document, &entry.document_id, err);
    if (status == STATUS_OK)
        status = review(&entry, arena);
    if (status == STATUS_OK)
        status = id == 0 ? write_new(&entry) : write_again(&entry);
    return status == STATUS_OK ? write_document(&entry) : status;
}
