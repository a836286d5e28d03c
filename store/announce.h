/* Announcements (公告): numbered batches of the decisions not announced yet (SPEC 9). */
#ifndef STORE_ANNOUNCE_H
#define STORE_ANNOUNCE_H

#include <stdbool.h>

#include "store/decision.h"

struct announcement {
    int64_t batch;
    int64_t first, last; /* decision numbers */
    day closed_on;
};

/* Closes a batch of everything decided since the last one. STATUS_NEGATIVE where there is nothing new. */
enum status announce_close(struct store *store, struct announcement *out, struct err *err);

/* A batch that was closed. STATUS_NEGATIVE where there is none of that number. */
enum status announce_find(struct store *store, int64_t batch, struct announcement *out, struct err *err);

/* Calls `each` for every approval of the batch that no decision of the same batch has revoked, by kind and number: the
 * same for ever. No statement is open meanwhile. */
enum status announce_each(struct store *store, const struct announcement *announcement,
                          bool (*each)(void *data, const struct decision *decision), void *data, struct err *err);

#endif
