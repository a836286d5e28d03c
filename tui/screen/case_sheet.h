/* A case file (tui/case_text.h) on a sheet. */
#ifndef TUI_SCREEN_CASE_SHEET_H
#define TUI_SCREEN_CASE_SHEET_H

#include "tui/case_text.h"
#include "tui/screen/sheet.h"

/* The whole case, `cols` cells wide. */
void case_sheet_write(struct sheet *sheet, const struct record *record, enum language language, int cols);

/* What a preview shows. */
void case_sheet_short(struct sheet *sheet, const struct record *record, enum language language, int cols);

/* Adds what each specialty would get. */
void case_sheet_effect(struct sheet *sheet, const struct record *record, enum language language);

/* What a role looks like. */
enum paint case_sheet_paint(enum case_role role);

/* Cells for labels in a sheet of that width. */
int case_sheet_labels(int cols, enum language language);

#endif
