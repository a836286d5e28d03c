/* The register: one entry a person, found by id number, by electronic or by paper number. */
#ifndef STORE_REGISTER_H
#define STORE_REGISTER_H

#include "core/number.h"
#include "store/arena.h"
#include "store/inside.h"
#include "store/json_write.h"

struct register_row {
    int64_t id;
    int64_t decision_no;    /* the last decision that changed the entry; 0: none */
    const char *document;   /* as it last came, or NULL */
    const char *entry_text; /* the state as JSON: what a snapshot holds */
    struct constructor entry;
};

/* *out is NULL where there is none; it lives in the arena. `number` matches either number. */
enum status register_by_number(struct store *store, const char *number, struct arena *arena, struct register_row **out,
                               struct err *err);
enum status register_by_person(struct store *store, const char *id_number, struct arena *arena,
                               struct register_row **out, struct err *err);

/* The day the entry last changed after it was first made, or DAY_NONE. */
enum status register_changed_on(struct store *store, const struct register_row *of, day *on, struct err *err);

/* Puts a constructor document, which the event `import_seq` brings, in place of what row `id` of the register says of
 * the person; 0: a new person. The caller has seen to conflicts. */
enum status register_put_document(struct store *store, int64_t id, const struct constructor *constructor,
                                  const char *document, int64_t import_seq, struct err *err);

/* Puts what a decision made of an entry; `text` is document_write_constructor() of it. */
enum status register_put_entry(struct store *store, const struct constructor *constructor, const char *text,
                               int64_t decision_no, struct err *err);

/* Takes a person out of the register who only ever was in it by a decision that is now revoked. */
enum status register_remove(struct store *store, const char *id_number, struct err *err);

/* Allocates the next free registration number of this first province and year (SPEC 7). */
enum status register_allocate(struct store *store, struct registration_number *number,
                              char out[NUMBER_REGISTRATION_SIZE], struct err *err);

/* Whether some entry has this number. */
enum status register_number_taken(struct store *store, const char *number, bool *taken, struct err *err);

#endif
