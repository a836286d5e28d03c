/* The written decision (准予/不予行政许可决定书) as text a clerk can print: Chinese, the language of decisions, 76
 * cells wide. */
#ifndef TUI_NOTICE_TEXT_H
#define TUI_NOTICE_TEXT_H

#include <stdbool.h>

#include "store/decision.h"

enum { NOTICE_CELLS = 76 };

/* The whole paper, through the door already: each line ends in '\n'. The caller frees it; NULL where memory ran out,
 * for half a paper is none. */
char *notice_text(const struct decision *decision, bool training);

#endif
