/* Deciding: one transaction, one winner, the register right before and after (SPEC 7, 8). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/act.h"
#include "store/calendar.h"
#include "store/inside.h"
#include "store/ledger.h"
#include "store/record.h"
#include "store/verify.h"
#include "tests/store/fixture.h"

static char text[4096];

static void import_pair(struct store *store, int number, const char *kind, const char *valid_to, const char *submitted,
                        int hours) {
    if (strcmp(kind, "initial") != 0)
        fixture_import(store, fixture_constructor(text, sizeof text, number, valid_to));
    fixture_import(store, fixture_application(text, sizeof text, number, kind, submitted, hours));
}

static enum status approve(struct store *store, int number, struct act_result *result, struct err *err) {
    char no[32];
    struct act_request request = {.application_no = fixture_application_no(no, sizeof no, number)};
    return act_approve(store, &request, result, err);
}

static struct record *record_of(struct store *store, int number) {
    char no[32];
    struct record *record = NULL;
    struct err err = {0};
    assert_int_equal(record_read(store, fixture_application_no(no, sizeof no, number), DAY_NONE, &record, &err),
                     STATUS_OK);
    return record;
}

static void verify_clean(struct store *store) {
    struct verify_options options = {0};
    struct verify_result result;
    struct err err = {0};
    if (verify_run(store, &options, &result, &err) != STATUS_OK)
        fail_msg("verify: %s %s", err.message, err.args[0]);
}

static void approval_of_initial_enters_the_register(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    import_pair(store, 1, "initial", "", "2021-11-03", 60);
    assert_int_equal(approve(store, 1, &result, &err), STATUS_OK);
    assert_string_equal(result.registration_number, "京1112020202100001");
    assert_true(result.number_is_new);
    struct record *record = record_of(store, 1);
    assert_non_null(record->by_person);
    char to[DAY_TEXT_SIZE];
    assert_string_equal(day_format(record->by_person->specialties[0].valid_to, to), "2024-11-04");
    assert_int_equal(record->row.state, STATE_APPROVED);
    record_free(record);
    verify_clean(store);
    store_close(store);
}

static void serials_are_never_given_twice(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    import_pair(store, 1, "initial", "", "2021-11-03", 60);
    import_pair(store, 2, "initial", "", "2021-11-03", 60);
    assert_int_equal(approve(store, 1, &result, &err), STATUS_OK);
    struct act_request revoke = {.decision_no = result.decision_no, .text = "材料虚假", .ground = "许可法第六十九条"};
    assert_int_equal(act_revoke(store, &revoke, &result, &err), STATUS_OK);
    struct record *record = record_of(store, 1);
    assert_null(record->by_person);
    assert_int_equal(record->row.state, STATE_PENDING);
    assert_int_equal(record->row.outcome, OUTCOME_APPROVABLE);
    record_free(record);
    assert_int_equal(approve(store, 2, &result, &err), STATUS_OK);
    assert_string_equal(result.registration_number, "京1112020202100002");
    verify_clean(store);
    store_close(store);
}

static void continuation_gets_new_validity_and_revocation_restores(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    char to[DAY_TEXT_SIZE];
    import_pair(store, 3, "continuation", "2021-12-31", "2021-11-03", 60);
    assert_int_equal(approve(store, 3, &result, &err), STATUS_OK);
    struct record *record = record_of(store, 3);
    assert_string_equal(day_format(record->by_person->specialties[0].valid_to, to), "2024-11-04");
    record_free(record);
    struct act_request revoke = {.decision_no = result.decision_no, .text = "材料虚假", .ground = "许可法第六十九条"};
    assert_int_equal(act_revoke(store, &revoke, &result, &err), STATUS_OK);
    record = record_of(store, 3);
    assert_string_equal(day_format(record->by_person->specialties[0].valid_to, to), "2021-12-31");
    assert_int_equal(record->decision_count, 2);
    record_free(record);
    assert_int_equal(act_revoke(store, &revoke, &result, &err), STATUS_BUSY);
    verify_clean(store);
    store_close(store);
}

static void blocked_is_not_approved_and_nothing_is_written(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    import_pair(store, 4, "continuation", "2021-12-31", "2021-11-03", 59);
    assert_int_equal(approve(store, 4, &result, &err), STATUS_NEGATIVE);
    assert_non_null(strstr(err.args[1], "CE-HOURS"));
    struct record *record = record_of(store, 4);
    assert_int_equal(record->row.version, 1);
    assert_int_equal(record->decision_count, 0);
    record_free(record);
    store_close(store);
}

static void refusal_without_reason_is_not_lawful(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    import_pair(store, 5, "continuation", "2021-12-31", "2021-11-03", 60);
    struct act_request request = {.application_no = "A000005"};
    assert_int_equal(act_refuse(store, &request, &result, &err), STATUS_NEGATIVE);
    request.text = "  \n ";
    assert_int_equal(act_refuse(store, &request, &result, &err), STATUS_NEGATIVE);
    request.text = "聘用单位资质已注销（规定第十五条第（九）项）";
    assert_int_equal(act_refuse(store, &request, &result, &err), STATUS_OK);
    assert_int_equal(result.state, STATE_REFUSED);
    verify_clean(store);
    store_close(store);
}

static void the_acceptor_does_not_decide_whatever_the_role(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    struct act_request request = {.application_no = "A000006"};
    import_pair(store, 6, "continuation", "2021-12-31", "2021-11-03", 60);
    assert_int_equal(act_accept(store, &request, &result, &err), STATUS_OK);
    assert_int_equal(act_accept(store, &request, &result, &err), STATUS_BUSY);
    assert_int_equal(act_approve(store, &request, &result, &err), STATUS_NOT_ALLOWED);
    struct store *other = fixture_open_as("li.hua", FIXTURE_DAY);
    assert_int_equal(act_approve(other, &request, &result, &err), STATUS_OK);
    assert_int_equal(act_approve(other, &request, &result, &err), STATUS_BUSY);
    assert_string_equal(err.args[1], "李华");
    store_close(other);
    store_close(store);
}

static void a_version_that_moved_on_decides_nothing(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    import_pair(store, 7, "continuation", "2021-12-31", "2021-11-03", 60);
    struct store *other = fixture_open_as("li.hua", FIXTURE_DAY);
    struct act_request request = {.application_no = "A000007", .version = 1};
    assert_int_equal(act_accept(other, &request, &result, &err), STATUS_OK);
    assert_int_equal(act_approve(store, &request, &result, &err), STATUS_BUSY);
    request.version = result.version;
    request.version = 2;
    assert_int_equal(act_approve(store, &request, &result, &err), STATUS_OK);
    store_close(other);
    store_close(store);
}

static void roles_are_kept_by_the_store(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    import_pair(store, 8, "continuation", "2021-12-31", "2021-11-03", 60);
    struct store *auditor = fixture_open_as("wu.min", FIXTURE_DAY), *reviewer = fixture_open_as("li.hua", FIXTURE_DAY);
    struct act_request request = {.application_no = "A000008", .text = "需核实"};
    assert_int_equal(act_approve(auditor, &request, &result, &err), STATUS_NOT_ALLOWED);
    assert_int_equal(act_extend(reviewer, &request, &result, &err), STATUS_NOT_ALLOWED);
    assert_int_equal(act_extend(store, &request, &result, &err), STATUS_OK);
    assert_int_equal(act_extend(store, &request, &result, &err), STATUS_NEGATIVE);
    struct reviewer gone = {"li.hua", "李华", ROLE_REVIEWER, false};
    assert_int_equal(people_set(store, &gone, &err), STATUS_OK);
    assert_int_equal(act_approve(reviewer, &request, &result, &err), STATUS_NOT_ALLOWED);
    struct reviewer last = {"root", "张伟", ROLE_AUDITOR, true};
    assert_int_equal(people_set(store, &last, &err), STATUS_NOT_ALLOWED);
    store_close(auditor);
    store_close(reviewer);
    store_close(store);
}

static void returned_within_five_workdays_and_resubmitted(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    import_pair(store, 9, "continuation", "2021-12-31", "2021-11-03", 20);
    struct act_request request = {.application_no = "A000009"};
    assert_int_equal(act_return(store, &request, &result, &err), STATUS_USAGE);
    request.text = "劳动合同缺页";
    assert_int_equal(act_return(store, &request, &result, &err), STATUS_OK);
    fixture_import(store, fixture_application(text, sizeof text, 9, "continuation", "2021-11-04", 60));
    struct record *record = record_of(store, 9);
    assert_int_equal(record->row.state, STATE_PENDING);
    assert_int_equal(record->row.outcome, OUTCOME_APPROVABLE);
    assert_int_equal(record->row.version, 3);
    record_free(record);
    struct store *late = fixture_open_as("root", "2021-11-12");
    assert_int_equal(act_return(late, &request, &result, &err), STATUS_NEGATIVE);
    store_close(late);
    verify_clean(store);
    store_close(store);
}

static void a_clock_set_back_decides_nothing(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    import_pair(store, 10, "continuation", "2021-12-31", "2021-11-01", 60);
    import_pair(store, 11, "continuation", "2021-12-31", "2021-11-01", 60);
    assert_int_equal(approve(store, 10, &result, &err), STATUS_OK);
    struct store *early = fixture_open_as("root", "2021-11-04");
    assert_int_equal(approve(early, 11, &result, &err), STATUS_CONFIG);
    store_close(early);
    store_close(store);
}

static void a_notice_loaded_meanwhile_counts(void **state) {
    (void)state;
    static const char name[] = "notice.json";
    struct store *store = fixture_open();
    struct act_result result;
    struct calendar_loaded loaded;
    struct err err = {0};
    char deadline[DAY_TEXT_SIZE];
    import_pair(store, 12, "continuation", "2021-12-31", "2021-11-01", 60);
    struct store *other = fixture_open_as("root", FIXTURE_DAY);
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs("{\"year\":2021,\"days\":[{\"date\":\"2021-11-08\",\"isOffDay\":true}]}", file);
    fclose(file);
    assert_int_equal(calendar_load(other, name, &loaded, &err), STATUS_OK);
    struct act_request request = {.application_no = "A000012"};
    assert_int_equal(act_accept(store, &request, &result, &err), STATUS_OK);
    assert_string_equal(day_format(result.decide_by, deadline), "2021-11-22"); /* the 19th without that day off */
    store_close(other);
    store_close(store);
}

/* SQLite gives a transaction up by itself where memory or the disk runs out: what comes after must not be committed by
 * itself. */
static void what_was_given_up_is_not_written_piece_by_piece(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct ledger_written written;
    struct ledger_event event = {.event = "announce"};
    struct err err = {0};
    int64_t before, after;
    assert_int_equal(ledger_next(store, &before, &err), STATUS_OK);
    assert_int_equal(store_begin(store, RIGHT_DECIDE, &err), STATUS_OK);
    assert_int_equal(ledger_append(store, &event, &written, &err), STATUS_OK);
    assert_int_equal(sqlite3_exec(db_handle(store->db), "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(ledger_append(store, &event, &written, &err), STATUS_IO);
    assert_int_equal(store_commit(store, written.seq, written.hash, &err), STATUS_IO);
    assert_int_equal(ledger_next(store, &after, &err), STATUS_OK);
    assert_int_equal(after, before);
    assert_int_equal(store_begin(store, RIGHT_DECIDE, &err), STATUS_OK);
    assert_int_equal(sqlite3_exec(db_handle(store->db), "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    store_undo(store);
    import_pair(store, 1, "initial", "", "2021-11-03", 60); /* and it goes on */
    verify_clean(store);
    store_close(store);
}

/* What the editor of reasons begins with: each failed sentence once, whole lines only; a refusal needs one for each. */
static void reasons_begin_with_what_failed(void **state) {
    (void)state;
    struct store *store = fixture_open();
    char reasons[2048], some[2048];
    import_pair(store, 1, "continuation", "2021-12-31", "2021-11-03", 9);
    import_pair(store, 2, "continuation", "2021-12-31", "2021-11-03", 60);
    struct record *record = record_of(store, 1);
    size_t used = act_prefill(&record->verdict, reasons, sizeof reasons);
    assert_int_equal(used, strlen(reasons));
    assert_true(used > 0);
    assert_int_equal(act_lacks_reason(&record->verdict, reasons), SPECIALTY_COUNT);
    assert_int_equal(act_lacks_reason(&record->verdict, ""), record->verdict.items[0].specialty);
    for (size_t size = 1; size <= used + 1; size++) {
        size_t cut = act_prefill(&record->verdict, some, size);
        assert_true(cut < size && strncmp(reasons, some, cut) == 0);
        assert_true(cut == 0 || reasons[cut] == '\n' || reasons[cut] == '\0');
    }
    record_free(record);
    record = record_of(store, 2);
    assert_int_equal(act_prefill(&record->verdict, reasons, sizeof reasons), 0);
    assert_int_equal(act_lacks_reason(&record->verdict, ""), record->verdict.items[0].specialty);
    assert_int_equal(act_lacks_reason(&record->verdict, "材料与原件不符"), SPECIALTY_COUNT);
    record_free(record);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(approval_of_initial_enters_the_register),
        cmocka_unit_test(serials_are_never_given_twice),
        cmocka_unit_test(continuation_gets_new_validity_and_revocation_restores),
        cmocka_unit_test(blocked_is_not_approved_and_nothing_is_written),
        cmocka_unit_test(refusal_without_reason_is_not_lawful),
        cmocka_unit_test(the_acceptor_does_not_decide_whatever_the_role),
        cmocka_unit_test(a_version_that_moved_on_decides_nothing),
        cmocka_unit_test(roles_are_kept_by_the_store),
        cmocka_unit_test(returned_within_five_workdays_and_resubmitted),
        cmocka_unit_test(a_clock_set_back_decides_nothing),
        cmocka_unit_test(a_notice_loaded_meanwhile_counts),
        cmocka_unit_test(what_was_given_up_is_not_written_piece_by_piece),
        cmocka_unit_test(reasons_begin_with_what_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
