/* An event of the ledger in words: what was decided, why, and what else the event says. The screen and `ledger` say the
 * same; the canonical JSON is what `ledger --json` prints. */
#ifndef TUI_LEDGER_TEXT_H
#define TUI_LEDGER_TEXT_H

#include <stdbool.h>

#include "core/phrase.h"
#include "store/events.h"
#include "tui/case_text.h"

/* Called for each line in turn: a label, "" where the line goes on with what the label above it named, and its text of
 * one line or more; neither is through the door yet. */
typedef void ledger_emit(void *data, enum case_role role, const char *label, const char *text);

/* Everything but who, when, what and on which application, which the row itself says. Reads the decision of an event
 * that is one; where it cannot be read or memory runs out, a line says so in its place. Returns false where memory
 * ran out. */
bool ledger_text_write(struct store *store, const struct event_row *row, enum language language, ledger_emit *emit,
                       void *data);

#endif
