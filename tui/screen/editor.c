#include "tui/screen/editor.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "core/text.h"
#include "tui/door.h"

void editor_set(struct editor *editor, bool one_line, const char *text) {
    editor->one_line = one_line;
    editor->length = editor->cursor = 0;
    editor->text[0] = '\0';
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used)
        editor_type(editor, text_decode(text + at, length - at, &used));
}

void editor_type(struct editor *editor, uint32_t character) {
    char bytes[4];
    if (character == '\r')
        character = '\n';
    if (character == '\t' || (character == '\n' && editor->one_line))
        character = ' ';
    if (character == TEXT_INVALID || (text_is_control(character) && character != '\n') ||
        text_is_bidi_control(character))
        return;
    size_t n = text_encode(character, bytes);
    if (editor->length + n >= sizeof editor->text)
        return;
    char *at = editor->text + editor->cursor;
    memmove(at + n, at, editor->length - editor->cursor + 1);
    memcpy(at, bytes, n);
    editor->length += n;
    editor->cursor += n;
}

/* A character that has no cell of its own belongs to the one before it. */
static bool joins(const char *text) {
    size_t used;
    uint32_t c = text_decode(text, strlen(text), &used);
    return c != TEXT_INVALID && c != '\n' && c != 0 && wcwidth((wchar_t)c) == 0;
}

static bool starts(const struct editor *editor, size_t at) {
    return ((unsigned char)editor->text[at] & 0xC0U) != 0x80 && !joins(editor->text + at);
}

static size_t before(const struct editor *editor, size_t at) {
    while (at > 0)
        if (starts(editor, --at))
            break;
    return at;
}

static size_t behind(const struct editor *editor, size_t at) {
    while (at < editor->length)
        if (++at == editor->length || starts(editor, at))
            break;
    return at;
}

static void erase(struct editor *editor, size_t from, size_t to) {
    memmove(editor->text + from, editor->text + to, editor->length - to + 1);
    editor->length -= to - from;
    editor->cursor = from;
}

/* A line as it is shown: from, to, and where the next one starts. */
struct shown {
    size_t from, to, next;
};

/* The shown line that starts at `from`; false behind the last. */
static bool shown_line(const struct editor *editor, size_t from, int cells, bool first, struct shown *line) {
    if (from > editor->length || (from == editor->length && !first && editor->text[from - 1] != '\n'))
        return false;
    size_t skip, n = draw_break(editor->text + from, cells, &skip);
    *line = (struct shown){.from = from, .to = from + n, .next = from + n + skip};
    if (line->next == line->from) /* the empty last line */
        line->next = editor->length + 1;
    return true;
}

/* The number of the shown line the cursor is on. */
static int cursor_line(const struct editor *editor, int cells, struct shown *on) {
    struct shown line;
    int number = 0, found = 0;
    *on = (struct shown){0, 0, 0};
    for (size_t from = 0; shown_line(editor, from, cells, number == 0, &line) && line.from <= editor->cursor;
         from = line.next) {
        found = number++;
        *on = line;
    }
    return found;
}

static int cells_before(const struct editor *editor, size_t from, size_t to) {
    char text[EDITOR_SIZE];
    snprintf(text, sizeof text, "%.*s", (int)(to > from ? to - from : 0), editor->text + from);
    return door_width(text);
}

static void move_line(struct editor *editor, int cells, int by) {
    struct shown on, line;
    int target = cursor_line(editor, cells, &on) + by, number = 0;
    int column = cells_before(editor, on.from, editor->cursor);
    if (target < 0)
        return;
    for (size_t from = 0; shown_line(editor, from, cells, number == 0, &line); from = line.next)
        if (number++ == target) {
            char text[EDITOR_SIZE];
            snprintf(text, sizeof text, "%.*s", (int)(line.to - line.from), editor->text + line.from);
            editor->cursor = line.from + door_prefix(text, column, NULL);
            return;
        }
}

bool editor_act(struct editor *editor, enum action action, int cells) {
    struct shown on;
    switch (action) {
    case ACTION_LEFT:
        editor->cursor = before(editor, editor->cursor);
        return true;
    case ACTION_RIGHT:
        editor->cursor = behind(editor, editor->cursor);
        return true;
    case ACTION_UP:
        move_line(editor, cells, -1);
        return true;
    case ACTION_DOWN:
        move_line(editor, cells, 1);
        return true;
    case ACTION_LINE_START:
        cursor_line(editor, cells, &on);
        editor->cursor = on.from;
        return true;
    case ACTION_LINE_END:
        cursor_line(editor, cells, &on);
        editor->cursor = on.to;
        return true;
    case ACTION_ERASE_BEFORE:
        if (editor->cursor > 0)
            erase(editor, before(editor, editor->cursor), editor->cursor);
        return true;
    case ACTION_ERASE_AT:
        if (editor->cursor < editor->length)
            erase(editor, editor->cursor, behind(editor, editor->cursor));
        return true;
    case ACTION_ERASE_ALL:
        erase(editor, 0, editor->length);
        return true;
    case ACTION_NEW_LINE:
        editor_type(editor, '\n');
        return true;
    default:
        return false;
    }
}

/* One line scrolls sideways: the part that ends at the cursor, where the whole does not fit. */
static void draw_one_line(const struct editor *editor, const struct terminal *term, struct draw_area area,
                          int *cursor_row, int *cursor_col) {
    size_t from = 0;
    while (cells_before(editor, from, editor->cursor) >= area.cols && from < editor->cursor)
        from = behind(editor, from);
    char text[EDITOR_SIZE];
    size_t fits = door_prefix(editor->text + from, area.cols, NULL);
    snprintf(text, sizeof text, "%.*s", (int)fits, editor->text + from);
    draw_cells(term, area.row, area.col, area.cols, PAINT_FIELD, false, text);
    *cursor_row = area.row;
    *cursor_col = area.col + cells_before(editor, from, editor->cursor);
}

void editor_draw(const struct editor *editor, const struct terminal *term, struct draw_area area, int *cursor_row,
                 int *cursor_col) {
    if (editor->one_line) {
        draw_one_line(editor, term, area, cursor_row, cursor_col);
        return;
    }
    struct shown on, line;
    int cells = area.cols - 1; /* the cursor needs a place behind the last character */
    int at = cursor_line(editor, cells, &on), first = at >= area.rows ? at - area.rows + 1 : 0, number = 0;
    draw_blank(term, area, PAINT_NORMAL);
    for (size_t from = 0; shown_line(editor, from, cells, number == 0, &line); from = line.next, number++) {
        if (number < first || number >= first + area.rows)
            continue;
        char text[EDITOR_SIZE];
        snprintf(text, sizeof text, "%.*s", (int)(line.to - line.from), editor->text + line.from);
        draw_cells(term, area.row + number - first, area.col, area.cols, PAINT_FIELD, false, text);
    }
    *cursor_row = area.row + at - first;
    *cursor_col = area.col + cells_before(editor, on.from, editor->cursor);
}
