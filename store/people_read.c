#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/inside.h"

const struct document_word people_roles[ROLE_COUNT] = {
    [ROLE_NONE] = {"none", "无", "none"},
    [ROLE_REVIEWER] = {"reviewer", "审查人员", "reviewer"},
    [ROLE_SUPERVISOR] = {"supervisor", "主管", "supervisor"},
    [ROLE_AUDITOR] = {"auditor", "审计人员", "auditor"},
};

bool people_may(enum role role, enum right right) {
    static const bool table[ROLE_COUNT][RIGHT_COUNT] = {
        [ROLE_REVIEWER] = {[RIGHT_DECIDE] = true, [RIGHT_IMPORT] = true, [RIGHT_REVEAL] = true},
        [ROLE_SUPERVISOR] = {[RIGHT_DECIDE] = true,
                             [RIGHT_IMPORT] = true,
                             [RIGHT_SUPERVISE] = true,
                             [RIGHT_PEOPLE] = true,
                             [RIGHT_REVEAL] = true},
        [ROLE_AUDITOR] = {[RIGHT_REVEAL] = true},
    };
    return table[role][right];
}

enum role people_needed(enum right right) {
    static const enum role by_reach[] = {ROLE_AUDITOR, ROLE_REVIEWER, ROLE_SUPERVISOR};
    for (size_t i = 0; i < sizeof by_reach / sizeof by_reach[0]; i++)
        if (people_may(by_reach[i], right))
            return by_reach[i];
    return ROLE_SUPERVISOR;
}

static void take_row(sqlite3_stmt *statement, struct reviewer *out) {
    db_column_copy(statement, 0, out->login, sizeof out->login);
    db_column_copy(statement, 1, out->name, sizeof out->name);
    int role = sqlite3_column_int(statement, 2);
    out->role = role > ROLE_NONE && role < ROLE_COUNT ? (enum role)role : ROLE_NONE;
    out->active = sqlite3_column_int(statement, 3) != 0;
}

enum status people_find(struct store *store, const char *login, struct reviewer *out, struct err *err) {
    static const char sql[] = "SELECT login, name, role, active FROM reviewer WHERE login = :login";
    bool row;
    char wanted[PEOPLE_LOGIN_SIZE];
    snprintf(wanted, sizeof wanted, "%s", login);
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":login", login); /* whole: one that is too long is nobody's */
    enum status status = db_step(store->db, statement, &row, err);
    memset(out, 0, sizeof *out);
    snprintf(out->login, sizeof out->login, "%s", wanted);
    if (status != STATUS_OK || !row)
        return status == STATUS_OK ? err_set(err, STATUS_NEGATIVE, N_("there is no reviewer %1"), wanted, NULL)
                                   : status;
    take_row(statement, out);
    db_done(statement);
    return STATUS_OK;
}

enum status people_list(struct store *store, struct reviewer **out, size_t *count, struct err *err) {
    static const char count_sql[] = "SELECT count(*) FROM reviewer";
    static const char sql[] = "SELECT login, name, role, active FROM reviewer ORDER BY login LIMIT :limit";
    int64_t total;
    bool row;
    sqlite3_stmt *statement = db_statement(store->db, count_sql, err);
    if (statement == NULL)
        return err->status;
    enum status status = db_integer(store->db, statement, 0, &total, err);
    if (status != STATUS_OK || (statement = db_statement(store->db, sql, err)) == NULL)
        return err->status;
    *count = 0;
    *out = calloc((size_t)total + 1, sizeof **out);
    if (*out == NULL)
        return err_no_memory(err);
    db_bind_integer(statement, ":limit", total);
    while ((status = db_step(store->db, statement, &row, err)) == STATUS_OK && row)
        take_row(statement, &(*out)[(*count)++]);
    return status;
}
