/* A decision as the export gives it (SPEC 9): canonical JSON (RFC 8785), but for `hash`, which the export adds. */
#ifndef STORE_DECISION_JSON_H
#define STORE_DECISION_JSON_H

#include "store/application.h"
#include "store/json_write.h"

struct decision_facts {
    int64_t decision_no;
    int64_t seq;
    const char *action; /* approve, refuse, revoke */
    enum application_state outcome;
    const struct loaded *loaded;
    const struct verdict *verdict;
    const char *registration_number; /* after the decision; NULL: none */
    const char *former_number;       /* NULL: did not change */
    const char *text;                /* refuse: reasons as edited, one a line; NULL: those of the failed rules */
    const char *note;
    int64_t supersedes; /* revoke: the decision revoked; else 0 */
    const char *ground; /* revoke: its legal ground; `text` is the reason */
    const struct reviewer *reviewer;
    day decided_on;
    const char *decided_at;
    day decide_by;
};

void decision_json(struct json *json, const struct decision_facts *facts);

enum { DECISION_SENTENCE_SIZE = PHRASE_SIZE + 256 };

/* The sentence a refusal records for a failed check, in Chinese; with its basis behind it as the editor shows it.
 * Returns out. */
char *decision_sentence(const struct check *check, bool with_basis, char out[DECISION_SENTENCE_SIZE]);

/* The first item that would be refused without a reason, or -1. */
int decision_lacks_reason(const struct decision_facts *facts);

#endif
