/* Figures and events for reading: counted by hand, along indexes, the same as the queue's own counts (SPEC 9, 11, 12).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/act.h"
#include "store/inside.h"
#include "store/stats.h"
#include "tests/store/fixture.h"

enum { PERSONS = 12 };

static void must(enum status status, const struct err *err) {
    if (status != STATUS_OK)
        fail_msg("%s (%s, %s)", err->message, err->args[0], err->args[1]);
}

/* A continuation of person `number`; with few hours it is blocked. */
static void feed(struct store *store, int number, const char *submitted, int hours) {
    char text[4096];
    size_t used = strlen(fixture_constructor(text, 2048, number, "2021-12-31"));
    fixture_application(text + used, 2048, number, "continuation", submitted, hours);
    fixture_import(store, text);
}

static const char *number_of(int number) {
    static char text[32];
    return fixture_application_no(text, sizeof text, number);
}

/* The deadline is the tenth working day after submission; FIXTURE_DAY is a Friday, nothing around it is off but
 * Saturday and Sunday. */
static struct store *waiting(void) {
    static const struct {
        const char *submitted;
        int hours;
    } cases[PERSONS] = {
        {"2021-10-14", 60}, /* due 10-28, 6 working days ago */
        {"2021-10-15", 60}, /* due 10-29, 5 ago */
        {"2021-10-21", 10}, /* due 11-04, 1 ago; blocked */
        {"2021-10-22", 60}, /* due 11-05, today */
        {"2021-10-23", 10}, /* a Saturday: due 11-05, too; blocked */
        {"2021-10-25", 60}, /* due 11-08, over the weekend: 1 */
        {"2021-10-26", 60}, /* 2 */
        {"2021-10-27", 60}, /* 3 */
        {"2021-10-28", 60}, /* 4 */
        {"2021-10-29", 10}, /* 5; blocked */
        {"2021-11-01", 60}, /* 6 */
        {"2021-11-05", 60}, /* 10, and 20 once it is extended */
    };
    struct store *store = fixture_open();
    struct act_request request = {.text = "需核实"};
    struct act_result result;
    struct err err = {0};
    for (int i = 0; i < PERSONS; i++)
        feed(store, i + 1, cases[i].submitted, cases[i].hours);
    request.application_no = number_of(PERSONS);
    must(act_extend(store, &request, &result, &err), &err);
    return store;
}

static void check_waiting(struct store *store, const int64_t expected[STATS_SPANS][2]) {
    struct stats_waiting found;
    struct err err = {0};
    must(stats_waiting(store, &found, &err), &err);
    for (size_t i = 0; i < STATS_SPANS; i++) {
        assert_int_equal(found.pending[i][OUTCOME_APPROVABLE], expected[i][0]);
        assert_int_equal(found.pending[i][OUTCOME_PARTLY], 0);
        assert_int_equal(found.pending[i][OUTCOME_BLOCKED], expected[i][1]);
    }
}

static void waiting_is_split_by_the_days_left(void **state) {
    (void)state;
    static const int64_t friday[STATS_SPANS][2] = {{1, 0}, {1, 1}, {1, 1}, {1, 0}, {1, 0},
                                                   {1, 0}, {1, 1}, {1, 0}, {1, 0}, {0, 0}};
    /* What was due on Friday is overdue, though no working day has passed; the rest is as far away as it was. */
    static const int64_t saturday[STATS_SPANS][2] = {{1, 0}, {2, 2}, {0, 0}, {1, 0}, {1, 0},
                                                     {1, 0}, {1, 1}, {1, 0}, {1, 0}, {0, 0}};
    struct store *store = waiting();
    check_waiting(store, friday);
    store_close(store);
    store = fixture_open_as("root", "2021-11-06");
    check_waiting(store, saturday);
    store_close(store);
}

static void its_sums_are_those_of_the_queue(void **state) {
    (void)state;
    static const char *const days[] = {"2021-10-30", "2021-11-04", FIXTURE_DAY,  "2021-11-07",
                                       "2021-11-12", "2022-01-01", "2024-06-01", "2036-06-15"};
    store_close(waiting());
    for (size_t d = 0; d < sizeof days / sizeof days[0]; d++) {
        struct store *store = fixture_open_as("root", days[d]);
        struct queue_counts counts;
        struct stats_waiting found;
        struct err err = {0};
        int64_t overdue = 0, soon = 0, outcomes[OUTCOME_COUNT] = {0};
        must(queue_counts(store, &counts, &err), &err);
        must(stats_waiting(store, &found, &err), &err);
        for (size_t i = 0; i < STATS_SPANS; i++)
            for (int o = 0; o < OUTCOME_COUNT; o++) {
                overdue += stats_spans[i].overdue ? found.pending[i][o] : 0;
                soon += !stats_spans[i].overdue && stats_spans[i].to <= 3 ? found.pending[i][o] : 0;
                outcomes[o] += found.pending[i][o];
            }
        assert_int_equal(overdue, counts.overdue[KIND_CONTINUATION]);
        assert_int_equal(soon, counts.due_soon[KIND_CONTINUATION]);
        for (int o = 0; o < OUTCOME_COUNT; o++)
            assert_int_equal(outcomes[o], counts.outcome[KIND_CONTINUATION][o]);
        store_close(store);
    }
}

static void set_instant(int64_t decision_no, const char *instant) {
    sqlite3 *db = NULL;
    char sql[256];
    snprintf(sql, sizeof sql,
             "DROP TRIGGER IF EXISTS decision_kept; UPDATE decision SET decided_at = '%s' WHERE decision_no = %lld;",
             instant, (long long)decision_no);
    assert_int_equal(sqlite3_open(FIXTURE_PATH, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* li.hua approves twice and refuses once, root revokes the refusal; one more is decided on the next working day. */
static struct store *decided(void) {
    static const char *const instants[] = {"2021-11-05T00:59:59Z", "2021-11-05T01:00:00Z", "2021-11-05T15:59:59Z",
                                           "2021-11-05T16:00:00Z", "2021-11-08T06:30:00Z"};
    store_close(waiting());
    struct act_result result;
    struct err err = {0};
    struct act_request request = {.application_no = "A000001"}, refusal = {.application_no = "A000003"};
    struct act_request revocation = {.decision_no = 3, .text = "录入错误", .ground = "许可法第六十九条"};
    struct store *store = fixture_open_as("li.hua", FIXTURE_DAY);
    must(act_approve(store, &request, &result, &err), &err);
    request.application_no = "A000002";
    must(act_approve(store, &request, &result, &err), &err);
    must(act_refuse(store, &refusal, &result, &err), &err);
    store_close(store);
    store = fixture_open_as("root", FIXTURE_DAY);
    must(act_revoke(store, &revocation, &result, &err), &err);
    store_close(store);
    store = fixture_open_as("li.hua", "2021-11-08");
    request.application_no = "A000004";
    must(act_approve(store, &request, &result, &err), &err);
    store_close(store);
    for (int64_t i = 0; i < 5; i++)
        set_instant(i + 1, instants[i]);
    return fixture_open_as("root", "2021-11-08");
}

static void check_row(const struct stats_row *row, const char *key, int64_t approved, int64_t refused,
                      int64_t revoked) {
    assert_string_equal(row->key, key);
    assert_int_equal(row->approved, approved);
    assert_int_equal(row->partly, 0);
    assert_int_equal(row->refused, refused);
    assert_int_equal(row->revoked, revoked);
    int64_t hours = 0;
    for (int h = 0; h < STATS_HOURS; h++)
        hours += row->hours[h];
    assert_int_equal(hours, stats_total(row));
}

static void decisions_are_counted_by_reviewer_and_hour(void **state) {
    (void)state;
    struct store *store = decided();
    struct stats_row *rows;
    size_t count;
    struct err err = {0};
    day on = store_today(store) - 3;
    must(stats_run(store, STATS_REVIEWER, on, on, &rows, &count, &err), &err);
    assert_int_equal(count, 2);
    check_row(&rows[0], "li.hua", 2, 1, 0);
    check_row(&rows[1], "root", 0, 0, 1);
    assert_int_equal(rows[0].hours[8], 1); /* 08:59:59 in Shanghai */
    assert_int_equal(rows[0].hours[9], 1);
    assert_int_equal(rows[0].hours[23], 1);
    assert_int_equal(rows[1].hours[0], 1); /* midnight */
    assert_string_equal(rows[0].first, "2021-11-05T00:59:59Z");
    assert_string_equal(rows[0].last, "2021-11-05T15:59:59Z");
    free(rows);
    must(stats_run(store, STATS_HOUR, DAY_NONE, DAY_NONE, &rows, &count, &err), &err);
    assert_int_equal(count, 5);
    static const char *const hours[] = {"00", "08", "09", "14", "23"};
    for (size_t i = 0; i < count; i++)
        check_row(&rows[i], hours[i], i != 0 && i != 4, i == 4, i == 0);
    free(rows);
    must(stats_run(store, STATS_DAY, DAY_NONE, DAY_NONE, &rows, &count, &err), &err);
    assert_int_equal(count, 2);
    check_row(&rows[0], "2021-11-05", 2, 1, 1);
    check_row(&rows[1], "2021-11-08", 1, 0, 0);
    free(rows);
    must(stats_run(store, STATS_KIND, store_today(store) + 1, DAY_NONE, &rows, &count, &err), &err);
    assert_int_equal(count, 0);
    free(rows);
    store_close(store);
}

static void explain(struct store *store, const char *sql, const char *wanted, const char *never) {
    char whole[4096], plan[4096] = "";
    sqlite3_stmt *s = NULL;
    snprintf(whole, sizeof whole, "EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_prepare_v2(db_handle(store->db), whole, -1, &s, NULL), SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
        snprintf(plan + strlen(plan), sizeof plan - strlen(plan), "%s; ", (const char *)sqlite3_column_text(s, 3));
    sqlite3_finalize(s);
    if (strstr(plan, wanted) == NULL || strstr(plan, never) != NULL)
        fail_msg("%s\n%s", plan, sql);
}

static void figures_read_only_what_they_count(void **state) {
    (void)state;
    struct store *store = decided();
    struct stats_waiting found;
    struct stats_row *rows;
    size_t count, seen = 0;
    struct err err = {0};
    must(stats_waiting(store, &found, &err), &err);
    for (int by = 0; by < STATS_BY_COUNT; by++) {
        must(stats_run(store, (enum stats_by)by, store_today(store), store_today(store), &rows, &count, &err), &err);
        free(rows);
    }
    for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(db_handle(store->db), s)) != NULL;) {
        const char *sql = sqlite3_sql(s);
        bool of_queue = strstr(sql, "SELECT decide_by, outcome, n") != NULL;
        if (strstr(sql, "decided_on BETWEEN") == NULL && !of_queue)
            continue;
        seen++;
        explain(store, sql, of_queue ? "application_outcome_first" : "INDEX decision_day",
                of_queue ? "SCAN application;" : "SCAN decision");
    }
    assert_int_equal(seen, STATS_BY_COUNT + 1);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waiting_is_split_by_the_days_left),
        cmocka_unit_test(its_sums_are_those_of_the_queue),
        cmocka_unit_test(decisions_are_counted_by_reviewer_and_hour),
        cmocka_unit_test(figures_read_only_what_they_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
