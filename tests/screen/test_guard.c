/* What must not decide: pasted text, sequences torn by a slow line, a screen too small to read, a terminal that goes.
 */
#include "tests/screen/desk.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

enum { KEY_MS = 60, END_MS = 5000 };

static const char box[] = "capital Y";

static void one_key_never_decides(void **state) {
    (void)state;
    desk_make("one_key", 8, true);
    struct term *term = desk_open_first();
    for (char key = ' '; key <= '~'; key++) {
        char keys[2] = {key, '\0'};
        if (key == 'Y')
            continue;
        desk_press(term, "A", box);
        term_send(term, keys);
        term_watch(term, KEY_MS);
        if (term_shows(term, box))
            desk_press_away(term, "n", box);
        desk_see(term, "A0000000000");
    }
    term_stop(term);
    assert_int_equal(desk_decisions(), 0);
}

static void out_of_sight_nothing_acts(void **state) {
    (void)state;
    desk_make("small", 8, true);
    struct term *term = desk_open_first();
    term_resize(term, 5, 20);
    desk_see(term, "too small");
    desk_dribble(term, "AYAY\rY");
    assert_int_equal(desk_decisions(), 0);
    term_resize(term, 24, 80);
    desk_see(term, "91110105101163896D");
    desk_press(term, "A", box);
    term_resize(term, 5, 20);
    desk_see(term, "too small");
    desk_dribble(term, "YY");
    assert_int_equal(desk_decisions(), 0);
    term_resize(term, 24, 80);
    desk_see(term, box);
    desk_press(term, "Y", "no. 1");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 1);
}

/* Where the line stalls, or the program is slow, Y may be on its way before the box is in sight. */
static void a_key_from_before_the_box_confirms_nothing(void **state) {
    enum { DRAWING_MS = 150 };
    (void)state;
    desk_make("before", 8, true);
    struct term *term = desk_open_first();
    term_watch(term, KEY_MS);
    term_stall(term, true);
    term_send(term, "A");
    term_watch(term, DRAWING_MS);
    term_send(term, "Y");
    term_watch(term, DRAWING_MS);
    assert_false(term_shows(term, box));
    term_stall(term, false);
    desk_see(term, box);
    term_watch(term, DRAWING_MS);
    assert_int_equal(desk_decisions(), 0);
    desk_press(term, "Y", "no. 1");
    desk_leave(term);
}

static void any_size_is_lived_through(void **state) {
    (void)state;
    static const int sizes[][2] = {{1, 1},    {2, 3},   {10, 40}, {24, 80},  {36, 120},
                                   {60, 200}, {5, 300}, {200, 5}, {100, 400}};
    desk_make("sizes", 8, true);
    struct term *term = desk_open_first();
    desk_press(term, "A", box);
    for (int turn = 0; turn < 5; turn++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            term_resize(term, sizes[i][0], sizes[i][1]);
            term_watch(term, 10);
        }
    term_resize(term, 24, 80);
    desk_see(term, box);
    desk_press(term, "n", "91110105101163896D");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 0);
}

static void expect_end(struct term *term) {
    if (term_wait_end(term, END_MS) == -1)
        fail_msg("still running:\n%s", term_text(term));
    term_stop(term);
    assert_int_equal(desk_decisions(), 0);
}

static void signals_end_it_and_decide_nothing(void **state) {
    (void)state;
    static const int signals[] = {SIGHUP, SIGTERM};
    desk_make("signals", 8, true);
    for (size_t i = 0; i < 2; i++) {
        struct term *queue = desk_open(24, 80, NULL);
        desk_see(queue, "A0000000007");
        term_signal(queue, signals[i]);
        expect_end(queue);
        struct term *boxed = desk_open_first();
        desk_press(boxed, "A", box);
        term_signal(boxed, signals[i]);
        expect_end(boxed);
    }
}

static void a_terminal_that_goes_away_ends_it(void **state) {
    (void)state;
    desk_make("gone", 8, true);
    struct term *term = desk_open_first();
    desk_press(term, "A", box);
    term_hang_up(term);
    expect_end(term);
}

static void the_terminal_is_given_back(void **state) {
    (void)state;
    size_t length;
    desk_make("back", 8, true);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "A0000000007");
    term_signal(term, SIGTERM);
    assert_int_not_equal(term_wait_end(term, END_MS), -1);
    term_watch(term, 50);
    const char *bytes = term_bytes(term, &length);
    assert_non_null(strstr(bytes, "\033[?1049h"));
    assert_non_null(strstr(bytes, "\033[?1049l"));
    if (strstr(bytes, "\033[?2004h") != NULL)
        assert_non_null(strstr(bytes, "\033[?2004l"));
    term_stop(term);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_never_decides),
        cmocka_unit_test(out_of_sight_nothing_acts),
        cmocka_unit_test(a_key_from_before_the_box_confirms_nothing),
        cmocka_unit_test(any_size_is_lived_through),
        cmocka_unit_test(signals_end_it_and_decide_nothing),
        cmocka_unit_test(a_terminal_that_goes_away_ends_it),
        cmocka_unit_test(the_terminal_is_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
