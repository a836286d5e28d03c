/* What the ledger has on one person, newest first: what happened last is what one opens it for, and the list of
 * decisions and a case file's earlier decisions stand in that order, too. */
#include <stdio.h>
#include <string.h>

#include "tui/instant.h"
#include "tui/ledger_text.h"
#include "tui/message.h"
#include "tui/screen/case_sheet.h"
#include "tui/screen/page.h"
#include "tui/screen/views.h"

struct listing {
    struct screen *screen;
    struct sheet *sheet;
    size_t count;
};

static void add_line(void *data, enum case_role role, const char *label, const char *text) {
    struct sheet *sheet = data;
    int indent = (int)strspn(text, " ");
    if (label[0] != '\0')
        sheet_pair(sheet, label, case_sheet_paint(role), text);
    else
        sheet_text(sheet, sheet->labels + indent, case_sheet_paint(role), text + indent);
}

static bool add(void *data, const struct event_row *row) {
    struct listing *listing = data;
    struct screen *screen = listing->screen;
    char at[INSTANT_TEXT_SIZE], heading[MESSAGE_SIZE];
    snprintf(heading, sizeof heading, "%s  %s  %s", instant_local(row->at, at),
             message_word(row->event, screen->language), row->by_name);
    sheet_section(listing->sheet, heading);
    if (row->application_no[0] != '\0')
        sheet_pair(listing->sheet, _("Application"), PAINT_NORMAL, row->application_no);
    ledger_text_write(screen->store, row, screen->language, add_line, listing->sheet);
    sheet_pair_format(listing->sheet, _("Ledger"), PAINT_LABEL, _("event no. %lld"), (long long)row->seq);
    listing->count++;
    return true;
}

static void write(struct screen *screen, struct page *page, int cols) {
    struct listing listing = {.screen = screen, .sheet = &page->sheet};
    struct events_filter filter = {.id_number = page->data, .from = DAY_NONE, .to = DAY_NONE, .newest_first = true};
    struct err err = {0};
    sheet_start(&page->sheet, cols, case_sheet_labels(cols, screen->language));
    if (events_each(screen->store, &filter, add, &listing, &err) != STATUS_OK)
        view_say_err(screen, &err);
    else if (listing.count == 0)
        sheet_text(&page->sheet, 0, PAINT_NORMAL, _("the ledger has nothing on this person yet"));
}

static const struct view_class ledger_class = {
    .keys = KEYS_PAGE,
    .title = N_("Ledger of the person"),
    .draw = page_draw,
    .works = page_works,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void ledger_view_open(struct screen *screen, const char *id_number) {
    char *kept = strdup(id_number);
    if (kept != NULL)
        page_open(screen, &ledger_class, kept, write);
}
