#include "tests/unit/given.h"

#include <string.h>

#include "core/text.h"

/* Every value a pattern could ask for. */
static struct phrase full(enum phrase_id id, const struct application *application) {
    return (struct phrase){.id = id, .a = 3, .b = 5, .c = 2, .text = "甲", .text2 = "乙", .application = application};
}

static bool has_chinese(const char *text) {
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (c >= 0x4E00 && c <= 0x9FFF)
            return true;
    }
    return false;
}

static void every_phrase_is_in_both_languages(void **state) {
    (void)state;
    struct given g;
    given_case(&g, KIND_INITIAL, 20000, 20000);
    g.disqualifications[0] = "other_by_law";
    g.application.disqualifications = g.disqualifications;
    g.application.disqualification_count = 1;
    for (enum phrase_id id = PHRASE_NONE + 1; id < PHRASE_COUNT; id++) {
        struct phrase phrase = full(id, &g.application);
        char zh[PHRASE_SIZE], en[PHRASE_SIZE];
        phrase_format(&phrase, LANGUAGE_ZH, zh, sizeof zh);
        phrase_format(&phrase, LANGUAGE_EN, en, sizeof en);
        if (zh[0] == '\0' || en[0] == '\0' || strchr(zh, '{') != NULL || strchr(en, '{') != NULL)
            fail_msg("phrase %d: \"%s\", \"%s\"", (int)id, zh, en);
        phrase.text = phrase.text2 = "X"; /* nothing Chinese but the words themselves */
        if (has_chinese(phrase_format(&phrase, LANGUAGE_EN, en, sizeof en)))
            fail_msg("phrase %d in English: \"%s\"", (int)id, en);
    }
}

static void cutting_never_splits_a_character(void **state) {
    (void)state;
    struct given g;
    given_case(&g, KIND_INITIAL, 20000, 20000);
    g.disqualifications[0] = "major_accident_within_3_years";
    g.application.disqualifications = g.disqualifications;
    g.application.disqualification_count = 1;
    for (enum phrase_id id = PHRASE_NONE; id < PHRASE_COUNT; id++)
        for (enum language l = 0; l < LANGUAGE_COUNT; l++) {
            struct phrase phrase = full(id, &g.application);
            phrase.text = "王建国\U0002000B";
            char whole[PHRASE_SIZE], cut[PHRASE_SIZE];
            phrase_format(&phrase, l, whole, sizeof whole);
            for (size_t size = 1; size <= strlen(whole) + 1; size++) {
                memset(cut, '#', sizeof cut);
                phrase_format(&phrase, l, cut, size);
                size_t length = strlen(cut), used;
                assert_true(length < size && cut[size] == '#');
                for (size_t at = 0; at < length; at += used)
                    if (text_decode(cut + at, length - at, &used) == TEXT_INVALID)
                        fail_msg("phrase %d cut to %zu: \"%s\"", (int)id, size, cut);
            }
        }
}

static void numbers_and_days_are_put_in(void **state) {
    (void)state;
    char text[PHRASE_SIZE];
    struct phrase phrase = {.id = PHRASE_ELECTIVE_REASON, .a = 28, .b = 30};
    assert_string_equal(phrase_format(&phrase, LANGUAGE_EN, text, sizeof text),
                        "elective hours 28, required 30: 2 short");
    phrase = (struct phrase){.id = PHRASE_DAY, .a = given_day("2021-12-15")};
    assert_string_equal(phrase_format(&phrase, LANGUAGE_ZH, text, sizeof text), "2021-12-15");
    phrase = (struct phrase){.id = PHRASE_TEXT, .text = "{d}{t}%s%n"}; /* data is never a pattern */
    assert_string_equal(phrase_format(&phrase, LANGUAGE_ZH, text, sizeof text), "{d}{t}%s%n");
}

static void certificates_are_called_by_their_names(void **state) {
    (void)state;
    char text[PHRASE_SIZE];
    struct phrase phrase = {.id = PHRASE_OTHER_CERTIFICATE_REASON, .text = "supervision_engineer", .text2 = "9131"};
    assert_string_equal(phrase_format(&phrase, LANGUAGE_ZH, text, sizeof text),
                        "另有执业证书（监理工程师）注册于其他单位 9131");
    phrase.text = "something_new"; /* not one we know: the code as it stands in the document */
    assert_non_null(strstr(phrase_format(&phrase, LANGUAGE_ZH, text, sizeof text), "（something_new）"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certificates_are_called_by_their_names),
        cmocka_unit_test(every_phrase_is_in_both_languages),
        cmocka_unit_test(cutting_never_splits_a_character),
        cmocka_unit_test(numbers_and_days_are_put_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
