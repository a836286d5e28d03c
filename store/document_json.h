/* Documents of SPEC 3 from JSON, and register entries to JSON. */
#ifndef STORE_DOCUMENT_JSON_H
#define STORE_DOCUMENT_JSON_H

#include "core/document.h"
#include "store/arena.h"
#include "store/fault.h"
#include "store/json_write.h"

/* Reads one document. Its texts live in `arena`. False with *fault filled (but for its file; fault->line is where the
 * text starts). Identifiers come out normalised. */
bool document_read(const char *text, size_t length, struct arena *arena, struct document *document,
                   struct fault *fault);

/* Reads a document that was validated when it was stored; false only where it was damaged since. */
bool document_read_stored(const char *text, struct arena *arena, struct document *document);

/* Whether two documents say the same, white space and the order of members aside. */
bool document_same(const char *a, const char *b);

/* Writes a register entry as a constructor document, members sorted (RFC 8785). */
void document_write_constructor(struct json *json, const struct constructor *constructor);

#endif
