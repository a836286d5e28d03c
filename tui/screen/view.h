/* A view: a small table of functions over a state of its own. Views lie on a stack, the topmost one has the keys; a box
 * stands over what lies below it. One struct screen is handed around (SPEC 12). */
#ifndef TUI_SCREEN_VIEW_H
#define TUI_SCREEN_VIEW_H

#include "store/queue.h"
#include "tui/draw.h"
#include "tui/keyboard.h"
#include "tui/keys.h"
#include "tui/screen/decide.h"
#include "tui/screen/marks.h"
#include "tui/screen/screen.h"

struct view_class {
    unsigned keys;     /* its bit in the key table */
    bool live;         /* shows what no change of the database tells: reread at every tick */
    bool others;       /* shows who else is there: drawn anew at every tick */
    bool box;          /* what lies below stays in sight */
    const char *title; /* msgid, for the header */
    void (*draw)(struct screen *screen, void *state, struct draw_area area);
    /* Does what the key means; `which` of the action's keys it was, from 0. */
    void (*act)(struct screen *screen, void *state, enum action action, uint32_t which);
    /* Takes a character typed or pasted; NULL: letters are not text here. */
    void (*type)(struct screen *screen, void *state, uint32_t character);
    /* A click on a place of the area. NULL: nothing is clicked here. */
    void (*click)(struct screen *screen, void *state, int row, int col);
    /* No key came for VIEW_REST_MS after one that asked for it (view_rest): shows what was left out while a key was
     * held; false where nothing was. NULL: nothing ever is. */
    bool (*rest)(struct screen *screen, void *state);
    /* The size, the day or the data has changed, or the view is in sight again: reads anew. NULL: nothing to read. */
    void (*reread)(struct screen *screen, void *state);
    /* The record that lies before (-1) or behind (+1) the selected one becomes the selected one. NULL: no list. */
    bool (*step)(struct screen *screen, void *state, int by, int64_t *id);
    /* Which of how many the selected one is, from 1. NULL: no list. */
    void (*place)(const struct screen *screen, void *state, int64_t *number, int64_t *total);
    /* Whether the action has something to do now: the footer offers only such. NULL: it always has. */
    bool (*works)(const struct screen *screen, void *state, enum action action);
    /* The action's word in the footer where it is not the table's, a msgid; NULL, from it or for it: the table's. */
    const char *(*word)(const struct screen *screen, void *state, enum action action);
    /* Breaks its lines anew below a box, where nothing may be read anew: what the box decides on lies here. NULL:
     * rereads. */
    void (*layout)(struct screen *screen, void *state);
    void (*close)(void *state); /* frees the state */
};

struct view {
    const struct view_class *class;
    void *state;
};

struct bulk_kind;

/* A place that was drawn to be clicked: what a key of the same action does, a click on it does. */
struct spot {
    int row, from, to; /* columns [from, to) */
    enum action action;
    uint32_t which; /* handed to the view with it */
};

enum { VIEW_DEPTH = 12, MESSAGE_SIZE = 2048, SPOTS = 64, VIEW_REST_MS = 100 /* keys repeat faster, hands do not */ };

struct screen {
    struct store *store;
    enum language language;
    struct terminal term;
    struct keyboard keyboard;
    struct keys keys;
    struct view views[VIEW_DEPTH];
    size_t depth;
    struct queue_counts counts;
    day today;
    int64_t data_version;
    struct deciding decision; /* the one being prepared */
    struct marks marks;
    const struct bulk_kind *bulk; /* what the marked ones are to be decided as */
    char message[MESSAGE_SIZE];
    enum paint message_paint;
    struct spot spots[SPOTS];
    size_t spot_count;
    int cursor_row, cursor_col; /* where the terminal's cursor rests */
    bool leave;
    int64_t idle_ms, touched_ms; /* ends so long after the last key; 0: never */
    bool idled;                  /* it did */
    bool displaced;              /* another database stands where the session's stood, or none: it ends */
    int64_t rest_ms;             /* when the views are told that the keys rest; 0: they need not be */
    bool given_up;               /* the last wait for others was ended by a key */
    bool leaving;                /* the last key asked to leave */
    bool has_decided;            /* the last key but one that leaves decided */
};

/* Puts a view on top; it owns `state` from then on, also where there is no room and it is closed at once. */
void view_push(struct screen *screen, const struct view_class *class, void *state);

/* Takes the topmost view away. */
void view_pop(struct screen *screen);

/* Takes the topmost view away without looking at what comes into sight. */
void view_drop(struct screen *screen);

/* Takes the boxes away, without looking at what comes into sight. */
void view_drop_boxes(struct screen *screen);

/* Takes views away down to the topmost list (queue or search). */
void view_pop_to_list(struct screen *screen);

/* Moves the selection of the list below by one record; false where there is no further one. */
bool view_step(struct screen *screen, int by, int64_t *id);

/* Which of how many of the list below the record is; false where there is no list. */
bool view_place(const struct screen *screen, int64_t *number, int64_t *total);

/* The part of the terminal a view may draw in. */
struct draw_area view_area(const struct screen *screen);

/* Has the views told when the keys rest; called at each key that matters. True where the last such key was shortly
 * before: a key is held. */
bool view_rest(struct screen *screen);

/* One calm line at the bottom; it stands until the next key. */
void view_say(struct screen *screen, enum paint paint, const char *format, ...) __attribute__((format(printf, 3, 4)));
void view_say_err(struct screen *screen, const struct err *err);

/* Says that what was just drawn there can be clicked. Beyond SPOTS it can not, its key works all the same. */
void view_spot(struct screen *screen, int row, int from, int to, enum action action, uint32_t which);

/* The topmost view, read anew. */
void view_reread(struct screen *screen);

/* After a new size: every view in sight. */
void view_layout(struct screen *screen);

/* Counts, day and the topmost view, read anew. */
void view_refresh(struct screen *screen);

#endif
