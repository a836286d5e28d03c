#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/view.h"

enum { EDIT_SIZE = 4096 };

struct edit_view {
    struct view view;
    struct edit_spec spec;
    char title[256], hint[256];
    char text[EDIT_SIZE];
    size_t length, cursor; /* bytes */
    bool touched;
    bool asked; /* Esc once: the text would be dropped */
    int first;  /* first row of text shown */
};

static size_t character_at(const struct edit_view *edit, size_t at) {
    size_t used;
    text_decode(edit->text + at, edit->length - at, &used);
    return used;
}

static size_t character_before(const struct edit_view *edit, size_t at) {
    size_t back = 1;
    while (back < at && ((unsigned char)edit->text[at - back] & 0xC0) == 0x80)
        back++;
    return back;
}

static void insert(struct edit_view *edit, const char *text) {
    size_t n = strlen(text), used;
    uint32_t c = text_decode(text, n, &used);
    if (edit->spec.one_line && c == '\n')
        text = " ";
    else if (c != '\n' && (text_is_control(c) || text_is_bidi_control(c)))
        return;
    if (edit->length + n >= EDIT_SIZE)
        return;
    memmove(edit->text + edit->cursor + n, edit->text + edit->cursor, edit->length - edit->cursor + 1);
    memcpy(edit->text + edit->cursor, text, n);
    edit->length += n;
    edit->cursor += n;
    edit->touched = true;
}

static void erase(struct edit_view *edit, size_t from, size_t n) {
    memmove(edit->text + from, edit->text + from + n, edit->length - from - n + 1);
    edit->length -= n;
    edit->cursor = from;
    edit->touched = true;
}

/* The row of text that starts at `at`: its bytes, and where the next starts. */
static size_t row_length(const struct edit_view *edit, size_t at, int cells, size_t *next) {
    size_t line = strcspn(edit->text + at, "\n");
    char piece[EDIT_SIZE];
    snprintf(piece, sizeof piece, "%.*s", (int)line, edit->text + at);
    size_t n = door_prefix(piece, cells, NULL);
    *next = at + n + (n == line && edit->text[at + n] == '\n' ? 1 : 0);
    return n;
}

/* The text between two places, for measuring. */
static const char *between(const struct edit_view *edit, size_t from, size_t to, char out[EDIT_SIZE]) {
    snprintf(out, EDIT_SIZE, "%.*s", (int)(to - from), edit->text + from);
    return out;
}

/* Where the row the cursor is in starts, and the one before it (the same where there is none). */
static size_t row_start(const struct edit_view *edit, int cells, size_t *previous) {
    size_t at = 0, next;
    *previous = 0;
    for (;;) {
        size_t n = row_length(edit, at, cells, &next);
        if (next == at || edit->cursor < next || (next == edit->length && edit->text[at + n] != '\n'))
            return at;
        *previous = at;
        at = next;
    }
}

/* Moves a row up or down, keeping the cells as far as they go. */
static void move_row(struct edit_view *edit, int cells, int direction) {
    size_t previous, next, at = row_start(edit, cells, &previous);
    char text[EDIT_SIZE];
    size_t n = row_length(edit, at, cells, &next);
    int wanted = door_width(between(edit, at, edit->cursor, text));
    bool last = at + n >= edit->length;
    if ((direction < 0 && at == 0) || (direction > 0 && last))
        return;
    size_t target = direction < 0 ? previous : next;
    n = row_length(edit, target, cells, &next);
    edit->cursor = target + door_prefix(between(edit, target, target + n, text), wanted, NULL);
}

static int edit_cells(void) {
    int columns = term_columns();
    return (columns < 100 ? columns - 2 : 96) - 4;
}

static void draw(struct view *view, struct screen *screen, int top, int bottom) {
    struct edit_view *edit = (struct edit_view *)view;
    int cells = edit_cells(), left = (term_columns() - cells) / 2, rows = edit->spec.one_line ? 1 : bottom - top - 4;
    int first = edit->spec.one_line ? top + (bottom - top) / 2 - 2 : top, row = 0, cursor_row = 0, cursor_column = 0;
    size_t at = 0, next;
    char piece[EDIT_SIZE];
    for (int i = first; i < first + rows + 3; i++)
        term_blank(i, left - 2, cells + 4, i == first || i == first + rows + 2 ? LOOK_BAR : LOOK_PLAIN);
    term_put(first, left - 1, cells + 2, LOOK_BAR, edit->title);
    term_put(first + 1, left, cells, LOOK_FAINT, edit->hint);
    for (;; row++, at = next) {
        size_t n = row_length(edit, at, cells, &next);
        snprintf(piece, sizeof piece, "%.*s", (int)n, edit->text + at);
        if (edit->cursor >= at && (edit->cursor < next || (edit->cursor == at + n))) {
            char before[EDIT_SIZE];
            snprintf(before, sizeof before, "%.*s", (int)(edit->cursor - at), edit->text + at);
            cursor_row = row;
            cursor_column = door_width(before);
        }
        if (row >= edit->first && row < edit->first + rows)
            term_put(first + 2 + row - edit->first, left, cells, LOOK_PLAIN, piece);
        if (at + n >= edit->length && edit->text[at + n] != '\n')
            break;
    }
    edit->first = cursor_row < edit->first ? cursor_row : cursor_row >= edit->first + rows ? cursor_row - rows + 1 : edit->first;
    term_cursor(first + 2 + cursor_row - edit->first, left + cursor_column, true);
    screen->footer = edit->spec.one_line ? _(" Enter: go on    Esc: cancel")
                                         : _(" Ctrl-S or F2: go on    Enter: new line    Esc: cancel");
}

static void leave(struct edit_view *edit, struct screen *screen) {
    if (edit->touched && edit->length > 0 && !edit->asked) {
        edit->asked = true;
        screen_say(screen, LOOK_NOTICE, _("what you wrote would be lost: Esc again drops it, any other key goes on"));
        return;
    }
    screen_pop(screen);
}

static void move_or_erase(struct edit_view *edit, enum key_code code) {
    size_t line;
    switch (code) {
    case INPUT_LEFT:
        edit->cursor -= edit->cursor > 0 ? character_before(edit, edit->cursor) : 0;
        break;
    case INPUT_RIGHT:
        edit->cursor += edit->cursor < edit->length ? character_at(edit, edit->cursor) : 0;
        break;
    case INPUT_HOME:
        while (edit->cursor > 0 && edit->text[edit->cursor - 1] != '\n')
            edit->cursor--;
        break;
    case INPUT_END:
        line = strcspn(edit->text + edit->cursor, "\n");
        edit->cursor += line;
        break;
    case INPUT_BACKSPACE:
        if (edit->cursor > 0) {
            size_t n = character_before(edit, edit->cursor);
            erase(edit, edit->cursor - n, n);
        }
        break;
    case INPUT_DELETE:
        if (edit->cursor < edit->length)
            erase(edit, edit->cursor, character_at(edit, edit->cursor));
        break;
    case INPUT_UP:
        move_row(edit, edit_cells(), -1);
        break;
    case INPUT_DOWN:
        move_row(edit, edit_cells(), 1);
        break;
    default:
        break;
    }
}

static void key(struct view *view, struct screen *screen, const struct key *pressed) {
    struct edit_view *edit = (struct edit_view *)view;
    if (pressed->code == INPUT_ESCAPE) {
        leave(edit, screen);
        return;
    }
    edit->asked = false;
    bool go_on = pressed->code == INPUT_F2 || (pressed->code == INPUT_CONTROL && pressed->text[0] == 's') ||
                 (edit->spec.one_line && pressed->code == INPUT_ENTER);
    if (go_on) {
        if (!pressed->burst)
            edit->spec.done(edit->spec.owner, screen, edit->text);
    } else if (pressed->code == INPUT_TEXT || pressed->code == INPUT_PASTE) {
        insert(edit, pressed->text);
    } else if (pressed->code == INPUT_ENTER) {
        insert(edit, "\n");
    } else {
        move_or_erase(edit, pressed->code);
    }
}

static void close_view(struct view *view) {
    free(view);
}

struct view *edit_view_new(const struct edit_spec *spec) {
    struct edit_view *edit = calloc(1, sizeof *edit);
    if (edit == NULL)
        return NULL;
    edit->view = (struct view){.draw = draw, .key = key, .close = close_view, .title = N_("Write"), .covers = true};
    edit->spec = *spec;
    snprintf(edit->title, sizeof edit->title, "%s", spec->title);
    snprintf(edit->hint, sizeof edit->hint, "%s", spec->hint == NULL ? "" : spec->hint);
    snprintf(edit->text, sizeof edit->text, "%s", spec->initial == NULL ? "" : spec->initial);
    edit->length = edit->cursor = strlen(edit->text);
    return &edit->view;
}
