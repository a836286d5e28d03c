/* One application as a case file, top down: who, what is asked, what speaks against it, what approving would give, then
 * everything else. The screen and `show` say the same lines. */
#ifndef TUI_CASE_TEXT_H
#define TUI_CASE_TEXT_H

#include "core/phrase.h"
#include "store/record.h"

enum case_role {
    CASE_HEADING,
    CASE_PLAIN,
    CASE_BAD,  /* speaks against it, overdue */
    CASE_GOOD, /* what approving gives, what passes */
    CASE_PART, /* an advisory, what is not known */
    CASE_SOON, /* due soon */
    CASE_FAINT /* basis, things of second rank */
};

/* Called for each line in turn: a label ("" for none) and its text, neither through the door yet; `indent` in cells. */
typedef void case_emit(void *data, enum case_role role, int indent, const char *label, const char *text);

/* Everything, in the order in which a case is read. Of an application that was decided: what became of it first, and
 * never what an approval would give. */
void case_text_write(const struct record *record, enum language language, case_emit *emit, void *data);

/* What a preview shows of a waiting application: who, what is asked, what speaks against it, what approving gives. */
void case_text_short(const struct record *record, enum language language, case_emit *emit, void *data);

/* What each specialty would get, a line each: the validity, or the rules that fail. */
void case_text_effect(const struct record *record, enum language language, case_emit *emit, void *data);

/* "✗ 不可准予"; of an application that does not wait, its state. Returns out. */
char *case_text_outcome(const struct record *record, enum language language, char *out, size_t size);

#endif
