/* What curses says of attributes is said shorter and means the same (tui/sgr.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/sgr.h"

static const struct {
    const char *said, *shorter;
} cases[] = {
    {"", ""},
    {"plain 王", "plain 王"},
    {"\033[39m\033(B\033[m A", "\033[m A"},
    {"\033[39m\033(B\033[0;7m A", "\033[0;7m A"},
    {"\033(B\033[0;1m\033[33mA", "\033[0;1;33mA"},
    {"\033[1m\033[32m\033[4mA", "\033[1;32;4mA"},
    {"\033[1mA\033[32mB", "\033[1mA\033[32mB"},
    {"\033[1m\033[0mA", "\033[0mA"},
    {"\033[38;5;0m\033[1mA", "\033[38;5;0;1mA"},
    {"\033[1m\033[38;5;0mA", "\033[1;38;5;0mA"}, /* that 0 is a colour */
    {"\033[1m\033[07mA", "\033[1;07mA"},
    {"\033(BA\033(B", "A"},
    {"\033(0q\033(B", "\033(0q"},
    {"\033[5;1H\033[m", "\033[5;1H\033[m"},
    {"\033[m\033[5;1H\033[1m", "\033[m\033[5;1H\033[1m"},
    {"\033[?25m\033[1m", "\033[?25m\033[1m"},
    {"\033\033[1m\033[2m", "\033\033[1;2m"},
    {"A\033[1m\033[3", "A\033[1m\033[3"}, /* cut: the rest comes later */
    {"A\033[1m\033", "A\033[1m\033"},
    {"A\033(", "A\033("},
    {"\033[", "\033["},
};

static void the_same_is_said_shorter(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char bytes[64];
        size_t length = strlen(cases[i].said);
        memcpy(bytes, cases[i].said, length);
        length = sgr_shorten(bytes, length);
        if (length != strlen(cases[i].shorter) || memcmp(bytes, cases[i].shorter, length) != 0)
            fail_msg("case %zu: %.*s", i, (int)length, bytes);
    }
}

/* No byte behind the end is read, wherever a sequence is cut. */
static void wherever_it_is_cut(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t length = 0; length <= strlen(cases[i].said); length++) {
            char *bytes = malloc(length == 0 ? 1 : length);
            memcpy(bytes, cases[i].said, length);
            assert_true(sgr_shorten(bytes, length) <= length);
            free(bytes);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_is_said_shorter),
        cmocka_unit_test(wherever_it_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
