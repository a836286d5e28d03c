#include "store/verify_filed.h"

#include <string.h>

#include "store/application.h"
#include "store/document_json.h"

static bool filed_right(sqlite3_stmt *s, struct arena *arena) {
    struct document document;
    struct application_keys keys;
    if (!document_read_stored(db_column_text(s, 1), arena, &document) || document.type != DOCUMENT_APPLICATION)
        return false;
    const struct application *a = &document.as.application;
    application_keys_of(a, &keys);
    const char *const texts[] = {a->application_no, a->applicant.id_number, keys.number, keys.digits, keys.reversed};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(db_column_text(s, 4 + (int)i), texts[i]) != 0)
            return false;
    return (unsigned)sqlite3_column_int(s, 2) == keys.specialties &&
           (enum specialty)sqlite3_column_int(s, 3) == a->specialties[0].specialty;
}

enum status verify_filed(struct store *store, int64_t *wrong, struct err *err) {
    static const char sql[] =
        "SELECT a.id, d.json, a.specialties, a.first_specialty, a.application_no, a.id_number, a.registration_number,"
        " a.number_digits, a.number_reversed FROM application a JOIN document d ON d.id = a.document_id ORDER BY a.id";
    struct arena arena = {0};
    bool row;
    *wrong = 0;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    enum status status;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row && *wrong == 0) {
        if (!filed_right(s, &arena))
            *wrong = sqlite3_column_int64(s, 0);
        arena_reset(&arena);
    }
    db_done(s);
    arena_free(&arena);
    return status;
}
