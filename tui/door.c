#include "tui/door.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "core/text.h"

enum { MARKS_IN_A_ROW = 3, MARK_SIZE = 16 };

/* One character as it leaves the door: its bytes and its cells. */
struct glyph {
    char bytes[MARK_SIZE]; /* and a NUL */
    size_t length;         /* of them, without it */
    int cells;
    bool combining;
};

/* Characters that take a cell, or none, and show nothing: somebody could hide something in them. */
static bool unseen(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x600, 0x605},     {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x890, 0x891},     {0x8E2, 0x8E2},
        {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x2028, 0x2029},   {0x2060, 0x206F},   {0x2800, 0x2800},
        {0x3164, 0x3164},   {0xD7B0, 0xD7FF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},   {0x110BD, 0x110BD},
        {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    };
    if (text_is_zero_width(c) || text_is_bidi_control(c))
        return true;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* Emoji and their like: terminals disagree how many cells they take, and the columns behind them would shift. */
static bool disputed(uint32_t c, int cells) {
    return cells == 2 && (c < 0x2E80 || (c >= 0x1F000 && c < 0x20000));
}

static bool private_use(uint32_t c) {
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static void mark(struct glyph *glyph, const char *format, unsigned value) {
    snprintf(glyph->bytes, sizeof glyph->bytes, format, value);
    glyph->length = strlen(glyph->bytes);
    glyph->cells = (int)glyph->length;
    glyph->combining = false;
}

static void plain(struct glyph *glyph, uint32_t c, int cells) {
    glyph->length = text_encode(c, glyph->bytes);
    glyph->bytes[glyph->length] = '\0';
    glyph->cells = cells;
    glyph->combining = cells == 0;
}

/* A combining mark that has nothing to stand on gets a dotted circle. */
static void on_circle(struct glyph *glyph, uint32_t c) {
    static const char circle[] = "◌";
    memcpy(glyph->bytes, circle, sizeof circle);
    glyph->length = sizeof circle - 1 + text_encode(c, glyph->bytes + sizeof circle - 1);
    glyph->bytes[glyph->length] = '\0';
    glyph->cells = 1;
    glyph->combining = true;
}

/* Most of what there is: printable ASCII and the unified ideographs of the basic plane need no table to be let through.
 * Returns the bytes taken, 0 where it is neither. */
static size_t common_glyph(const char *text, size_t length, struct glyph *glyph) {
    const unsigned char *s = (const unsigned char *)text;
    size_t used = 1;
    if (s[0] >= 0xE4 && s[0] <= 0xE9 && length >= 3) { /* U+4000 to U+9FFF */
        uint32_t c = text_decode(text, length, &used);
        if (c == TEXT_INVALID || c < 0x4E00)
            return 0;
    } else if (s[0] < 0x20 || s[0] > 0x7E) {
        return 0;
    }
    memcpy(glyph->bytes, text, used);
    glyph->bytes[used] = '\0';
    glyph->length = used;
    glyph->cells = used == 1 ? 1 : 2;
    return used;
}

/* What stands at the start of `text`; returns its bytes. `marks` counts the combining marks so far on one base, -1
 * where there is no base yet. */
static size_t next_glyph(const char *text, size_t length, int *marks, struct glyph *glyph) {
    size_t used = common_glyph(text, length, glyph);
    if (used > 0) {
        glyph->combining = false;
        *marks = 0;
        return used;
    }
    uint32_t c = text_decode(text, length, &used);
    int cells = c == TEXT_INVALID ? -1 : wcwidth((wchar_t)c);
    if (c == TEXT_INVALID)
        mark(glyph, "<?%02X>", (unsigned char)text[0]);
    else if (c < 0x20)
        mark(glyph, "^%c", c + 0x40);
    else if (c == 0x7F)
        mark(glyph, "^%c", '?');
    else if (text_is_control(c))
        mark(glyph, "<%02X>", c);
    else if (unseen(c) || cells < 0 || private_use(c) || disputed(c, cells) || (cells == 0 && *marks >= MARKS_IN_A_ROW))
        mark(glyph, "<%04X>", c);
    else if (text_is_space(c) && c != 0x3000) /* the ideographic space is two cells wide and stays */
        plain(glyph, ' ', 1);
    else if (cells == 0 && *marks < 0)
        on_circle(glyph, c);
    else
        plain(glyph, c, cells);
    *marks = !glyph->combining ? 0 : *marks < 0 ? 1 : *marks + 1;
    return used;
}

/* Adds so many bytes where they fit whole. */
static bool append(char *out, size_t size, size_t *written, const char *bytes, size_t n) {
    if (*written + n >= size)
        return false;
    memcpy(out + *written, bytes, n);
    *written += n;
    return true;
}

char *door_text(const char *text, char *out, size_t size) {
    size_t length = strlen(text), written = 0;
    int marks = -1;
    for (size_t at = 0; at < length;) {
        struct glyph glyph;
        at += next_glyph(text + at, length - at, &marks, &glyph);
        if (!append(out, size, &written, glyph.bytes, glyph.length))
            break;
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
    static const char more[] = "…";
    size_t length = strlen(text), written = 0, kept = 0; /* kept: what stays where the rest turns out not to fit */
    int used = 0, kept_cells = 0, marks = -1;
    bool cut = false;
    for (size_t at = 0; at < length && !cut;) {
        struct glyph glyph;
        at += next_glyph(text + at, length - at, &marks, &glyph);
        cut = used + glyph.cells > cells;
        if (cut || !append(out, size, &written, glyph.bytes, glyph.length))
            break;
        used += glyph.cells;
        if (used < cells) {
            kept = written;
            kept_cells = used;
        }
    }
    if (cut) {
        written = kept;
        used = kept_cells;
        if (cells > 0 && append(out, size, &written, more, sizeof more - 1))
            used++;
    }
    while (used < cells && append(out, size, &written, " ", 1))
        used++;
    out[written] = '\0';
    return out;
}
