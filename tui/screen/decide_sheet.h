/* What the box of a decision says: number, name, kind and effect (SPEC 12). */
#ifndef TUI_SCREEN_DECIDE_SHEET_H
#define TUI_SCREEN_DECIDE_SHEET_H

#include "tui/screen/sheet.h"
#include "tui/screen/view.h"

/* Writes the decision being prepared, in the width the sheet has. */
void decide_sheet_write(struct screen *screen, struct sheet *sheet);

#endif
