/* What the front end carries about. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>

#include "core/phrase.h"
#include "store/store.h"

struct app {
    struct store *store; /* NULL for commands that need no database */
    enum language language;
    bool json;          /* --json */
    bool remote;        /* commands of an SSH session: no file names */
    const char *db;     /* --db, or NULL */
    const char *lang;   /* --lang, or NULL */
    day today;          /* --today, or DAY_NONE */
    const char *login;  /* who acts */
};

#endif
