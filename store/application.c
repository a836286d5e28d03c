#include "store/application.h"

#include <stdlib.h>
#include <string.h>

#include "store/document_json.h"
#include "store/row.h"

enum status application_find(struct store *store, const char *application_no, int64_t *id, struct err *err) {
    static const char sql[] = "SELECT id FROM application WHERE application_no = :no";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":no", application_no);
    enum status status = db_integer(store->db, statement, 0, id, err);
    if (status == STATUS_OK && *id == 0)
        return err_set(err, STATUS_NEGATIVE, N_("there is no application %1"), application_no, NULL);
    return status;
}

static enum status load_row(struct store *store, int64_t id, struct arena *arena, struct loaded *loaded,
                            const char **accepted_by, struct err *err) {
    static const char sql[] = "SELECT " ROW_COLUMNS ", accepted_by, extended, document_id,"
                              " (SELECT json FROM document WHERE document.id = document_id)"
                              " FROM application WHERE id = :id";
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
    row_take(store, statement, &loaded->row);
    bool named = sqlite3_column_type(statement, ROW_COLUMN_COUNT) != SQLITE_NULL;
    *accepted_by = named ? arena_text(arena, db_column_text(statement, ROW_COLUMN_COUNT)) : NULL;
    loaded->extended = sqlite3_column_int(statement, ROW_COLUMN_COUNT + 1) != 0;
    loaded->document_id = sqlite3_column_int64(statement, ROW_COLUMN_COUNT + 2);
    loaded->document = arena_text(arena, db_column_text(statement, ROW_COLUMN_COUNT + 3));
    db_done(statement);
    if (loaded->document == NULL || (named && *accepted_by == NULL))
        return err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
    return STATUS_OK;
}

static enum status load_register(struct store *store, const struct application *a, struct arena *arena,
                                 struct register_row **by_number, struct register_row **by_person, struct err *err) {
    *by_number = *by_person = NULL;
    enum status status = register_by_person(store, a->applicant.id_number, arena, by_person, err);
    if (status != STATUS_OK || a->registration_number == NULL)
        return status;
    const struct register_row *own = *by_person;
    if (own != NULL && own->entry.number != NULL && strcmp(own->entry.number, a->registration_number) == 0) {
        *by_number = *by_person;
        return STATUS_OK;
    }
    return register_by_number(store, a->registration_number, arena, by_number, err);
}

enum status application_load(struct store *store, int64_t id, struct arena *arena, struct loaded *loaded,
                             struct err *err) {
    const char *accepted_by = NULL;
    struct document document;
    enum status status = load_row(store, id, arena, loaded, &accepted_by, err);
    if (status != STATUS_OK)
        return status;
    if (!document_read_stored(loaded->document, arena, &document) || document.type != DOCUMENT_APPLICATION)
        return err_set(err, STATUS_IO, N_("the document of application %1 is damaged; run `yijian verify`"),
                       loaded->row.application_no, NULL);
    loaded->application = document.as.application;
    loaded->application.accepted_on = loaded->row.accepted_on;
    loaded->application.accepted_by = accepted_by;
    return load_register(store, &loaded->application, arena, &loaded->by_number, &loaded->by_person, err);
}

static struct review_case make_case(const struct store *store, const struct application *application,
                                    const struct register_row *by_number, const struct register_row *by_person,
                                    bool extended, day on) {
    return (struct review_case){
        .application = application,
        .entries = {.by_number = by_number == NULL ? NULL : &by_number->entry,
                    .by_person = by_person == NULL ? NULL : &by_person->entry},
        .calendar = &store->calendar,
        .decided_on = on,
        .extended = extended,
    };
}

struct review_case application_case(const struct store *store, const struct loaded *loaded, day on) {
    return make_case(store, &loaded->application, loaded->by_number, loaded->by_person, loaded->extended, on);
}

static enum status insert_document(struct store *store, int64_t application_id, const char *document,
                                   int64_t import_seq, int64_t *document_id, struct err *err) {
    static const char sql[] =
        "INSERT INTO document(application_id, revision, import_seq, json) VALUES(:application, 1 + coalesce("
        "(SELECT revision FROM document WHERE application_id = :application ORDER BY revision DESC LIMIT 1), 0),"
        " :seq, :json)";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":application", application_id);
    db_bind_integer(statement, ":seq", import_seq);
    db_bind_text(statement, ":json", document);
    enum status status = db_run(store->db, statement, err);
    *document_id = sqlite3_last_insert_rowid(db_handle(store->db));
    return status;
}

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

static enum status write_row(struct store *store, int64_t id, int64_t document_id, const struct application *a,
                             const struct outlook *outlook, struct err *err) {
    static const char sql[] =
        "INSERT INTO application(id, application_no, version, state, document_id, kind, specialties, first_specialty,"
        " submitted_on, accepted_on, accepted_by, decide_by, provisional, outcome, outcome_first, outcome_last, name,"
        " id_number, registration_number, number_digits, number_reversed)"
        " VALUES(:id, :no, 1, 0, :document, :kind, :specialties, :first_specialty, :submitted, :accepted, :by,"
        " :decide_by, :provisional, :outcome, :outcome_first, :outcome_last, :name, :person, :number, :digits,"
        " :reversed)"
        " ON CONFLICT(id) DO UPDATE SET version = version + 1, state = 0, document_id = :document, kind = :kind,"
        " specialties = :specialties, first_specialty = :first_specialty, submitted_on = :submitted,"
        " accepted_on = :accepted, accepted_by = :by, extended = 0, decide_by = :decide_by,"
        " provisional = :provisional, outcome = :outcome, outcome_first = :outcome_first,"
        " outcome_last = :outcome_last, name = :name, id_number = :person, registration_number = :number,"
        " number_digits = :digits, number_reversed = :reversed";
    struct application_keys keys;
    application_keys_of(a, &keys);
    struct workday_count deadline = review_decide_by(a, false, &store->calendar);
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":id", id);
    db_bind_text(s, ":no", a->application_no);
    db_bind_integer(s, ":document", document_id);
    db_bind_integer(s, ":kind", a->kind);
    db_bind_integer(s, ":specialties", keys.specialties);
    db_bind_integer(s, ":first_specialty", a->specialties[0].specialty);
    db_bind_day(s, ":submitted", a->submitted_on);
    db_bind_day(s, ":accepted", a->accepted_on);
    db_bind_text(s, ":by", a->accepted_by);
    db_bind_day(s, ":decide_by", deadline.last);
    db_bind_integer(s, ":provisional", deadline.provisional);
    db_bind_integer(s, ":outcome", outlook->outcome);
    db_bind_day(s, ":outcome_first", outlook->first);
    db_bind_day(s, ":outcome_last", outlook->last);
    db_bind_text(s, ":name", a->applicant.name);
    db_bind_text(s, ":person", a->applicant.id_number);
    db_bind_text(s, ":number", keys.number);
    db_bind_text(s, ":digits", keys.digits);
    db_bind_text(s, ":reversed", keys.reversed);
    return db_run(store->db, s, err);
}

static enum status next_id(struct store *store, int64_t *id, struct err *err) {
    static const char sql[] = "SELECT 1 + coalesce(max(id), 0) FROM application";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    return statement == NULL ? err->status : db_integer(store->db, statement, 1, id, err);
}

enum status application_enter(struct store *store, int64_t id, const struct application *a, const char *document,
                              int64_t import_seq, struct arena *arena, struct err *err) {
    int64_t document_id = 0;
    struct register_row *by_number, *by_person;
    enum status status = id == 0 ? next_id(store, &id, err) : STATUS_OK;
    if (status == STATUS_OK)
        status = insert_document(store, id, document, import_seq, &document_id, err);
    if (status == STATUS_OK)
        status = load_register(store, a, arena, &by_number, &by_person, err);
    if (status != STATUS_OK)
        return status;
    struct review_case c = make_case(store, a, by_number, by_person, false, store_today(store));
    struct outlook outlook = review_outlook(&c);
    return write_row(store, id, document_id, a, &outlook, err);
}

static enum status refresh_one(struct store *store, int64_t id, struct arena *arena, struct err *err) {
    static const char sql[] = "UPDATE application SET outcome = :outcome, outcome_first = :first, outcome_last = :last"
                              " WHERE id = :id AND (outcome, outcome_first, outcome_last)"
                              " IS NOT (:outcome, :first, :last)";
    struct loaded *loaded = arena_alloc(arena, sizeof *loaded);
    if (loaded == NULL)
        return err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
    enum status status = application_load(store, id, arena, loaded, err);
    if (status != STATUS_OK)
        return status;
    struct review_case c = application_case(store, loaded, store_today(store));
    struct outlook outlook = review_outlook(&c);
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":id", id);
    db_bind_integer(statement, ":outcome", outlook.outcome);
    db_bind_day(statement, ":first", outlook.first);
    db_bind_day(statement, ":last", outlook.last);
    return db_run(store->db, statement, err);
}

enum status application_refresh(struct store *store, const char *id_number, const char *number,
                                const char *paper_number, struct err *err) {
    /* One at a time, each found anew behind the last: the statement is not left open while rows change under it. */
    static const char sql[] =
        "SELECT min(id) FROM ("
        " SELECT min(id) AS id FROM application WHERE id_number = :person AND state = 0 AND id > :after UNION ALL"
        " SELECT min(id) FROM application WHERE registration_number = :number AND state = 0 AND id > :after UNION ALL"
        " SELECT min(id) FROM application WHERE registration_number = :paper AND state = 0 AND id > :after)";
    struct arena arena = {0};
    int64_t id = 0;
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        sqlite3_stmt *statement = db_statement(store->db, sql, err);
        if (statement == NULL) {
            status = err->status;
            break;
        }
        db_bind_text(statement, ":person", id_number);
        db_bind_text(statement, ":number", number);
        db_bind_text(statement, ":paper", paper_number);
        db_bind_integer(statement, ":after", id);
        status = db_integer(store->db, statement, 0, &id, err);
        if (status != STATUS_OK || id == 0)
            break;
        status = refresh_one(store, id, &arena, err);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return status;
}
