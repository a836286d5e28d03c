/* What a reviewer does to an application (SPEC 8). One function each; every face calls these.
 *
 * Each reviews the application again inside the transaction that writes, compares the version with the one the reviewer
 * had before them, changes state, register, decision and ledger together, and reports success only when that is on
 * disk. Refusals: STATUS_BUSY where somebody was first or the version differs (the message says who decided what, when),
 * STATUS_NEGATIVE where the rules do not allow it, STATUS_NOT_ALLOWED for the role, or for the one who accepted it. */
#ifndef STORE_ACT_H
#define STORE_ACT_H

#include "store/queue.h"

struct act_request {
    const char *application_no;
    int64_t version;      /* the one the reviewer saw; 0: the one that stands now */
    bool partial;         /* approve: the reviewer says that only part is granted */
    const char *text;     /* refuse: the reasons as edited, one a line; NULL: those of the failed rules.
                             approve: a note, or NULL */
    const char *province; /* approve, initial: two digits, where employer and code do not tell; else NULL */
};

struct act_result {
    int64_t seq;         /* of the ledger event */
    int64_t decision_no; /* 0 for accept */
    enum application_state state;
    int64_t version;
    size_t granted; /* specialties */
    size_t refused;
    day decide_by; /* accept: the deadline that now holds */
    char registration_number[QUEUE_TEXT_SIZE];
    bool number_is_new; /* allocated, or the electronic one for a paper number */
};

enum status act_accept(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err);
enum status act_approve(struct store *store, const struct act_request *request, struct act_result *result,
                        struct err *err);
enum status act_refuse(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err);

/* The sentences of the failed rules, one a line, as a refusal would record them: what the reasons editor starts with.
 * Chinese, the language of decisions. Cut at a line where `size` is too small. */
size_t act_prefill(const struct verdict *verdict, char *out, size_t size);

#endif
