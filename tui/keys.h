/* The key table: dispatch, footer and help all read it. Colliding keys are a fault that a test finds. */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stddef.h>

#include "tui/keys_read.h"

enum action {
    ACTION_NONE,
    ACTION_DOWN,
    ACTION_UP,
    ACTION_PAGE_DOWN,
    ACTION_PAGE_UP,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_OPEN,
    ACTION_BACK,
    ACTION_NEXT_TAB,
    ACTION_PREVIOUS_TAB,
    ACTION_TAB_ALL,
    ACTION_TAB_INITIAL,
    ACTION_TAB_ADDED,
    ACTION_TAB_RE,
    ACTION_TAB_CONTINUATION,
    ACTION_SEARCH,
    ACTION_OUTCOME,
    ACTION_SPECIALTY,
    ACTION_ORDER,
    ACTION_CLEAR,
    ACTION_NEXT_RECORD,
    ACTION_PREVIOUS_RECORD,
    ACTION_ACCEPT,
    ACTION_APPROVE,
    ACTION_REFUSE,
    ACTION_RETURN,
    ACTION_WITHDRAW,
    ACTION_EXTEND,
    ACTION_REVEAL,
    ACTION_HELP,
    ACTION_COUNT
};

enum key_place { PLACE_QUEUE = 1, PLACE_DETAIL = 2, PLACE_HELP = 4 };

struct key_binding {
    enum action action;
    unsigned places;    /* bits of key_place */
    const char *letter; /* the plain letter: every function has one */
    enum key_code code; /* a named key besides, or INPUT_NONE */
    const char *shown;  /* how the footer and the help name the keys */
    const char *note;   /* msgid */
    unsigned footer;    /* places where the footer shows it */
};

extern const struct key_binding key_bindings[];
extern const size_t key_binding_count;

/* What a key means in a place; ACTION_NONE: nothing. */
enum action keys_action(const struct key *key, enum key_place place);

#endif
