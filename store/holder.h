/* A register entry for the one who asks by its number: certificates (SPEC 10). */
#ifndef STORE_HOLDER_H
#define STORE_HOLDER_H

#include "core/certificate.h"
#include "store/err.h"

struct store;

struct holder {
    const struct constructor *entry;
    day changed_on; /* the day the entry last changed, or DAY_NONE */
    bool paper;     /* the number asked for is the paper one */
};

/* By electronic or paper number, in any spelling the normaliser folds. STATUS_NEGATIVE where there is none. The holder
 * is the caller's: holder_free(). */
enum status holder_read(struct store *store, const char *number, struct holder **out, struct err *err);
void holder_free(struct holder *holder);

#endif
