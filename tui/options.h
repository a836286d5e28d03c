/* One table-driven reader of options for every command. */
#ifndef TUI_OPTIONS_H
#define TUI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/app.h"

enum option_kind {
    OPTION_FLAG,     /* bool */
    OPTION_TEXT,     /* const char *: UTF-8 without control or bidirectional characters, line feeds aside */
    OPTION_NUMBER,   /* int64_t, 0 and more */
    OPTION_DAY,      /* day */
    OPTION_FILE,     /* const char *: read; in an SSH session only "-". The sandbox keeps it, as those below */
    OPTION_FILES,    /* struct option_list: may stand more than once; in an SSH session only "-" */
    OPTION_NEW_FILE, /* const char *: written; in an SSH session only "-" */
    OPTION_LANGUAGE, /* struct app, whose language it sets */
    OPTION_HELP,     /* ends the reading with OPTIONS_HELP */
    OPTION_VERSION   /* the same with OPTIONS_VERSION */
};

enum { OPTION_LIST_MAX = 64 };

struct option_list {
    const char *items[OPTION_LIST_MAX];
    size_t count;
};

/* Ends with name NULL. */
struct option_spec {
    const char *name; /* without the dashes; one letter: a single dash */
    enum option_kind kind;
    void *target; /* what the kind says */
    bool local;   /* refused in an SSH session */
};

/* Asked for instead of the command; no exit codes. */
enum { OPTIONS_HELP = -1, OPTIONS_VERSION = -2 };

/* Takes the options out of argv, the command's and those every command has, in any place before "--", and leaves the
 * other words in order, *argc of them. STATUS_OK; OPTIONS_HELP or OPTIONS_VERSION; STATUS_USAGE or STATUS_NOT_ALLOWED
 * with the complaint on standard error. */
int options_take(struct app *app, const struct option_spec *specs, int *argc, char **argv);

/* Takes the options every command has, up to the first word that is none: *used of the words. The same answers. */
int options_take_leading(struct app *app, int argc, char **argv, int *used);

/* A word that is no option but names a file to read, or "-": the sandbox keeps it, or the folder where standard input
 * is laid down. */
void options_take_input(struct app *app, const char *word);

#endif
