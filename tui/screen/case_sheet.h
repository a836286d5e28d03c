/* One application as a case file: what a reviewer reads before deciding (SPEC 12, Detail). */
#ifndef TUI_SCREEN_CASE_SHEET_H
#define TUI_SCREEN_CASE_SHEET_H

#include "core/phrase.h"
#include "store/record.h"
#include "tui/screen/sheet.h"

/* Everything, in the order in which a case is read. `id_number` is the applicant's number in full where it was
 * revealed, else NULL: it is masked then. `cols` cells wide. */
void case_sheet_write(struct sheet *sheet, const struct record *record, const char *id_number, enum language language,
                      int cols);

/* What a preview shows: who, what is asked, what speaks against it, what an approval would give. */
void case_sheet_short(struct sheet *sheet, const struct record *record, enum language language, int cols);

/* What each specialty would get, a line each: the validity, or the rules that fail. */
void case_sheet_effect(struct sheet *sheet, const struct record *record, enum language language);

/* "延续注册 ✗ 不可准予". */
char *case_sheet_outcome(const struct record *record, enum language language, char *out, size_t size);

/* Cells for labels in a sheet of that width. */
int case_sheet_labels(int cols, enum language language);

#endif
