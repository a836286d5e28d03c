/* The working-day calendar of this database: the notices built in and those loaded (SPEC 5). */
#ifndef STORE_CALENDAR_H
#define STORE_CALENDAR_H

#include "store/err.h"

struct store;

/* Fills the store's calendar. */
enum status calendar_read(struct store *store, struct err *err);

#endif
