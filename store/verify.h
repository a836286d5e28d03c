/* Whether the ledger and what it vouches for are as they were written (SPEC 9, 14.4). Reads only. */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "store/err.h"

struct store;

struct verify_options {
    const char *const *against; /* exports to anchor the chain to */
    size_t against_count;
    void (*progress)(void *data, uint64_t done, uint64_t total);
    void *data;
};

struct verify_result {
    int64_t events;
    int64_t decisions;
    bool anchored;
    char head[65]; /* hex of the last hash */
};

/* STATUS_OK; STATUS_NEGATIVE with the first place of a fault in *err. */
enum status verify_run(struct store *store, const struct verify_options *options, struct verify_result *result,
                       struct err *err);

#endif
