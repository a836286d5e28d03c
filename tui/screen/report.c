#include "tui/screen/report.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/message.h"
#include "tui/screen/page.h"

struct report *report_new(const struct marks *marks, const char *title) {
    struct report *report = calloc(1, sizeof *report + marks->count * sizeof report->items[0]);
    if (report == NULL)
        return NULL;
    report->title = title;
    report->count = marks->count;
    for (size_t i = 0; i < marks->count; i++) {
        struct report_item *item = &report->items[i];
        snprintf(item->application_no, sizeof item->application_no, "%s", marks->items[i].application_no);
        snprintf(item->name, sizeof item->name, "%s", marks->items[i].name);
    }
    return report;
}

size_t report_count(const struct report *report, enum report_fate fate) {
    size_t count = 0;
    for (size_t i = 0; i < report->count; i++)
        count += report->items[i].fate == fate ? 1 : 0;
    return count;
}

static void write_part(struct sheet *sheet, const struct report *report, enum report_fate fate) {
    static const struct {
        const char *title, *sign;
        enum paint paint;
    } looks[REPORT_FATE_COUNT] = {
        [REPORT_NOT_TRIED] = {N_("Not tried, still marked: %zu"), " ", PAINT_NORMAL},
        [REPORT_DONE] = {N_("Done: %zu"), "✓", PAINT_GOOD},
        [REPORT_NOT_DONE] = {N_("Not done: %zu"), "✗", PAINT_BAD},
    };
    char title[256];
    size_t count = report_count(report, fate);
    if (count == 0)
        return;
    snprintf(title, sizeof title, _(looks[fate].title), count);
    sheet_section(sheet, title);
    for (size_t i = 0; i < report->count; i++) {
        const struct report_item *item = &report->items[i];
        if (item->fate != fate)
            continue;
        if (fate == REPORT_DONE)
            sheet_format(sheet, 0, looks[fate].paint, "%s %s  %s  %s", looks[fate].sign, item->application_no,
                         item->name, item->text);
        else
            sheet_format(sheet, 0, looks[fate].paint, "%s %s  %s", looks[fate].sign, item->application_no, item->name);
        if (fate != REPORT_DONE && item->text[0] != '\0')
            sheet_text(sheet, 2, PAINT_NORMAL, item->text);
    }
}

static void write(struct screen *screen, struct page *page, int cols) {
    const struct report *report = page->data;
    (void)screen;
    sheet_start(&page->sheet, cols, 0);
    sheet_format(&page->sheet, 0, PAINT_NORMAL, _("%s: %zu = done %zu + not done %zu + not tried %zu"),
                 _(report->title), report->count, report_count(report, REPORT_DONE),
                 report_count(report, REPORT_NOT_DONE), report_count(report, REPORT_NOT_TRIED));
    write_part(&page->sheet, report, REPORT_NOT_DONE);
    write_part(&page->sheet, report, REPORT_NOT_TRIED);
    write_part(&page->sheet, report, REPORT_DONE);
}

static const struct view_class report_class = {
    .keys = KEYS_REPORT,
    .title = N_("Report"),
    .draw = page_draw,
    .works = page_works,
    .act = page_act,
    .reread = page_reread,
    .close = page_close,
};

void report_open(struct screen *screen, struct report *report) {
    page_open(screen, &report_class, report, write);
}
