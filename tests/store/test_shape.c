/* What a key costs does not grow with the queue: the statements of each operation, the steps of SQLite's machine and
 * the rows looked at without an index are the same, small or large (SPEC 14.6). Time is measured by tests/bench. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/act.h"
#include "store/calendar.h"
#include "store/import.h"
#include "store/inside.h"
#include "store/queue.h"
#include "store/record.h"
#include "store/verify.h"
#include "tests/store/fixture.h"

enum { SMALL = 1000, LARGE = 100000, ROWS = 40 };

struct cost {
    int64_t statements, steps, scanned;
};

static int count(unsigned event, void *data, void *statement, void *elapsed) {
    struct cost *cost = data;
    (void)event, (void)elapsed;
    cost->statements++;
    cost->steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
    cost->scanned += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
    return 0;
}

static struct store *office(int size) {
    char command[512];
    const char *build = getenv("YIJIAN_BUILD");
    struct import_result result;
    struct err err = {0};
    struct store *store = fixture_open();
    snprintf(command, sizeof command,
             "'%s/sample' --persons %d --applications %d --seed 3 --day " FIXTURE_DAY " >many.ndjson",
             build == NULL ? "build" : build, size, size);
    assert_int_equal(system(command), 0);
    assert_int_equal(import_run(store, &(struct import_options){.path = "many.ndjson"}, &result, &err), STATUS_OK);
    assert_int_equal(result.accepted, 2 * size);
    return store;
}

static const struct queue_filter all = {.kind = QUEUE_ANY, .outcome = QUEUE_ANY, .specialty = QUEUE_ANY};
static struct queue_row rows[ROWS];
static size_t found;
static struct err err;

static void page(struct store *store, struct queue_filter filter, const struct queue_key *from,
                 enum queue_direction direction) {
    assert_int_equal(queue_page(store, &filter, from, direction, rows, ROWS, &found, &err), STATUS_OK);
    assert_int_equal(found, ROWS);
}

/* A place in the midst of the queue. */
static struct queue_key middle(struct store *store) {
    static const char sql[] = "SELECT decide_by, id FROM application WHERE state = 0 ORDER BY decide_by, id"
                              " LIMIT 1 OFFSET (SELECT count(*) / 2 FROM application)";
    bool row = false;
    sqlite3_stmt *s = db_statement(store->db, sql, &err);
    assert_non_null(s);
    assert_int_equal(db_step(store->db, s, &row, &err), STATUS_OK);
    struct queue_key key = {.day = db_column_day(s, 0), .id = sqlite3_column_int64(s, 1)};
    db_done(s);
    return key;
}

static struct queue_key place;

static void first_page(struct store *store) {
    page(store, all, NULL, QUEUE_FORWARD);
}

static void last_page(struct store *store) {
    page(store, all, NULL, QUEUE_BACKWARD);
}

static void page_down(struct store *store) {
    page(store, all, &place, QUEUE_FORWARD);
}

static void page_up(struct store *store) {
    page(store, all, &place, QUEUE_BACKWARD);
}

static void only_approvable(struct store *store) {
    struct queue_filter filter = all;
    filter.outcome = OUTCOME_APPROVABLE;
    page(store, filter, &place, QUEUE_FORWARD);
}

static void only_one_kind(struct store *store) {
    struct queue_filter filter = all;
    filter.kind = KIND_CONTINUATION;
    page(store, filter, &place, QUEUE_FORWARD);
}

static void counts(struct store *store) {
    struct queue_counts queue;
    assert_int_equal(queue_counts(store, &queue, &err), STATUS_OK);
    assert_true(queue.pending[KIND_CONTINUATION] > 0);
}

static void place_of_one(struct store *store) {
    int64_t before;
    assert_int_equal(queue_position(store, &all, &place, &before, &err), STATUS_OK);
    assert_true(before > 0);
}

static void open_one(struct store *store) {
    struct record *record = NULL;
    assert_int_equal(record_read_id(store, place.id, &record, &err), STATUS_OK);
    record_free(record);
}

static void search_for(struct store *store, const char *text) {
    struct search_result result;
    assert_int_equal(search_run(store, text, true, rows, ROWS, &result, &err), STATUS_OK);
}

static void search_number(struct store *store) {
    search_for(store, "京1");
}

static void search_digits(struct store *store) {
    search_for(store, "11");
}

static void search_suffix(struct store *store) {
    search_for(store, "7");
}

static void search_name(struct store *store) {
    search_for(store, "王");
}

static void decide_one(struct store *store) {
    struct act_result result;
    char number[QUEUE_TEXT_SIZE];
    struct queue_filter filter = all;
    filter.outcome = OUTCOME_APPROVABLE;
    filter.kind = KIND_CONTINUATION;
    assert_int_equal(queue_page(store, &filter, NULL, QUEUE_FORWARD, rows, 1, &found, &err), STATUS_OK);
    snprintf(number, sizeof number, "%s", rows[0].application_no);
    if (act_approve(store, &(struct act_request){.application_no = number}, &result, &err) != STATUS_OK)
        fail_msg("%s %s", err.message, err.args[0]);
}

/* `scans`: a table that does not grow with the queue is read whole. `steps`: what it may take at the most. `a_part`:
 * something of it grows and is held to `steps` alone: of the day of the place, the applications before it are counted
 * along their index; so are, in the counts, those whose outcome begins or ended on another day (documents dated ahead).
 */
static const struct operation {
    const char *name;
    void (*run)(struct store *store);
    bool scans;
    int64_t steps;
    bool a_part;
} operations[] = {
    {"first page", first_page, false, 4000, false},
    {"last page", last_page, false, 4000, false},
    {"page down", page_down, false, 4000, false},
    {"page up", page_up, false, 4000, false},
    {"only approvable", only_approvable, false, 6000, false},
    {"only one kind", only_one_kind, false, 6000, false},
    {"place of one", place_of_one, true, 60000, true},
    {"counts", counts, true, 40000, true},
    {"open one", open_one, false, 2000, false},
    {"search by number", search_number, false, 6000, false},
    {"search by digits", search_digits, false, 6000, false},
    {"search by suffix", search_suffix, false, 6000, false},
    {"search by name", search_name, false, 6000, false},
    {"decide one", decide_one, true, 6000, false},
};

/* Whatever the statements have done so far is forgotten. */
static void forget(struct store *store) {
    for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(db_handle(store->db), s)) != NULL;) {
        sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 1);
        sqlite3_stmt_status(s, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
    }
}

enum { OPERATIONS = sizeof operations / sizeof operations[0] };

static void measure(int size, struct cost costs[OPERATIONS]) {
    struct store *store = office(size);
    place = middle(store);
    for (size_t i = 0; i < OPERATIONS; i++) {
        operations[i].run(store); /* prepares the statements */
        forget(store);
        costs[i] = (struct cost){0};
        sqlite3_trace_v2(db_handle(store->db), SQLITE_TRACE_PROFILE, count, &costs[i]);
        operations[i].run(store);
        sqlite3_trace_v2(db_handle(store->db), 0, NULL, NULL);
        print_message("# %6d %-18s %3lld statements, %6lld steps, %5lld scanned\n", size, operations[i].name,
                      (long long)costs[i].statements, (long long)costs[i].steps, (long long)costs[i].scanned);
    }
    store_close(store);
}

static void a_key_costs_the_same_at_any_size(void **state) {
    (void)state;
    struct cost small[OPERATIONS], large[OPERATIONS];
    measure(SMALL, small);
    measure(LARGE, large);
    for (size_t i = 0; i < OPERATIONS; i++) {
        const struct operation *operation = &operations[i];
        if (!operation->scans && large[i].scanned != 0)
            fail_msg("%s looks at %lld rows without an index", operation->name, (long long)large[i].scanned);
        if (large[i].steps > operation->steps || (!operation->a_part && large[i].steps > 2 * small[i].steps + 500))
            fail_msg("%s takes %lld steps, with a hundredth of the applications %lld", operation->name,
                     (long long)large[i].steps, (long long)small[i].steps);
        if (large[i].statements > small[i].statements + 2)
            fail_msg("%s takes %lld statements, with a hundredth of the applications %lld", operation->name,
                     (long long)large[i].statements, (long long)small[i].statements);
    }
}

/* The steps of a verification of so many applications and persons, a fourth of them decided, with a calendar loaded. */
static int64_t verification(int size) {
    struct store *store = office(size);
    struct calendar_loaded loaded;
    struct verify_result result;
    struct cost cost = {0};
    FILE *notice = fopen("notice.json", "w");
    assert_non_null(notice);
    fputs("{\"year\":2027,\"days\":[{\"date\":\"2027-01-01\",\"isOffDay\":true}]}", notice);
    assert_int_equal(fclose(notice), 0);
    assert_int_equal(calendar_load(store, "notice.json", &loaded, &err), STATUS_OK);
    for (int i = 0; i < size / 4; i++)
        decide_one(store);
    forget(store);
    sqlite3_trace_v2(db_handle(store->db), SQLITE_TRACE_PROFILE, count, &cost);
    if (verify_run(store, &(struct verify_options){0}, &result, &err) != STATUS_OK)
        fail_msg("%s %s", err.message, err.args[0]);
    sqlite3_trace_v2(db_handle(store->db), 0, NULL, NULL);
    store_close(store);
    print_message("# %6d verification %lld steps\n", size, (long long)cost.steps);
    return cost.steps;
}

/* It looks at everything, but at nothing again for each of the others. */
static void a_verification_takes_twice_as_long_for_twice_as_many(void **state) {
    (void)state;
    int64_t small = verification(400), large = verification(1600);
    assert_true(large < 4 * small * 5 / 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_costs_the_same_at_any_size),
        cmocka_unit_test(a_verification_takes_twice_as_long_for_twice_as_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
