/* The keys: one table says what each key does where. Dispatch, footer, help and key files all read it (SPEC 12).
 *
 * What is used is a struct keys: the table as built in, then changed by a key file (tui/key_file.h). */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every action once: its name, and its word in a key file. */
#define KEYS_ACTIONS(X)                                                                                                \
    X(NONE, "none")                                                                                                    \
    X(OPEN, "open")                                                                                                    \
    X(SEARCH, "search")                                                                                                \
    X(HELP, "help")                                                                                                    \
    X(BACK, "back")                                                                                                    \
    X(LEAVE, "leave")                                                                                                  \
    X(DOWN, "down")                                                                                                    \
    X(UP, "up")                                                                                                        \
    X(PAGE_DOWN, "page-down")                                                                                          \
    X(PAGE_UP, "page-up")                                                                                              \
    X(FIRST, "first")                                                                                                  \
    X(LAST, "last")                                                                                                    \
    X(TAB, "tab")                                                                                                      \
    X(NEXT_TAB, "next-tab")                                                                                            \
    X(PREVIOUS_TAB, "previous-tab")                                                                                    \
    X(FILTER_OUTCOME, "filter-outcome")                                                                                \
    X(FILTER_SPECIALTY, "filter-specialty")                                                                            \
    X(FILTER_TEXT, "filter-text")                                                                                      \
    X(ORDER, "order")                                                                                                  \
    X(UNFILTER_ONE, "unfilter-one")                                                                                    \
    X(UNFILTER, "unfilter")                                                                                            \
    X(REFRESH, "refresh")                                                                                              \
    X(NEXT_RECORD, "next-record")                                                                                      \
    X(PREVIOUS_RECORD, "previous-record")                                                                              \
    X(ACCEPT, "accept")                                                                                                \
    X(APPROVE, "approve")                                                                                              \
    X(REFUSE, "refuse")                                                                                                \
    X(RETURN, "return")                                                                                                \
    X(WITHDRAW, "withdraw")                                                                                            \
    X(EXTEND, "extend")                                                                                                \
    X(REVEAL, "reveal")                                                                                                \
    X(REVOKE, "revoke")                                                                                                \
    X(DECIDED, "decided")                                                                                              \
    X(STATISTICS, "statistics")                                                                                        \
    X(SEATS, "who-is-in")                                                                                              \
    X(PREVIEW, "preview")                                                                                              \
    X(MARK, "mark")                                                                                                    \
    X(MARK_APPROVABLE, "mark-approvable")                                                                              \
    X(UNMARK, "unmark")                                                                                                \
    X(LEDGER, "ledger")                                                                                                \
    X(NOTICE, "notice")                                                                                                \
    X(CERTIFICATE, "certificate")                                                                                      \
    X(CONFIRM, "confirm")                                                                                              \
    X(CANCEL, "cancel")                                                                                                \
    X(CLOSE, "close")                                                                                                  \
    X(GO_ON, "go-on")                                                                                                  \
    X(DROP, "drop")                                                                                                    \
    X(NEW_LINE, "new-line")                                                                                            \
    X(LEFT, "left")                                                                                                    \
    X(RIGHT, "right")                                                                                                  \
    X(LINE_START, "line-start")                                                                                        \
    X(LINE_END, "line-end")                                                                                            \
    X(ERASE_BEFORE, "erase-before")                                                                                    \
    X(ERASE_AT, "erase-at")                                                                                            \
    X(ERASE_ALL, "erase-all")                                                                                          \
    X(REDRAW, "redraw")                                                                                                \
    X(INTERRUPT, "interrupt")

#define KEYS_AS_ENUM(name, word) ACTION_##name,
enum action { KEYS_ACTIONS(KEYS_AS_ENUM) ACTION_COUNT };

/* Where a key works: every view once, with its word in a key file. A box that only says something is a note; page is a
 * text that fills the screen; progress and report are of what is decided in bulk. */
#define KEYS_VIEWS(X)                                                                                                  \
    X(QUEUE, "queue")                                                                                                  \
    X(SEARCH, "search")                                                                                                \
    X(DETAIL, "application")                                                                                           \
    X(HELP, "help")                                                                                                    \
    X(CONFIRM, "confirm")                                                                                              \
    X(NOTE, "note")                                                                                                    \
    X(EDITOR, "editor")                                                                                                \
    X(PROMPT, "prompt")                                                                                                \
    X(CHOICE, "choice")                                                                                                \
    X(DROP, "drop") X(DECIDED, "decided") X(PAGE, "page") X(PROGRESS, "progress") X(REPORT, "report")

#define KEYS_AS_NUMBER(name, word) KEYS_NUMBER_##name,
enum { KEYS_VIEWS(KEYS_AS_NUMBER) KEYS_VIEW_COUNT };
#define KEYS_AS_BIT(name, word) KEYS_##name = 1 << KEYS_NUMBER_##name,
enum { KEYS_VIEWS(KEYS_AS_BIT) KEYS_EVERYWHERE = (1 << KEYS_VIEW_COUNT) - 1 };

/* Views in which letters are text. */
enum { KEYS_TYPED = KEYS_EDITOR | KEYS_PROMPT | KEYS_SEARCH };

extern const char *const keys_action_words[ACTION_COUNT];
extern const char *const keys_view_words[KEYS_VIEW_COUNT];

enum { KEYS_A_ENTRY = 5, KEYS_NAME_SIZE = 64, KEYS_MAX = 320 };

struct keys_entry {
    enum action action;
    unsigned views;
    uint32_t keys[KEYS_A_ENTRY]; /* 0 where there are fewer */
    bool alone;                  /* only where it comes alone: never out of a paste or a burst */
    const char *shown;           /* instead of the keys' names, or NULL */
    const char *word;            /* msgid, for the footer; NULL: not there */
    const char *note;            /* msgid, for the help */
};

struct keys {
    struct keys_entry entries[KEYS_MAX]; /* in the footer's order */
    size_t count;
    bool mouse; /* clicks and the wheel are asked for */
};

/* As built in. */
void keys_open(struct keys *keys);

/* From now on these keys, and no others, mean the action in that view (one bit). False where it has no such action, or
 * where there is no room. */
bool keys_set(struct keys *keys, unsigned view, enum action action, const uint32_t wanted[KEYS_A_ENTRY]);

/* What the key does in that view; NULL: nothing. */
const struct keys_entry *keys_find(const struct keys *keys, unsigned view, uint32_t key);

/* Which of the entry's keys it is, from 0. */
uint32_t keys_which(const struct keys_entry *entry, uint32_t key);

/* The first entry of that action in that view; NULL: there is none. */
const struct keys_entry *keys_of(const struct keys *keys, unsigned view, enum action action);

/* Two entries in one of the views that claim one key, or a key that confirms and begins a decision: it must always take
 * two different keys. False where there are none. */
bool keys_collision(const struct keys *keys, const struct keys_entry **one, const struct keys_entry **other,
                    uint32_t *key);

/* The names of an entry's keys, " / " between them; `first_only`: of its first key. Returns out. */
char *keys_names(const struct keys_entry *entry, bool first_only, char out[KEYS_NAME_SIZE]);

/* The name of the first key of an action, to be put into a sentence. Returns out. */
char *keys_name_of(const struct keys *keys, unsigned view, enum action action, char out[KEYS_NAME_SIZE]);

#endif
