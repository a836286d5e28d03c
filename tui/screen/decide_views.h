/* The boxes of a decision: where one writes, what one is asked, and the box that decides. */
#ifndef TUI_SCREEN_DECIDE_VIEWS_H
#define TUI_SCREEN_DECIDE_VIEWS_H

#include "tui/screen/sheet.h"
#include "tui/screen/view.h"

/* Several lines: reasons, items. */
void write_view_open(struct screen *screen);

/* What `write` says, in the width the sheet has; once it was read to its end, Y calls `run`. The title must stay. */
void confirm_view_open(struct screen *screen, const char *title,
                       void (*write)(struct screen *screen, struct sheet *sheet), void (*run)(struct screen *screen));

#endif
