/* What became of each application that was decided together with others. */
#ifndef TUI_SCREEN_REPORT_H
#define TUI_SCREEN_REPORT_H

#include "tui/screen/marks.h"
#include "tui/screen/view.h"

enum report_fate { REPORT_NOT_TRIED, REPORT_DONE, REPORT_NOT_DONE, REPORT_FATE_COUNT };

struct report_item {
    enum report_fate fate;
    char application_no[QUEUE_TEXT_SIZE];
    char name[QUEUE_TEXT_SIZE];
    char text[1024]; /* the decision's number, or why it was not done */
};

struct report {
    const char *title; /* msgid: what was to be done */
    size_t count;
    struct report_item items[];
};

/* Every marked application, none tried yet; free() it. NULL: no memory. */
struct report *report_new(const struct marks *marks, const char *title);

size_t report_count(const struct report *report, enum report_fate fate);

/* Shows it and owns it from then on. */
void report_open(struct screen *screen, struct report *report);

#endif
