#include "store/register.h"

#include <stdio.h>
#include <string.h>

#include "store/document_json.h"

enum { REGISTER_SERIAL_MAX = 99999 };

#define SELECT_ENTRY                                                                                                   \
    "SELECT c.id, coalesce(c.decision_no, 0), d.json, coalesce(c.entry, d.json)"                                       \
    " FROM constructor c LEFT JOIN register_document d ON d.id = c.document_id WHERE "

static enum status take(struct store *store, sqlite3_stmt *statement, struct arena *arena, struct register_row **out,
                        struct err *err) {
    bool row;
    *out = NULL;
    enum status status = db_step(store->db, statement, &row, err);
    if (status != STATUS_OK || !row)
        return status;
    struct register_row *taken = arena_alloc(arena, sizeof *taken);
    struct document document;
    bool good = taken != NULL;
    if (good) {
        bool came = sqlite3_column_type(statement, 2) != SQLITE_NULL;
        taken->id = sqlite3_column_int64(statement, 0);
        taken->decision_no = sqlite3_column_int64(statement, 1);
        taken->document = came ? arena_text(arena, db_column_text(statement, 2)) : NULL;
        taken->entry_text = arena_text(arena, db_column_text(statement, 3));
        good = (!came || taken->document != NULL) && taken->entry_text != NULL;
    }
    db_done(statement);
    if (!good)
        return err_no_memory(err);
    if (!document_read_stored(taken->entry_text, arena, &document) || document.type != DOCUMENT_CONSTRUCTOR)
        return err_of_data(err, STATUS_IO, N_("a register entry in the database is damaged; run `yijian verify`"),
                           NULL);
    taken->entry = document.as.constructor;
    *out = taken;
    return STATUS_OK;
}

enum status register_by_number(struct store *store, const char *number, struct arena *arena, struct register_row **out,
                               struct err *err) {
    static const char sql[] =
        SELECT_ENTRY "c.number = :number UNION ALL " SELECT_ENTRY "c.paper_number = :number LIMIT 1";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":number", number);
    return take(store, statement, arena, out, err);
}

enum status register_by_person(struct store *store, const char *id_number, struct arena *arena,
                               struct register_row **out, struct err *err) {
    static const char sql[] = SELECT_ENTRY "c.id_number = :id";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":id", id_number);
    return take(store, statement, arena, out, err);
}

static void bind_constructor(sqlite3_stmt *statement, const struct constructor *c) {
    db_bind_text(statement, ":id", c->person.id_number);
    db_bind_text(statement, ":number", c->number);
    db_bind_text(statement, ":paper", c->paper_number);
    db_bind_text(statement, ":name", c->person.name);
}

/* The day is the ledger's: of the import that brought another document, of the decision that found an entry. */
enum status register_changed_on(struct store *store, const struct register_row *of, day *on, struct err *err) {
    static const char sql[] = "SELECT CASE WHEN c.decision_no IS NULL"
                              " THEN (SELECT l.day FROM register_document d JOIN ledger l ON l.seq = d.import_seq"
                              "  WHERE d.id = c.document_id AND d.revision > 1)"
                              " ELSE (SELECT d.decided_on FROM decision d"
                              "  WHERE d.decision_no = c.decision_no AND d.register_before IS NOT NULL) END"
                              " FROM constructor c WHERE c.id = :id";
    bool row;
    *on = DAY_NONE;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":id", of->id);
    enum status status = db_step(store->db, statement, &row, err);
    if (status == STATUS_OK && row)
        *on = db_column_day(statement, 0);
    db_done(statement);
    return status;
}

static enum status put_row(struct store *store, const struct constructor *c, int64_t *id, int64_t document_id,
                           struct err *err) {
    static const char new_sql[] = "INSERT INTO constructor(id_number, number, paper_number, name, document_id)"
                                  " VALUES(:id, :number, :paper, :name, :document)",
                      again_sql[] = "UPDATE constructor SET id_number = :id, number = :number, paper_number = :paper,"
                                    " name = :name, document_id = :document, entry = NULL WHERE id = :row";
    sqlite3_stmt *statement = db_statement(store->db, *id == 0 ? new_sql : again_sql, err);
    if (statement == NULL)
        return err->status;
    bind_constructor(statement, c);
    db_bind_integer(statement, ":document", document_id);
    if (*id != 0)
        db_bind_integer(statement, ":row", *id);
    enum status status = db_run(store->db, statement, err);
    if (*id == 0)
        *id = sqlite3_last_insert_rowid(db_handle(store->db));
    return status;
}

enum status register_put_document(struct store *store, int64_t id, const struct constructor *c, const char *document,
                                  int64_t import_seq, struct err *err) {
    static const char next_sql[] = "SELECT 1 + coalesce(max(id), 0) FROM register_document",
                      sql[] = "INSERT INTO register_document(id, constructor_id, revision, import_seq, json)"
                              " VALUES(:id, :constructor, 1 + coalesce((SELECT max(revision) FROM register_document"
                              "  WHERE constructor_id = :constructor), 0), :seq, :json)";
    int64_t document_id = 0;
    sqlite3_stmt *statement = db_statement(store->db, next_sql, err);
    enum status status = statement == NULL ? err->status : db_integer(store->db, statement, 1, &document_id, err);
    if (status == STATUS_OK)
        status = put_row(store, c, &id, document_id, err);
    if (status != STATUS_OK)
        return status;
    statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":id", document_id);
    db_bind_integer(statement, ":constructor", id);
    db_bind_integer(statement, ":seq", import_seq);
    db_bind_text(statement, ":json", document);
    return db_run(store->db, statement, err);
}

static void bind_entry(sqlite3_stmt *statement, const struct constructor *c, const char *text, int64_t decision_no) {
    bind_constructor(statement, c);
    db_bind_text(statement, ":entry", text);
    db_bind_integer(statement, ":decision", decision_no);
}

/* Whether there is an entry of this person under the same numbers and name; it says what `text` says then. Those stand
 * in indexes, which this leaves alone. */
static enum status change_entry(struct store *store, const struct constructor *c, const char *text, int64_t decision_no,
                                bool *there, struct err *err) {
    static const char sql[] = "UPDATE constructor SET entry = :entry, decision_no = :decision"
                              " WHERE id_number = :id AND number = :number AND paper_number IS :paper AND name = :name";
    *there = false;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    bind_entry(statement, c, text, decision_no);
    enum status status = db_run(store->db, statement, err);
    *there = status == STATUS_OK && sqlite3_changes(db_handle(store->db)) > 0;
    return status;
}

enum status register_put_entry(struct store *store, const struct constructor *c, const char *text, int64_t decision_no,
                               struct err *err) {
    static const char sql[] =
        "INSERT INTO constructor(id_number, number, paper_number, name, entry, decision_no)"
        " VALUES(:id, :number, :paper, :name, :entry, :decision) ON CONFLICT(id_number) DO UPDATE SET"
        " number = :number, paper_number = :paper, name = :name, entry = :entry, decision_no = :decision";
    bool there;
    enum status status = change_entry(store, c, text, decision_no, &there, err);
    if (status != STATUS_OK || there)
        return status;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    bind_entry(statement, c, text, decision_no);
    return db_run(store->db, statement, err);
}

enum status register_remove(struct store *store, const char *id_number, struct err *err) {
    static const char sql[] = "DELETE FROM constructor WHERE id_number = :id";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":id", id_number);
    return db_run(store->db, statement, err);
}

enum status register_number_taken(struct store *store, const char *number, bool *taken, struct err *err) {
    static const char sql[] = "SELECT EXISTS(SELECT 1 FROM constructor WHERE number = :number)"
                              " OR EXISTS(SELECT 1 FROM constructor WHERE paper_number = :number)";
    int64_t found;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":number", number);
    enum status status = db_integer(store->db, statement, 0, &found, err);
    *taken = found != 0;
    return status;
}

/* The number behind the last one used, whether by a register entry or by an allocation that was revoked since. */
static enum status next_serial(struct store *store, const struct registration_number *number, int64_t *serial,
                               struct err *err) {
    static const char sql[] =
        "INSERT INTO serial(province, year, last) SELECT :province, :year, 1 + coalesce("
        "  (SELECT CAST(substr(max(substr(number, 3, 2) || substr(number, 9)), 7) AS INTEGER) FROM constructor"
        "   WHERE length(number) = 17 AND substr(number, 3, 2) || substr(number, 9) BETWEEN :low AND :high), 0)"
        " WHERE true ON CONFLICT DO UPDATE SET last = max(last + 1, excluded.last) RETURNING last";
    char low[32], high[32];
    snprintf(low, sizeof low, "%02d%04d00000", number->first_province, number->first_year);
    snprintf(high, sizeof high, "%02d%04d99999", number->first_province, number->first_year);
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":province", number->first_province);
    db_bind_integer(statement, ":year", number->first_year);
    db_bind_text(statement, ":low", low);
    db_bind_text(statement, ":high", high);
    return db_integer(store->db, statement, 0, serial, err);
}

enum status register_allocate(struct store *store, struct registration_number *number,
                              char out[NUMBER_REGISTRATION_SIZE], struct err *err) {
    int64_t serial = 0;
    enum status status = next_serial(store, number, &serial, err);
    if (status != STATUS_OK)
        return status;
    if (serial > REGISTER_SERIAL_MAX)
        return err_set(err, STATUS_NEGATIVE, N_("all 99999 serials of this province and year are taken"), NULL);
    number->serial = (int)serial;
    number_registration_format(number, out);
    return STATUS_OK;
}
