/* Deciding: from the key to the box, from the box to the store (SPEC 8, 12). */
#ifndef TUI_SCREEN_DECIDE_H
#define TUI_SCREEN_DECIDE_H

#include "store/act.h"
#include "store/people.h"
#include "store/record.h"
#include "tui/keys.h"
#include "tui/screen/editor.h"

struct screen;

/* One thing a reviewer can do to an application. Titles are msgids with the kind of application for %s. */
struct decide_kind {
    enum action action;
    enum right right;
    const char *title;
    const char *part_title; /* where only part can be granted, or NULL */
    const char *heading;    /* msgid: what that is called in the box */
    const char *ask;        /* msgid: what to write, in several lines; NULL: nothing is written */
    const char *prompt;     /* msgid: what to write in one line; behind what is asked for in several, if anything is */
    bool prefilled;         /* what is written starts with the failed rules */
    bool compulsory;        /* nothing goes on without text */
    bool closed;            /* also where the application does not wait for a decision */
    enum status (*run)(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err);
};

/* A decision being prepared. The record is the detail view's, which lies below every box. */
struct deciding {
    const struct decide_kind *kind;
    const struct record *record;
    int64_t id;     /* whose text `editor` holds: it is there again when the reviewer comes back */
    enum action of; /* and for what */
    char application_no[QUEUE_TEXT_SIZE];
    struct editor editor; /* reasons, items, … */
    bool changed;         /* since it was last kept as a draft */
    struct editor prompt; /* the province, the legal ground, or why an id number is wanted */
    int64_t revokes;      /* the decision to be revoked, or 0 */
    char province[3];     /* "" where it need not be asked for */
    char title[256];      /* "准予延续注册" */
    /* What the editor calls: it knows nothing of what comes next. */
    void (*written)(struct screen *screen); /* goes on from the editor */
};

/* Whether the action has a chance on the record: the role, the state and the rules let it. */
bool decide_is_possible(const struct screen *screen, const struct record *record, enum action action);

/* Begins what the key asks for on the record before the reviewer: a box, an editor, or a word why not. */
void decide_begin(struct screen *screen, const struct record *record, enum action action);

/* Begins revoking that decision, which is one of the record's application. */
void decide_revoke(struct screen *screen, const struct record *record, int64_t decision_no);

#endif
