/* How far a verification is: rows looked at, of all that are to be. */
#ifndef STORE_VERIFY_PROGRESS_H
#define STORE_VERIFY_PROGRESS_H

#include <stdint.h>

#include "store/inside.h"
#include "store/verify.h"

struct verify_progress {
    const struct verify_options *options;
    uint64_t done, total;
};

/* Counts what there is to look at. */
enum status verify_progress_start(struct verify_progress *progress, struct store *store, struct err *err);

/* One row more; the caller of verify_run() is told now and then. */
void verify_progress_step(struct verify_progress *progress);

#endif
