#include "tui/span_text.h"

#include <limits.h>
#include <stdio.h>

#include "tui/message.h"

char *span_text(const struct stats_span *span, char *out, size_t size) {
    if (span->from == INT_MIN)
        snprintf(out, size, _("overdue > %d"), -span->to - 1);
    else if (span->overdue)
        snprintf(out, size, _("overdue <= %d"), -span->from);
    else if (span->to == 0)
        snprintf(out, size, "%s", _("due today"));
    else if (span->to == INT_MAX)
        snprintf(out, size, _("> %d days"), span->from - 1);
    else if (span->from == span->to)
        snprintf(out, size, span->from == 1 ? _("%d day") : _("%d days"), span->from);
    else
        snprintf(out, size, _("%d-%d days"), span->from, span->to);
    return out;
}
