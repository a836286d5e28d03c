#include "tui/keys.h"

#include <stdio.h>
#include <string.h>

#include "store/err.h"
#include "tui/key_name.h"
#include "tui/keyboard.h"

#define AS_WORD(name, word) word,
const char *const keys_action_words[ACTION_COUNT] = {KEYS_ACTIONS(AS_WORD)};
const char *const keys_view_words[KEYS_VIEW_COUNT] = {KEYS_VIEWS(AS_WORD)};

/* Where letters are commands, where they are text, and the boxes that are read. */
enum {
    LISTS = KEYS_QUEUE | KEYS_DECIDED | KEYS_DETAIL | KEYS_PAGE | KEYS_REPORT | KEYS_HELP,
    FIELDS = KEYS_TYPED,
    BOXES = KEYS_CONFIRM | KEYS_NOTE
};

/* In the footer's order. Capital letters begin a decision, and only a box has Y: a decision always takes two different
 * keys. */
/* clang-format off */
static const struct keys_entry table[] = {
    {ACTION_CONFIRM, KEYS_CONFIRM, {'Y'}, true, NULL, N_("confirm"), N_("do what the box says")},
    {ACTION_CANCEL, KEYS_CONFIRM, {'n', KEYBOARD_ESCAPE, 'q'}, false, NULL, N_("cancel"), N_("close the box, nothing is done")},
    {ACTION_DROP, KEYS_DROP, {'D'}, true, NULL, N_("drop the text"), N_("drop what was typed")},
    {ACTION_CANCEL, KEYS_DROP, {'n', KEYBOARD_ESCAPE}, false, NULL, N_("go on writing"), N_("back to the text")},
    {ACTION_CLOSE, KEYS_NOTE, {KEYBOARD_ENTER, KEYBOARD_ESCAPE, 'q', 'n'}, false, NULL, N_("close"), N_("close the box")},
    {ACTION_GO_ON, KEYS_EDITOR, {KEYBOARD_F2, KEYBOARD_CTRL('S'), KEYBOARD_TAB}, false, "F2 / Ctrl-S", N_("go on"), N_("go on to the box that decides")},
    {ACTION_GO_ON, KEYS_PROMPT, {KEYBOARD_ENTER}, false, NULL, N_("go on"), N_("take what was typed")},
    {ACTION_OPEN, KEYS_CHOICE, {KEYBOARD_ENTER, 'o'}, false, NULL, N_("choose"), N_("take the one that is selected")},
    {ACTION_CANCEL, KEYS_CHOICE, {'n', KEYBOARD_ESCAPE, 'q'}, false, NULL, N_("cancel"), N_("leave everything as it is")},
    {ACTION_CANCEL, KEYS_EDITOR | KEYS_PROMPT, {KEYBOARD_ESCAPE}, false, NULL, N_("cancel"), N_("leave without deciding")},
    {ACTION_OPEN, KEYS_QUEUE | KEYS_DECIDED, {KEYBOARD_ENTER, 'o'}, false, NULL, N_("open"), N_("open the application")},
    {ACTION_OPEN, KEYS_SEARCH, {KEYBOARD_ENTER}, false, NULL, N_("open"), N_("open the application")},
    {ACTION_BACK, KEYS_SEARCH, {KEYBOARD_ESCAPE}, false, NULL, N_("back"), N_("back to where you were")},
    {ACTION_CANCEL, KEYS_PROGRESS, {KEYBOARD_ESCAPE, 'n'}, false, NULL, N_("stop"), N_("stop before the next one")},
    {ACTION_MARK, KEYS_QUEUE, {' '}, false, NULL, N_("mark"), N_("mark the application, or take its mark away")},
    {ACTION_APPROVE, KEYS_DETAIL, {'A'}, true, NULL, N_("approve"), N_("approve; a box shows the effect first")},
    {ACTION_REFUSE, KEYS_DETAIL, {'R'}, true, NULL, N_("refuse"), N_("refuse; the reasons come first, then a box")},
    {ACTION_ACCEPT, KEYS_DETAIL, {'C'}, true, NULL, N_("accept"), N_("accept for review; the deadline counts from then")},
    {ACTION_MARK_APPROVABLE, KEYS_QUEUE, {'a'}, false, NULL, NULL, N_("mark every application in sight that can be approved whole")},
    {ACTION_UNMARK, KEYS_QUEUE, {'z'}, false, NULL, N_("unmark"), N_("take all marks away")},
    {ACTION_APPROVE, KEYS_QUEUE, {'A'}, true, NULL, N_("approve"), N_("approve what is marked; a box says how many of what first")},
    {ACTION_REFUSE, KEYS_QUEUE, {'R'}, true, NULL, N_("refuse"), N_("refuse what is marked, for the rules that fail")},
    {ACTION_ACCEPT, KEYS_QUEUE, {'C'}, true, NULL, N_("accept"), N_("accept for review what is marked")},
    /* an Esc that came too late to stop the work must not close its report */
    {ACTION_BACK, KEYS_REPORT, {'q'}, false, NULL, N_("back"), N_("back to where you were")},
    {ACTION_BACK, LISTS & ~(KEYS_QUEUE | KEYS_REPORT), {'q', KEYBOARD_ESCAPE, KEYBOARD_BACKSPACE}, false, NULL, N_("back"), N_("back to where you were")},
    {ACTION_RETURN, KEYS_DETAIL, {'B'}, true, NULL, N_("return"), N_("return for correction, with the items to correct")},
    {ACTION_WITHDRAW, KEYS_DETAIL, {'W'}, true, NULL, N_("withdraw"), N_("record that the applicant withdraws")},
    {ACTION_EXTEND, KEYS_DETAIL, {'E'}, true, NULL, N_("extend"), N_("extend the deadline by 10 working days (supervisor)")},
    {ACTION_NEXT_RECORD, KEYS_DETAIL, {'n', ']'}, false, NULL, N_("next"), N_("the next application of the list")},
    {ACTION_PREVIOUS_RECORD, KEYS_DETAIL, {'p', '['}, false, NULL, N_("previous"), N_("the previous application of the list")},
    {ACTION_REVEAL, KEYS_DETAIL, {'v'}, true, NULL, NULL, N_("show the full id number; the ledger records it")},
    {ACTION_SEARCH, KEYS_QUEUE | KEYS_DECIDED | KEYS_DETAIL, {'/'}, false, NULL, N_("search"), N_("search as you type: registration number first")},
    {ACTION_FILTER_OUTCOME, KEYS_QUEUE, {'f'}, false, NULL, N_("outcome"), N_("only one outcome of the rules, chosen from a list")},
    {ACTION_DECIDED, KEYS_QUEUE, {'b'}, false, NULL, N_("decided"), N_("the list of decisions, newest first")},
    {ACTION_HELP, LISTS & ~KEYS_HELP, {'?', KEYBOARD_F1}, false, NULL, N_("help"), N_("every key that works here")},
    {ACTION_LEAVE, KEYS_QUEUE, {'q'}, true, NULL, N_("leave"), N_("leave the program")},
    {ACTION_STATISTICS, KEYS_QUEUE, {'i'}, false, NULL, N_("statistics"), N_("what waits and what was decided, in bars")},
    {ACTION_SEATS, KEYS_QUEUE, {'v'}, false, NULL, N_("who is in"), N_("who else is in, and on which application (supervisor)")},
    {ACTION_PREVIEW, KEYS_QUEUE, {'e'}, false, NULL, NULL, N_("show the preview beside the list, or hide it: less on a slow line")},
    {ACTION_LEDGER, KEYS_DETAIL, {'l'}, false, NULL, N_("ledger"), N_("everything the ledger has on the person")},
    {ACTION_NOTICE, KEYS_DECIDED | KEYS_DETAIL, {'m'}, false, NULL, N_("notice"), N_("read the notice of the decision")},
    {ACTION_CERTIFICATE, KEYS_DECIDED | KEYS_DETAIL, {'c'}, false, NULL, N_("certificate"), N_("the certificate of the person, with its code")},
    {ACTION_REVOKE, KEYS_DECIDED | KEYS_DETAIL, {'Z'}, true, NULL, N_("revoke"), N_("revoke the decision, with reason and ground (supervisor)")},
    {ACTION_TAB, KEYS_QUEUE, {'1', '2', '3', '4', '5'}, false, "1-5", N_("kind"), N_("all, or one kind of application")},
    {ACTION_FILTER_SPECIALTY, KEYS_QUEUE, {'s'}, false, NULL, N_("specialty"), N_("only one specialty, chosen from a list")},
    {ACTION_FILTER_TEXT, KEYS_QUEUE, {'w'}, false, NULL, N_("text"), N_("only those with a number, or the start of a name")},
    {ACTION_ORDER, KEYS_QUEUE, {'t'}, false, NULL, N_("order"), N_("order by deadline or by day of submission")},
    {ACTION_UNFILTER_ONE, KEYS_QUEUE, {'x'}, false, NULL, N_("unfilter"), N_("take the last filter away")},
    {ACTION_UNFILTER, KEYS_QUEUE, {'y', KEYBOARD_ESCAPE}, false, NULL, NULL, N_("take all filters away")},
    {ACTION_DOWN, LISTS | KEYS_CHOICE, {'j', KEYBOARD_DOWN}, false, NULL, NULL, N_("one line down")},
    {ACTION_UP, LISTS | KEYS_CHOICE, {'k', KEYBOARD_UP}, false, NULL, NULL, N_("one line up")},
    {ACTION_DOWN, FIELDS | BOXES, {KEYBOARD_DOWN}, false, NULL, NULL, N_("one line down")},
    {ACTION_UP, FIELDS | BOXES, {KEYBOARD_UP}, false, NULL, NULL, N_("one line up")},
    {ACTION_PAGE_DOWN, KEYS_QUEUE, {'d', KEYBOARD_PAGE_DOWN, KEYBOARD_CTRL('F')}, false, "d / PgDn", NULL, N_("one page down")},
    {ACTION_PAGE_DOWN, LISTS & ~KEYS_QUEUE, {'d', KEYBOARD_PAGE_DOWN, ' ', KEYBOARD_CTRL('F')}, false, "d / PgDn", N_("read on"), N_("one page down")},
    {ACTION_PAGE_UP, LISTS, {'u', KEYBOARD_PAGE_UP, KEYBOARD_CTRL('B')}, false, "u / PgUp", NULL, N_("one page up")},
    {ACTION_PAGE_DOWN, FIELDS | BOXES, {KEYBOARD_PAGE_DOWN}, false, NULL, NULL, N_("one page down")},
    {ACTION_PAGE_UP, FIELDS | BOXES, {KEYBOARD_PAGE_UP}, false, NULL, NULL, N_("one page up")},
    {ACTION_FIRST, LISTS | KEYS_CHOICE, {'g', KEYBOARD_HOME}, false, NULL, NULL, N_("to the start")},
    {ACTION_LAST, LISTS | KEYS_CHOICE, {'G', KEYBOARD_END}, false, NULL, NULL, N_("to the end")},
    {ACTION_NEXT_TAB, KEYS_QUEUE, {'l', KEYBOARD_TAB, KEYBOARD_RIGHT}, false, NULL, NULL, N_("the next kind")},
    {ACTION_PREVIOUS_TAB, KEYS_QUEUE, {'h', KEYBOARD_BACK_TAB, KEYBOARD_LEFT}, false, NULL, NULL, N_("the previous kind")},
    {ACTION_REFRESH, KEYS_QUEUE | KEYS_DECIDED | KEYS_DETAIL, {'r'}, false, NULL, NULL, N_("read again (it happens by itself, too)")},
    {ACTION_NEW_LINE, KEYS_EDITOR, {KEYBOARD_ENTER}, false, NULL, NULL, N_("a new line")},
    {ACTION_LEFT, FIELDS, {KEYBOARD_LEFT}, false, NULL, NULL, N_("one character left")},
    {ACTION_RIGHT, FIELDS, {KEYBOARD_RIGHT}, false, NULL, NULL, N_("one character right")},
    {ACTION_LINE_START, FIELDS, {KEYBOARD_HOME, KEYBOARD_CTRL('A')}, false, NULL, NULL, N_("to the start of the line")},
    {ACTION_LINE_END, FIELDS, {KEYBOARD_END, KEYBOARD_CTRL('E')}, false, NULL, NULL, N_("to the end of the line")},
    {ACTION_ERASE_BEFORE, FIELDS, {KEYBOARD_BACKSPACE}, false, NULL, NULL, N_("erase the character before the cursor")},
    {ACTION_ERASE_AT, FIELDS, {KEYBOARD_DELETE, KEYBOARD_CTRL('D')}, false, NULL, NULL, N_("erase the character at the cursor")},
    {ACTION_ERASE_ALL, KEYS_SEARCH | KEYS_PROMPT, {KEYBOARD_CTRL('U')}, false, NULL, NULL, N_("erase the line")},
    {ACTION_REDRAW, KEYS_EVERYWHERE, {KEYBOARD_CTRL('L')}, false, NULL, NULL, N_("draw the screen anew, should something have written over it")},
    {ACTION_INTERRUPT, KEYS_EVERYWHERE, {KEYBOARD_CTRL('C')}, false, NULL, NULL, N_("does nothing: nobody leaves by accident")},
};
/* clang-format on */
enum { TABLE_COUNT = sizeof table / sizeof table[0] };

void keys_open(struct keys *keys) {
    memcpy(keys->entries, table, sizeof table);
    keys->count = TABLE_COUNT;
    keys->mouse = true;
}

static bool claims(const struct keys_entry *entry, uint32_t key) {
    for (size_t i = 0; i < KEYS_A_ENTRY; i++)
        if (entry->keys[i] == key && key != 0)
            return true;
    return false;
}

bool keys_set(struct keys *keys, unsigned view, enum action action, const uint32_t wanted[KEYS_A_ENTRY]) {
    size_t at = 0;
    while (at < keys->count && ((keys->entries[at].views & view) == 0 || keys->entries[at].action != action))
        at++;
    if (at == keys->count || keys->count == KEYS_MAX)
        return false;
    /* the view leaves the entries of the action and gets one of its own, where the first stood in the footer */
    if (keys->entries[at].views != view) {
        memmove(&keys->entries[at + 1], &keys->entries[at], (keys->count - at) * sizeof keys->entries[0]);
        keys->count++;
    }
    for (size_t i = at + 1; i < keys->count; i++)
        if (keys->entries[i].action == action)
            keys->entries[i].views &= ~view;
    keys->entries[at].views = view;
    keys->entries[at].shown = NULL;
    memcpy(keys->entries[at].keys, wanted, sizeof keys->entries[at].keys);
    return true;
}

const struct keys_entry *keys_find(const struct keys *keys, unsigned view, uint32_t key) {
    for (size_t i = 0; i < keys->count; i++)
        if ((keys->entries[i].views & view) != 0 && claims(&keys->entries[i], key))
            return &keys->entries[i];
    return NULL;
}

uint32_t keys_which(const struct keys_entry *entry, uint32_t key) {
    uint32_t which = 0;
    while (which + 1 < KEYS_A_ENTRY && entry->keys[which] != key)
        which++;
    return which;
}

const struct keys_entry *keys_of(const struct keys *keys, unsigned view, enum action action) {
    for (size_t i = 0; i < keys->count; i++)
        if ((keys->entries[i].views & view) != 0 && keys->entries[i].action == action)
            return &keys->entries[i];
    return NULL;
}

/* Whether one of them ends what the other begins. */
static bool decide_together(const struct keys_entry *one, const struct keys_entry *other) {
    bool one_ends = (one->views & (KEYS_CONFIRM | KEYS_DROP)) != 0 && one->alone;
    bool other_ends = (other->views & (KEYS_CONFIRM | KEYS_DROP)) != 0 && other->alone;
    return one->alone && other->alone && one_ends != other_ends;
}

bool keys_collision(const struct keys *keys, const struct keys_entry **one, const struct keys_entry **other,
                    uint32_t *key) {
    for (size_t i = 0; i < keys->count; i++)
        for (size_t j = i + 1; j < keys->count; j++)
            for (size_t k = 0; k < KEYS_A_ENTRY; k++) {
                *one = &keys->entries[i];
                *other = &keys->entries[j];
                *key = (*one)->keys[k];
                if (claims(*other, *key) && (((*one)->views & (*other)->views) != 0 || decide_together(*one, *other)))
                    return true;
            }
    return false;
}

char *keys_names(const struct keys_entry *entry, bool first_only, char out[KEYS_NAME_SIZE]) {
    if (entry->shown != NULL) {
        snprintf(out, KEYS_NAME_SIZE, "%.*s", first_only ? (int)strcspn(entry->shown, " ") : KEYS_NAME_SIZE,
                 entry->shown);
        return out;
    }
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < (first_only ? 1 : KEYS_A_ENTRY) && entry->keys[i] != 0; i++) {
        char name[KEY_NAME_SIZE];
        key_name(entry->keys[i], name);
        used += (size_t)snprintf(out + used, KEYS_NAME_SIZE - used, "%s%s", i == 0 ? "" : " / ", name);
    }
    return out;
}

char *keys_name_of(const struct keys *keys, unsigned view, enum action action, char out[KEYS_NAME_SIZE]) {
    const struct keys_entry *entry = keys_of(keys, view, action);
    out[0] = '\0';
    return entry == NULL ? out : keys_names(entry, true, out);
}
