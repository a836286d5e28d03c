/* The full-screen program (SPEC 12). */
#ifndef TUI_SCREEN_SCREEN_H
#define TUI_SCREEN_SCREEN_H

#include "core/phrase.h"
#include "store/store.h"
#include "tui/keys.h"

struct screen_options {
    enum language language;
    bool colour;          /* false: NO_COLOR or asked for */
    int64_t idle_seconds; /* 0: never ends by itself */
    const struct keys *keys;
    const char *key_faults; /* what is wrong with the key file, a line each; "" */
};

/* Runs the screen on the terminal of fds 0 and 1 until the user leaves, the terminal goes away or a signal asks to end.
 * The terminal is restored in every case. Returns an exit code (store/err.h). */
int screen_run(struct store *store, const struct screen_options *options);

#endif
