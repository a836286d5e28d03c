/* Waiting for others, and waiting for nobody (SPEC 13, 14). */
#include "tests/screen/desk.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { END_MS = 15000 };

static void hold_the_gate(void) {
    assert_int_equal(desk_shell("flock yijian.db-gate sh -c 'touch held; exec sleep 60' & echo $! >holder;"
                                "while ! [ -e held ]; do :; done"),
                     0);
}

static void let_the_gate_go(void) {
    assert_int_equal(desk_shell("pkill -P $(cat holder); kill $(cat holder) 2>/dev/null; true"), 0);
}

static struct term *open_box(void) {
    struct term *term = desk_open_first();
    desk_press(term, "A", "capital Y");
    return term;
}

static void q_ends_the_wait_and_nothing_is_decided(void **state) {
    (void)state;
    desk_make("wait", 8, true);
    struct term *term = open_box();
    hold_the_gate();
    desk_press(term, "Y", "writing");
    desk_press(term, "q", "Nothing was decided");
    desk_see(term, "ended while waiting");
    let_the_gate_go();
    desk_press(term, "q", "91110105101163896D");
    assert_int_equal(desk_decisions(), 0);
    desk_press(term, "A", "capital Y");
    desk_press(term, "Y", "no. 1");
    desk_leave(term);
}

static void who_waits_too_long_is_told(void **state) {
    (void)state;
    desk_make("busy", 8, true);
    struct term *term = open_box();
    hold_the_gate();
    desk_press(term, "Y", "others have been writing for 5 seconds");
    let_the_gate_go();
    desk_press(term, "q", "91110105101163896D");
    assert_int_equal(desk_decisions(), 0);
    desk_leave(term);
}

/* With half a sentence in the editor: the warning comes first, the text is there again. */
static void nobody_at_the_keys_ends_the_session(void **state) {
    (void)state;
    static const char *words[] = {"--db",       "yijian.db", "--today", DESK_TODAY, "session",
                                  "--reviewer", NULL,        "--idle",  "4",        NULL};
    desk_make("idle", 8, true);
    words[6] = "li.hua";
    struct term *term = term_start(&(struct term_options){.rows = 24, .cols = 80, .words = words});
    desk_see(term, "A0000000007");
    desk_press(term, "\r", "91110105101163896D");
    desk_press(term, "R", "one a line");
    desk_press(term, "half written", "half written");
    desk_see(term, "nobody at the keys");
    int status = term_wait_end(term, END_MS);
    assert_true(status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    term_watch(term, 100);
    assert_true(term_shows(term, "ended: nobody was at the keys"));
    term_stop(term);
    assert_int_equal(desk_shell("grep -q 'half written' yijian.db-drafts/li.hua,1,refuse"), 0);
    assert_int_equal(desk_decisions(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(q_ends_the_wait_and_nothing_is_decided),
        cmocka_unit_test(who_waits_too_long_is_told),
        cmocka_unit_test(nobody_at_the_keys_ends_the_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
