/* What was half written is there again, however the session ended (SPEC 12). */
#include "tests/screen/desk.h"

#include <signal.h>

enum { END_MS = 5000, KEPT_MS = 1500 };

/* Opens the second application and begins to write reasons for refusing it. */
static struct term *open_writing(void) {
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "A0000000007");
    desk_press(term, "j", "2 of 8");
    desk_press(term, "\r", "91110105101163896D");
    desk_press(term, "R", "one a line");
    desk_press(term, "half written", "half written");
    return term;
}

static void expect_text(void) {
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "you were writing about this one: Enter, then R");
    desk_see_selected(term, "A0000000001");
    desk_press(term, "\r", "91110105101163896D");
    desk_press(term, "R", "half written");
    desk_see(term, "as you left it");
    term_stop(term);
}

static void a_line_that_breaks_loses_nothing(void **state) {
    (void)state;
    desk_make("broken", 8, true);
    struct term *term = open_writing();
    term_hang_up(term);
    assert_int_not_equal(term_wait_end(term, END_MS), -1);
    term_stop(term);
    expect_text();
}

static void a_signal_loses_nothing(void **state) {
    (void)state;
    desk_make("signalled", 8, true);
    struct term *term = open_writing();
    term_signal(term, SIGHUP);
    assert_int_not_equal(term_wait_end(term, END_MS), -1);
    term_stop(term);
    expect_text();
}

static void even_kill_9_loses_only_the_last_moment(void **state) {
    (void)state;
    desk_make("killed", 8, true);
    struct term *term = open_writing();
    term_watch(term, KEPT_MS);
    term_signal(term, SIGKILL);
    term_wait_end(term, END_MS);
    term_stop(term);
    expect_text();
}

static void what_was_dropped_or_decided_does_not_come_back(void **state) {
    (void)state;
    desk_make("dropped", 8, true);
    struct term *term = open_writing();
    term_watch(term, KEPT_MS);
    desk_press(term, "\033", "Drop what you wrote?");
    desk_press(term, "D", "91110105101163896D");
    assert_int_equal(desk_shell("test -z \"$(ls yijian.db-drafts)\""), 0);
    desk_press(term, "R", "one a line");
    desk_press(term, "another reason", "another reason");
    term_watch(term, KEPT_MS);
    assert_int_equal(desk_shell("test -n \"$(ls yijian.db-drafts)\""), 0);
    desk_press(term, "\023", "capital Y");
    desk_press(term, "Y", "no. 1");
    assert_int_equal(desk_shell("test -z \"$(ls yijian.db-drafts)\""), 0);
    desk_leave(term);
}

/* Deciding one application takes away what was begun about it, and nothing of another's. */
static void another_decision_leaves_it_alone(void **state) {
    (void)state;
    desk_make("other", 8, true);
    struct term *term = open_writing(); /* about the second */
    term_watch(term, KEPT_MS);
    desk_press(term, "\023", "capital Y");
    assert_int_equal(desk_run("accept A0000000001"), 0); /* the box has an old version now */
    desk_press(term, "Y", "Nothing was decided");
    desk_press(term, "q", "91110105101163896D");
    desk_press(term, "q", "of 8");
    desk_press(term, "g", "1 of 8");
    desk_press(term, "\r", "91110105101163896D");
    desk_press(term, "A", "capital Y");
    desk_press(term, "Y", "no. 1");
    assert_int_equal(desk_shell("grep -q 'half written' yijian.db-drafts/*,2,refuse"), 0);
    desk_leave(term);
}

/* Another reviewer's draft, a link or a file of another application is none of ours. */
static void only_ones_own_is_taken(void **state) {
    (void)state;
    desk_make("others", 8, true);
    assert_int_equal(desk_shell("mkdir -m 700 yijian.db-drafts; cd yijian.db-drafts;"
                                "printf 'A0000000001\\nnot mine' >li.hua,2,refuse;"
                                "printf 'A9999999999\\nof another' >\"$(id -un)\",2,refuse;"
                                "ln -s /etc/passwd \"$(id -un)\",1,refuse"),
                     0);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "A0000000007");
    desk_press(term, "g", "1 of 8");
    desk_press(term, "j", "2 of 8");
    desk_press(term, "\r", "91110105101163896D");
    desk_press(term, "R", "one a line");
    assert_false(term_shows(term, "not mine"));
    assert_false(term_shows(term, "of another"));
    term_stop(term);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_breaks_loses_nothing),
        cmocka_unit_test(a_signal_loses_nothing),
        cmocka_unit_test(even_kill_9_loses_only_the_last_moment),
        cmocka_unit_test(what_was_dropped_or_decided_does_not_come_back),
        cmocka_unit_test(another_decision_leaves_it_alone),
        cmocka_unit_test(only_ones_own_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
