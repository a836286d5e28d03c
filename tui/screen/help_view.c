/* Help, made from the key table. */
#include <stdlib.h>

#include "tui/message.h"
#include "tui/screen/page.h"
#include "tui/screen/views.h"

enum { KEY_CELLS = 24, KEY_CELLS_NARROW = 16, NARROW_COLS = 60 };

static void write_keys(const struct keys *all, struct sheet *sheet, unsigned view) {
    char names[KEYS_NAME_SIZE];
    for (size_t i = 0; i < all->count; i++)
        if ((all->entries[i].views & view) != 0)
            sheet_pair(sheet, keys_names(&all->entries[i], false, names), PAINT_NORMAL, _(all->entries[i].note));
}

static void write_signs(struct sheet *sheet) {
    sheet_section(sheet, _("Signs"));
    sheet_pair(sheet, "✓ ◐ ✗", PAINT_NORMAL, _("every specialty can be approved; some; none"));
    sheet_pair(sheet, "!", PAINT_NORMAL, _("past the decision deadline"));
    sheet_pair(sheet, "·", PAINT_NORMAL, _("at most 3 working days left"));
    sheet_pair(sheet, "*", PAINT_NORMAL, _("marked, to be decided together"));
    sheet_pair(sheet, "?", PAINT_NORMAL, _("deadline provisional: the holiday notice of that year is not loaded"));
}

static void write_part(const struct keys *all, struct sheet *sheet, unsigned keys, bool here) {
    static const struct {
        unsigned view;
        const char *title;
    } parts[] = {
        {KEYS_QUEUE, N_("In the queue")},       {KEYS_SEARCH, N_("While searching")},
        {KEYS_DETAIL, N_("In an application")}, {KEYS_DECIDED, N_("In the list of decisions")},
        {KEYS_PAGE, N_("In a text")},           {KEYS_CONFIRM, N_("In the box that decides")},
        {KEYS_EDITOR, N_("Writing reasons")},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if ((parts[i].view == keys) == here) {
            sheet_section(sheet, _(parts[i].title));
            write_keys(all, sheet, parts[i].view);
        }
}

static void write(struct screen *screen, struct page *page, int cols) {
    const unsigned *keys = page->data; /* of the view help was asked for in */
    sheet_start(&page->sheet, cols, cols < NARROW_COLS ? KEY_CELLS_NARROW : KEY_CELLS);
    write_signs(&page->sheet);
    write_part(&screen->keys, &page->sheet, *keys, true);
    write_part(&screen->keys, &page->sheet, *keys, false);
}

static const struct view_class help_view_class = {
    .keys = KEYS_HELP,
    .title = N_("Help"),
    .draw = page_draw,
    .works = page_works,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void help_view_open(struct screen *screen, unsigned keys) {
    unsigned *kept = malloc(sizeof *kept);
    if (kept == NULL)
        return;
    *kept = keys;
    page_open(screen, &help_view_class, kept, write);
}
