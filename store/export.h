/* Decisions out as JSON (SPEC 9): by number range, one read transaction, constant memory. */
#ifndef STORE_EXPORT_H
#define STORE_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/day.h"
#include "store/err.h"

struct store;

enum export_format { EXPORT_JSON, EXPORT_NDJSON };

struct export_options {
    int64_t since; /* exclusive; 0: from the first */
    int64_t until; /* inclusive; 0: to the last */
    enum export_format format;
    bool pretty;
    const char *path; /* NULL or "-": `fd` */
    int fd;
    bool force; /* replace an existing file */
    /* Filters: only narrow what is printed and are named in the header. NULL: none. */
    const char *kind;     /* a code of document_kinds */
    const char *action;   /* approve, refuse, revoke */
    const char *reviewer; /* login */
    void (*progress)(void *data, uint64_t done, uint64_t total);
    void *data;
};

struct export_result {
    int64_t first, last; /* 0 where there is none */
    int64_t count;
};

enum status export_run(struct store *store, const struct export_options *options, struct export_result *result,
                       struct err *err);

/* The JSON Schemas (2020-12) of the export and of the input documents: lines without their newline, ended by NULL. */
extern const char *const export_schema[];
extern const char *const import_schema[];

#endif
