#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/door.h"
#include "tui/message.h"
#include "tui/screen/view.h"

/* The second of the two keys: no letter that opens a box, not Enter, not Space. */
#define CONFIRM_KEY "Y"

struct box_view {
    struct view view;
    struct box_content content;
    void (*confirmed)(void *owner, struct screen *screen);
    void *owner;
    bool drawn; /* nothing is confirmed that was not on the screen, whole, before the key */
};

void box_add(struct box_content *content, enum role_look look, const char *text) {
    if (content->count == BOX_LINES)
        return;
    content->lines[content->count].look = look;
    snprintf(content->lines[content->count++].text, sizeof content->lines[0].text, "%s", text);
}

/* Lines wrap at the box's width; returns the rows used. Draws where `row` is not negative. */
static int put_wrapped(int row, int left, int cells, int limit, enum role_look look, const char *text) {
    int rows = 0;
    do {
        size_t n = door_prefix(text, cells, NULL);
        char piece[1024];
        snprintf(piece, sizeof piece, "%.*s", (int)n, text);
        if (row >= 0 && row + rows < limit)
            term_put(row + rows, left, cells, look, piece);
        text += n;
        rows++;
        if (n == 0)
            break;
    } while (*text != '\0');
    return rows;
}

static int height(const struct box_content *content, int cells) {
    int rows = 0;
    for (size_t i = 0; i < content->count; i++)
        rows += put_wrapped(-1, 0, cells, 0, LOOK_PLAIN, content->lines[i].text);
    return rows;
}

static void frame(int top, int left, int rows, int cells, const char *title) {
    char line[1024];
    for (int i = 0; i < rows; i++)
        term_blank(top + i, left, cells, i == 0 || i == rows - 1 ? LOOK_BAR : LOOK_PLAIN);
    snprintf(line, sizeof line, " %s", title);
    term_put(top, left, cells, LOOK_BAR, line);
    for (int i = 1; i < rows - 1; i++) {
        term_put(top + i, left, 1, LOOK_BAR, " ");
        term_put(top + i, left + cells - 1, 1, LOOK_BAR, " ");
    }
}

static void draw(struct view *view, struct screen *screen, int top, int bottom) {
    struct box_view *box = (struct box_view *)view;
    int columns = term_columns(), cells = columns < 80 ? columns - 2 : 76, inner = cells - 4;
    int rows = height(&box->content, inner) + 3, room = bottom - top;
    int first = top + (room - rows) / 2, left = (columns - cells) / 2;
    char answer[256];
    first = first < top ? top : first;
    int limit = first + rows > bottom ? bottom : first + rows;
    frame(first, left, limit - first, cells, box->content.title);
    int row = first + 1;
    for (size_t i = 0; i < box->content.count; i++)
        row += put_wrapped(row, left + 2, inner, limit - 2, box->content.lines[i].look, box->content.lines[i].text);
    snprintf(answer, sizeof answer, _("%s %s    n, Esc: cancel"), CONFIRM_KEY ":", box->content.yes);
    term_put(limit - 2, left + 2, inner, LOOK_HEADING, answer);
    term_cursor(limit - 2, left + 2, true);
    screen->footer = _(" Read it again. Capital Y confirms, n or Esc goes back.");
    box->drawn = rows <= room;
    if (!box->drawn)
        screen_say(screen, LOOK_NOTICE, _("the box does not fit: enlarge the window to decide"));
}

static void key(struct view *view, struct screen *screen, const struct key *pressed) {
    struct box_view *box = (struct box_view *)view;
    if (pressed->code == INPUT_ESCAPE || (pressed->code == INPUT_TEXT && strcmp(pressed->text, "n") == 0)) {
        screen_pop(screen);
        return;
    }
    bool yes = pressed->code == INPUT_TEXT && strcmp(pressed->text, CONFIRM_KEY) == 0;
    if (!yes || pressed->burst || !box->drawn || !screen_is_visible())
        return;
    void (*confirmed)(void *, struct screen *) = box->confirmed;
    void *owner = box->owner;
    screen_pop(screen);
    confirmed(owner, screen);
}

static void close_view(struct view *view) {
    free(view);
}

struct view *box_view_new(const struct box_content *content, void (*confirmed)(void *owner, struct screen *screen),
                          void *owner) {
    struct box_view *box = calloc(1, sizeof *box);
    if (box == NULL)
        return NULL;
    box->view = (struct view){.draw = draw, .key = key, .close = close_view, .title = N_("Confirm"), .covers = true};
    box->content = *content;
    box->confirmed = confirmed;
    box->owner = owner;
    return &box->view;
}
