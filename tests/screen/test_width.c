/* Columns stand where they should whatever the terminal makes of a character (SPEC 12). */
#include "tests/screen/desk.h"

#include <stdio.h>
#include <string.h>

/* A terminal that draws signs of ambiguous width two cells wide says so when it is asked; then none is sent. */
static void wide_signs_are_replaced(void **state) {
    (void)state;
    size_t before, after;
    desk_make("signs", 8, true);
    struct term *term = desk_open(36, 120, "zh_CN.UTF-8");
    desk_see(term, "│");
    term_bytes(term, &before);
    term_send(term, "\033[1;3R"); /* behind what the test's terminal has answered by itself */
    desk_see_gone(term, "│");
    desk_see(term, "+ 通过");
    term_bytes(term, &before);
    desk_press(term, "\r", "91110105101163896D");
    desk_press(term, "A", "大写 Y");
    const char *bytes = term_bytes(term, &after) + before;
    static const char *const never[] = {"·", "…", "✓", "◐", "✗", "│", "─", "↓", "×"};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (strstr(bytes, never[i]) != NULL)
            fail_msg("sent: %s", never[i]);
    desk_press(term, "n", "91110105101163896D");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 0);
}

/* Reports nobody asked for, or that make no sense, are swallowed whole. */
static void stray_reports_do_nothing(void **state) {
    (void)state;
    static const char *const reports[] = {"\033[1;9R", "\033[R", "\033[;R", "\033[1;2;3R", "\033[99999;99999R"};
    desk_make("reports", 8, true);
    struct term *term = desk_open(36, 120, NULL);
    desk_see(term, "│");
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++)
        term_send(term, reports[i]);
    desk_press(term, "j", "2 of 8");
    desk_see(term, "│");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 0);
}

/* The mouse selects and opens, and never decides. */
static void the_mouse_never_decides(void **state) {
    (void)state;
    desk_make("mouse", 8, true);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "A0000000007");
    desk_press(term, "\033[<0;20;7M\033[<0;20;7m", "3 of 8");
    desk_see_selected(term, "A0000000002");
    desk_press(term, "\033[<65;20;7M", "6 of 8");
    desk_press(term, "\033[<64;20;7M", "3 of 8");
    desk_press(term, "\033[<0;20;5M", "1 of 8");
    desk_press(term, "\033[<0;20;5M", "91110105101163896D");
    desk_press(term, "\033[<0;2;24M", "a click never decides"); /* A in the footer */
    desk_press(term, "A", "capital Y");
    for (int row = 1; row <= 24; row++) {
        char click[32];
        snprintf(click, sizeof click, "\033[<0;12;%dM", row);
        term_send(term, click);
    }
    term_send(term, "\033[MYYY\033[M AY"); /* reports of the old form: three bytes that are no keys */
    term_watch(term, 200);
    desk_see(term, "A0000000000");
    assert_int_equal(desk_decisions(), 0);
    desk_leave(term);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_signs_are_replaced),
        cmocka_unit_test(stray_reports_do_nothing),
        cmocka_unit_test(the_mouse_never_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
