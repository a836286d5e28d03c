/* What stands above the queue: the tabs, the place in the list, the filters that are on as chips, and what presses. */
#ifndef TUI_SCREEN_QUEUE_HEAD_H
#define TUI_SCREEN_QUEUE_HEAD_H

#include "tui/screen/view.h"

enum { QUEUE_TABS = KIND_COUNT + 1, QUEUE_HEAD_ROWS = 2 };

/* Filters that are shown as chips, from left to right; each can be taken away alone. */
enum queue_chip { QUEUE_CHIP_TEXT, QUEUE_CHIP_OUTCOME, QUEUE_CHIP_SPECIALTY, QUEUE_CHIP_COUNT };

bool queue_chip_is_on(const struct queue_filter *filter, enum queue_chip chip);
void queue_chip_write(const struct screen *screen, const struct queue_filter *filter, enum queue_chip chip, char *out,
                      size_t size);
void queue_chip_take_off(struct queue_filter *filter, enum queue_chip chip);

struct queue_head {
    const struct queue_filter *filter;
    int64_t total;  /* rows the filter lets through */
    int64_t before; /* rows before the selected one */
};

/* What the chip can be, to choose from: all, then each outcome or specialty with how many there are under the other
 * filters. `chosen` gets the index: 0 for all. */
void queue_chip_choose(struct screen *screen, const struct queue_filter *filter, enum queue_chip chip,
                       void (*chosen)(struct screen *screen, void *data, size_t index), void *data);

/* Sets the chip to what was chosen by that index. */
void queue_chip_set(struct queue_filter *filter, enum queue_chip chip, size_t index);

void queue_head_draw(struct screen *screen, const struct queue_head *head, struct draw_area area);

#endif
