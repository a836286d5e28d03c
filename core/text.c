#include "core/text.h"

#include <string.h>

static uint32_t decode_tail(const unsigned char *s, size_t count, uint32_t head) {
    for (size_t i = 1; i <= count; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return TEXT_INVALID;
        head = head << 6 | (s[i] & 0x3FU);
    }
    return head;
}

uint32_t text_decode(const char *text, size_t length, size_t *used) {
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *s = (const unsigned char *)text;
    *used = 1;
    if (length == 0)
        return TEXT_INVALID;
    if (s[0] < 0x80)
        return s[0];
    size_t tail = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : 1;
    if (s[0] < 0xC2 || s[0] > 0xF4 || tail >= length)
        return TEXT_INVALID;
    uint32_t c = decode_tail(s, tail, s[0] & (0x3FU >> tail));
    if (c == TEXT_INVALID || c < smallest[tail] || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF)
        return TEXT_INVALID;
    *used = tail + 1;
    return c;
}

size_t text_encode(uint32_t c, char out[4]) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned head[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(head[tail] | c >> (6 * tail));
    for (size_t i = 1; i <= tail; i++)
        out[i] = (char)(0x80U | (c >> (6 * (tail - i)) & 0x3FU));
    return tail + 1;
}

size_t text_copy(const char *text, char *out, size_t size) {
    size_t length = strlen(text), fits = length, used;
    if (length >= size) {
        fits = 0;
        while (text_decode(text + fits, length - fits, &used), fits + used < size)
            fits += used;
    }
    memcpy(out, text, fits);
    out[fits] = '\0';
    return fits;
}

size_t text_count(const char *text) {
    size_t length = strlen(text), count = 0, used;
    for (size_t at = 0; at < length; at += used, count++)
        text_decode(text + at, length - at, &used);
    return count;
}

struct range {
    uint32_t first, last;
};

static bool in_ranges(uint32_t c, const struct range *table, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (c >= table[i].first && c <= table[i].last)
            return true;
    return false;
}

#define IN(c, table) in_ranges((c), (table), sizeof(table) / sizeof((table)[0]))

bool text_is_control(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

bool text_is_bidi_control(uint32_t c) {
    static const struct range table[] = {{0x61C, 0x61C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};
    return c >= 0x61C && c <= 0x2069 && IN(c, table);
}

bool text_is_space(uint32_t c) {
    static const struct range table[] = {{0x9, 0xD},       {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},
                                         {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                                         {0x205F, 0x205F}, {0x3000, 0x3000}};
    return c <= 0x3000 && IN(c, table);
}

bool text_is_zero_width(uint32_t c) {
    static const struct range table[] = {{0xAD, 0xAD},     {0x34F, 0x34F},   {0x180B, 0x180F}, {0x200B, 0x200D},
                                         {0x2060, 0x2064}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE01EF}};
    return c >= 0xAD && IN(c, table);
}

bool text_is_blank(const char *text) {
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (!text_is_space(c) && !text_is_zero_width(c))
            return false;
    }
    return true;
}
