/* A view is a small table of functions; the screen keeps a stack of them and calls the top one. */
#ifndef TUI_SCREEN_VIEW_H
#define TUI_SCREEN_VIEW_H

#include "store/act.h"
#include "store/queue.h"
#include "store/record.h"
#include "tui/keys.h"
#include "tui/screen/screen.h"
#include "tui/term.h"

struct screen;

struct view {
    /* Draws its part: rows [top, bottom) of the terminal; the frame draws the rest. */
    void (*draw)(struct view *view, struct screen *screen, int top, int bottom);
    void (*key)(struct view *view, struct screen *screen, const struct key *key);
    /* The database was written to by somebody, or the day has changed; may be NULL. */
    void (*refresh)(struct view *view, struct screen *screen);
    void (*close)(struct view *view);
    enum key_place place; /* for the footer; 0: the view draws its own line */
    const char *title;    /* msgid */
    bool covers;          /* lies over the view below, which stays visible around it */
};

enum { SCREEN_DEPTH = 6, SCREEN_MESSAGE_SIZE = 2048, SCREEN_MIN_ROWS = 10, SCREEN_MIN_COLUMNS = 40 };

struct screen {
    struct store *store;
    enum language language;
    struct terminal term;
    struct view *views[SCREEN_DEPTH];
    int depth;
    bool leave;
    char message[SCREEN_MESSAGE_SIZE]; /* one line above the footer, until the next key */
    enum role_look message_look;
    const char *footer; /* instead of the key table's, while a view wants its own; NULL */
    int64_t data_version;
    day today;
};

/* Puts a view on top; it belongs to the screen from here on. False, and the view is closed, where there is no room. */
bool screen_push(struct screen *screen, struct view *view);
/* Takes the top view away. */
void screen_pop(struct screen *screen);
/* Takes views away until `keep` is on top. */
void screen_pop_to(struct screen *screen, const struct view *keep);
void screen_say(struct screen *screen, enum role_look look, const char *text);
void screen_say_err(struct screen *screen, const struct err *err);
/* Whether the terminal is large enough that what is being decided can be seen. */
bool screen_is_visible(void);

struct view *queue_view_new(struct screen *screen);

/* What the detail needs of the queue under it. */
struct detail_host {
    struct view *view;
    /* The neighbour of a record in the list; 0: none. */
    int64_t (*neighbour)(struct view *view, struct screen *screen, int64_t id, int direction);
};
struct view *detail_view_new(struct screen *screen, int64_t id, const struct detail_host *host);

struct view *help_view_new(struct screen *screen, enum key_place place);

/* A box that asks for the one key 'Y'. `lines` are copied. On 'Y' `confirmed` is called after the box is gone. */
struct box_line {
    enum role_look look;
    char text[1024];
};
enum { BOX_LINES = 24 };
struct box_content {
    const char *title; /* msgid, translated */
    size_t count;
    struct box_line lines[BOX_LINES];
    const char *yes; /* what 'Y' does, translated */
};
struct view *box_view_new(const struct box_content *content,
                          void (*confirmed)(void *owner, struct screen *screen), void *owner);
void box_add(struct box_content *content, enum role_look look, const char *text);

/* A text being written: several lines, or one. On Ctrl-S (one line: Enter) `done` is called with it while the editor is
 * still there; a refusal of `done` keeps it open. Esc leaves it, after asking where something was written. */
struct edit_spec {
    const char *title; /* translated */
    const char *hint;  /* translated, or NULL */
    bool one_line;
    const char *initial;
    void (*done)(void *owner, struct screen *screen, const char *text);
    void *owner;
};
struct view *edit_view_new(const struct edit_spec *spec);

#endif
