/* The applications that a command names: words, or lines of standard input. */
#ifndef TUI_COMMAND_NUMBERS_H
#define TUI_COMMAND_NUMBERS_H

#include <stddef.h>

#include "store/arena.h"

struct numbers {
    char **list; /* normalised, each once, in the order they came in */
    size_t count;
    size_t repeated; /* how many were named again */
    size_t room;
    struct arena texts; /* what the numbers live in */
};

/* Collects them, "-" standing for the lines of standard input, blank ones left out. STATUS_OK, or a status with the
 * complaint on standard error. The numbers are freed in any case by numbers_free(). */
int numbers_collect(struct numbers *numbers, int argc, char **argv);
void numbers_free(struct numbers *numbers);

#endif
