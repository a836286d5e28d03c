/* Working days left, in words. */
#ifndef TUI_SPAN_TEXT_H
#define TUI_SPAN_TEXT_H

#include "store/stats.h"

/* "overdue > 5", "today", "4-5 days", "> 20 days". Returns out. */
char *span_text(const struct stats_span *span, char *out, size_t size);

#endif
