#include "tui/screen/decide_sheet.h"

#include "tui/message.h"
#include "tui/screen/case_sheet.h"

static void write_approval(struct sheet *sheet, const struct screen *screen) {
    const struct deciding *d = &screen->decision;
    const struct verdict *v = &d->record->verdict;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    size_t granted = 0;
    for (size_t i = 0; i < v->item_count; i++)
        granted += v->items[i].approvable ? 1 : 0;
    if (v->outcome == OUTCOME_PARTLY)
        sheet_format(sheet, 0, PAINT_PART, _("◐ PARTIAL: of %zu specialties %zu granted, %zu REFUSED"), v->item_count,
                     granted, v->item_count - granted);
    case_sheet_effect(sheet, d->record, screen->language);
    sheet_pair_format(sheet, _("Certificate"), PAINT_NORMAL, _("may be used %s to %s"),
                      day_format(v->window_from, from), day_format(v->window_to, to));
    if (d->record->row.kind == KIND_INITIAL)
        sheet_pair_format(sheet, _("New number"), PAINT_NORMAL, _("is allocated%s%s%s, and the person registered"),
                          d->province[0] == '\0' ? "" : _(" in province "), d->province,
                          d->province[0] == '\0' ? "" : number_province_hanzi(d->province));
}

static void write_refusal(struct sheet *sheet, const struct screen *screen) {
    const struct application *a = screen->decision.record->application;
    const struct verdict *v = &screen->decision.record->verdict;
    for (size_t i = 0; i < v->item_count; i++)
        if (v->items[i].approvable)
            sheet_format(sheet, 0, PAINT_SOON, _("! %s passes every rule: the reason must name its legal basis"),
                         message_word(&document_specialties[v->items[i].specialty], screen->language));
    for (size_t i = 0; i < a->specialty_count; i++)
        sheet_format(sheet, 0, PAINT_BAD, _("✗ %s: refused"),
                     message_word(&document_specialties[a->specialties[i].specialty], screen->language));
}

static void write_effect(struct sheet *sheet, const struct screen *screen) {
    const struct deciding *d = &screen->decision;
    char until[DAY_TEXT_SIZE], by[DAY_TEXT_SIZE];
    switch (d->kind->action) {
    case ACTION_APPROVE:
        write_approval(sheet, screen);
        break;
    case ACTION_REFUSE:
        write_refusal(sheet, screen);
        break;
    case ACTION_ACCEPT:
        sheet_text(sheet, 0, PAINT_NORMAL,
                   _("The deadline counts from today. Whoever accepts may not decide: somebody else will."));
        break;
    case ACTION_RETURN:
        sheet_text(sheet, 0, PAINT_NORMAL, _("It leaves the queue until the applicant hands it in again."));
        break;
    case ACTION_WITHDRAW:
        sheet_text(sheet, 0, PAINT_NORMAL, _("It leaves the queue without a decision."));
        break;
    case ACTION_REVOKE:
        sheet_format(sheet, 0, PAINT_PART,
                     _("Decision no. %lld is revoked: the register entry is again what it was before, and the "
                       "application waits for a decision again."),
                     (long long)d->revokes);
        sheet_pair(sheet, _("Ground"), PAINT_NORMAL, d->prompt.text);
        break;
    default:
        sheet_format(sheet, 0, PAINT_NORMAL, _("To be decided by %s instead of %s: 10 working days more, only once."),
                     day_format(record_extended(screen->store, d->record), until),
                     day_format(d->record->row.decide_by, by));
    }
}

static void write_text(struct sheet *sheet, const struct screen *screen) {
    const struct deciding *d = &screen->decision;
    if (d->kind->ask != NULL && d->editor.length > 0) {
        sheet_section(sheet, _(d->kind->heading));
        sheet_text(sheet, 0, PAINT_NORMAL, d->editor.text);
    }
}

void decide_sheet_write(struct screen *screen, struct sheet *sheet) {
    const struct record *record = screen->decision.record;
    char text[PHRASE_SIZE], masked[NUMBER_SIZE];
    sheet_start(sheet, sheet->cols, case_sheet_labels(sheet->cols, screen->language));
    sheet_pair_format(sheet, _("Application"), PAINT_NORMAL, "%s  %s", record->row.application_no,
                      message_word(&document_kinds[record->row.kind], screen->language));
    number_mask(record->application->applicant.id_number, masked, sizeof masked);
    sheet_pair_format(sheet, _("Applicant"), PAINT_NORMAL, "%s  %s", record->row.name, masked);
    if (record->row.registration_number[0] != '\0')
        sheet_pair(sheet, _("Reg. number"), PAINT_NORMAL, record->row.registration_number);
    write_effect(sheet, screen);
    bool decides = screen->decision.kind->action == ACTION_APPROVE || screen->decision.kind->action == ACTION_REFUSE;
    if (decides && record->row.accepted_on == DAY_NONE)
        sheet_text(sheet, 0, PAINT_SOON, _("! it was not accepted for review yet"));
    for (size_t i = 0; i < record->advisory_count; i++)
        sheet_format(sheet, 0, PAINT_PART, "· %s",
                     phrase_format(&record->advisories[i].phrase, screen->language, text, sizeof text));
    write_text(sheet, screen);
}
