/* What must not decide: pasted text, sequences torn by a slow line, a screen too small to read, a terminal that goes.
 */
#include "tests/screen/desk.h"

enum { SLOW_LINE_MS = 200 };

static const char box[] = "capital Y";

static const char *const pastes[] = {
    "aay\n",
    "AY",
    "AY\r",
    "A\rY\rA\rY\r",
    "\033[200~AY\033[201~",
    "\033[200~aay\nAY\n\033[201~",
    "\033[200~\033[201~AY",
    "RF2Y\023Y",
    "qAYAYAY",
    "\033[200~A\033Y\rY",
};

static void pasted_text_decides_nothing(void **state) {
    (void)state;
    desk_make("paste", 8, true);
    for (size_t i = 0; i < sizeof pastes / sizeof pastes[0]; i++) {
        struct term *queue = desk_open(24, 80, NULL);
        desk_see(queue, "A0000000007");
        term_send(queue, pastes[i]);
        term_watch(queue, SLOW_LINE_MS);
        term_send(queue, pastes[i]);
        term_watch(queue, SLOW_LINE_MS);
        term_stop(queue);
        struct term *detail = desk_open_first();
        term_send(detail, pastes[i]);
        term_watch(detail, SLOW_LINE_MS);
        term_stop(detail);
        struct term *boxed = desk_open_first();
        desk_press(boxed, "A", box);
        term_send(boxed, "\033[200~");
        term_send(boxed, pastes[i]);
        term_watch(boxed, SLOW_LINE_MS);
        term_stop(boxed);
        if (desk_decisions() != 0)
            fail_msg("paste %zu decided something", i);
    }
}

static void an_escape_sequence_torn_apart_decides_nothing(void **state) {
    (void)state;
    static const char *const sequences[] = {"\033[A",       "\033OA", "\033[1;5A", "\033[Y", "\033[200~Y\033[201~",
                                            "\033[<0;1;1A", "\033[",  "\033\033[A"};
    desk_make("torn", 8, true);
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
        struct term *term = desk_open_first();
        desk_dribble(term, sequences[i]);
        assert_false(term_shows(term, box));
        term_stop(term);
        term = desk_open_first();
        desk_press(term, "A", box);
        desk_dribble(term, sequences[i]);
        term_stop(term);
        assert_int_equal(desk_decisions(), 0);
    }
}

/* Alt and a letter begin a sequence that never goes on; it must not eat the mark of the paste that comes next. */
static void what_was_begun_before_a_paste_does_not_make_keys_of_it(void **state) {
    (void)state;
    static const char *const begun[] = {"\033",  "\033[", "\033O",   "\033[[", "\033[M",
                                        "\033]", "\033P", "\033[1;", "\xe4",   "\033[<0;1"};
    desk_make("begun", 8, true);
    for (size_t i = 0; i < sizeof begun / sizeof begun[0]; i++) {
        struct term *term = desk_open_first();
        term_watch(term, SLOW_LINE_MS);
        term_send(term, begun[i]);
        term_watch(term, SLOW_LINE_MS / 4);
        term_send(term, "\033[200~");
        term_watch(term, SLOW_LINE_MS);
        desk_dribble(term, "AY");
        bool boxed = term_shows(term, box);
        term_stop(term);
        if (boxed || desk_decisions() != 0)
            fail_msg("a paste behind begun[%zu] acted as keys", i);
    }
}

/* A NUL, as Ctrl-Space sends it, is no key, but what comes with it is no hand. */
static void behind_a_nul_nothing_comes_alone(void **state) {
    (void)state;
    desk_make("nul", 8, true);
    struct term *term = desk_open_first();
    term_watch(term, SLOW_LINE_MS);
    term_send_bytes(term, "\0A", 2);
    term_watch(term, SLOW_LINE_MS);
    assert_false(term_shows(term, box));
    term_stop(term);
}

static void an_arrow_over_a_slow_line_is_an_arrow(void **state) {
    (void)state;
    desk_make("arrow", 8, true);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "1 of 8");
    desk_press(term, "j", "2 of 8");
    desk_press(term, "j", "3 of 8");
    static const char *const arrow[] = {"\033", "[", "A"};
    for (size_t i = 0; i < 3; i++) {
        term_send(term, arrow[i]);
        term_watch(term, SLOW_LINE_MS / 2);
    }
    desk_see(term, "2 of 8");
    desk_leave(term);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pasted_text_decides_nothing),
        cmocka_unit_test(an_escape_sequence_torn_apart_decides_nothing),
        cmocka_unit_test(what_was_begun_before_a_paste_does_not_make_keys_of_it),
        cmocka_unit_test(behind_a_nul_nothing_comes_alone),
        cmocka_unit_test(an_arrow_over_a_slow_line_is_an_arrow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
