#include "tui/keys.h"

#include <string.h>

#include "store/err.h"

#define Q PLACE_QUEUE
#define D PLACE_DETAIL
#define H PLACE_HELP

/* In the order the footer and the help show them. */
const struct key_binding key_bindings[] = {
    {ACTION_OPEN, Q, "l", INPUT_ENTER, "Enter", N_("open"), Q},
    {ACTION_APPROVE, D, "a", INPUT_NONE, "a", N_("approve"), D},
    {ACTION_REFUSE, D, "d", INPUT_NONE, "d", N_("refuse"), D},
    {ACTION_ACCEPT, D, "c", INPUT_NONE, "c", N_("accept"), D},
    {ACTION_RETURN, D, "t", INPUT_NONE, "t", N_("return for correction"), D},
    {ACTION_WITHDRAW, D, "w", INPUT_NONE, "w", N_("withdraw"), 0},
    {ACTION_EXTEND, D, "e", INPUT_NONE, "e", N_("extend the deadline (supervisor)"), 0},
    {ACTION_REVEAL, D, "v", INPUT_NONE, "v", N_("show the full id number (recorded)"), 0},
    {ACTION_SEARCH, Q, "/", INPUT_NONE, "/", N_("search"), Q},
    {ACTION_NEXT_TAB, Q, ">", INPUT_TAB, "Tab", N_("next kind"), Q},
    {ACTION_PREVIOUS_TAB, Q, "<", INPUT_BACK_TAB, "S-Tab", N_("previous kind"), 0},
    {ACTION_TAB_ALL, Q, "1", INPUT_NONE, "1", N_("all kinds"), 0},
    {ACTION_TAB_INITIAL, Q, "2", INPUT_NONE, "2", N_("initial registrations"), 0},
    {ACTION_TAB_ADDED, Q, "3", INPUT_NONE, "3", N_("added specialties"), 0},
    {ACTION_TAB_RE, Q, "4", INPUT_NONE, "4", N_("re-registrations"), 0},
    {ACTION_TAB_CONTINUATION, Q, "5", INPUT_NONE, "5", N_("continuations"), 0},
    {ACTION_OUTCOME, Q, "o", INPUT_NONE, "o", N_("filter by check"), Q},
    {ACTION_SPECIALTY, Q, "s", INPUT_NONE, "s", N_("filter by specialty"), 0},
    {ACTION_ORDER, Q, "r", INPUT_NONE, "r", N_("order by deadline or submission"), 0},
    {ACTION_CLEAR, Q, "x", INPUT_NONE, "x", N_("clear filters"), 0},
    {ACTION_NEXT_RECORD, D, "n", INPUT_NONE, "n", N_("next application"), D},
    {ACTION_PREVIOUS_RECORD, D, "p", INPUT_NONE, "p", N_("previous application"), 0},
    {ACTION_DOWN, Q | D | H, "j", INPUT_DOWN, "j ↓", N_("down"), 0},
    {ACTION_UP, Q | D | H, "k", INPUT_UP, "k ↑", N_("up"), 0},
    {ACTION_PAGE_DOWN, Q | D | H, "f", INPUT_PAGE_DOWN, "f PgDn", N_("page down"), 0},
    {ACTION_PAGE_UP, Q | D | H, "b", INPUT_PAGE_UP, "b PgUp", N_("page up"), 0},
    {ACTION_FIRST, Q | D | H, "g", INPUT_HOME, "g Home", N_("first"), 0},
    {ACTION_LAST, Q | D | H, "G", INPUT_END, "G End", N_("last"), 0},
    {ACTION_HELP, Q | D, "?", INPUT_F1, "?", N_("help"), Q | D},
    {ACTION_BACK, Q | D | H, "q", INPUT_ESCAPE, "q", N_("back, or leave"), Q | D | H},
};

const size_t key_binding_count = sizeof key_bindings / sizeof key_bindings[0];

enum action keys_action(const struct key *key, enum key_place place) {
    for (size_t i = 0; i < key_binding_count; i++) {
        const struct key_binding *binding = &key_bindings[i];
        if ((binding->places & place) == 0)
            continue;
        if (key->code == INPUT_TEXT && strcmp(binding->letter, key->text) == 0)
            return binding->action;
        if (key->code != INPUT_TEXT && key->code != INPUT_NONE && key->code == binding->code)
            return binding->action;
    }
    return ACTION_NONE;
}
