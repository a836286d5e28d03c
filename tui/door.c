#include "tui/door.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "core/text.h"

enum { MARKS_IN_A_ROW = 3, MARK_SIZE = 16 };

/* One character as it leaves the door: its bytes and its cells. */
struct glyph {
    char bytes[MARK_SIZE];
    int cells;
    bool combining;
};

/* Characters that take a cell, or none, and show nothing: somebody could hide something in them. */
static bool unseen(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x2028, 0x2029},   {0x3164, 0x3164},     {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB}, {0x2800, 0x2800}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},   {0x206A, 0x206F},
        {0xD7B0, 0xD7FF}, {0x600, 0x605},   {0x6DD, 0x6DD},     {0x70F, 0x70F},       {0x2065, 0x2065},
    };
    if (text_is_zero_width(c) || text_is_bidi_control(c))
        return true;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

static void mark(struct glyph *glyph, const char *format, unsigned value) {
    snprintf(glyph->bytes, sizeof glyph->bytes, format, value);
    glyph->cells = (int)strlen(glyph->bytes);
    glyph->combining = false;
}

static void plain(struct glyph *glyph, uint32_t c, int cells) {
    size_t n = text_encode(c, glyph->bytes);
    glyph->bytes[n] = '\0';
    glyph->cells = cells;
    glyph->combining = cells == 0;
}

/* What stands at the start of `text`; returns its bytes. `marks` counts the combining marks so far on one base, -1 where
 * there is no base yet. */
static size_t next_glyph(const char *text, size_t length, int *marks, struct glyph *glyph) {
    size_t used;
    uint32_t c = text_decode(text, length, &used);
    int cells = c == TEXT_INVALID ? -1 : wcwidth((wchar_t)c);
    if (c == TEXT_INVALID)
        mark(glyph, "<?%02X>", (unsigned char)text[0]);
    else if (c < 0x20)
        mark(glyph, "^%c", c + 0x40);
    else if (c == 0x7F)
        mark(glyph, "^?", 0);
    else if (text_is_control(c))
        mark(glyph, "<%02X>", c);
    else if (text_is_space(c) && c != 0x3000 && c != 0x2028 && c != 0x2029)
        plain(glyph, ' ', 1);
    else if (unseen(c) || cells < 0 || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 ||
             (cells == 0 && (*marks < 0 || *marks >= MARKS_IN_A_ROW)))
        mark(glyph, "<%04X>", c);
    else
        plain(glyph, c, cells);
    *marks = glyph->combining ? *marks + 1 : 0;
    return used;
}

char *door_text(const char *text, char *out, size_t size) {
    size_t length = strlen(text), written = 0;
    int marks = -1;
    for (size_t at = 0; at < length;) {
        struct glyph glyph;
        at += next_glyph(text + at, length - at, &marks, &glyph);
        size_t n = strlen(glyph.bytes);
        if (written + n >= size)
            break;
        memcpy(out + written, glyph.bytes, n);
        written += n;
    }
    out[written] = '\0';
    return out;
}

int door_width(const char *text) {
    size_t length = strlen(text);
    int cells = 0, marks = -1;
    for (size_t at = 0; at < length;) {
        struct glyph glyph;
        at += next_glyph(text + at, length - at, &marks, &glyph);
        cells += glyph.cells;
    }
    return cells;
}

size_t door_prefix(const char *text, int cells, int *used_cells) {
    size_t length = strlen(text), at = 0;
    int taken = 0, marks = -1;
    while (at < length) {
        struct glyph glyph;
        size_t used = next_glyph(text + at, length - at, &marks, &glyph);
        if (taken + glyph.cells > cells)
            break;
        taken += glyph.cells;
        at += used;
    }
    if (used_cells != NULL)
        *used_cells = taken;
    return at;
}

char *door_fit(const char *text, int cells, char *out, size_t size) {
    static const char ellipsis[] = "…";
    char cut[4096];
    int used = 0;
    bool fits = door_width(text) <= cells;
    size_t n = door_prefix(text, fits ? cells : cells - 1, &used);
    snprintf(cut, sizeof cut, "%.*s", (int)n, text);
    door_text(cut, out, size);
    size_t written = strlen(out);
    if (!fits && cells > 0 && written + sizeof ellipsis < size) {
        memcpy(out + written, ellipsis, sizeof ellipsis);
        written += sizeof ellipsis - 1;
        used++;
    }
    for (; used < cells && written + 1 < size; used++)
        out[written++] = ' ';
    out[written] = '\0';
    return out;
}
