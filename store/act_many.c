#include <time.h>

#include "store/act.h"
#include "store/inside.h"

enum { HOLD_MS = 50 }; /* how long others are kept from writing */

static int64_t clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* After these nothing is gained by trying the next one. */
static bool ends_all(enum status status) {
    return status == STATUS_IO || status == STATUS_NO_DATABASE || status == STATUS_INTERNAL || status == STATUS_CONFIG;
}

/* What was done in a transaction that did not come to its end was not done. */
static void take_back(struct act_item *items, size_t count, const struct err *cause) {
    for (size_t i = 0; i < count; i++) {
        if (items[i].status != STATUS_OK)
            continue;
        items[i].status = cause->status;
        items[i].err = *cause;
    }
}

size_t act_many(struct store *store, const struct act_many *many, struct act_item *items, size_t count, bool *go_on) {
    int64_t end = clock_ms() + HOLD_MS;
    size_t tried = 0;
    *go_on = true;
    store_batch_begin(store);
    while (tried < count && *go_on && (tried == 0 || clock_ms() < end)) {
        if (many->stop != NULL && many->stop(many->data)) {
            *go_on = false;
            break;
        }
        struct act_item *item = &items[tried++];
        struct act_request request = many->request;
        request.application_no = item->application_no;
        request.version = item->version;
        item->err = (struct err){0};
        item->status = many->act(store, &request, &item->result, &item->err);
        *go_on = store->batch.open && !store_batch_lost(store) && !ends_all(item->status);
        if (store_batch_lost(store))
            take_back(items, tried - 1, &item->err);
    }
    struct err err = {0};
    if (store_batch_end(store, &err) != STATUS_OK) {
        take_back(items, tried, &err);
        *go_on = !ends_all(err.status);
    }
    return tried;
}
