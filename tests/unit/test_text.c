#include "tests/unit/given.h"

#include <string.h>

#include "core/text.h"

static void every_character_goes_there_and_back(void **state) {
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char bytes[4];
        size_t used;
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        size_t n = text_encode(c, bytes);
        if (text_decode(bytes, n, &used) != c || used != n)
            fail_msg("U+%04X", (unsigned)c);
        if (n > 1 && text_decode(bytes, n - 1, &used) != TEXT_INVALID)
            fail_msg("U+%04X cut short", (unsigned)c);
    }
}

static void what_is_not_utf8_is_invalid(void **state) {
    (void)state;
    static const char *const bad[] = {
        "\x80",             /* a tail alone */
        "\xC0\x80",         /* U+0000, overlong */
        "\xC1\xBF",         /* overlong */
        "\xE0\x80\xAF",     /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xED\xA0\x80",     /* surrogate */
        "\xED\xBF\xBF",     /* surrogate */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xF4\x90\x80\x80", /* above U+10FFFF */
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xE4\xBD",
        "\xE4\x41\x42",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        size_t used;
        assert_int_equal(text_decode(bad[i], strlen(bad[i]), &used), TEXT_INVALID);
        assert_int_equal(used, 1);
    }
}

static void characters_are_counted_not_bytes(void **state) {
    (void)state;
    assert_int_equal(text_count(""), 0);
    assert_int_equal(text_count("王建国A"), 4);
    assert_int_equal(text_count("\U0002000B"), 1);
    assert_int_equal(text_count("\xFF\xFE"), 2);
}

static void classes_of_characters(void **state) {
    (void)state;
    static const uint32_t controls[] = {0, 0x1B, 0x7F, 0x85, 0x9F}, bidi[] = {0x61C, 0x200E, 0x202E, 0x2066, 0x2069},
                          spaces[] = {' ', '\t', 0xA0, 0x2003, 0x3000},
                          invisible[] = {0x200B, 0x200D, 0x2060, 0xFEFF, 0xAD};
    for (size_t i = 0; i < 5; i++) {
        assert_true(text_is_control(controls[i]));
        assert_true(text_is_bidi_control(bidi[i]));
        assert_true(text_is_space(spaces[i]));
        assert_true(text_is_zero_width(invisible[i]));
    }
    static const uint32_t plain[] = {'A', 0x4E00, 0xFF21, 0xA9, 0x20000};
    for (size_t i = 0; i < 5; i++)
        assert_false(text_is_control(plain[i]) || text_is_bidi_control(plain[i]) || text_is_space(plain[i]) ||
                     text_is_zero_width(plain[i]));
}

static void blank_is_what_shows_nothing(void **state) {
    (void)state;
    assert_true(text_is_blank(""));
    assert_true(text_is_blank(" \t\u3000\u200B\uFEFF"));
    assert_false(text_is_blank(" 一 "));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_goes_there_and_back), cmocka_unit_test(what_is_not_utf8_is_invalid),
        cmocka_unit_test(characters_are_counted_not_bytes),    cmocka_unit_test(classes_of_characters),
        cmocka_unit_test(blank_is_what_shows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
