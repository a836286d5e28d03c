/* Many in one transaction: each answer is final, whatever becomes of the transaction (SPEC 11, 14). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "store/act.h"
#include "store/inside.h"
#include "store/verify.h"
#include "tests/store/fixture.h"

enum { COUNT = 6 };

static char numbers[COUNT][32];

/* Applications of so many persons; the third is short of hours and cannot be approved. */
static struct store *office(struct act_item items[COUNT]) {
    char text[4096];
    struct store *store = fixture_open();
    for (int i = 0; i < COUNT; i++) {
        const char *kind = i == 2 ? "continuation" : "initial";
        if (i == 2)
            fixture_import(store, fixture_constructor(text, sizeof text, i, "2021-11-30"));
        fixture_import(store, fixture_application(text, sizeof text, i, kind, "2021-11-03", i == 2 ? 0 : 60));
        items[i] = (struct act_item){.application_no = fixture_application_no(numbers[i], sizeof numbers[i], i)};
    }
    return store;
}

static int64_t decisions(struct store *store) {
    static const char sql[] = "SELECT count(*) FROM decision";
    int64_t count = -1;
    struct err err = {0};
    assert_int_equal(db_integer(store->db, db_statement(store->db, sql, &err), -1, &count, &err), STATUS_OK);
    return count;
}

static size_t done(const struct act_item items[COUNT], size_t tried) {
    size_t count = 0;
    for (size_t i = 0; i < tried; i++)
        count += items[i].status == STATUS_OK ? 1 : 0;
    return count;
}

/* Closes the database and looks at it as the next one who opens it does. */
static void check_what_is_left(struct store *store, int64_t expected) {
    struct verify_options options = {0};
    struct verify_result result;
    struct err err = {0};
    store_close(store);
    store = fixture_open_as("root", FIXTURE_DAY);
    assert_int_equal(decisions(store), expected);
    assert_int_equal(verify_run(store, &options, &result, &err), STATUS_OK);
    store_close(store);
}

static void each_has_its_own_answer(void **state) {
    (void)state;
    struct act_item items[COUNT];
    struct store *store = office(items);
    const struct act_many many = {.act = act_approve};
    bool go_on = true;
    size_t tried = 0;
    while (tried < COUNT && go_on)
        tried += act_many(store, &many, items + tried, COUNT - tried, &go_on);
    assert_int_equal(tried, COUNT);
    for (int i = 0, no = 0; i < COUNT; i++) {
        assert_int_equal(items[i].status, i == 2 ? STATUS_NEGATIVE : STATUS_OK);
        if (i != 2)
            assert_int_equal(items[i].result.decision_no, ++no); /* what failed leaves no gap */
    }
    check_what_is_left(store, COUNT - 1);
}

static bool at_the_third(void *data) {
    return ++*(int *)data == 2; /* it is asked before the second, then before the third */
}

static void paused_between_two_what_was_done_is_kept(void **state) {
    (void)state;
    struct act_item items[COUNT];
    struct store *store = office(items);
    int asked = 0;
    const struct act_many many = {.act = act_approve, .pause = at_the_third, .data = &asked};
    bool go_on = true;
    assert_int_equal(act_many(store, &many, items, COUNT, &go_on), 2);
    assert_true(go_on);
    assert_int_equal(done(items, 2), 2);
    check_what_is_left(store, 2);
}

static int refuse_commit(void *data) {
    (void)data;
    return 1;
}

static void a_commit_that_fails_did_nothing(void **state) {
    (void)state;
    struct act_item items[COUNT];
    struct store *store = office(items);
    const struct act_many many = {.act = act_approve};
    bool go_on = true;
    sqlite3_commit_hook(db_handle(store->db), refuse_commit, NULL);
    size_t tried = act_many(store, &many, items, COUNT, &go_on);
    sqlite3_commit_hook(db_handle(store->db), NULL, NULL);
    assert_true(tried > 0);
    assert_int_equal(done(items, tried), 0);
    assert_false(go_on);
    check_what_is_left(store, 0);
}

/* As SQLite does where the disk is full: an error in the midst of it undoes everything since BEGIN. */
static enum status fails_on_the_fourth(struct store *store, const struct act_request *request,
                                       struct act_result *result, struct err *err) {
    if (strcmp(request->application_no, numbers[3]) != 0)
        return act_approve(store, request, result, err);
    assert_int_equal(decisions(store), 2);
    db_rollback(store->db);
    return err_set(err, STATUS_IO, "the disk is full", NULL);
}

static void what_is_lost_on_the_way_is_told_as_lost(void **state) {
    (void)state;
    struct act_item items[COUNT];
    struct store *store = office(items);
    const struct act_many many = {.act = fails_on_the_fourth};
    bool go_on = true;
    assert_int_equal(act_many(store, &many, items, COUNT, &go_on), 4);
    assert_false(go_on);
    for (int i = 0; i < 4; i++)
        assert_int_equal(items[i].status, i == 2 ? STATUS_NEGATIVE : STATUS_IO);
    assert_int_equal(act_many(store, &(struct act_many){.act = act_approve}, items, 2, &go_on),
                     2); /* and then goes on */
    assert_int_equal(done(items, 2), 2);
    check_what_is_left(store, 2);
}

static enum status slow(struct store *store, const struct act_request *request, struct act_result *result,
                        struct err *err) {
    const struct timespec pause = {.tv_nsec = 60 * 1000000L};
    enum status status = act_approve(store, request, result, err);
    nanosleep(&pause, NULL); /* inside the transaction */
    return status;
}

static void others_are_not_kept_waiting(void **state) {
    (void)state;
    struct act_item items[COUNT];
    struct store *store = office(items);
    struct store *other = fixture_open_as("li.hua", FIXTURE_DAY);
    struct err err = {0};
    struct act_result result;
    bool go_on = true;
    assert_int_equal(act_many(store, &(struct act_many){.act = slow}, items, COUNT, &go_on), 1);
    assert_true(go_on);
    assert_int_equal(act_approve(other, &(struct act_request){.application_no = numbers[5]}, &result, &err), STATUS_OK);
    store_close(other);
    check_what_is_left(store, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_has_its_own_answer),         cmocka_unit_test(paused_between_two_what_was_done_is_kept),
        cmocka_unit_test(a_commit_that_fails_did_nothing), cmocka_unit_test(what_is_lost_on_the_way_is_told_as_lost),
        cmocka_unit_test(others_are_not_kept_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
