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
struct entering {
    struct store *store;
    const struct application *application;
    const char *document;
    int64_t id, document_id, import_seq;
    struct application_keys keys;
    struct workday_count deadline;
    struct outlook outlook;
    struct err *err;
};

static void bind_row(sqlite3_stmt *s, const struct entering *entering) {
    const struct application *a = entering->application;
    db_bind_integer(s, ":id", entering->id);
    db_bind_text(s, ":no", a->application_no);
    db_bind_integer(s, ":document", entering->document_id);
    db_bind_integer(s, ":kind", a->kind);
    db_bind_integer(s, ":specialties", entering->keys.specialties);
    db_bind_integer(s, ":first_specialty", a->specialties[0].specialty);
    db_bind_day(s, ":submitted", a->submitted_on);
    db_bind_day(s, ":accepted", a->accepted_on);
    db_bind_text(s, ":by", a->accepted_by);
    db_bind_day(s, ":decide_by", entering->deadline.last);
    db_bind_integer(s, ":provisional", entering->deadline.provisional);
    db_bind_integer(s, ":outcome", entering->outlook.outcome);
    db_bind_day(s, ":outcome_first", entering->outlook.first);
    db_bind_day(s, ":outcome_last", entering->outlook.last);
    db_bind_text(s, ":name", a->applicant.name);
    db_bind_text(s, ":person", a->applicant.id_number);
    db_bind_text(s, ":number", entering->keys.number);
    db_bind_text(s, ":digits", entering->keys.digits);
    db_bind_text(s, ":reversed", entering->keys.reversed);
}

static enum status write_with(const struct entering *entering, const char *sql,
                              void (*bind)(sqlite3_stmt *statement, const struct entering *entering)) {
    sqlite3_stmt *statement = db_statement(entering->store->db, sql, entering->err);
    if (statement == NULL)
        return entering->err->status;
    bind(statement, entering);
    return db_run(entering->store->db, statement, entering->err);
}

static void bind_count(sqlite3_stmt *s, const struct entering *entering) {
    db_bind_integer(s, ":kind", entering->application->kind);
    db_bind_day(s, ":day", entering->deadline.last);
    db_bind_integer(s, ":outcome", entering->outlook.outcome);
}

static void bind_due(sqlite3_stmt *s, const struct entering *entering) {
    bind_count(s, entering);
    db_bind_integer(s, ":specialties", entering->keys.specialties);
}

static void bind_submitted(sqlite3_stmt *s, const struct entering *entering) {
    bind_due(s, entering);
    db_bind_day(s, ":day", entering->application->submitted_on);
}

/* A new row is written by statements that touch a single row each: those need no journal of their own to undo half of
 * themselves, which would cost as much as the row. That is why no trigger counts it in. */
static enum status write_new(const struct entering *entering) {
    static const struct {
        const char *sql;
        void (*bind)(sqlite3_stmt *statement, const struct entering *entering);
    } steps[] = {
        {"INSERT INTO application(id, application_no, version, state, document_id, kind, specialties, first_specialty,"
         " submitted_on, accepted_on, accepted_by, decide_by, provisional, outcome, outcome_first, outcome_last, name,"
         " id_number, registration_number, number_digits, number_reversed)"
         " VALUES(:id, :no, 1, 0, :document, :kind, :specialties, :first_specialty, :submitted, :accepted, :by,"
         " :decide_by, :provisional, :outcome, :outcome_first, :outcome_last, :name, :person, :number, :digits,"
         " :reversed)",
         bind_row},
        {"INSERT INTO queue_day VALUES(:kind, :day, :outcome, 1) ON CONFLICT DO UPDATE SET n = n + 1", bind_count},
        {"INSERT INTO queue_tally VALUES(0, :day, :kind, :specialties, :outcome, 1)"
         " ON CONFLICT DO UPDATE SET n = n + 1",
         bind_due},
        {"INSERT INTO queue_tally VALUES(1, :day, :kind, :specialties, :outcome, 1)"
         " ON CONFLICT DO UPDATE SET n = n + 1",
         bind_submitted},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof steps / sizeof steps[0]; i++)
        status = write_with(entering, steps[i].sql, steps[i].bind);
    return status;
}

static enum status write_again(const struct entering *entering) {
    static const char sql[] =
        "UPDATE application SET version = version + 1, state = 0, application_no = :no, document_id = :document,"
        " kind = :kind, specialties = :specialties, first_specialty = :first_specialty, submitted_on = :submitted,"
        " accepted_on = :accepted, accepted_by = :by, extended = 0, decide_by = :decide_by,"
        " provisional = :provisional, outcome = :outcome, outcome_first = :outcome_first,"
        " outcome_last = :outcome_last, name = :name, id_number = :person, registration_number = :number,"
        " number_digits = :digits, number_reversed = :reversed WHERE id = :id";
    return write_with(entering, sql, bind_row);
}

static void bind_document(sqlite3_stmt *statement, const struct entering *entering) {
    db_bind_integer(statement, ":id", entering->document_id);
    db_bind_integer(statement, ":application", entering->id);
    db_bind_integer(statement, ":seq", entering->import_seq);
    db_bind_text(statement, ":json", entering->document);
}

static enum status write_document(const struct entering *entering) {
    static const char sql[] =
        "INSERT INTO document(id, application_id, revision, import_seq, json) VALUES(:id, :application, 1 + coalesce("
        "(SELECT revision FROM document WHERE application_id = :application ORDER BY revision DESC LIMIT 1), 0),"
        " :seq, :json)";
    return write_with(entering, sql, bind_document);
}

static enum status next_of(struct store *store, const char *sql, int64_t *id, struct err *err) {
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    return statement == NULL ? err->status : db_integer(store->db, statement, 1, id, err);
}

static enum status review(struct entering *entering, struct arena *arena) {
    struct register_row *by_number, *by_person;
    enum status status =
        application_load_register(entering->store, entering->application, arena, &by_number, &by_person, entering->err);
    if (status != STATUS_OK)
        return status;
    struct review_case c = application_case_of(entering->store, entering->application, by_number, by_person, false,
                                               store_today(entering->store));
    entering->outlook = review_outlook(&c);
    entering->deadline = review_decide_by(entering->application, false, &entering->store->calendar);
    application_keys_of(entering->application, &entering->keys);
    return STATUS_OK;
}

enum status application_enter(struct store *store, int64_t id, const struct application *application,
                              const char *document, int64_t import_seq, struct arena *arena, struct err *err) {
    static const char next_row[] = "SELECT 1 + coalesce(max(id), 0) FROM application";
    static const char next_document[] = "SELECT 1 + coalesce(max(id), 0) FROM document";
    struct entering entering = {.store = store,
                                .application = application,
                                .document = document,
                                .id = id,
                                .import_seq = import_seq,
                                .err = err};
    enum status status = id == 0 ? next_of(store, next_row, &entering.id, err) : STATUS_OK;
    if (status == STATUS_OK)
        status = next_of(store, next_document, &entering.document_id, err);
    if (status == STATUS_OK)
        status = review(&entering, arena);
    if (status == STATUS_OK)
        status = id == 0 ? write_new(&entering) : write_again(&entering);
    return status == STATUS_OK ? write_document(&entering) : status;
}
