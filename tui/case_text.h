/* One application as a case file, top down: who, what is asked, what speaks against it, what approving would give, then
 * everything else. The screen and `show` print the same lines. */
#ifndef TUI_CASE_TEXT_H
#define TUI_CASE_TEXT_H

#include "core/phrase.h"
#include "store/record.h"

enum case_role {
    CASE_HEADING,
    CASE_PLAIN,
    CASE_FAIL,   /* speaks against it */
    CASE_GOOD,   /* what approving gives, what passes */
    CASE_NOTICE, /* an advisory */
    CASE_FAINT,  /* basis, things of second rank */
};

/* Called for each line in turn: a label ("" for none) and its text, neither through the door yet. */
typedef void case_emit(void *data, enum case_role role, const char *label, const char *text);

void case_write(const struct record *record, enum language language, case_emit *emit, void *data);

#endif
