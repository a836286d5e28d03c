/* What the ledger has on one person, oldest first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/events.h"
#include "tui/message.h"
#include "tui/screen/page.h"
#include "tui/screen/views.h"

enum { TEXT_SIZE = 1024, SHANGHAI_HOURS = 8 };

struct listing {
    struct screen *screen;
    struct sheet *sheet;
    size_t count;
};

/* "2021-11-05 18:23" in Shanghai, of an instant "2021-11-05T10:23:45Z". */
static void local_time(const char *instant, char *out, size_t size) {
    enum { DATE_LENGTH = 10, HOUR_AT = 11, MINUTE_AT = 14, HOURS_A_DAY = 24 };
    char date[DAY_TEXT_SIZE], hours[3] = "";
    day on;
    snprintf(date, sizeof date, "%.*s", DATE_LENGTH, instant);
    if (!day_parse(date, &on) || strlen(instant) < MINUTE_AT + 2) {
        snprintf(out, size, "%s", instant);
        return;
    }
    memcpy(hours, instant + HOUR_AT, 2);
    int hour = (int)strtol(hours, NULL, 10) + SHANGHAI_HOURS;
    snprintf(out, size, "%s %02d:%.2s", day_format(on + hour / HOURS_A_DAY, date), hour % HOURS_A_DAY,
             instant + MINUTE_AT);
}

static const char *event_word(const char *event, enum language language) {
    static const struct document_word words[] = {
        {"accept", "受理", "accepted"},
        {"approve", "准予", "approved"},
        {"refuse", "不予", "refused"},
        {"return", "退回补正", "returned for correction"},
        {"withdraw", "撤回", "withdrawn"},
        {"extend", "延期", "deadline extended"},
        {"revoke", "撤销决定", "decision revoked"},
        {"reveal", "查看完整证件号码", "full id number shown"},
    };
    int index = document_word_find(words, sizeof words / sizeof words[0], event);
    return index < 0 ? event : message_word(&words[index], language);
}

static bool add(void *data, const struct event_row *row) {
    struct listing *listing = data;
    char at[64], decision[64] = "";
    local_time(row->at, at, sizeof at);
    if (row->decision_no > 0)
        snprintf(decision, sizeof decision, _("decision no. %lld"), (long long)row->decision_no);
    sheet_format(listing->sheet, 0, PAINT_NORMAL, "%s  %s  %s  %s  %s", at,
                 event_word(row->event, listing->screen->language), row->by_name, row->application_no, decision);
    if (row->detail[0] != '\0')
        sheet_text(listing->sheet, 2, PAINT_LABEL, row->detail);
    listing->count++;
    return true;
}

static void write(struct screen *screen, struct page *page, int cols) {
    struct listing listing = {.screen = screen, .sheet = &page->sheet};
    struct events_filter filter = {.id_number = page->data, .from = DAY_NONE, .to = DAY_NONE};
    struct err err = {0};
    sheet_start(&page->sheet, cols, 0);
    if (events_each(screen->store, &filter, add, &listing, &err) != STATUS_OK)
        view_say_err(screen, &err);
    else if (listing.count == 0)
        sheet_text(&page->sheet, 0, PAINT_NORMAL, _("nothing was done yet"));
}

static const struct view_class ledger_class = {
    .keys = KEYS_PAGE,
    .title = N_("Ledger of the person"),
    .draw = page_draw,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void ledger_view_open(struct screen *screen, const char *id_number) {
    char *kept = strdup(id_number);
    if (kept != NULL)
        page_open(screen, &ledger_class, kept, write);
}
