/* What the actions share among themselves (store/act.h). */
#ifndef STORE_ACT_INSIDE_H
#define STORE_ACT_INSIDE_H

#include "store/act.h"
#include "store/application.h"
#include "store/decision_json.h"
#include "store/ledger.h"

struct act_kind;

/* One action under way: everything it read and made, inside the open writing transaction. */
struct act {
    struct store *store;
    const struct act_request *request;
    const struct act_kind *kind;
    struct act_result *result;
    struct err *err;
    struct arena arena;
    struct loaded loaded;
    struct verdict verdict;
    day today;
    char instant[STORE_INSTANT_SIZE];
    struct ledger_written written;
    char allocated[NUMBER_REGISTRATION_SIZE]; /* the registration number it took from the serials; "": none */
};

/* What kind of action it is: who may, on which applications, and what it does. The body runs inside the transaction and
 * leaves its ledger event in act->written. */
struct act_kind {
    enum right right;
    bool on_pending; /* else on one that was decided */
    enum status (*body)(struct act *act);
};

/* Opens the transaction, loads the application and looks whether it may be acted upon; runs the body; commits. */
enum status act_run(struct store *store, const struct act_request *request, struct act_result *result,
                    const struct act_kind *kind, struct err *err);

/* The one who accepted an application cannot decide it (实施办法 art. 16). */
enum status act_check_separation(struct act *act);

enum status act_update_state(struct act *act, enum application_state state);

/* Numbers, day, reviewer and application of a decision about to be made. */
enum status act_fill_facts(struct act *act, struct decision_facts *facts, const char *action,
                           enum application_state outcome);

/* Decision, ledger event and state. `before` and `after` are the register entry around it, NULL where there is none. */
enum status act_record(struct act *act, struct decision_facts *facts, const char *before, const char *after);

#endif
