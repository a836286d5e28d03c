/* What was decided, on the screen: the list, the notice, the certificate, the ledger, revoking, the figures. */
#include <string.h>

#include "tests/screen/desk.h"

static struct term *open_decided(const char *name) {
    desk_make(name, 12, true);
    assert_int_equal(desk_run("approve A0000000000"), 0);
    assert_int_equal(desk_run("approve A0000000003"), 0);
    assert_int_equal(desk_run("refuse A0000000002"), 0);
    struct term *term = desk_open(36, 120, NULL);
    desk_see(term, "of 9");
    desk_press(term, "b", "1 of 3");
    desk_see_selected(term, "A0000000002");
    return term;
}

static void a_decision_is_read_from_the_list(void **state) {
    (void)state;
    struct term *term = open_decided("decided");
    desk_press(term, "m", "不予行政许可决定书");
    desk_press(term, "q", "1 of 3");
    desk_press(term, "j", "2 of 3");
    desk_see_selected(term, "A0000000003");
    desk_press(term, "\r", "What became of it");
    desk_see(term, "no. 2 of " DESK_TODAY);
    assert_false(term_shows(term, "What an approval today would give"));
    desk_press(term, "d", "The rules as they see it today");
    desk_press(term, "l", "✓ building: granted, valid 2026-11-25 to");
    desk_see(term, "Decision         no. 2, continuation: approved");
    desk_see(term, "Ledger           event no.");
    assert_null(strchr(term_text(term), '{')); /* words, no JSON */
    desk_press(term, "q", "The rules as they see it today");
    desk_press(term, "m", "准予行政许可决定书");
    desk_leave(term);
}

static void the_code_of_a_certificate_is_whole_or_not_there(void **state) {
    (void)state;
    static const char finder[] = "█ ▄▄▄▄▄ █"; /* the first corner mark of a code, its quiet zone beside it */
    struct term *term = open_decided("code");
    desk_press(term, "j", "2 of 3");
    desk_press(term, "c", "On the certificate");
    desk_see(term, finder);
    term_resize(term, 20, 80);
    desk_see(term, "The code needs a window of");
    desk_see_gone(term, finder);
    term_resize(term, 24, 80);
    desk_see(term, finder);
    desk_leave(term);
}

static void what_others_decide_does_not_move_the_selection(void **state) {
    (void)state;
    struct term *term = open_decided("decided_others");
    desk_press(term, "j", "2 of 3");
    assert_int_equal(desk_run("approve A0000000005"), 0);
    desk_see(term, "3 of 4");
    desk_see(term, "A0000000005");
    desk_see_selected(term, "A0000000003");
    desk_leave(term);
}

static void revoking_asks_for_reason_and_ground(void **state) {
    (void)state;
    struct term *term = open_decided("revoking");
    desk_press(term, "j", "2 of 3");
    desk_press(term, "Z", "has to be revoked");
    desk_press(term, "\t", "write something first");
    desk_press(term, "录入错误", "录入错误");
    desk_press(term, "\t", "legal ground");
    desk_press(term, "\r", "write something first");
    desk_press(term, "第六十九条", "第六十九条");
    desk_press(term, "\r", "capital Y");
    desk_see(term, "Decision no. 2 is revoked");
    desk_see(term, "录入错误");
    term_watch(term, 60);
    term_send(term, "y");
    term_watch(term, 100);
    desk_see(term, "capital Y");
    assert_int_equal(desk_decisions(), 3);
    desk_press(term, "Y", "Revoked by decision no. 4");
    desk_see(term, "3 of 4");
    desk_see(term, "approved, revoked");
    desk_press(term, "Z", "has touched the person since");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 4);
}

static void figures_are_readable_without_colour(void **state) {
    (void)state;
    struct term *term = open_decided("figures");
    desk_press(term, "q", "of 9");
    desk_press(term, "i", "Decisions of the last 4 weeks");
    desk_see(term, "11-25 Wed          3          2          ·          1          ·  ██░");
    desk_see(term, "█ overdue  ▓ soon  ░ later");
    desk_see(term, " > 20 days ");
    desk_press(term, "G", "Decisions of today, by hour");
    desk_see(term, " 3          2          ·          1          ·  ██░\n"); /* the only reviewer's */
    desk_see(term, "first   last");
    desk_see(term, " 08 09 10 11 12 13 14 15 16 17");
    term_resize(term, 10, 40); /* no room for figures of parts and a column for each hour */
    desk_see(term, "Stat…");   /* it has the new size */
    desk_press(term, "G", "h  3\n");
    desk_press(term, "g", "█ overdue  ▓ soon  ░ later\n");
    desk_leave(term);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decision_is_read_from_the_list),
        cmocka_unit_test(the_code_of_a_certificate_is_whole_or_not_there),
        cmocka_unit_test(what_others_decide_does_not_move_the_selection),
        cmocka_unit_test(revoking_asks_for_reason_and_ground),
        cmocka_unit_test(figures_are_readable_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
