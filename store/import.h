/* Documents in (SPEC 3). The whole input is validated before the first write and goes in as one transaction. */
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "store/err.h"
#include "store/fault.h"

struct store;

struct import_options {
    const char *path; /* "-": standard input */
    bool partial;
    const char *report; /* file for the rejections as NDJSON, or NULL; made even where there are none */
    /* Called for each rejection, in the order of the input; may be NULL. */
    void (*rejected)(void *data, const struct fault *fault);
    /* Called now and then with the bytes read and the size of the input (0: not known); may be NULL. */
    void (*progress)(void *data, uint64_t done, uint64_t total);
    /* Translates a msgid for the report; NULL: English. */
    const char *(*translate)(const char *msgid);
    void *data;
};

/* read = accepted + unchanged + rejected. */
struct import_result {
    int64_t read;
    int64_t accepted;
    int64_t unchanged;
    int64_t rejected;
    bool written; /* it is in the database, whatever failed after that */
};

/* STATUS_OK; STATUS_BAD_DATA where a document was rejected and nothing written; STATUS_PARTLY where --partial left some
 * out; others as they come. *result is right in all of them. */
enum status import_run(struct store *store, const struct import_options *options, struct import_result *result,
                       struct err *err);

#endif
