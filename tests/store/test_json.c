/* JSON in and out at its edges: what is the same said otherwise, where a fault lies, how a text is laid out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/err.h"
#include "store/json_read.h"
#include "store/json_same.h"
#include "store/json_write.h"
#include "store/sm3.h"

static void the_same_said_otherwise(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } table[] = {
        {"{\"a\":1,\"b\":[true,null]}", " { \"b\" : [ true , null ] , \"a\" : 1.0e0 } ", true},
        {"\"\\u738b\"", "\"王\"", true},
        {"1", "2", false},
        {"2", "1", false},
        {"1", "\"1\"", false},
        {"true", "false", false},
        {"{\"a\":1}", "{\"a\":2}", false},
        {"{\"a\":1}", "{\"b\":1}", false},
        {"[1]", "[1,2]", false},
        {"[1,2]", "[1]", false},
        {"{}", "[]", false},
        {"\"x\"", "\"y\"", false},
        {"{", "{}", false},
        {"{}", "{", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (json_same(table[i].a, table[i].b) != table[i].same)
            fail_msg("%s and %s", table[i].a, table[i].b);
}

static void a_fault_has_its_place(void **state) {
    (void)state;
    static const char deep[] = "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}";
    static const struct {
        const char *text, *code, *pointer;
    } table[] = {
        {"{\"a\":1e}", "not-json", "/a"},
        {"{\"a\":1E+}", "not-json", "/a"},
        {"{\"a\":1.}", "not-json", "/a"},
        {"{\"a\":-}", "not-json", "/a"},
        {"{\"a\":01}", "not-json", "/a"},
        {"{\"a\":1e5.2}", "not-json", "/a"},
        {"{\"a/b\":{\"~c\":1e}}", "not-json", "/a~1b/~0c"},
        {"[0,[1,2e]]", "not-json", "/1/1"},
        {"1e", "not-json", ""},
        {"-", "not-json", ""},
        {"{} x", "trailing-text", ""},
        {"{\"a\":", "not-json", "/a"},
        {deep, "nesting", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct fault fault = {.line = 1};
        cJSON *tree = json_read(table[i].text, strlen(table[i].text), &fault);
        if (tree != NULL || fault.code == NULL || strcmp(fault.code, table[i].code) != 0 ||
            (table[i].pointer != NULL && strcmp(fault.pointer, table[i].pointer) != 0))
            fail_msg("%s: %s at %s", table[i].text, fault.code, fault.pointer);
    }
}

static void what_is_not_utf8_is_named(void **state) {
    (void)state;
    static const char gbk[] = "GBK or GB18030 text", invalid[] = "invalid UTF-8, byte %1";
    static const struct {
        const char *text, *found;
    } table[] = {
        {"\xCD\xF5\xBD\xA8\xB9\xFA", gbk},
        {"\x81\x30\x81\x30\xB9\xFA\xBD\xA8", gbk},
        {"\xCD\x7F", invalid},
        {"\xCD\xFF", invalid},
        {"\xCD\x30", invalid},
        {"\x80\x80", invalid},
        {"\xFF\x80", invalid},
        {"\xCD", invalid},
        {"王建国，一级建造师 \xCD\xF5", invalid},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct fault fault = {.line = 1};
        char text[64];
        snprintf(text, sizeof text, "[\"%s", table[i].text);
        assert_null(json_read(text, strlen(text), &fault));
        assert_string_equal(fault.code, "encoding");
        assert_string_equal(fault.pointer, "/0");
        assert_string_equal(fault.found, table[i].found);
    }
}

static void numbers_and_white_space_of_all_kinds_are_read(void **state) {
    (void)state;
    static const char text[] = "\r\n\t {\"a\" :\r[ 0 , -1 , 2.50 , 3e2 , 4E-1 , 5E+1 , 6E1 ]\r}\r\n";
    struct fault fault = {.line = 1};
    cJSON *tree = json_read(text, strlen(text), &fault);
    assert_non_null(tree);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(tree, "a");
    static const double values[] = {0, -1, 2.5, 300, 0.4, 50, 60};
    for (int i = 0; i < 7; i++)
        assert_true(cJSON_GetArrayItem(list, i)->valuedouble - values[i] < 1e-9);
    cJSON_Delete(tree);
}

static void a_text_is_laid_out(void **state) {
    (void)state;
    static const struct {
        const char *text, *laid_out;
    } table[] = {
        {"{}", "{}"},
        {"[]", "[]"},
        {"{\"a\":[],\"b\":{\"c\":1}}", "{\n  \"a\": [],\n  \"b\": {\n    \"c\": 1\n  }\n}"},
        {"[\"a\\\"b\\\\\",\"{},:[]\"]", "[\n  \"a\\\"b\\\\\",\n  \"{},:[]\"\n]"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char *text = json_pretty(table[i].text);
        assert_string_equal(text, table[i].laid_out);
        free(text);
    }
}

static void a_digest_is_64_hex_digits_or_none(void **state) {
    (void)state;
    char hex[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", again[SM3_HEX_SIZE];
    unsigned char bytes[SM3_BYTES];
    assert_true(sm3_from_hex(hex, bytes));
    sm3_to_hex(bytes, again);
    assert_string_equal(again, hex);
    assert_false(sm3_from_hex(hex + 1, bytes));
    static const char bad[] = {'G', 'A', ' ', '-'};
    for (size_t at = 0; at < 2; at++)
        for (size_t i = 0; i < sizeof bad; i++) {
            char kept = hex[at];
            hex[at] = bad[i];
            assert_false(sm3_from_hex(hex, bytes));
            hex[at] = kept;
        }
}

static void a_message_takes_its_arguments_and_no_others(void **state) {
    (void)state;
    char out[32], small[4];
    struct err err = {.args = {"一", "two", "", "4"}};
    assert_string_equal(err_format(&err, "%2 %1%3 100% %0 %5 %", out, sizeof out), "two 一 100% %0 %5 %");
    assert_string_equal(err_format(&err, "ab%1", small, sizeof small), "ab");
    assert_string_equal(err_format(&err, "abcdef", small, sizeof small), "abc");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_said_otherwise),
        cmocka_unit_test(a_fault_has_its_place),
        cmocka_unit_test(what_is_not_utf8_is_named),
        cmocka_unit_test(numbers_and_white_space_of_all_kinds_are_read),
        cmocka_unit_test(a_text_is_laid_out),
        cmocka_unit_test(a_digest_is_64_hex_digits_or_none),
        cmocka_unit_test(a_message_takes_its_arguments_and_no_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
