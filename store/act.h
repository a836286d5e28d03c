/* What a reviewer does to an application (SPEC 8). One function each; every face calls these.
 *
 * Each reviews the application again inside the transaction that writes, compares the version with the one the reviewer
 * had before them, changes state, register, decision and ledger together, and reports success only when that is on
 * disk. Refusals: STATUS_BUSY where somebody was first or the version differs (the message says who decided what,
 * when), STATUS_NEGATIVE where the rules do not allow it, STATUS_NOT_ALLOWED for the role, or for the one who accepted
 * it. */
#ifndef STORE_ACT_H
#define STORE_ACT_H

#include "store/queue.h"

struct act_request {
    const char *application_no;
    int64_t version; /* the one the reviewer saw; 0: the one that stands now */
    bool partial;    /* approve: the reviewer says that only part is granted */
    /* refuse: the reasons as edited, one a line; NULL: those of the failed rules. approve: a note, or NULL. return: the
     * items to correct, one a line. withdraw, extend, revoke: the reason, compulsory. */
    const char *text;
    const char *ground;   /* revoke: the legal ground (许可法 art. 69), compulsory */
    int64_t decision_no;  /* revoke: the decision, of which application_no is found; the other actions: 0 */
    const char *province; /* approve, initial: two digits, where employer and code do not tell; else NULL */
};

struct act_result {
    int64_t seq;         /* of the ledger event */
    int64_t decision_no; /* 0 for accept */
    enum application_state state;
    int64_t version;
    size_t granted; /* specialties */
    size_t refused;
    day decide_by; /* accept, extend: the deadline that now holds */
    char registration_number[QUEUE_TEXT_SIZE];
    bool number_is_new; /* allocated, or the electronic one for a paper number */
};

typedef enum status act_function(struct store *store, const struct act_request *request, struct act_result *result,
                                 struct err *err);

enum status act_accept(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err);
enum status act_approve(struct store *store, const struct act_request *request, struct act_result *result,
                        struct err *err);
enum status act_refuse(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err);

/* 补正: back to the applicant with the items to correct; up to 5 working days after submission, never once accepted
 * (许可法 art. 32(4)). */
enum status act_return(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err);

/* 撤回: at the applicant's request. */
enum status act_withdraw(struct store *store, const struct act_request *request, struct act_result *result,
                         struct err *err);

/* 延期, supervisors: once, not after the deadline, 10 working days more (许可法 art. 42). */
enum status act_extend(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err);

/* 撤销, supervisors: of the decision request->decision_no. A new decision that names the one it supersedes; the
 * register entry is what it was before, the application pending again. Refused where a later decision touched the
 * person. */
enum status act_revoke(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err);

/* One of many applications that the same is done to. */
struct act_item {
    const char *application_no;
    int64_t version;          /* as in struct act_request */
    enum status status;       /* the answer, with what belongs to it */
    struct act_result result; /* STATUS_OK */
    struct err err;           /* else */
};

struct act_many {
    act_function *act;
    struct act_request request; /* what all have in common; number and version are each item's own */
    bool (*pause)(void *data);  /* asked between two items, or NULL; true: what is done is committed first. Others wait
                                 * meanwhile, so it must only look, and not wait for anything itself. */
    void *data;
};

enum { ACT_MANY_MAX = 256 }; /* items that are worth handing over at once */

/* Acts on the items one by one, each by the function that acts on one, as many in one transaction as others can be kept
 * waiting for (a twentieth of a second), one at least. Returns how many were tried: each of them has its final answer,
 * STATUS_OK being on disk; call again for the rest. `*go_on` false: there is no use in trying them. One that could not
 * even be begun (somebody holds the database) is answered and ends it. */
size_t act_many(struct store *store, const struct act_many *many, struct act_item *items, size_t count, bool *go_on);

/* The sentences of the failed rules and their bases, one a line: what the reasons editor starts with. Chinese, the
 * language of decisions. Cut at a line where `size` is too small. */
size_t act_prefill(const struct verdict *verdict, char *out, size_t size);

/* The first specialty that a refusal with these reasons would leave without any; SPECIALTY_COUNT where there is none.
 * One that passes every rule needs words of its own (许可法 art. 38). */
enum specialty act_lacks_reason(const struct verdict *verdict, const char *text);

#endif
