/* Opening each view; every one puts itself on top of the stack. */
#ifndef TUI_SCREEN_VIEWS_H
#define TUI_SCREEN_VIEWS_H

#include "tui/screen/view.h"

/* With that record selected, where it waits; 0: the first. */
void queue_view_open(struct screen *screen, int64_t id);

/* The record selected in the queue at the bottom of the stack; 0: none. */
int64_t queue_view_selected(const struct screen *screen);

void search_view_open(struct screen *screen);
void detail_view_open(struct screen *screen, int64_t id);
void decided_view_open(struct screen *screen);
void statistics_view_open(struct screen *screen);

/* For supervisors: who is in. */
void seats_view_open(struct screen *screen);

/* What the ledger has on the person, by id number. */
void ledger_view_open(struct screen *screen, const char *id_number);

void notice_view_open(struct screen *screen, int64_t decision_no);

/* By registration number; "": there is none, and a word says so. */
void certificate_view_open(struct screen *screen, const char *number);

/* The keys of the view with those bits, and of every other one below. */
void help_view_open(struct screen *screen, unsigned keys);

/* One line to be asked for. The texts and the editor must stay until the box is gone. */
struct prompt {
    const char *title;
    const char *label;
    struct editor *editor;
    void (*done)(struct screen *screen, void *data); /* Enter; the box is still there */
    void *data;
};

void prompt_open(struct screen *screen, const struct prompt *prompt);

enum { CHOICE_MAX = 16 };

/* Several things of which one is to be chosen. The title must stay, the items are copied. */
struct choice {
    const char *title;
    char *items[CHOICE_MAX];
    size_t count;
    void (*chosen)(struct screen *screen, void *data, size_t index); /* the box is gone by then */
    void *data;
};

void choice_open(struct screen *screen, const struct choice *choice, size_t selected);

/* A box that says something and is closed. The text is copied. */
void note_open(struct screen *screen, enum paint paint, const char *title, const char *text);

#endif
