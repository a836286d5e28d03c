#include "tui/draw.h"

#include <ctype.h>
#include <ncurses.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "core/text.h"
#include "tui/door.h"

enum { RUN_SIZE = 8192, COMBINING_FIRST = 0x300 };

static bool is_wide(int row, int col) {
    cchar_t cell;
    wchar_t characters[CCHARW_MAX + 1] = L"";
    attr_t attributes;
    short pair;
    return mvin_wch(row, col, &cell) == OK && getcchar(&cell, characters, &attributes, &pair, NULL) == OK &&
           wcwidth(characters[0]) == 2;
}

/* Whether a cell is the second half of a wide character. Curses gives both halves the same character: only counting
 * from the start of the row tells them apart. */
static bool is_second_half(const struct terminal *term, int row, int col) {
    int at = 0;
    if (col <= 0 || col >= term->cols || !is_wide(row, col - 1))
        return false;
    while (at < col)
        at += is_wide(row, at) ? 2 : 1;
    return at > col;
}

/* What is written must not cut a wide character in two: the terminal drops the half that is left, and curses does not
 * know. */
static void clear_halves(const struct terminal *term, int row, int col, int cells) {
    bool left = is_second_half(term, row, col), right = is_second_half(term, row, col + cells);
    if (left)
        mvaddstr(row, col - 1, "  ");
    if (right)
        mvaddstr(row, col + cells - 1, "  ");
}

/* In the place of signs that take two cells on this terminal: others of one. */
static const char *narrow_sign(uint32_t c) {
    static const struct {
        uint32_t sign;
        const char *text;
    } signs[] = {
        {0xB7, "."},    {0xD7, "x"},   {0x2014, "-"}, {0x2018, "'"}, {0x2019, "'"}, {0x201C, "\""},
        {0x201D, "\""}, {0x2026, "~"}, {0x2190, "<"}, {0x2191, "^"}, {0x2192, ">"}, {0x2193, "v"},
        {0x21BA, "<"},  {0x2500, "-"}, {0x2502, "|"}, {0x2588, "#"}, {0x2591, "-"}, {0x2593, "="},
        {0x25BD, "v"},  {0x25CC, "o"}, {0x25D0, "~"}, {0x2713, "+"}, {0x2717, "x"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i].sign == c)
            return signs[i].text;
    return "?";
}

/* Replaces every character of one cell beyond ASCII: the text takes the same cells as before, whatever the terminal
 * makes of such characters. */
static void narrow(char *text) {
    size_t length = strlen(text), used, to = 0;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        int cells = wcwidth((wchar_t)c);
        if (c < 0x80 || cells == 2) {
            memmove(text + to, text + at, used);
            to += used;
        } else if (cells == 1) {
            text[to++] = narrow_sign(c)[0];
        }
    }
    text[to] = '\0';
}

/* A run of cells on its way to curses. */
struct pen {
    int row, col; /* of the first of the line below */
    attr_t attributes;
    cchar_t line[64];
    int count, cells;
};

static void put_down(struct pen *pen) {
    if (pen->count > 0)
        mvadd_wchnstr(pen->row, pen->col, pen->line, pen->count);
    pen->col += pen->cells;
    pen->count = pen->cells = 0;
}

/* A character and its combining marks; returns their bytes. */
static size_t put_character(struct pen *pen, const char *text, size_t length) {
    wchar_t characters[CCHARW_MAX + 1] = {0};
    size_t at, used;
    characters[0] = (wchar_t)text_decode(text, length, &at);
    int cells = characters[0] < COMBINING_FIRST || wcwidth(characters[0]) < 2 ? 1 : 2;
    for (int marks = 1; at < length && marks < CCHARW_MAX; marks++, at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (c < COMBINING_FIRST || wcwidth((wchar_t)c) != 0)
            break;
        characters[marks] = (wchar_t)c;
    }
    setcchar(&pen->line[pen->count++], characters, pen->attributes, (short)PAIR_NUMBER(pen->attributes), NULL);
    pen->cells += cells;
    return at;
}

/* Writes text that has come through the door, cell by cell: given as a text, curses would take each byte of it through
 * the conversions of the C library. */
static void put_text(int row, int col, attr_t attributes, const char *text) {
    struct pen pen = {.row = row, .col = col, .attributes = attributes};
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        at += put_character(&pen, text + at, length - at);
        if (pen.count == (int)(sizeof pen.line / sizeof pen.line[0]))
            put_down(&pen);
    }
    put_down(&pen);
}

void draw_cells(const struct terminal *term, int row, int col, int cells, enum paint paint, bool selected,
                const char *text) {
    char fitted[RUN_SIZE];
    if (row < 0 || row >= term->rows || col < 0 || col >= term->cols)
        return;
    if (cells > term->cols - col)
        cells = term->cols - col;
    if (cells <= 0)
        return;
    clear_halves(term, row, col, cells);
    door_fit(text, cells, fitted, sizeof fitted);
    if (term->wide_signs)
        narrow(fitted);
    put_text(row, col, (attr_t)term_attributes(term, paint, selected), fitted);
}

int draw_run(const struct terminal *term, int row, int col, int end, enum paint paint, const char *text) {
    int cells = door_width(text);
    if (cells > end - col)
        cells = end - col;
    if (cells <= 0)
        return col;
    draw_cells(term, row, col, cells, paint, false, text);
    return col + cells;
}

void draw_blank(const struct terminal *term, struct draw_area area, enum paint paint) {
    for (int i = 0; i < area.rows; i++)
        draw_cells(term, area.row + i, area.col, area.cols, paint, false, "");
}

void draw_vertical(const struct terminal *term, int row, int col, int rows) {
    if (col < 0 || col >= term->cols || row >= term->rows)
        return;
    rows = rows > term->rows - row ? term->rows - row : rows;
    if (term->wide_signs)
        mvvline(row, col, '|', rows);
    else
        mvvline_set(row, col, WACS_VLINE, rows);
}

static void draw_edges(struct draw_area area, int bottom, int right) {
    mvhline_set(area.row, area.col, WACS_HLINE, area.cols);
    mvhline_set(bottom, area.col, WACS_HLINE, area.cols);
    mvvline_set(area.row, area.col, WACS_VLINE, area.rows);
    mvvline_set(area.row, right, WACS_VLINE, area.rows);
    mvadd_wch(area.row, area.col, WACS_ULCORNER);
    mvadd_wch(area.row, right, WACS_URCORNER);
    mvadd_wch(bottom, area.col, WACS_LLCORNER);
    mvadd_wch(bottom, right, WACS_LRCORNER);
}

static void draw_edges_plainly(struct draw_area area, int bottom, int right) {
    mvvline(area.row, area.col, '|', area.rows);
    mvvline(area.row, right, '|', area.rows);
    for (int i = 0; i < 2; i++) {
        int row = i == 0 ? area.row : bottom;
        mvhline(row, area.col, '-', area.cols);
        mvaddch(row, area.col, '+');
        mvaddch(row, right, '+');
    }
}

void draw_frame(const struct terminal *term, struct draw_area area, enum paint paint, const char *title) {
    int bottom = area.row + area.rows - 1, right = area.col + area.cols - 1;
    draw_blank(term, area, PAINT_NORMAL);
    attrset((int)term_attributes(term, paint == PAINT_ERROR ? PAINT_BAD : PAINT_NORMAL, false));
    if (term->wide_signs)
        draw_edges_plainly(area, bottom, right);
    else
        draw_edges(area, bottom, right);
    attrset(A_NORMAL);
    char spaced[RUN_SIZE];
    snprintf(spaced, sizeof spaced, " %s ", title);
    draw_run(term, area.row, area.col + 2, right - 1, paint, spaced);
}

static bool is_word(char byte) {
    return isgraph((unsigned char)byte) != 0;
}

/* Whether the text starts with a mark that does not begin a line of Chinese. */
static bool closes(const char *text) {
    static const char *const marks[] = {"，", "。", "、", "；", "：", "）", "〕", "”",
                                        "》", "！", "？", ")",  "]",  ",",  ";"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strncmp(text, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

/* Whether the text before it ends with a mark that does not end a line of Chinese. */
static bool opens(const char *text, size_t at) {
    static const char *const marks[] = {"（", "〔", "“", "《", "(", "["};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (at >= strlen(marks[i]) && strncmp(text + at - strlen(marks[i]), marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

static bool may_break(const char *text, size_t at) {
    return !closes(text + at) && !opens(text, at) && !(is_word(text[at - 1]) && is_word(text[at]));
}

static bool continues(char byte) {
    return ((unsigned char)byte & 0xC0U) == 0x80;
}

size_t draw_break(const char *text, int cells, size_t *skip) {
    size_t line = strcspn(text, "\n"), fits = door_prefix(text, cells, NULL);
    *skip = 0;
    if (fits >= line) {
        *skip = text[line] == '\n' ? 1 : 0;
        return line;
    }
    if (fits == 0) /* narrower than one character: it is given all the same, or there would be no end */
        for (int wide = cells + 1; fits == 0; wide++)
            fits = door_prefix(text, wide, NULL);
    if (text[fits] == ' ') {
        *skip = 1;
        return fits;
    }
    size_t word = fits;
    while (word > fits / 2 && !may_break(text, word))
        do
            word--;
        while (word > 0 && continues(text[word]));
    return word > fits / 2 ? word : fits;
}

char *draw_count(int64_t count, char out[DRAW_COUNT_SIZE]) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)(count < 0 ? 0 : count)), used = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = digits[i];
    }
    out[used] = '\0';
    return out;
}

struct draw_area draw_centre(const struct terminal *term, int rows, int cols) {
    struct draw_area area = {
        .rows = rows > term->rows ? term->rows : rows,
        .cols = cols > term->cols ? term->cols : cols,
    };
    area.row = (term->rows - area.rows) / 2;
    area.col = (term->cols - area.cols) / 2;
    return area;
}
