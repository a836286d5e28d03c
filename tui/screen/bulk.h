/* Deciding what is marked: a box that says how many of what, the work, and a report (SPEC 12, Bulk). */
#ifndef TUI_SCREEN_BULK_H
#define TUI_SCREEN_BULK_H

#include "tui/screen/view.h"

/* Opens the box for approving, refusing or accepting every marked application, or says why not. */
void bulk_begin(struct screen *screen, enum action action);

#endif
