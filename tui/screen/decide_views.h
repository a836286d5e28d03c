/* The boxes of a decision: where one writes, what one is asked, and the box that decides. */
#ifndef TUI_SCREEN_DECIDE_VIEWS_H
#define TUI_SCREEN_DECIDE_VIEWS_H

#include "tui/screen/view.h"

/* Several lines: reasons, items. */
void write_view_open(struct screen *screen);

/* One line: a province, or why an id number is wanted. */
void prompt_view_open(struct screen *screen);

/* Number, name and effect; Y decides. */
void confirm_view_open(struct screen *screen);

#endif
