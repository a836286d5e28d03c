/* The ledger for reading: what events say, in either order; what a decision says of its number (SPEC 9, 12). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/act.h"
#include "store/decision.h"
#include "store/events.h"
#include "store/inside.h"
#include "tests/store/fixture.h"

static void must(enum status status, const struct err *err) {
    if (status != STATUS_OK)
        fail_msg("%s (%s, %s)", err->message, err->args[0], err->args[1]);
}

/* A continuation that can be approved, submitted on the day. */
static void feed(struct store *store, int number) {
    char text[4096];
    size_t used = strlen(fixture_constructor(text, 2048, number, "2021-12-31"));
    fixture_application(text + used, 2048, number, "continuation", FIXTURE_DAY, 60);
    fixture_import(store, text);
}

static struct store *three(void) {
    struct store *store = fixture_open();
    for (int i = 1; i <= 3; i++)
        feed(store, i);
    return store;
}

/* What the events said, each in a line of "event label=text|…". */
struct told {
    size_t count;
    char text[16][8192];
};

static bool tell(void *data, const struct event_row *row) {
    struct told *told = data;
    char *text = told->text[told->count++];
    size_t size = sizeof told->text[0], used = (size_t)snprintf(text, size, "%s", row->event->code);
    for (size_t i = 0; i < row->fact_count; i++)
        used += (size_t)snprintf(text + used, size - used, "|%s=%s", row->facts[i].label->code,
                                 row->facts[i].word != NULL ? row->facts[i].word->zh : row->facts[i].text);
    return true;
}

static void events_say_their_facts(void **state) {
    (void)state;
    struct store *store = three();
    struct told *told = calloc(1, sizeof *told);
    char person[32], items[6001];
    struct act_request request = {.application_no = "A000003"};
    struct act_result result;
    struct err err = {0};
    assert_non_null(told);
    struct events_filter filter = {.from = DAY_NONE, .to = DAY_NONE, .event = "reviewer"};
    must(events_each(store, &filter, tell, told, &err), &err);
    assert_string_equal(told->text[1], "reviewer|login=li.hua|name=李华|role=审查人员|active=启用");
    request.text = "需核实";
    must(act_extend(store, &request, &result, &err), &err);
    request.text = "劳动合同缺页\n照片不清";
    must(act_return(store, &request, &result, &err), &err);
    memset(items, 'x', sizeof items - 1); /* longer than any line on a screen: kept whole all the same */
    items[sizeof items - 1] = '\0';
    request.application_no = "A000002";
    request.text = items;
    must(act_withdraw(store, &request, &result, &err), &err);
    filter = (struct events_filter){
        .from = DAY_NONE, .to = DAY_NONE, .id_number = fixture_id(person, sizeof person, 3), .newest_first = true};
    memset(told, 0, sizeof *told);
    must(events_each(store, &filter, tell, told, &err), &err);
    assert_int_equal(told->count, 2);
    assert_string_equal(told->text[0], "return|items=劳动合同缺页\n照片不清");
    assert_string_equal(told->text[1], "extend|decide_by_before=2021-11-19|decide_by=2021-12-03|reason=需核实");
    filter.id_number = fixture_id(person, sizeof person, 2);
    memset(told, 0, sizeof *told);
    must(events_each(store, &filter, tell, told, &err), &err);
    assert_int_equal(strlen(told->text[0]), strlen("withdraw|reason=") + strlen(items));
    free(told);
    store_close(store);
}

static bool note_order(void *data, const struct event_row *row) {
    int64_t *last = data;
    assert_int_equal(row->seq, *last - 1);
    *last = row->seq;
    return true;
}

static void events_come_newest_first_over_pages(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct err err = {0};
    enum { IMPORTS = 140 }; /* two pages and a bit */
    for (int i = 1; i <= IMPORTS; i++)
        feed(store, i);
    struct events_filter filter = {.from = DAY_NONE, .to = DAY_NONE, .newest_first = true};
    int64_t last = IMPORTS + 6; /* init and four people come before them */
    must(events_each(store, &filter, note_order, &last, &err), &err);
    assert_int_equal(last, 1);
    filter.after = 100;
    last = IMPORTS + 6;
    must(events_each(store, &filter, note_order, &last, &err), &err);
    assert_int_equal(last, 101);
    store_close(store);
}

static void a_decision_says_whether_its_number_is_new(void **state) {
    (void)state;
    struct store *store = three();
    char text[2048];
    struct act_request request = {.application_no = "A000001", .text = "核实无误"};
    struct act_result result;
    struct decision *decision;
    struct err err = {0};
    must(act_approve(store, &request, &result, &err), &err);
    must(decision_read(store, result.decision_no, &decision, &err), &err);
    assert_false(decision->number_is_new);
    assert_string_equal(decision->note, "核实无误");
    decision_free(decision);
    fixture_import(store, fixture_application(text, sizeof text, 99, "initial", "2021-11-04", 60));
    request.application_no = "A000099";
    must(act_approve(store, &request, &result, &err), &err);
    must(decision_read(store, result.decision_no, &decision, &err), &err);
    assert_true(decision->number_is_new);
    decision_free(decision);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_say_their_facts),
        cmocka_unit_test(events_come_newest_first_over_pages),
        cmocka_unit_test(a_decision_says_whether_its_number_is_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
