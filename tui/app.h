/* What the front end carries about. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>

#include "core/phrase.h"
#include "store/public_key.h"
#include "store/store.h"
#include "tui/sandbox.h"

#define APP_VERSION "0.1.0"

struct app {
    struct store *store; /* NULL until database_open() */
    enum language language;
    bool json;                             /* --json */
    bool remote;                           /* an SSH session: no file names, nothing out of the environment */
    const char *db;                        /* --db, or NULL */
    day today;                             /* --today, or DAY_NONE */
    char key[PUBLIC_KEY_FINGERPRINT_SIZE]; /* of the SSH key that logged in, else "" */
    int64_t idle_seconds;                  /* the screen ends after so long without a key; 0: never */
    const char *login;                     /* who acts where that is not the login of the real uid, else NULL */
    struct sandbox_keep keep;              /* the files this command works on, filled before database_open() */
    bool boxed;                            /* the sandbox is entered */
};

#endif
