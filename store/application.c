#include "store/application_inside.h"

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
        return err_no_memory(err);
    return STATUS_OK;
}

enum status application_load_register(struct store *store, const struct application *a, struct arena *arena,
                                      struct register_row **by_number, struct register_row **by_person,
                                      struct err *err) {
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
        return err_of_data(err, STATUS_IO, N_("the document of application %1 is damaged; run `yijian verify`"),
                           loaded->row.application_no, NULL);
    loaded->application = document.as.application;
    loaded->application.accepted_on = loaded->row.accepted_on;
    loaded->application.accepted_by = accepted_by;
    return application_load_register(store, &loaded->application, arena, &loaded->by_number, &loaded->by_person, err);
}

struct review_case application_case_of(const struct store *store, const struct application *application,
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
    return application_case_of(store, &loaded->application, loaded->by_number, loaded->by_person, loaded->extended, on);
}

static enum status refresh_one(struct store *store, int64_t id, struct arena *arena, struct err *err) {
    static const char sql[] = "UPDATE application SET outcome = :outcome, outcome_first = :first, outcome_last = :last"
                              " WHERE id = :id AND (outcome, outcome_first, outcome_last)"
                              " IS NOT (:outcome, :first, :last)";
    struct loaded *loaded = arena_alloc(arena, sizeof *loaded);
    if (loaded == NULL)
        return err_no_memory(err);
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
