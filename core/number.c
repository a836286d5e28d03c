#include "core/number.h"

#include <string.h>

#include "core/text.h"

enum { FULLWIDTH_FIRST = 0xFF01, FULLWIDTH_LAST = 0xFF5E, FULLWIDTH_SHIFT = 0xFEE0 };
enum { REGISTRATION_ELECTRONIC_DIGITS = 16, REGISTRATION_PAPER_DIGITS = 12, ID_LENGTH = 18, MASK_SHOWN = 4 };

/* What stays as it is. */
static bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

size_t number_normalise(const char *text, char *out, size_t size) {
    size_t length = strlen(text), written = 0, used;
    for (size_t at = 0; at < length; at += used) {
        if (is_plain(text[at]) && written + 1 < size) {
            out[written++] = text[at];
            used = 1;
            continue;
        }
        uint32_t c = text_decode(text + at, length - at, &used);
        if (c >= FULLWIDTH_FIRST && c <= FULLWIDTH_LAST)
            c -= FULLWIDTH_SHIFT;
        if (c == TEXT_INVALID || text_is_space(c) || text_is_zero_width(c))
            continue;
        if (c >= 'a' && c <= 'z')
            c -= 'a' - 'A';
        char bytes[4];
        size_t n = text_encode(c, bytes);
        if (written + n >= size)
            break;
        memcpy(out + written, bytes, n);
        written += n;
    }
    out[written] = '\0';
    return written;
}

/* GB/T 2260: the 31 mainland provinces and the army; the resident id knows 71, 81, 82, 83 besides. */
static const struct province {
    char code[3];
    char hanzi[4];
} provinces[] = {
    {"11", "京"}, {"12", "津"}, {"13", "冀"}, {"14", "晋"}, {"15", "蒙"}, {"21", "辽"}, {"22", "吉"}, {"23", "黑"},
    {"31", "沪"}, {"32", "苏"}, {"33", "浙"}, {"34", "皖"}, {"35", "闽"}, {"36", "赣"}, {"37", "鲁"}, {"41", "豫"},
    {"42", "鄂"}, {"43", "湘"}, {"44", "粤"}, {"45", "桂"}, {"46", "琼"}, {"50", "渝"}, {"51", "川"}, {"52", "贵"},
    {"53", "云"}, {"54", "藏"}, {"61", "陕"}, {"62", "甘"}, {"63", "青"}, {"64", "宁"}, {"65", "新"}, {"99", "军"},
};
enum { PROVINCES = sizeof provinces / sizeof provinces[0] };

const char *number_province_hanzi(const char code[2]) {
    for (size_t i = 0; i < PROVINCES; i++)
        if (memcmp(provinces[i].code, code, 2) == 0)
            return provinces[i].hanzi;
    return NULL;
}

static bool known_hanzi(const char *text) {
    for (size_t i = 0; i < PROVINCES; i++)
        if (strncmp(text, provinces[i].hanzi, 3) == 0)
            return true;
    return false;
}

static bool known_region(const char *code) {
    static const char beyond[][3] = {"71", "81", "82", "83"};
    for (size_t i = 0; i < sizeof beyond / sizeof beyond[0]; i++)
        if (memcmp(beyond[i], code, 2) == 0)
            return true;
    return memcmp(code, "99", 2) != 0 && number_province_hanzi(code) != NULL;
}

static bool all_digits(const char *text, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

static int digits_value(const char *text, size_t count) {
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

enum number_fault number_registration(const char *number, struct registration_number *out) {
    if (!known_hanzi(number))
        return NUMBER_REGION;
    const char *digits = number + 3;
    size_t length = strlen(digits);
    if (!all_digits(digits, length))
        return NUMBER_CHARACTER;
    if (length != REGISTRATION_ELECTRONIC_DIGITS && length != REGISTRATION_PAPER_DIGITS)
        return NUMBER_LENGTH;
    if (digits[0] != '1')
        return NUMBER_LEVEL;
    if (number_province_hanzi(digits + 1) == NULL)
        return NUMBER_REGION;
    bool electronic = length == REGISTRATION_ELECTRONIC_DIGITS;
    size_t year = electronic ? 4 : 2;
    struct registration_number n = {
        .form = electronic ? REGISTRATION_ELECTRONIC : REGISTRATION_PAPER,
        .first_province = digits_value(digits + 1, 2),
        .qualification_year = digits_value(digits + 3, year),
        .first_year = digits_value(digits + 3 + year, year),
        .serial = digits_value(digits + 3 + 2 * year, 5),
    };
    memcpy(n.province, number, 3);
    if (n.qualification_year > n.first_year)
        return NUMBER_YEARS;
    if (out != NULL)
        *out = n;
    return NUMBER_GOOD;
}

static void put_digits(char *out, int value, size_t width) {
    for (size_t i = width; i > 0; i--) {
        out[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
}

void number_registration_format(const struct registration_number *number, char out[NUMBER_REGISTRATION_SIZE]) {
    memcpy(out, number->province, 3);
    out[3] = '1';
    put_digits(out + 4, number->first_province, 2);
    put_digits(out + 6, number->qualification_year, 4);
    put_digits(out + 10, number->first_year, 4);
    put_digits(out + 14, number->serial, 5);
    out[19] = '\0';
}

enum number_fault number_resident(const char *number, day *birth) {
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    if (strlen(number) != ID_LENGTH)
        return NUMBER_LENGTH;
    if (!all_digits(number, ID_LENGTH - 1) || (number[17] != 'X' && !all_digits(number + 17, 1)))
        return NUMBER_CHARACTER;
    if (!known_region(number))
        return NUMBER_REGION;
    int year = digits_value(number + 6, 4), month = digits_value(number + 10, 2), mday = digits_value(number + 12, 2);
    if (!day_exists(year, month, mday))
        return NUMBER_DATE;
    int sum = 0;
    for (size_t i = 0; i < ID_LENGTH - 1; i++)
        sum += (number[i] - '0') * weights[i];
    if ("10X98765432"[sum % 11] != number[17])
        return NUMBER_CHECK;
    if (birth != NULL)
        *birth = day_from_ymd(year, month, mday);
    return NUMBER_GOOD;
}

enum number_fault number_credit(const char *code) {
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    if (strlen(code) != ID_LENGTH)
        return NUMBER_LENGTH;
    int sum = 0, last = 0;
    for (size_t i = 0; i < ID_LENGTH; i++) {
        const char *found = strchr(alphabet, code[i]);
        if (found == NULL)
            return NUMBER_CHARACTER;
        last = (int)(found - alphabet);
        if (i < ID_LENGTH - 1)
            sum += last * weights[i];
    }
    return (31 - sum % 31) % 31 == last ? NUMBER_GOOD : NUMBER_CHECK;
}

void number_mask(const char *number, char *out, size_t size) {
    size_t length = strlen(number), count = text_count(number);
    size_t shown = count >= (size_t)4 * MASK_SHOWN ? MASK_SHOWN : count / 4;
    size_t written = 0, index = 0, used;
    for (size_t at = 0; at < length; at += used, index++) {
        text_decode(number + at, length - at, &used);
        bool seen = index < shown || index >= count - shown;
        size_t n = seen ? used : 1;
        if (written + n >= size)
            break;
        memcpy(out + written, seen ? number + at : "*", n);
        written += n;
    }
    out[written] = '\0';
}
