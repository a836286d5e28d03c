/* The notice of a decision as it would be printed. */
#include <stdlib.h>
#include <string.h>

#include "store/decision.h"
#include "tui/door.h"
#include "tui/message.h"
#include "tui/notice_text.h"
#include "tui/screen/page.h"
#include "tui/screen/views.h"

/* Where the paper is wider than the window, its margins are the first to go. */
static void add(struct sheet *sheet, const char *line) {
    while (*line == ' ' && door_width(line) > sheet->cols)
        line++;
    sheet_text(sheet, 0, PAINT_NORMAL, line);
}

static void write(struct screen *screen, struct page *page, int cols) {
    const int64_t *decision_no = page->data;
    struct decision *decision = NULL;
    struct err err = {0};
    sheet_start(&page->sheet, cols, 0);
    if (decision_read(screen->store, *decision_no, &decision, &err) != STATUS_OK) {
        view_say_err(screen, &err);
        return;
    }
    char *text = notice_text(decision, store_is_training(screen->store)), *rest = text, *line;
    decision_free(decision);
    if (text == NULL)
        view_say(screen, PAINT_ERROR, "%s", _("no memory left; nothing was changed"));
    while (rest != NULL && (line = strsep(&rest, "\n")) != NULL && rest != NULL)
        add(&page->sheet, line);
    free(text);
}

static const struct view_class notice_class = {
    .keys = KEYS_PAGE,
    .title = N_("Notice of decision"),
    .draw = page_draw,
    .works = page_works,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void notice_view_open(struct screen *screen, int64_t decision_no) {
    int64_t *kept = malloc(sizeof *kept);
    if (kept == NULL)
        return;
    *kept = decision_no;
    page_open(screen, &notice_class, kept, write);
}
