#include "store/verify_schema.h"

#include <stdio.h>
#include <string.h>

#include "store/schema.h"

/* SQLite keeps the words of a CREATE as they are, without what ends them. */
static bool is_made_by(const char *statement, const char *kept) {
    size_t length = strlen(kept);
    return strncmp(statement, kept, length) == 0 && strcmp(statement + length, ";") == 0;
}

static bool is_ours(const char *kept) {
    const char *const *statement = schema_sql;
    while (*statement != NULL && !is_made_by(*statement, kept))
        statement++;
    return *statement != NULL;
}

/* "TABLE meta" of "CREATE TABLE meta(key …". */
static const char *name_of(const char *statement, char *out, size_t size) {
    const char *from = strchr(statement, ' ') + 1;
    size_t kind = strcspn(from, " ") + 1;
    size_t length = kind + strcspn(from + kind, " (");
    snprintf(out, size, "%.*s", (int)length, from);
    return out;
}

/* Each that is there was made so. */
static enum status look_for_others(struct store *store, struct err *err) {
    static const char sql[] = "SELECT sql, type || ' ' || name FROM sqlite_schema WHERE sql IS NOT NULL"
                              " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid";
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    enum status status;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row) {
        if (!is_ours(db_column_text(s, 0))) {
            status = err_set(err, STATUS_NEGATIVE, N_("the database is not built as it was made: %1 is not ours"),
                             db_column_text(s, 1), NULL);
            break;
        }
    }
    db_done(s);
    return status;
}

static enum status look_for(struct store *store, const char *statement, struct err *err) {
    static const char sql[] = "SELECT EXISTS(SELECT 1 FROM sqlite_schema WHERE sql || ';' = :sql)";
    char name[64];
    int64_t there = 0;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_text(s, ":sql", statement);
    enum status status = db_integer(store->db, s, 0, &there, err);
    if (status == STATUS_OK && there == 0)
        return err_set(err, STATUS_NEGATIVE, N_("the database is not built as it was made: %1 is gone or changed"),
                       name_of(statement, name, sizeof name), NULL);
    return status;
}

enum status verify_schema(struct store *store, struct err *err) {
    enum status status = STATUS_OK;
    for (const char *const *statement = schema_sql; status == STATUS_OK && *statement != NULL; statement++)
        if (strncmp(*statement, "CREATE ", 7) == 0)
            status = look_for(store, *statement, err);
    return status == STATUS_OK ? look_for_others(store, err) : status;
}
