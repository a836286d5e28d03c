/* The ledger (台账): every action an event, numbered without gaps, chained by SM3 (SPEC 9).
 *
 * hash(n) = SM3(hash(n-1) ‖ JSON(n)), hash(0) being 32 zero bytes; the previous hash goes in as its 32 bytes, the JSON
 * as its UTF-8 bytes. */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include "store/inside.h"
#include "store/json_write.h"
#include "store/sm3.h"

/* An event to be written. The instant, the day, who acted and the key's fingerprint are added by ledger_append(). */
struct ledger_event {
    const char *event;          /* accept, approve, … */
    int64_t application_id;     /* 0: none */
    const char *application_no; /* or NULL */
    int64_t version;            /* of the application after it; 0: none */
    /* of a decision */
    int64_t decision_no; /* 0: none */
    const char *decision_sm3;
    const char *document_sm3;
    const char *register_after_sm3;  /* NULL: no entry */
    const char *register_before_sm3; /* NULL: no entry */
    const struct json *detail;       /* what else the event says, or NULL; one that failed makes no event */
};

struct ledger_written {
    int64_t seq;
    char hash[SM3_HEX_SIZE];
};

/* The number the next event will have. */
enum status ledger_next(struct store *store, int64_t *seq, struct err *err);

/* Whether the ledger has an event of this number and hash. */
enum status ledger_has(struct store *store, int64_t seq, const char *hash, bool *has, struct err *err);

/* Looks for the last event this session knows of, and gets to know the last there is; STATUS_NO_DATABASE where it is
 * gone: somebody has put an earlier state of the database, or another one, in its place. */
enum status ledger_look_back(struct store *store, struct err *err);

/* Appends the event inside the open writing transaction. */
enum status ledger_append(struct store *store, const struct ledger_event *event, struct ledger_written *written,
                          struct err *err);

/* hex of SM3(text); false: libcrypto failed. */
bool ledger_sm3(const char *text, char out[SM3_HEX_SIZE]);

/* What the event of an import vouches for: SM3 of the documents taken, a line each, in the order in which they came. */
bool ledger_add_document(struct sm3 *sm3, const char *document);

/* STATUS_INTERNAL, where libcrypto failed. */
enum status ledger_unhashed(struct err *err);

/* One step of the chain; `hash` goes from the previous to this one. */
bool ledger_chain(struct sm3 *sm3, unsigned char hash[SM3_BYTES], const char *json);

#endif
