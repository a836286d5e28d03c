#include <stdio.h>
#include <time.h>

#include "store/inside.h"

/* China has kept UTC+8 without summer time since 1992, whatever TZ says. */
enum { SHANGHAI_OFFSET = 8 * 3600, SECONDS_A_DAY = 86400 };

day store_today(const struct store *store) {
    if (store->set_day != DAY_NONE)
        return store->set_day;
    return (day)((time(NULL) + SHANGHAI_OFFSET) / SECONDS_A_DAY);
}

void store_instant(char out[STORE_INSTANT_SIZE]) {
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, STORE_INSTANT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

void store_know(struct store *store, int64_t seq, const char *hash) {
    store->known_seq = seq;
    snprintf(store->known_hash, sizeof store->known_hash, "%s", hash);
}

enum status store_go_on(const struct store *store, struct err *err) {
    if (store->quit == NULL || !store->quit(store->quit_data))
        return STATUS_OK;
    return err_set(err, STATUS_BUSY, N_("ended as asked; nothing was changed"), NULL);
}

bool store_is_training(const struct store *store) {
    return store->training;
}

bool store_day_is_set(const struct store *store) {
    return store->set_day != DAY_NONE;
}

const struct reviewer *store_reviewer(const struct store *store) {
    return &store->reviewer;
}

const struct workday_calendar *store_calendar(const struct store *store) {
    return &store->calendar;
}
