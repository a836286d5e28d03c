#include <stdio.h>
#include <stdlib.h>

#include "tui/message.h"
#include "tui/screen/view.h"

struct help_view {
    struct view view;
    enum key_place place;
    int top; /* first line shown */
    int lines;
};

static int put_line(const struct help_view *help, int index, int top, int bottom, enum role_look look,
                    const char *keys, const char *note) {
    char line[512];
    int row = top + index - help->top;
    snprintf(line, sizeof line, "  %s", note);
    if (row >= top && row < bottom) {
        term_put(row, 0, 12, look == LOOK_HEADING ? look : LOOK_NOTICE, keys);
        term_put(row, 12, term_columns() - 12, look, line);
    }
    return index + 1;
}

static int put_place(struct help_view *help, int index, int top, int bottom, enum key_place place, const char *title) {
    index = put_line(help, index, top, bottom, LOOK_HEADING, "", title);
    for (size_t i = 0; i < key_binding_count; i++)
        if ((key_bindings[i].places & place) != 0)
            index = put_line(help, index, top, bottom, LOOK_PLAIN, key_bindings[i].shown, _(key_bindings[i].note));
    return put_line(help, index, top, bottom, LOOK_PLAIN, "", "");
}

static void draw(struct view *view, struct screen *screen, int top, int bottom) {
    struct help_view *help = (struct help_view *)view;
    enum key_place other = help->place == PLACE_QUEUE ? PLACE_DETAIL : PLACE_QUEUE;
    const char *here = help->place == PLACE_QUEUE ? _("Keys in the list") : _("Keys in an application");
    const char *there = help->place == PLACE_QUEUE ? _("Keys in an application") : _("Keys in the list");
    (void)screen;
    for (int row = top; row < bottom; row++)
        term_blank(row, 0, term_columns(), LOOK_PLAIN);
    int index = put_place(help, 0, top, bottom, help->place, here);
    index = put_place(help, index, top, bottom, other, there);
    index = put_line(help, index, top, bottom, LOOK_HEADING, "", _("Signs"));
    index = put_line(help, index, top, bottom, LOOK_PLAIN, "+  ~  x", _("approvable, partly approvable, blocked"));
    index = put_line(help, index, top, bottom, LOOK_PLAIN, "!3  *2", _("3 working days overdue; due in 2, soon"));
    index = put_line(help, index, top, bottom, LOOK_PLAIN, "?", _("provisional: the holiday notice is missing"));
    help->lines = put_line(help, index, top, bottom, LOOK_PLAIN, "Y",
                           _("in a box: the only key that decides; n or Esc cancels"));
    term_cursor(top, 0, true);
}

static void key(struct view *view, struct screen *screen, const struct key *pressed) {
    struct help_view *help = (struct help_view *)view;
    int page = term_rows() - 4, last = help->lines > page ? help->lines - page : 0;
    switch (keys_action(pressed, PLACE_HELP)) {
    case ACTION_DOWN:
        help->top += 1;
        break;
    case ACTION_UP:
        help->top -= 1;
        break;
    case ACTION_PAGE_DOWN:
        help->top += page;
        break;
    case ACTION_PAGE_UP:
        help->top -= page;
        break;
    case ACTION_FIRST:
        help->top = 0;
        break;
    case ACTION_LAST:
        help->top = last;
        break;
    case ACTION_BACK:
        screen_pop(screen);
        return;
    default:
        break;
    }
    help->top = help->top > last ? last : help->top < 0 ? 0 : help->top;
}

static void close_view(struct view *view) {
    free(view);
}

struct view *help_view_new(struct screen *screen, enum key_place place) {
    struct help_view *help = calloc(1, sizeof *help);
    (void)screen;
    if (help == NULL)
        return NULL;
    help->view = (struct view){
        .draw = draw, .key = key, .close = close_view, .place = PLACE_HELP, .title = N_("Help")};
    help->place = place;
    return &help->view;
}
