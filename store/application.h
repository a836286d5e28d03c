/* Applications as they are kept: loading one for review, entering one, keeping its outlook right. */
#ifndef STORE_APPLICATION_H
#define STORE_APPLICATION_H

#include "store/arena.h"
#include "store/queue.h"
#include "store/register.h"

/* An application with the register entries its rules look at; everything lives in the arena. */
struct loaded {
    struct queue_row row;
    int64_t document_id;
    bool extended;
    const char *document;
    struct application application; /* accepted_on and accepted_by as they stand now */
    struct register_row *by_number; /* or NULL */
    struct register_row *by_person; /* or NULL */
};

enum status application_load(struct store *store, int64_t id, struct arena *arena, struct loaded *loaded,
                             struct err *err);

/* The id of the application of this (normalised) number; STATUS_NEGATIVE where there is none. */
enum status application_find(struct store *store, const char *application_no, int64_t *id, struct err *err);

/* The case as the rules want it, for the day D. */
struct review_case application_case(const struct store *store, const struct loaded *loaded, day on);

/* What a row is found by, out of its document. */
struct application_keys {
    unsigned specialties;       /* bit 1 << enum specialty */
    const char *number;         /* the registration number stated, or "" */
    char digits[NUMBER_SIZE];   /* of it, behind the 汉字 */
    char reversed[NUMBER_SIZE]; /* the same backwards, for a suffix */
};

void application_keys_of(const struct application *application, struct application_keys *keys);

/* Enters a new application, or a resubmission of the returned one of row `id` (0: new). */
enum status application_enter(struct store *store, int64_t id, const struct application *application,
                              const char *document, int64_t import_seq, struct arena *arena, struct err *err);

/* Reviews again every pending application that looks at this person or at one of these numbers (NULL: none), because
 * the register has changed: what the queue keeps of outcomes is exact at all times. */
enum status application_refresh(struct store *store, const char *id_number, const char *number,
                                const char *paper_number, struct err *err);

#endif
