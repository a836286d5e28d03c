/* The text of a decision being prepared: how it starts, and how it outlives a line that breaks. */
#ifndef TUI_SCREEN_DECIDE_TEXT_H
#define TUI_SCREEN_DECIDE_TEXT_H

#include "tui/screen/view.h"

/* Puts into the editor what was left there, else the draft, else the failed rules, else nothing. */
void decide_take_text(struct screen *screen, const struct record *record, enum action action);

/* Whether nothing was written yet but what the program wrote itself. */
bool decide_is_unwritten(const struct deciding *deciding);

/* Keeps what was typed since the last time. */
void decide_keep_draft(struct screen *screen);

/* Takes the text that is being written away, its draft too. */
void decide_drop_text(struct screen *screen);

/* The application was decided: whatever was begun about it, for whichever purpose, is of no more use. What was begun
 * about another one stays. */
void decide_forget(struct screen *screen, int64_t id, const char *application_no);

#endif
