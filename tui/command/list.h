/* A table of applications on standard output. */
#ifndef TUI_COMMAND_LIST_H
#define TUI_COMMAND_LIST_H

#include "core/phrase.h"
#include "store/queue.h"

void list_print_heading(enum language language);
void list_print_row(const struct queue_row *row, enum language language);

#endif
