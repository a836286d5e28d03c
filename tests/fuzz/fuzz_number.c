/* Registration numbers, resident id numbers, credit codes and their normaliser: core/number.h. */
#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

/* What is normalised stays as it is, has nothing in it that falls away, and is cut at a character. */
static void check_normal(const char *text, char normal[NUMBER_SIZE], size_t room) {
    char again[NUMBER_SIZE], cut[NUMBER_SIZE];
    size_t length = number_normalise(text, normal, NUMBER_SIZE);
    FUZZ_MUST(length < NUMBER_SIZE && strlen(normal) == length && fuzz_is_utf8(normal));
    for (size_t at = 0, used; at < length; at += used) {
        uint32_t c = text_decode(normal + at, length - at, &used);
        FUZZ_MUST(!text_is_space(c) && !text_is_zero_width(c) && !(c >= 'a' && c <= 'z') &&
                  !(c >= 0xFF01 && c <= 0xFF5E));
    }
    FUZZ_MUST(number_normalise(normal, again, sizeof again) == length && strcmp(again, normal) == 0);
    size_t n = number_normalise(text, cut, 1 + room % (NUMBER_SIZE - 1));
    FUZZ_MUST(n <= room % (NUMBER_SIZE - 1) && strncmp(cut, normal, n) == 0 && fuzz_is_utf8(cut));
}

/* A check character finds every single character that is wrong. */
static void check_slips(const char *number, enum number_fault (*judge)(const char *), const char *alphabet) {
    char wrong[19];
    memcpy(wrong, number, sizeof wrong);
    for (size_t i = 0; i < 18; i++) {
        for (const char *c = alphabet; *c != '\0'; c++) {
            wrong[i] = *c;
            FUZZ_MUST((judge(wrong) == NUMBER_GOOD) == (*c == number[i]));
        }
        wrong[i] = number[i];
    }
}

static enum number_fault judge_resident(const char *number) {
    return number_resident(number, NULL);
}

/* Of the 11 check characters just one makes the number good. */
static void check_resident(const char *number, enum number_fault fault) {
    static const char checks[] = "0123456789X";
    char right[19], tried[19];
    int good = 0;
    if (fault != NUMBER_GOOD && fault != NUMBER_CHECK)
        return;
    memcpy(tried, number, sizeof tried);
    for (const char *c = checks; *c != '\0'; c++) {
        tried[17] = *c;
        if (number_resident(tried, NULL) != NUMBER_GOOD)
            continue;
        memcpy(right, tried, sizeof right);
        good++;
    }
    FUZZ_MUST(good == 1);
    check_slips(right, judge_resident, "0123456789");
}

static void check_registration(const char *number) {
    struct registration_number parts;
    char again[NUMBER_REGISTRATION_SIZE];
    memset(&parts, 0x5A, sizeof parts);
    struct registration_number before = parts;
    if (number_registration(number, &parts) != NUMBER_GOOD) {
        FUZZ_MUST(memcmp(&parts, &before, sizeof parts) == 0);
        return;
    }
    FUZZ_MUST(strlen(number) == (parts.form == REGISTRATION_ELECTRONIC ? 19U : 15U));
    FUZZ_MUST(parts.qualification_year <= parts.first_year && parts.serial >= 0 && parts.serial <= 99999);
    number_registration_format(&parts, again);
    FUZZ_MUST(parts.form != REGISTRATION_ELECTRONIC || strcmp(again, number) == 0);
    FUZZ_MUST(number_registration(again, NULL) == NUMBER_GOOD);
}

static void check_mask(const char *number) {
    char masked[NUMBER_SIZE];
    number_mask(number, masked, sizeof masked);
    size_t length = strlen(number), out = 0, shown = 0, count = 0, used;
    FUZZ_MUST(text_count(masked) == text_count(number));
    for (size_t at = 0; at < length; at += used, count++) {
        text_decode(number + at, length - at, &used);
        bool hidden = masked[out] == '*' && !(used == 1 && number[at] == '*');
        FUZZ_MUST(hidden || memcmp(masked + out, number + at, used) == 0);
        shown += hidden ? 0 : number[at] != '*';
        out += hidden ? 1 : used;
    }
    FUZZ_MUST(shown <= 8 && 2 * shown <= count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    unsigned room = fuzz_take(&data, &size, 2);
    char *text = fuzz_text(data, size), normal[NUMBER_SIZE];
    day birth = DAY_NONE;
    check_normal(text, normal, room);
    check_registration(normal);
    enum number_fault fault = number_resident(normal, &birth);
    FUZZ_MUST(fault == NUMBER_GOOD ? day_to_ymd(birth).year >= DAY_YEAR_MIN : birth == DAY_NONE);
    check_resident(normal, fault);
    if (number_credit(normal) == NUMBER_GOOD)
        check_slips(normal, number_credit, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    check_mask(normal);
    free(text);
    return 0;
}
