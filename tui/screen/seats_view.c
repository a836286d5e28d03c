/* Who is in, and on which record (SPEC 8): for supervisors. */
#include <stdio.h>
#include <time.h>

#include "store/seat.h"
#include "tui/message.h"
#include "tui/screen/page.h"
#include "tui/screen/views.h"

enum { NAME_CELLS = 17 };

static void write_seat(struct screen *screen, struct sheet *sheet, const struct seat *seat) {
    enum { MINUTE = 60 };
    struct queue_row row;
    struct reviewer reviewer = {.name = ""};
    struct err err = {0};
    int64_t open_for = (int64_t)time(NULL) - seat->since;
    bool known = people_find(screen->store, seat->login, &reviewer, &err) == STATUS_OK && reviewer.name[0] != '\0';
    const char *name = known ? reviewer.name : seat->login;
    if (seat->application_id == 0 || queue_row(screen->store, seat->application_id, &row, &err) != STATUS_OK)
        sheet_pair(sheet, name, PAINT_NORMAL, _("no application open"));
    else
        sheet_pair_format(sheet, name, PAINT_NORMAL, _("%s  %s, for %lld minutes"), row.application_no, row.name,
                          (long long)(open_for < 0 ? 0 : open_for / MINUTE));
}

static void write(struct screen *screen, struct page *page, int cols) {
    struct seat seats[SEATS];
    size_t count = seat_others(screen->store, 0, seats, SEATS);
    sheet_start(&page->sheet, cols, NAME_CELLS);
    sheet_format(&page->sheet, 0, PAINT_SECTION, _("other sessions: %zu"), count);
    for (size_t i = 0; i < count; i++)
        write_seat(screen, &page->sheet, &seats[i]);
}

static const struct view_class seats_class = {
    .keys = KEYS_PAGE,
    .live = true,
    .title = N_("Who is in"),
    .draw = page_draw,
    .works = page_works,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void seats_view_open(struct screen *screen) {
    if (people_may(store_reviewer(screen->store)->role, RIGHT_SUPERVISE))
        page_open(screen, &seats_class, NULL, write);
    else
        view_say(screen, PAINT_ERROR, "%s", _("your role may not do this"));
}
