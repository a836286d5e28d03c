/* The list of decisions: newest first, page by page, without a scan (SPEC 12, 14.6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/act.h"
#include "store/decided.h"
#include "store/inside.h"
#include "tests/store/fixture.h"

enum { PERSONS = 30, PAGE = 7 };

/* Thirty decisions: every third application is refused, all others are approved; then the newest is revoked. */
static struct store *decided(void) {
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    char text[4096], no[32];
    for (int i = 1; i <= PERSONS; i++) {
        bool refused = i % 3 == 0;
        fixture_import(store, fixture_application(text, sizeof text, i, "initial", "2021-11-01", 60));
        struct act_request request = {.application_no = fixture_application_no(no, sizeof no, i),
                                      .text = refused ? "缺章（规定第十四条）" : NULL};
        assert_int_equal((refused ? act_refuse : act_approve)(store, &request, &result, &err), STATUS_OK);
        assert_int_equal(result.decision_no, i);
    }
    struct act_request revoke = {.decision_no = PERSONS - 1, .text = "错误", .ground = "许可法第六十九条"};
    assert_int_equal(act_revoke(store, &revoke, &result, &err), STATUS_OK);
    return store;
}

static void pages_run_from_the_newest_to_the_first(void **state) {
    (void)state;
    struct store *store = decided();
    struct decided_row *rows = calloc(PAGE, sizeof *rows);
    struct err err = {0};
    int64_t expected;
    size_t count;
    assert_int_equal(decided_newest(store, &expected, &err), STATUS_OK);
    assert_int_equal(expected, PERSONS + 1);
    for (int64_t from = INT64_MAX;; from = rows[count - 1].decision_no - 1) {
        assert_int_equal(decided_page(store, from, rows, PAGE, &count, &err), STATUS_OK);
        if (count == 0)
            break;
        for (size_t i = 0; i < count; i++)
            assert_int_equal(rows[i].decision_no, expected--);
    }
    assert_int_equal(expected, 0);
    free(rows);
    store_close(store);
}

static void a_row_says_what_was_decided(void **state) {
    (void)state;
    struct store *store = decided();
    struct decided_row *rows = calloc(PAGE, sizeof *rows);
    struct err err = {0};
    size_t count;
    char date[DAY_TEXT_SIZE];
    assert_int_equal(decided_page(store, INT64_MAX, rows, PAGE, &count, &err), STATUS_OK);
    const struct decided_row *revocation = &rows[0], *refused = &rows[1], *revoked = &rows[2], *approved = &rows[3];
    assert_string_equal(revocation->action, "revoke");
    assert_int_equal(revocation->outcome, STATE_PENDING);
    assert_string_equal(revocation->application_no, revoked->application_no);
    assert_int_equal(revoked->revoked_by, revocation->decision_no);
    assert_int_equal(approved->revoked_by, 0);
    assert_string_equal(refused->action, "refuse");
    assert_int_equal(refused->outcome, STATE_REFUSED);
    assert_string_equal(refused->registration_number, "");
    assert_int_equal(approved->outcome, STATE_APPROVED);
    assert_int_equal(approved->kind, KIND_INITIAL);
    assert_string_equal(day_format(approved->decided_on, date), FIXTURE_DAY);
    assert_int_equal(strncmp(approved->registration_number, "京1", strlen("京1")), 0);
    assert_string_not_equal(approved->decided_by_name, "");
    free(rows);
    store_close(store);
}

static void no_statement_scans_or_sorts(void **state) {
    (void)state;
    struct store *store = decided();
    struct decided_row *rows = calloc(PAGE, sizeof *rows);
    struct err err = {0};
    size_t count, seen = 0;
    int64_t newest;
    assert_int_equal(decided_newest(store, &newest, &err), STATUS_OK);
    assert_int_equal(decided_page(store, newest / 2, rows, PAGE, &count, &err), STATUS_OK);
    for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(db_handle(store->db), s)) != NULL;) {
        if (strstr(sqlite3_sql(s), "FROM decision d JOIN application") == NULL &&
            strstr(sqlite3_sql(s), "coalesce(max(decision_no), 0) FROM decision") == NULL)
            continue;
        seen++;
        assert_int_equal(sqlite3_stmt_status(s, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0), 0);
        assert_int_equal(sqlite3_stmt_status(s, SQLITE_STMTSTATUS_SORT, 0), 0);
    }
    assert_true(seen >= 2);
    free(rows);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_run_from_the_newest_to_the_first),
        cmocka_unit_test(a_row_says_what_was_decided),
        cmocka_unit_test(no_statement_scans_or_sorts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
