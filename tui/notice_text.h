/* The written decision (准予/不予行政许可决定书) as text a clerk can print: Chinese, the language of decisions, 76
 * cells wide. */
#ifndef TUI_NOTICE_TEXT_H
#define TUI_NOTICE_TEXT_H

#include <stdbool.h>

#include "store/decision.h"

enum { NOTICE_CELLS = 76 };

/* Calls `emit` for each line, through the door already. */
void notice_write(const struct decision *decision, bool training, void (*emit)(void *data, const char *line),
                  void *data);

#endif
