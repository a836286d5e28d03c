/* The queue on the screen: what others do shows up, the selection stays with its record, sizes, languages, terminals.
 */
#include "tests/screen/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { END_MS = 5000 };

static void what_others_decide_shows_up(void **state) {
    (void)state;
    desk_make("others", 30, true);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "A0000000012");
    desk_press(term, "j", "2 of 30");
    desk_press(term, "j", "3 of 30");
    desk_press(term, "j", "4 of 30");
    desk_see_selected(term, "A0000000003");
    assert_int_equal(desk_run("approve A0000000000"), 0);
    desk_see(term, "3 of 29");
    assert_false(term_shows(term, "A0000000000"));
    desk_see_selected(term, "A0000000003");
    assert_int_equal(desk_run("approve A0000000003"), 0); /* the selected one itself */
    desk_see(term, "of 28");
    assert_false(term_shows(term, "A0000000003"));
    desk_see_selected(term, "A0000000004");
    desk_leave(term);
}

static void two_screens_make_one_decision(void **state) {
    (void)state;
    desk_make("two", 8, true);
    struct term *one = desk_open(24, 80, NULL), *other = desk_open(24, 80, NULL);
    struct term *both[] = {one, other};
    for (size_t i = 0; i < 2; i++) {
        desk_see(both[i], "A0000000007");
        desk_press(both[i], "\r", "91110105101163896D");
        desk_press(both[i], "A", "capital Y");
    }
    desk_press(one, "Y", "no. 1");
    term_send(other, "Y");
    desk_see(other, "张伟");
    desk_see_gone(other, "capital Y");
    assert_int_equal(desk_decisions(), 1);
    term_stop(other);
    desk_leave(one);
}

static void choose_next_outcome(struct term *term, const char *text) {
    desk_press(term, "f", "Only this outcome");
    desk_press(term, "j", "Only this outcome");
    desk_press(term, "\r", text);
}

static void filters_and_kinds(void **state) {
    (void)state;
    desk_make("filters", 12, true);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "1 of 12");
    desk_press(term, "2", "nothing waits");
    desk_press(term, "5", "1 of 12");
    choose_next_outcome(term, "of 10");
    choose_next_outcome(term, "1 of 1 ");
    desk_see(term, "A0000000001");
    choose_next_outcome(term, "A0000000002");
    desk_press(term, "s", "Only this specialty");
    desk_press(term, "G", "Only this specialty");
    desk_press(term, "\r", "nothing passes these filters");
    desk_press(term, "x", "1 of 1 ");
    desk_press(term, "x", "of 12");
    desk_press(term, "w", "Filter by text");
    desk_press(term, "京1112011201100005", "京1112011201100005");
    desk_press(term, "\r", "1 of 1 ");
    desk_see_selected(term, "A0000000005");
    desk_press(term, "y", "of 12");
    desk_press(term, "G", "12 of 12");
    desk_see_selected(term, "A0000000011");
    desk_press(term, "g", "1 of 12");
    desk_see_selected(term, "A0000000000");
    desk_press(term, "?", "open the application");
    desk_leave(term);
}

static void every_size_from_40_by_10_shows_the_queue(void **state) {
    (void)state;
    static const int sizes[][2] = {{10, 40}, {24, 80}, {36, 120}, {50, 200}};
    desk_make("size", 30, true);
    for (size_t i = 0; i < 4; i++) {
        struct term *term = desk_open(sizes[i][0], sizes[i][1], i % 2 == 0 ? NULL : "zh_CN.UTF-8");
        desk_see(term, "王建国");
        if (sizes[i][1] >= 120)
            desk_see(term, "91110105101163896D"); /* the preview */
        desk_press(term, "\r", i % 2 == 0 ? "A approve" : "A 准予");
        desk_leave(term);
    }
}

static void the_preview_can_be_hidden(void **state) {
    (void)state;
    desk_make("preview", 8, true);
    struct term *term = desk_open(36, 120, NULL);
    desk_see(term, "Credit code");
    desk_press(term, "e", "Specialty "); /* has room now */
    desk_see_gone(term, "Credit code");
    desk_press(term, "j", "2 of 8");
    assert_false(term_shows(term, "Credit code"));
    desk_press(term, "e", "Credit code");
    desk_leave(term);
}

static void terminals_of_any_name(void **state) {
    (void)state;
    static char long_name[301];
    memset(long_name, 'x', 300);
    const char *names[] = {"xterm",   "xterm-16color",   "xterm-256color", "screen", "tmux", "tmux-256color",
                           "linux",   "vt100",           "vt220",          "dumb",   "",     "nothing-of-that-name",
                           long_name, "../../etc/passwd"};
    static const char *const words[] = {"--db", "yijian.db", "--today", DESK_TODAY, NULL};
    desk_make("names", 8, true);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct term *term =
            term_start(&(struct term_options){.rows = 24, .cols = 80, .name = names[i], .words = words});
        for (int waited = 0; waited < TERM_WAIT_MS && !term_shows(term, "A0000000000") && !term_shows(term, "yijian: ");
             waited += 20)
            term_watch(term, 20);
        if (term_shows(term, "A0000000000")) {
            desk_leave(term);
            continue;
        }
        int status = term_wait_end(term, END_MS); /* or a clear refusal */
        if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) == 0 || !term_shows(term, "yijian: "))
            fail_msg("TERM=%s: %d\n%s", names[i], status, term_text(term));
        term_stop(term);
    }
}

/* Chinese is right in any locale, or none; its language is the program's only where the locale says so. */
static void locales_of_any_name(void **state) {
    (void)state;
    static const char *const langs[] = {"C.UTF-8", "zh_CN.UTF-8", "zh_CN.GBK", "en_US.UTF-8", "C", "", "xx_XX.nothing"};
    desk_make("locales", 8, true);
    for (size_t i = 0; i < sizeof langs / sizeof langs[0]; i++) {
        struct term *term = desk_open(24, 80, langs[i]);
        desk_see(term, "王建国");
        desk_see(term, "京1112011201100000");
        desk_see(term, strncmp(langs[i], "zh", 2) == 0 ? "待审队列" : "Waiting for decision");
        desk_leave(term);
    }
}

static void without_colour_nothing_is_coloured(void **state) {
    (void)state;
    static const char *const words[] = {"--db", "yijian.db", "--today", DESK_TODAY, NULL};
    desk_make("colour", 8, true);
    struct term_options options = {.rows = 24, .cols = 80, .words = words, .environment = {"NO_COLOR=1"}};
    struct term *term = term_start(&options);
    desk_see(term, "A0000000007");
    desk_press(term, "\r", "91110105101163896D");
    desk_press(term, "A", "capital Y");
    size_t length;
    const char *bytes = term_bytes(term, &length);
    for (const char *at = strstr(bytes, "\033["); at != NULL; at = strstr(at + 2, "\033[")) {
        size_t n = strspn(at + 2, "0123456789;");
        bool colour = at[2 + n] == 'm' && n >= 2 &&
                      (strstr(at + 2, "38;") == at + 2 || (at[2] == '3' && at[3] >= '0' && at[3] <= '7'));
        if (colour)
            fail_msg("coloured: %.*s", (int)n + 1, at + 2);
    }
    desk_press(term, "n", "91110105101163896D");
    desk_leave(term);
}

static void hostile_names_stay_on_the_page(void **state) {
    (void)state;
    desk_make("hostile", 8, true);
    assert_int_equal(desk_shell("/usr/bin/python3 \"${YIJIAN_ROOT:-.}\"/tests/screen/hostile.py"), 0);
    struct term *term = desk_open(36, 120, "zh_CN.UTF-8");
    desk_see(term, "A0000000007");
    term_send(term, "\r");
    desk_see(term, "91110105101163896D");
    desk_press(term, "A", "大写 Y");
    size_t length;
    const char *bytes = term_bytes(term, &length);
    static const char *const never[] = {"\033]0;x",     "\007",         "\xC2\x9B",     "\xE2\x80\xAE",
                                        "\xE2\x80\x8B", "\xE2\x81\xA6", "\xEF\xBB\xBF", "\xF3\xA0\x81\x81"};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        assert_null(strstr(bytes, never[i]));
    term_send(term, "n");
    desk_leave(term);
}

static void a_letter_searches_nothing_by_itself(void **state) {
    (void)state;
    desk_make("search", 30, true);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "A0000000012");
    desk_press(term, "/", "Enter");
    desk_press(term, "AYq", "AYq"); /* letters are text here */
    desk_press(term, "\025京1112011201100017", "A0000000017");
    desk_see_gone(term, "A0000000016");
    desk_press(term, "\025%", "%");
    desk_see_gone(term, "A0000000017");
    desk_press(term, "\025杨建", "A0000000005");
    desk_leave(term);
    assert_int_equal(desk_decisions(), 0);
}

/* As one types only forty are read; whoever goes on finds the rest, up to a hundred, and the selection stays. */
static void further_down_there_is_more(void **state) {
    (void)state;
    desk_make_sample("more", 400, 400);
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "1 of 400");
    term_send(term, "/");
    desk_see(term, "Search:");
    term_send(term, "A2026");
    desk_see(term, "application number \"A2026\": the first 40");
    for (int i = 0; i < 40; i++)
        term_send(term, "\033[B");
    desk_see(term, "the first 100");
    assert_int_equal(term_cursor_row(term), 1); /* in the text that is typed */
    for (int i = 0; i < 100; i++)
        term_send(term, "\033[B");
    term_send(term, "\r");
    desk_see(term, "100 of 100");
    desk_leave(term);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_others_decide_shows_up),
        cmocka_unit_test(two_screens_make_one_decision),
        cmocka_unit_test(filters_and_kinds),
        cmocka_unit_test(every_size_from_40_by_10_shows_the_queue),
        cmocka_unit_test(the_preview_can_be_hidden),
        cmocka_unit_test(terminals_of_any_name),
        cmocka_unit_test(locales_of_any_name),
        cmocka_unit_test(without_colour_nothing_is_coloured),
        cmocka_unit_test(hostile_names_stay_on_the_page),
        cmocka_unit_test(a_letter_searches_nothing_by_itself),
        cmocka_unit_test(further_down_there_is_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
