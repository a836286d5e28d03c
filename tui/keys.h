/* The key table: what each key does where, once. Dispatch, footer and help all read it (SPEC 12). */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum action {
    ACTION_NONE,
    ACTION_OPEN,
    ACTION_SEARCH,
    ACTION_HELP,
    ACTION_BACK,
    ACTION_LEAVE,
    ACTION_DOWN,
    ACTION_UP,
    ACTION_PAGE_DOWN,
    ACTION_PAGE_UP,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_TAB,
    ACTION_NEXT_TAB,
    ACTION_PREVIOUS_TAB,
    ACTION_FILTER_OUTCOME,
    ACTION_FILTER_SPECIALTY,
    ACTION_FILTER_TEXT,
    ACTION_ORDER,
    ACTION_UNFILTER_ONE,
    ACTION_UNFILTER,
    ACTION_REFRESH,
    ACTION_NEXT_RECORD,
    ACTION_PREVIOUS_RECORD,
    ACTION_ACCEPT,
    ACTION_APPROVE,
    ACTION_REFUSE,
    ACTION_RETURN,
    ACTION_WITHDRAW,
    ACTION_EXTEND,
    ACTION_REVEAL,
    ACTION_REVOKE,
    ACTION_DECIDED,
    ACTION_STATISTICS,
    ACTION_MARK,
    ACTION_MARK_APPROVABLE,
    ACTION_UNMARK,
    ACTION_LEDGER,
    ACTION_NOTICE,
    ACTION_CERTIFICATE,
    ACTION_CONFIRM,
    ACTION_CANCEL,
    ACTION_CLOSE,
    ACTION_GO_ON,
    ACTION_DROP,
    ACTION_NEW_LINE,
    ACTION_LEFT,
    ACTION_RIGHT,
    ACTION_LINE_START,
    ACTION_LINE_END,
    ACTION_ERASE_BEFORE,
    ACTION_ERASE_AT,
    ACTION_ERASE_ALL,
    ACTION_REDRAW,
    ACTION_INTERRUPT
};

/* Where a key works: one bit a view. */
enum {
    KEYS_QUEUE = 1,
    KEYS_SEARCH = 2,
    KEYS_DETAIL = 4,
    KEYS_HELP = 8,
    KEYS_CONFIRM = 16, /* the box that decides */
    KEYS_NOTE = 32,    /* a box that only says something */
    KEYS_EDITOR = 64,  /* reasons, several lines */
    KEYS_PROMPT = 128, /* one line */
    KEYS_DROP = 256,   /* the question whether to drop what was typed */
    KEYS_DECIDED = 512,
    KEYS_PAGE = 1024,     /* a text that fills the screen */
    KEYS_PROGRESS = 2048, /* while many are being decided */
    KEYS_REPORT = 4096,   /* what became of them */
    KEYS_EVERYWHERE = 8191
};

enum { KEYS_A_ENTRY = 5, KEYS_NAME_SIZE = 64 };

struct keys_entry {
    enum action action;
    unsigned views;
    uint32_t keys[KEYS_A_ENTRY]; /* 0 where there are fewer */
    bool alone;                  /* only where it comes alone: never out of a paste or a burst */
    const char *shown;           /* instead of the keys' names, or NULL */
    const char *word;            /* msgid, for the footer; NULL: not there */
    const char *note;            /* msgid, for the help */
};

extern const struct keys_entry keys_table[];
extern const size_t keys_table_count;

/* What the key does in that view; NULL: nothing. */
const struct keys_entry *keys_find(unsigned view, uint32_t key);

/* The first entry of that action in that view; NULL: there is none. */
const struct keys_entry *keys_of(unsigned view, enum action action);

/* The names of an entry's keys, " / " between them; `first_only`: of its first key. Returns out. */
char *keys_names(const struct keys_entry *entry, bool first_only, char out[KEYS_NAME_SIZE]);

/* The first two entries that claim one key in one view; false where there are none. */
bool keys_collision(const struct keys_entry **one, const struct keys_entry **other);

#endif
