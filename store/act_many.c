#include "store/act.h"
#include "store/gate.h"
#include "store/inside.h"

enum { HOLD_NS = 50 * 1000000 }; /* how long others are kept from writing */

/* Whether one more may go into the transaction, in which there is one already. */
static bool one_more(const struct store *store, const struct act_many *many) {
    return gate_clock() - store->batch.since < HOLD_NS && (many->pause == NULL || !many->pause(many->data));
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
    size_t tried = 0;
    *go_on = true;
    store_batch_begin(store);
    while (tried < count && *go_on && (tried == 0 || one_more(store, many))) {
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
    if (store_batch_end(store, *go_on && tried < count, &err) != STATUS_OK) {
        take_back(items, tried, &err);
        *go_on = !ends_all(err.status);
    }
    return tried;
}
