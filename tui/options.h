/* One table-driven reader of options for every command. */
#ifndef TUI_OPTIONS_H
#define TUI_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "tui/app.h"

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_NUMBER, OPTION_DAY, OPTION_FILE };

/* Ends with name NULL. OPTION_FILE is refused in an SSH session unless it is "-". */
struct option_spec {
    const char *name; /* without the dashes; one letter: a single dash */
    enum option_kind kind;
    void *target; /* bool, const char *, int64_t, day, const char * */
};

/* Takes the options out of argv, in any place before "--", and leaves the other words in order, *argc of them. An option
 * that is not among the specs is a fault. Returns STATUS_OK, or STATUS_USAGE with the complaint on standard error. */
int options_take(struct app *app, const struct option_spec *specs, int *argc, char **argv);

/* The same for the options every command has (--db --today --lang --json); others are left in their places. */
int options_take_common(struct app *app, int *argc, char **argv);

#endif
