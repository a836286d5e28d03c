/* A reviewer's whole morning: applications come in, one is found by its number, read, and decided; one is approved in
 * part, one refused in Chinese words; what was decided goes out as JSON. */
#include "tests/screen/desk.h"

#include <stdio.h>

static void a_whole_morning(void **state) {
    (void)state;
    desk_make("morning", 30, false);
    assert_int_equal(desk_run("import morning.ndjson"), 0);
    struct term *term = desk_open(24, 80, "zh_CN.UTF-8");
    desk_see(term, "A0000000000");
    desk_see(term, "30");

    desk_press(term, "/", "查找");
    desk_press(term, "京11120112011", "A0000000011");
    desk_press(term, "00005", "A0000000005");
    desk_see_gone(term, "A0000000011");
    desk_press(term, "\r", "91110105101163896D");
    desk_see(term, "杨建国");
    desk_press(term, "A", "按大写 Y 确认");
    desk_see(term, "京1112011201100005");
    desk_see(term, "2029-11-24");
    desk_press(term, "Y", "第 1 号决定");

    desk_press(term,
               "\025"
               "00001",
               "A0000000001"); /* Ctrl-U erases the line */
    desk_press(term, "\r", "李建国");
    desk_press(term, "A", "按大写 Y 确认");
    desk_see(term, "部分");
    desk_press(term, "Y", "第 2 号决定");

    desk_press(term,
               "\025"
               "00002",
               "A0000000002");
    desk_press(term, "\r", "张建国");
    desk_press(term, "R", "承诺书");
    desk_press(term, "\005\r聘用单位未盖章", "聘用单位未盖章"); /* Ctrl-E, a new line, words */
    desk_press(term, "\023", "按大写 Y 确认");                  /* Ctrl-S */
    desk_see(term, "聘用单位未盖章");
    desk_press(term, "Y", "第 3 号决定");

    desk_leave(term);
    assert_int_equal(desk_decisions(), 3);
    assert_int_equal(desk_run("export -o decisions.json"), 0);
    assert_int_equal(desk_shell("/usr/bin/python3 \"${YIJIAN_ROOT:-.}\"/tests/screen/check_morning.py decisions.json"),
                     0);
    assert_int_equal(desk_run("verify --against decisions.json"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_morning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
