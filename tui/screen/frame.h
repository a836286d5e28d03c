/* What stands around every view: the header with where, who and when, the message line, the footer with the keys. */
#ifndef TUI_SCREEN_FRAME_H
#define TUI_SCREEN_FRAME_H

#include "tui/screen/view.h"

/* Draws everything and shows it. */
void frame_show(struct screen *screen);

#endif
