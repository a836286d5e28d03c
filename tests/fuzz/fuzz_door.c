/* The one door between data and a terminal, and lines broken to a width: tui/door.h, tui/draw.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "core/text.h"
#include "tests/fuzz/fuzz.h"
#include "tui/door.h"
#include "tui/draw.h"

enum { MARK = 16, CELLS_MAX = 300, MARKS_IN_A_ROW = 3 };

/* Letters and signs that are drawn as nothing. */
static bool is_blank_sign(uint32_t c) {
    static const uint32_t blanks[] = {0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x1D173};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        if (blanks[i] == c)
            return true;
    return false;
}

/* Nothing that could do something to a terminal, hide there, or stand on nothing; returns the cells it takes, as the C
 * library counts them. */
static int check_safe(const char *text) {
    size_t length = strlen(text), used;
    int cells = 0, marks = MARKS_IN_A_ROW; /* the first character must have a cell */
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        int width = c == TEXT_INVALID ? -1 : wcwidth((wchar_t)c);
        FUZZ_MUST(width >= 0 && !text_is_control(c) && !text_is_bidi_control(c) && !text_is_zero_width(c));
        FUZZ_MUST(!(c >= 0xE000 && c <= 0xF8FF) && c < 0xE0000 && !is_blank_sign(c));
        marks = width > 0 ? 0 : marks + 1;
        FUZZ_MUST(marks <= MARKS_IN_A_ROW);
        cells += width;
    }
    return cells;
}

static void check_text(const char *text, size_t room) {
    size_t size = MARK * strlen(text) + 1;
    char *out = malloc(size), *again = malloc(size), *small = malloc(room + 1);
    FUZZ_MUST(out != NULL && again != NULL && small != NULL);
    door_text(text, out, size);
    int cells = check_safe(out);
    FUZZ_MUST(door_width(text) == cells && door_width(out) == cells);
    FUZZ_MUST(strcmp(door_text(out, again, size), out) == 0);
    door_text(text, small, room + 1);
    FUZZ_MUST(strncmp(small, out, strlen(small)) == 0);
    check_safe(small);
    free(small);
    free(again);
    free(out);
}

static void check_fit(const char *text, int cells, size_t room) {
    char fitted[MARK * CELLS_MAX], *small = malloc(room + 1);
    FUZZ_MUST(small != NULL);
    door_fit(text, cells, fitted, sizeof fitted);
    FUZZ_MUST(check_safe(fitted) == cells);
    FUZZ_MUST(check_safe(door_fit(text, cells, small, room + 1)) <= cells);
    free(small);
}

static int width_of(char *text, size_t length) {
    char kept = text[length];
    text[length] = '\0';
    int width = door_width(text);
    text[length] = kept;
    return width;
}

static void check_prefix(char *text, int cells) {
    int used = -1;
    size_t n = door_prefix(text, cells, &used);
    FUZZ_MUST(n <= strlen(text) && used >= 0 && used <= cells && used <= door_width(text));
    FUZZ_MUST(door_prefix(text, cells + 1, NULL) >= n);
    FUZZ_MUST(width_of(text, n) == used);
}

/* Broken into lines, nothing but the breaks is lost, and no line is wider than asked but
 * where not even its first character has room. */
static void check_lines(char *text, int cells) {
    size_t length = strlen(text), at = 0, skip, used;
    while (at < length) {
        size_t n = draw_break(text + at, cells, &skip);
        FUZZ_MUST(n + skip > 0 && n + skip <= length - at);
        FUZZ_MUST(strspn(text + at + n, " \n") >= skip && memchr(text + at, '\n', n) == NULL);
        text_decode(text + at, length - at, &used);
        int width = width_of(text + at, n);
        FUZZ_MUST(width <= cells || width == width_of(text + at, used));
        at += n + skip;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int cells = (int)fuzz_take(&data, &size, 1);
    size_t room = fuzz_take(&data, &size, 1);
    char *text = fuzz_text(data, size);
    fuzz_locale();
    check_text(text, room);
    check_fit(text, cells, room);
    check_prefix(text, cells);
    if (cells > 0)
        check_lines(text, cells);
    free(text);
    return 0;
}
