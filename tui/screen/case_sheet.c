#include "tui/screen/case_sheet.h"

enum paint case_sheet_paint(enum case_role role) {
    static const enum paint paints[] = {
        [CASE_HEADING] = PAINT_SECTION, [CASE_PLAIN] = PAINT_NORMAL, [CASE_BAD] = PAINT_BAD,
        [CASE_GOOD] = PAINT_GOOD,       [CASE_PART] = PAINT_PART,    [CASE_SOON] = PAINT_SOON,
        [CASE_FAINT] = PAINT_LABEL,
    };
    return paints[role];
}

static void add(void *data, enum case_role role, int indent, const char *label, const char *text) {
    struct sheet *sheet = data;
    if (role == CASE_HEADING)
        sheet_section(sheet, text);
    else if (label[0] != '\0')
        sheet_pair(sheet, label, case_sheet_paint(role), text);
    else
        sheet_text(sheet, indent, case_sheet_paint(role), text);
}

int case_sheet_labels(int cols, enum language language) {
    if (language == LANGUAGE_ZH)
        return 10;
    return cols < 60 ? 13 : 17;
}

void case_sheet_write(struct sheet *sheet, const struct record *record, enum language language, int cols) {
    sheet_start(sheet, cols, case_sheet_labels(cols, language));
    case_text_write(record, language, add, sheet);
}

void case_sheet_short(struct sheet *sheet, const struct record *record, enum language language, int cols) {
    sheet_start(sheet, cols, case_sheet_labels(cols, language));
    case_text_short(record, language, add, sheet);
}

void case_sheet_effect(struct sheet *sheet, const struct record *record, enum language language) {
    case_text_effect(record, language, add, sheet);
}
