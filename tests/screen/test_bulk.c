/* Marks, and deciding what is marked: they stay with their records, the box counts, the report adds up. */
#include "tests/screen/desk.h"

#include <stdio.h>

static const char box[] = "capital Y";

/* Of the applications of a desk number 1 can be approved in part, number 2 not at all, the others whole. */
static struct term *open_marked(void) {
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "of 12");
    desk_press(term, "a", "10 marked");
    return term;
}

static void marks_stay_with_their_records(void **state) {
    (void)state;
    desk_make("marks", 12, true);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "1 of 12");
    desk_press(term, "A", "nothing is marked");
    desk_press(term, " ", "1 marked");
    desk_see_selected(term, "A0000000001");
    desk_press(term, "f", "Only this outcome");
    desk_press(term, "j", "Only this outcome");
    desk_press(term, "\r", "1 of 10");
    desk_press(term, "j", "2 of 10");
    desk_press(term, " ", "2 marked");
    desk_press(term, "2", "nothing passes");
    desk_see(term, "2 marked");
    desk_press(term, "1", "of 10");
    desk_press(term, "x", "of 12");
    assert_int_equal(desk_run("approve A0000000009"), 0);
    desk_see(term, "of 11");
    desk_see(term, "2 marked");
    term_watch(term, 60);
    desk_press_away(term, "z", "marked");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 1);
}

static void no_key_but_capital_y_decides(void **state) {
    (void)state;
    desk_make("bulk_keys", 12, true);
    struct term *term = open_marked();
    for (char key = ' '; key <= '~'; key++) {
        char keys[2] = {key, '\0'};
        if (key == 'Y')
            continue;
        desk_press(term, "A", box);
        term_watch(term, 60);
        term_send(term, keys);
        term_watch(term, 60);
        if (term_shows(term, box))
            desk_press_away(term, "n", box);
        desk_see(term, "10 marked");
    }
    term_stop(term);
    assert_int_equal(desk_decisions(), 0);
}

static void the_box_counts_and_the_report_adds_up(void **state) {
    (void)state;
    desk_make("bulk", 12, true);
    struct term *term = open_marked();
    desk_press(term, "j", "2 of 12");
    desk_press(term, " ", "11 marked");
    desk_press(term, " ", "12 marked");
    desk_press(term, "A", "approve 10: continuation 10");
    desk_see(term, "2 more are marked");
    desk_see(term, "陈建国, ");
    desk_press(term, "Y", "12 = done 10 + not done 2 + not tried 0");
    desk_see(term, "A0000000001");
    desk_see(term, "A0000000002");
    desk_press(term, "q", "1 all 2");
    desk_see_gone(term, "marked");
    desk_press(term, "g", "1 of 2");
    desk_press(term, " ", "1 marked");
    desk_press(term, " ", "2 marked");
    desk_press(term, "R", "refuse 1: ");
    desk_press(term, "Y", "2 = done 1 + not done 1 + not tried 0");
    desk_press(term, "q", "1 all 1 ");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 11);
}

static void what_changed_since_it_was_marked_is_not_decided(void **state) {
    (void)state;
    desk_make("bulk_late", 12, true);
    struct term *term = open_marked();
    desk_press(term, "C", "accept 10");
    desk_press_away(term, "n", box);
    assert_int_equal(desk_run("accept A0000000003"), 0);
    desk_press(term, "A", "approve 10");
    desk_press(term, "Y", "10 = done 9 + not done 1 + not tried 0");
    desk_see(term, "A0000000003");
    desk_press(term, "q", "of 3");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 9);
}

static void esc_stops_between_two(void **state) {
    (void)state;
    desk_make("bulk_esc", 12, true);
    struct term *term = open_marked();
    desk_press(term, "A", box);
    /* the work stands before its first item while another has the gate */
    assert_int_equal(desk_shell("flock yijian.db-gate sh -c 'touch held; sleep 2' & while ! [ -e held ]; do :; done"),
                     0);
    desk_press(term, "Y", "Esc stops");
    term_send(term, "\033");
    desk_see(term, "10 = done ");
    /* how many were through when Esc came is the machine's affair; that the sum tells the truth is not */
    int done = 0;
    char sum[64];
    do
        snprintf(sum, sizeof sum, "10 = done %d + not done 0 + not tried %d", done, 10 - done);
    while (!term_shows(term, sum) && ++done < 10);
    assert_in_range(done, 0, 9);
    snprintf(sum, sizeof sum, "%d marked", 10 - done);
    desk_press(term, "q", sum);
    desk_leave(term);
    assert_int_equal(desk_decisions(), done);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_stay_with_their_records),
        cmocka_unit_test(no_key_but_capital_y_decides),
        cmocka_unit_test(the_box_counts_and_the_report_adds_up),
        cmocka_unit_test(what_changed_since_it_was_marked_is_not_decided),
        cmocka_unit_test(esc_stops_between_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
