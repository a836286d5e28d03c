/* The queue: paged by key, counted exactly, found by number, without a full scan (SPEC 12, 14.6). */
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
#include "tests/store/fixture.h"

enum { PERSONS = 300 };

static struct store *filled(void) {
    static const char *const kinds[] = {"initial", "added_specialty", "continuation"};
    struct store *store = fixture_open();
    char *all = malloc(PERSONS * 2048), *end = all;
    assert_non_null(all);
    for (int i = 0; i < PERSONS; i++) {
        char submitted[16];
        const char *kind = kinds[i % 3];
        snprintf(submitted, sizeof submitted, "2021-10-%02d", 1 + i % 28);
        if (i % 3 != 0)
            end += strlen(fixture_constructor(end, 1024, i, "2021-12-31"));
        end += strlen(fixture_application(end, 1024, i, kind, submitted, i % 5 == 0 ? 10 : 60));
    }
    fixture_import(store, all);
    free(all);
    return store;
}

static const struct queue_filter all_of_it = {.kind = QUEUE_ANY, .outcome = QUEUE_ANY, .specialty = QUEUE_ANY};

/* Every row, page by page, in one direction; checks order, places and that none is met twice. */
static size_t walk(struct store *store, const struct queue_filter *filter, enum queue_direction direction) {
    struct queue_row *rows = calloc(7, sizeof *rows);
    bool *seen = calloc(PERSONS + 2, sizeof *seen);
    struct queue_key key, *from = NULL;
    struct err err = {0};
    size_t total = 0, count;
    do {
        assert_int_equal(queue_page(store, filter, from, direction, rows, 7, &count, &err), STATUS_OK);
        for (size_t i = 0; i < count; i++) {
            int64_t before;
            struct queue_key at = queue_key_of(&rows[i], filter->order);
            assert_false(seen[rows[i].id]);
            seen[rows[i].id] = true;
            assert_true(i == 0 || queue_key_of(&rows[i - 1], filter->order).day <= at.day);
            assert_int_equal(queue_position(store, filter, &at, &before, &err), STATUS_OK);
            if (direction == QUEUE_FORWARD)
                assert_int_equal(before, total + i);
        }
        total += count;
        if (count > 0)
            key = queue_key_of(&rows[direction == QUEUE_FORWARD ? count - 1 : 0], filter->order);
        from = &key;
    } while (count > 0);
    free(rows);
    free(seen);
    return total;
}

static void pages_and_counts_agree(void **state) {
    (void)state;
    struct store *store = filled();
    struct err err = {0};
    for (int kind = QUEUE_ANY; kind < KIND_COUNT; kind++)
        for (int outcome = QUEUE_ANY; outcome < OUTCOME_COUNT; outcome++)
            for (int order = 0; order < QUEUE_ORDER_COUNT; order++) {
                struct queue_filter filter = {
                    .kind = kind, .outcome = outcome, .specialty = QUEUE_ANY, .order = (enum queue_order)order};
                int64_t count;
                assert_int_equal(queue_count(store, &filter, &count, &err), STATUS_OK);
                assert_int_equal(walk(store, &filter, QUEUE_FORWARD), count);
                assert_int_equal(walk(store, &filter, QUEUE_BACKWARD), count);
            }
    store_close(store);
}

/* What a text lets through is what search finds of it; counts and places hold there, too. */
static void a_text_filters_as_search_finds(void **state) {
    (void)state;
    struct store *store = filled();
    struct err err = {0};
    static const char *const texts[] = {"京11120062018000", "1112006201800001", "00017", "A00001", "王00", "杨", "京"};
    struct queue_row *rows = calloc(PERSONS, sizeof *rows);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (int order = 0; order < QUEUE_ORDER_COUNT; order++) {
            struct queue_filter filter = all_of_it;
            struct search_result result;
            int64_t count;
            filter.order = (enum queue_order)order;
            assert_int_equal(search_run(store, texts[i], true, rows, PERSONS, &result, &err), STATUS_OK);
            assert_int_equal(queue_filter_text(store, texts[i], &filter, &err),
                             result.count > 0 ? STATUS_OK : STATUS_NEGATIVE);
            if (result.count == 0)
                continue;
            assert_int_equal(queue_count(store, &filter, &count, &err), STATUS_OK);
            assert_int_equal(count, result.count);
            assert_int_equal(walk(store, &filter, QUEUE_FORWARD), count);
            assert_int_equal(walk(store, &filter, QUEUE_BACKWARD), count);
            filter.kind = KIND_CONTINUATION;
            filter.outcome = OUTCOME_APPROVABLE;
            assert_int_equal(queue_count(store, &filter, &count, &err), STATUS_OK);
            assert_true(count <= (int64_t)result.count);
            assert_int_equal(walk(store, &filter, QUEUE_FORWARD), count);
        }
    struct queue_filter filter = all_of_it;
    assert_int_equal(queue_filter_text(store, "王00", &filter, &err), STATUS_OK);
    assert_int_equal(queue_filter_text(store, "%", &filter, &err), STATUS_NEGATIVE);
    assert_int_equal(filter.match, SEARCH_NAME); /* as it was */
    assert_int_equal(queue_filter_text(store, " ", &filter, &err), STATUS_OK);
    assert_int_equal(filter.match, SEARCH_NOTHING);
    free(rows);
    store_close(store);
}

static bool outcome_agrees(void *data, const struct queue_row *row, const struct verdict *verdict) {
    ++*(int *)data;
    assert_int_equal(row->outcome, verdict->outcome);
    return true;
}

static void kept_outcomes_are_those_of_a_new_review_on_every_day(void **state) {
    (void)state;
    store_close(filled());
    static const char *const days[] = {"2021-09-15", "2021-10-14", "2021-11-05",
                                       "2030-01-01", "2036-06-15", "2040-01-01"};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct store *store = fixture_open_as("root", days[i]);
        struct queue_counts counts;
        struct err err = {0};
        int seen = 0;
        int64_t kept = 0;
        assert_int_equal(queue_review_all(store, store_today(store), outcome_agrees, &seen, &err), STATUS_OK);
        assert_int_equal(seen, PERSONS);
        assert_int_equal(queue_counts(store, &counts, &err), STATUS_OK);
        for (int k = 0; k < KIND_COUNT; k++)
            for (int o = 0; o < OUTCOME_COUNT; o++)
                kept += counts.outcome[k][o];
        assert_int_equal(kept, PERSONS);
        struct queue_filter blocked = all_of_it;
        int64_t count;
        blocked.outcome = OUTCOME_BLOCKED;
        assert_int_equal(queue_count(store, &blocked, &count, &err), STATUS_OK);
        assert_int_equal(walk(store, &blocked, QUEUE_FORWARD), count);
        blocked.order = QUEUE_BY_SUBMITTED;
        blocked.specialty = SPECIALTY_BUILDING;
        assert_int_equal(queue_count(store, &blocked, &count, &err), STATUS_OK);
        assert_int_equal(walk(store, &blocked, QUEUE_FORWARD), count);
        store_close(store);
    }
}

static void a_changed_register_changes_the_outcomes(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct queue_row row;
    struct err err = {0};
    char text[2048];
    fixture_import(store, fixture_application(text, sizeof text, 1, "continuation", "2021-11-01", 60));
    assert_int_equal(queue_row(store, 1, &row, &err), STATUS_OK);
    assert_int_equal(row.outcome, OUTCOME_BLOCKED); /* HOLDER: no such number yet */
    fixture_import(store, fixture_constructor(text, sizeof text, 1, "2021-12-31"));
    assert_int_equal(queue_row(store, 1, &row, &err), STATUS_OK);
    assert_int_equal(row.outcome, OUTCOME_APPROVABLE);
    store_close(store);
}

static enum search_match match_of(struct store *store, const char *text, size_t *count) {
    struct queue_row *rows = calloc(20, sizeof *rows);
    struct search_result result;
    struct err err = {0};
    assert_int_equal(search_run(store, text, true, rows, 20, &result, &err), STATUS_OK);
    *count = result.count;
    free(rows);
    return result.match;
}

static void search_says_what_matched(void **state) {
    (void)state;
    struct store *store = filled();
    static const struct {
        const char *text;
        enum search_match match;
        size_t count;
    } cases[] = {
        {"京1112006201800001", SEARCH_EXACT, 1},
        {" 京１１１２００６２０１８０００４６ ", SEARCH_EXACT, 1},
        {"京11120062018000", SEARCH_PREFIX, 20},
        {"1112006201800001", SEARCH_DIGITS, 1},
        {"00046", SEARCH_SUFFIX, 1},
        {"a000003", SEARCH_APPLICATION_NO, 1},
        {"王0005", SEARCH_NAME, 1},
        {"%", SEARCH_NOTHING, 0},
        {"_", SEARCH_NOTHING, 0},
        {"", SEARCH_NOTHING, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count;
        assert_int_equal(match_of(store, cases[i].text, &count), cases[i].match);
        assert_int_equal(count, cases[i].count);
    }
    char id[32];
    size_t count;
    assert_int_equal(match_of(store, fixture_id(id, sizeof id, 7), &count), SEARCH_ID_NUMBER);
    store_close(store);
}

/* What SQLite itself says of every statement that was run: none walked through a table, none sorted. The small tables
 * of counts, days off and people are read whole; where the counts are corrected by the few applications whose outcome
 * does not hold today, a scan would show as steps of the order of all applications. */
static void no_statement_scans_or_sorts(void **state) {
    (void)state;
    struct store *store = filled();
    struct queue_filter filter = all_of_it;
    struct queue_counts counts;
    struct queue_row *rows = calloc(20, sizeof *rows);
    struct search_result result;
    struct err err = {0};
    size_t found;
    static const char *const texts[] = {"京1112006201800001", "京111", "1112006", "00046", "王", "A0000", "没有"};
    for (int kind = QUEUE_ANY; kind < KIND_COUNT; kind++) {
        filter.kind = kind;
        for (int order = 0; order < QUEUE_ORDER_COUNT; order++) {
            filter.order = (enum queue_order)order;
            struct queue_key key = {.day = 18900, .id = 50};
            int64_t before;
            assert_int_equal(queue_page(store, &filter, &key, QUEUE_FORWARD, rows, 20, &found, &err), STATUS_OK);
            assert_int_equal(queue_page(store, &filter, &key, QUEUE_BACKWARD, rows, 20, &found, &err), STATUS_OK);
            assert_int_equal(queue_position(store, &filter, &key, &before, &err), STATUS_OK);
        }
    }
    assert_int_equal(queue_counts(store, &counts, &err), STATUS_OK);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(search_run(store, texts[i], true, rows, 20, &result, &err), STATUS_OK);
    struct act_request request = {.application_no = "A000002"};
    struct act_result decided;
    assert_int_equal(act_approve(store, &request, &decided, &err), STATUS_OK);
    for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(db_handle(store->db), s)) != NULL;) {
        bool of_counts = strstr(sqlite3_sql(s), "queue_day") != NULL || strstr(sqlite3_sql(s), "queue_tally") != NULL ||
                         strstr(sqlite3_sql(s), "reviewer") != NULL || strstr(sqlite3_sql(s), "calendar_") != NULL;
        int scans = sqlite3_stmt_status(s, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
        int sorts = sqlite3_stmt_status(s, SQLITE_STMTSTATUS_SORT, 0);
        if (of_counts ? scans > 2 * PERSONS : scans != 0 || sorts != 0)
            fail_msg("%d scan steps, %d sorts: %s", scans, sorts, sqlite3_sql(s));
    }
    free(rows);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_and_counts_agree),
        cmocka_unit_test(a_text_filters_as_search_finds),
        cmocka_unit_test(kept_outcomes_are_those_of_a_new_review_on_every_day),
        cmocka_unit_test(a_changed_register_changes_the_outcomes),
        cmocka_unit_test(search_says_what_matched),
        cmocka_unit_test(no_statement_scans_or_sorts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
