/* What an event of the ledger says besides who did what when: the members of its detail, ready to be read. */
#ifndef STORE_EVENT_FACT_H
#define STORE_EVENT_FACT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/document.h"

struct arena;

struct event_fact {
    const struct document_word *label; /* `code` is the member's name; one that is not known is called by it */
    const struct document_word *word;  /* the value where it is of a vocabulary, else NULL */
    const char *text;                  /* the value; what was written stands as it was written, a list a line each */
};

/* Reads `detail`, canonical JSON or "", into facts in the order in which a person reads them; null says nothing and is
 * left out, and so is what is not JSON. Everything lives in the arena. False: no memory. */
bool event_fact_read(const char *detail, struct arena *arena, const struct event_fact **facts, size_t *count);

#endif
