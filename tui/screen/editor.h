/* A text being written: one line or several, by characters and cells. */
#ifndef TUI_SCREEN_EDITOR_H
#define TUI_SCREEN_EDITOR_H

#include "tui/draw.h"
#include "tui/keys.h"

enum { EDITOR_SIZE = 4096 };

struct editor {
    char text[EDITOR_SIZE]; /* valid UTF-8 without controls but line feeds */
    size_t length;
    size_t cursor; /* a byte where a character starts */
    bool one_line;
};

void editor_set(struct editor *editor, bool one_line, const char *text);

/* A character goes in at the cursor: a line feed or tab as a space where there is one line, other controls not at all.
 * Nothing happens where there is no room. */
void editor_type(struct editor *editor, uint32_t character);

/* Moves and erases; `cells` is the width the text is shown in. False: not an action of an editor. */
bool editor_act(struct editor *editor, enum action action, int cells);

/* Draws the text broken to the area, the line of the cursor in sight, and says where the cursor is. */
void editor_draw(const struct editor *editor, const struct terminal *term, struct draw_area area, int *cursor_row,
                 int *cursor_col);

#endif
