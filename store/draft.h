/* What a reviewer was writing when the session ended: there again when they come back (SPEC 12).
 *
 * A draft is a file in a folder beside the database, DATABASE-drafts/LOGIN,APPLICATION,PURPOSE, of no meaning to
 * anybody else: it is no part of the record, takes no gate and is in no backup. What is older than DRAFT_DAYS is taken
 * away. */
#ifndef STORE_DRAFT_H
#define STORE_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/err.h"

struct store;

enum { DRAFT_DAYS = 30, DRAFT_SIZE = 8192, DRAFT_PURPOSE_SIZE = 16 };

/* Keeps the text of the acting reviewer for that application and purpose (a word of a-z and -), in place of the one
 * before; "" takes it away. */
enum status draft_keep(struct store *store, int64_t application_id, const char *application_no, const char *purpose,
                       const char *text, struct err *err);

/* Reads it into `out`, cut at a character where `size` is too small; false where there is none. */
bool draft_read(struct store *store, int64_t application_id, const char *application_no, const char *purpose, char *out,
                size_t size);

/* The reviewer's latest draft; false where there is none. */
bool draft_latest(struct store *store, int64_t *application_id, char purpose[DRAFT_PURPOSE_SIZE]);

#endif
