#include "tui/screen/frame.h"

#include <ncurses.h>
#include <stdio.h>
#include <string.h>

#include "tui/door.h"
#include "tui/message.h"

enum { NARROW_COLS = 60 };

/* "训练库 · 2021-11-05 · 李华". */
static void write_standing(const struct screen *screen, char *out, size_t size) {
    const struct reviewer *reviewer = store_reviewer(screen->store);
    const char *between = screen->term.cols < NARROW_COLS ? " " : " · ";
    char date[DAY_TEXT_SIZE], day_words[128];
    day_format(screen->today, date);
    snprintf(day_words, sizeof day_words, store_day_is_set(screen->store) ? _("set day %s") : "%s", date);
    snprintf(out, size, "%s%s%s%s%s ", store_is_training(screen->store) ? _("TRAINING") : "",
             store_is_training(screen->store) ? between : "", day_words, between,
             reviewer->name[0] == '\0' ? reviewer->login : reviewer->name);
}

static void draw_header(const struct screen *screen) {
    const struct terminal *term = &screen->term;
    char right[PEOPLE_NAME_SIZE + 256];
    const char *title = "";
    for (size_t i = 0; i < screen->depth; i++)
        if (!screen->views[i].class->box)
            title = screen->views[i].class->title;
    write_standing(screen, right, sizeof right);
    int cells = door_width(right), most = term->cols < NARROW_COLS ? term->cols - 2 : term->cols * 2 / 3;
    cells = cells > most ? most : cells;
    draw_cells(term, 0, 0, term->cols, PAINT_TITLE, false, "");
    int col =
        draw_run(term, 0, 1, term->cols - cells - 1, PAINT_TITLE, term->cols >= NARROW_COLS ? "一建 yijian  " : "");
    draw_run(term, 0, col, term->cols - cells - 1, PAINT_TITLE, _(title));
    draw_cells(term, 0, term->cols - cells, cells, PAINT_TITLE, false, right);
}

/* The end of the room a word has in the last line. The last place stays free: some terminals scroll when it is written.
 * On others curses writes what belongs there into the place before and pushes it along, so that no wide character may
 * end in that one either: it would lose its half. */
static int footer_end(const struct terminal *term, const char *word) {
    size_t length = strlen(word);
    bool wide = length > 0 && ((unsigned char)word[length - 1] & 0x80U) != 0;
    return wide ? term->cols - 2 : term->cols - 1;
}

static void draw_footer(struct screen *screen, const struct view *view) {
    const struct terminal *term = &screen->term;
    unsigned keys = view->class->keys;
    int row = term->rows - 1, col = 0;
    draw_cells(term, row, 0, term->cols - 1, PAINT_NORMAL, false, "");
    for (size_t i = 0; i < screen->keys.count; i++) {
        const struct keys_entry *entry = &screen->keys.entries[i];
        char name[KEYS_NAME_SIZE];
        if ((entry->views & keys) == 0 || entry->word == NULL ||
            (view->class->works != NULL && !view->class->works(screen, view->state, entry->action)))
            continue;
        const char *word = view->class->word == NULL ? NULL : view->class->word(screen, view->state, entry->action);
        word = _(word == NULL ? entry->word : word);
        keys_names(entry, true, name);
        if (col + door_width(name) + 1 + door_width(word) > footer_end(term, word))
            continue;
        int from = col;
        col = draw_run(term, row, col, term->cols - 1, PAINT_KEY, name) + 1;
        col = draw_run(term, row, col, term->cols - 1, PAINT_NORMAL, word) + 2;
        view_spot(screen, row, from, col - 2, entry->action, 0);
    }
}

/* Behind the box that decides the editor is not drawn: its text stands in the box. */
static bool is_covered(const struct screen *screen, size_t view) {
    return view + 1 < screen->depth && screen->views[view].class->type != NULL &&
           screen->views[view + 1].class->keys == KEYS_CONFIRM;
}

static void draw_all(struct screen *screen) {
    const struct terminal *term = &screen->term;
    size_t first = screen->depth - 1;
    erase();
    screen->spot_count = 0;
    if (term_is_too_small(term)) {
        char text[256];
        snprintf(text, sizeof text, _("too small: %dx%d"), term->cols, term->rows);
        draw_cells(term, 0, 0, term->cols, PAINT_NORMAL, false, text);
        snprintf(text, sizeof text, _("at least %dx%d"), TERM_COLS_MIN, TERM_ROWS_MIN);
        draw_cells(term, 1, 0, term->cols, PAINT_NORMAL, false, text);
        move(0, 0);
        return;
    }
    while (first > 0 && screen->views[first].class->box)
        first--;
    draw_header(screen);
    for (size_t i = first; i < screen->depth; i++) {
        if (is_covered(screen, i))
            continue;
        screen->spot_count = 0; /* what lies below a box cannot be clicked */
        screen->views[i].class->draw(screen, screen->views[i].state, view_area(screen));
    }
    if (screen->message[0] != '\0')
        draw_cells(term, term->rows - 2, 0, term->cols, screen->message_paint, false, screen->message);
    draw_footer(screen, &screen->views[screen->depth - 1]);
    move(screen->cursor_row, screen->cursor_col);
}

void frame_show(struct screen *screen) {
    draw_all(screen);
    term_show();
}
