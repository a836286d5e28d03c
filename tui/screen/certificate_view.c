/* The electronic certificate of a person, its code beside it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/holder.h"
#include "tui/certificate_text.h"
#include "tui/door.h"
#include "tui/message.h"
#include "tui/qr.h"
#include "tui/screen/case_sheet.h"
#include "tui/screen/page.h"
#include "tui/screen/views.h"

enum { CODE_ROWS_MAX = 64, CODE_LINE_SIZE = 512, TEXT_COLS_MIN = 30, GAP = 2 };

struct shown {
    char number[QUEUE_TEXT_SIZE];
    /* The code, drawn whole or not at all: half a code is none. */
    char lines[CODE_ROWS_MAX][CODE_LINE_SIZE];
    int rows, cols;
    bool fits, no_memory;
};

static void add_line(void *data, const char *line) {
    struct shown *shown = data;
    if (shown->rows < CODE_ROWS_MAX && strlen(line) < CODE_LINE_SIZE)
        snprintf(shown->lines[shown->rows], CODE_LINE_SIZE, "%s", line);
    shown->rows++;
    shown->cols = door_width(line);
}

static void make_code(struct screen *screen, struct shown *shown, const struct constructor *entry,
                      const struct certificate *certificate) {
    char text[CERTIFICATE_TEXT_SIZE];
    struct draw_area area = view_area(screen);
    errno = 0;
    shown->fits = qr_write(certificate_text(entry, certificate, text, sizeof text), add_line, shown) &&
                  shown->rows <= CODE_ROWS_MAX && shown->rows <= area.rows &&
                  shown->cols + GAP + TEXT_COLS_MIN <= area.cols;
    shown->no_memory = shown->rows == 0 && errno == ENOMEM;
}

static void write_entry(const struct screen *screen, struct sheet *sheet, const struct constructor *entry,
                        const struct certificate *certificate) {
    char masked[NUMBER_SIZE], from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    number_mask(entry->person.id_number, masked, sizeof masked);
    sheet_pair(sheet, _("Reg. number"), PAINT_NORMAL, entry->number);
    sheet_pair(sheet, _("Name"), PAINT_NORMAL, entry->person.name);
    sheet_pair(sheet, _("Id"), PAINT_NORMAL, masked);
    sheet_pair(sheet, _("Employer"), PAINT_NORMAL, entry->employer.name);
    sheet_section(sheet, _("On the certificate"));
    for (size_t i = 0; i < certificate->count; i++) {
        const struct held_specialty *held = &certificate->specialties[i];
        sheet_text(sheet, 0, PAINT_NORMAL, message_word(&document_specialties[held->specialty], screen->language));
        sheet_format(sheet, 2, PAINT_NORMAL, _("%s to %s"), day_format(held->valid_from, from),
                     day_format(held->valid_to, to));
    }
    if (certificate->count == 0)
        sheet_text(sheet, 0, PAINT_BAD, message_word(&certificate_faults[CERTIFICATE_NONE_VALID], screen->language));
    else
        sheet_pair_format(sheet, _("Certificate"), PAINT_NORMAL, _("may be used %s to %s"),
                          day_format(certificate->from, from), day_format(certificate->to, to));
}

static void write_code_note(const struct shown *shown, struct sheet *sheet, const struct draw_area *area) {
    sheet_gap(sheet);
    if (shown->fits)
        sheet_text(sheet, 0, PAINT_LABEL, _("The code is not signed; `certificate --qr --key` signs it."));
    else if (shown->no_memory)
        sheet_text(sheet, 0, PAINT_PART, _("no memory left: text is missing"));
    else if (shown->rows == 0 || shown->rows > CODE_ROWS_MAX)
        sheet_text(sheet, 0, PAINT_PART, _("the text is too long for a QR code"));
    else
        sheet_format(sheet, 0, PAINT_PART, _("The code needs a window of %dx%d at least; this one is %dx%d."),
                     shown->cols + GAP + TEXT_COLS_MIN, shown->rows + area->row + 2, area->cols,
                     area->rows + area->row + 2);
}

static void write(struct screen *screen, struct page *page, int cols) {
    struct shown *shown = page->data;
    struct holder *holder = NULL;
    struct certificate certificate;
    struct draw_area area = view_area(screen);
    struct err err = {0};
    shown->rows = shown->cols = 0;
    shown->fits = false;
    if (holder_read(screen->store, shown->number, &holder, &err) != STATUS_OK) {
        sheet_start(&page->sheet, cols, 0);
        view_say_err(screen, &err);
        return;
    }
    certificate_make(holder->entry, screen->today, &certificate);
    if (certificate.count > 0)
        make_code(screen, shown, holder->entry, &certificate);
    cols -= shown->fits ? shown->cols + GAP : 0;
    sheet_start(&page->sheet, cols, case_sheet_labels(cols, screen->language));
    if (holder->paper)
        sheet_text(&page->sheet, 0, PAINT_PART,
                   message_word(&certificate_faults[CERTIFICATE_PAPER_VOID], screen->language));
    write_entry(screen, &page->sheet, holder->entry, &certificate);
    if (certificate.count > 0)
        write_code_note(shown, &page->sheet, &area);
    holder_free(holder);
}

static void draw(struct screen *screen, void *state, struct draw_area area) {
    const struct page *page = state;
    const struct shown *shown = page->data;
    if (shown->fits) {
        area.cols -= shown->cols + GAP;
        for (int i = 0; i < shown->rows; i++)
            draw_cells(&screen->term, area.row + i, area.col + area.cols + GAP, shown->cols, PAINT_NORMAL, false,
                       shown->lines[i]);
    }
    page_draw(screen, state, area);
}

static const struct view_class certificate_class = {
    .keys = KEYS_PAGE,
    .title = N_("Electronic certificate"),
    .draw = draw,
    .works = page_works,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void certificate_view_open(struct screen *screen, const char *number) {
    if (number[0] == '\0') {
        view_say(screen, PAINT_NOTICE, "%s", _("there is no registration number, so no certificate"));
        return;
    }
    struct shown *shown = calloc(1, sizeof *shown);
    if (shown == NULL)
        return;
    snprintf(shown->number, sizeof shown->number, "%s", number);
    page_open(screen, &certificate_class, shown, write);
}
