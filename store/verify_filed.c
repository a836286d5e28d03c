#include "store/verify_filed.h"

#include <string.h>

#include "store/application_inside.h"
#include "store/document_json.h"

/* One row at a time: *what is NULL where it is right. */
typedef enum status (*look_at)(struct store *store, sqlite3_stmt *s, struct arena *arena, const char **what,
                               struct err *err);

static bool same_text(sqlite3_stmt *s, int column, const char *text) {
    bool none = sqlite3_column_type(s, column) == SQLITE_NULL;
    return none || text == NULL ? none && text == NULL : strcmp(db_column_text(s, column), text) == 0;
}

static bool filed_right(sqlite3_stmt *s, const struct application *a) {
    struct application_keys keys;
    application_keys_of(a, &keys);
    const char *const texts[] = {a->application_no, a->applicant.id_number, keys.number, keys.digits, keys.reversed};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!same_text(s, 4 + (int)i, texts[i]))
            return false;
    return (unsigned)sqlite3_column_int(s, 2) == keys.specialties &&
           (enum specialty)sqlite3_column_int(s, 3) == a->specialties[0].specialty;
}

static bool outlook_is_right(sqlite3_stmt *s, const struct outlook *outlook) {
    return (enum outcome)sqlite3_column_int(s, 14) == outlook->outcome && db_column_day(s, 15) == outlook->first &&
           db_column_day(s, 16) == outlook->last;
}

/* A deadline kept as provisional may be firm for a later program, which has the notice of that year built in: then it
 * has to be what it was without that notice. */
static bool deadline_is_right(const struct store *store, sqlite3_stmt *s, const struct application *a, bool extended) {
    day kept = db_column_day(s, 12);
    bool provisional = sqlite3_column_int(s, 13) != 0;
    struct workday_count deadline = review_decide_by(a, extended, &store->calendar);
    if (provisional && !deadline.provisional) {
        struct workday_calendar earlier = store->calendar;
        workday_forget(&earlier, workday_notice_of(kept));
        deadline = review_decide_by(a, extended, &earlier);
    }
    return kept == deadline.last && provisional == deadline.provisional;
}

static enum status look_at_pending(struct store *store, sqlite3_stmt *s, struct application *a, struct arena *arena,
                                   const char **what, struct err *err) {
    struct register_row *by_number, *by_person;
    bool extended = sqlite3_column_int(s, 11) != 0;
    a->accepted_on = db_column_day(s, 10);
    enum status status = application_load_register(store, a, arena, &by_number, &by_person, err);
    if (status != STATUS_OK)
        return status;
    struct review_case c = application_case_of(store, a, by_number, by_person, extended, store_today(store));
    struct outlook outlook = review_outlook(&c);
    if (!outlook_is_right(s, &outlook) || !deadline_is_right(store, s, a, extended))
        *what =
            N_("what is kept of the application in row %1 is not what rules and calendar give: outcome or deadline");
    return STATUS_OK;
}

static enum status look_at_application(struct store *store, sqlite3_stmt *s, struct arena *arena, const char **what,
                                       struct err *err) {
    struct document document;
    bool readable = document_read_stored(db_column_text(s, 1), arena, &document);
    if (!readable || document.type != DOCUMENT_APPLICATION || !filed_right(s, &document.as.application))
        *what = N_("the application in row %1 is filed under something else than its document says");
    else if ((enum application_state)sqlite3_column_int(s, 9) == STATE_PENDING)
        return look_at_pending(store, s, &document.as.application, arena, what, err);
    return STATUS_OK;
}

static enum status look_at_constructor(struct store *store, sqlite3_stmt *s, struct arena *arena, const char **what,
                                       struct err *err) {
    struct document document;
    (void)store, (void)err;
    const struct constructor *c = &document.as.constructor;
    if (!document_read_stored(db_column_text(s, 1), arena, &document) || document.type != DOCUMENT_CONSTRUCTOR ||
        !same_text(s, 2, c->person.id_number) || !same_text(s, 3, c->number) || !same_text(s, 4, c->paper_number) ||
        !same_text(s, 5, c->person.name))
        *what = N_("the person in row %1 of the register is filed under something else than the entry says");
    return STATUS_OK;
}

static enum status each_row(struct store *store, const char *sql, look_at look, struct verify_progress *progress,
                            const char **what, int64_t *id, struct err *err) {
    struct arena arena = {0};
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    enum status status;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row) {
        *id = sqlite3_column_int64(s, 0);
        status = look(store, s, &arena, what, err);
        arena_reset(&arena);
        verify_progress_step(progress);
        if (status != STATUS_OK || *what != NULL)
            break;
    }
    db_done(s);
    arena_free(&arena);
    return status;
}

enum status verify_filed(struct store *store, struct verify_progress *progress, const char **what, int64_t *row,
                         struct err *err) {
    static const char applications[] =
        "SELECT a.id, d.json, a.specialties, a.first_specialty, a.application_no, a.id_number, a.registration_number,"
        " a.number_digits, a.number_reversed, a.state, a.accepted_on, a.extended, a.decide_by, a.provisional,"
        " a.outcome, a.outcome_first, a.outcome_last"
        " FROM application a JOIN document d ON d.id = a.document_id ORDER BY a.id";
    static const char constructors[] =
        "SELECT c.id, coalesce(c.entry, d.json), c.id_number, c.number, c.paper_number, c.name FROM constructor c"
        " LEFT JOIN register_document d ON d.id = c.document_id ORDER BY c.id";
    *what = NULL;
    enum status status = each_row(store, constructors, look_at_constructor, progress, what, row, err);
    return status != STATUS_OK || *what != NULL
               ? status
               : each_row(store, applications, look_at_application, progress, what, row, err);
}
