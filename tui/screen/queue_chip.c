/* The filters of the queue that are shown as chips: what they say, what they can be. */
#include <stdio.h>
#include <string.h>

#include "tui/door.h"
#include "tui/list.h"
#include "tui/message.h"
#include "tui/screen/queue_head.h"
#include "tui/screen/views.h"

bool queue_chip_is_on(const struct queue_filter *filter, enum queue_chip chip) {
    switch (chip) {
    case QUEUE_CHIP_TEXT:
        return filter->match != SEARCH_NOTHING;
    case QUEUE_CHIP_OUTCOME:
        return filter->outcome != QUEUE_ANY;
    default:
        return filter->specialty != QUEUE_ANY;
    }
}

void queue_chip_take_off(struct queue_filter *filter, enum queue_chip chip) {
    if (chip == QUEUE_CHIP_TEXT)
        filter->match = SEARCH_NOTHING;
    else
        queue_chip_set(filter, chip, 0);
}

/* The best outcome comes first. */
void queue_chip_set(struct queue_filter *filter, enum queue_chip chip, size_t index) {
    if (chip == QUEUE_CHIP_OUTCOME)
        filter->outcome = index == 0 ? QUEUE_ANY : OUTCOME_COUNT - (int)index;
    else
        filter->specialty = index == 0 ? QUEUE_ANY : (int)index - 1;
}

static const char *chip_word(const struct screen *screen, const struct queue_filter *filter, enum queue_chip chip) {
    if (!queue_chip_is_on(filter, chip))
        return _("all");
    return message_word(chip == QUEUE_CHIP_OUTCOME ? &outcome_words[filter->outcome]
                                                   : &document_specialties[filter->specialty],
                        screen->language);
}

/* A full id number is masked here as everywhere. */
void queue_chip_write(const struct screen *screen, const struct queue_filter *filter, enum queue_chip chip, char *out,
                      size_t size) {
    char masked[NUMBER_SIZE];
    if (chip == QUEUE_CHIP_OUTCOME) {
        snprintf(out, size, " %s %s × ", list_outcome_sign((enum outcome)filter->outcome),
                 chip_word(screen, filter, chip));
        return;
    }
    if (chip == QUEUE_CHIP_SPECIALTY) {
        snprintf(out, size, " %s × ", chip_word(screen, filter, chip));
        return;
    }
    number_mask(filter->text, masked, sizeof masked);
    snprintf(out, size, " %s: %s × ", message_word(&search_matches[filter->match], screen->language),
             filter->match == SEARCH_ID_NUMBER ? masked : filter->text);
}

void queue_chip_choose(struct screen *screen, const struct queue_filter *filter, enum queue_chip chip,
                       void (*chosen)(struct screen *screen, void *data, size_t index), void *data) {
    enum { TEXT_SIZE = 512, WORD_SIZE = 256, COUNT_CELLS = 10 };
    char texts[CHOICE_MAX][TEXT_SIZE], word[WORD_SIZE], number[DRAW_COUNT_SIZE];
    bool outcome = chip == QUEUE_CHIP_OUTCOME;
    struct choice choice = {
        .title = outcome ? _("Only this outcome") : _("Only this specialty"),
        .count = (size_t)(outcome ? OUTCOME_COUNT : SPECIALTY_COUNT) + 1,
        .chosen = chosen,
        .data = data,
    };
    struct queue_filter one = *filter;
    struct err err = {0};
    size_t selected = 0;
    for (size_t i = 0; i < choice.count; i++) {
        int64_t count;
        queue_chip_set(&one, chip, i);
        if (queue_count(screen->store, &one, &count, &err) != STATUS_OK) {
            view_say_err(screen, &err);
            return;
        }
        door_fit(chip_word(screen, &one, chip), outcome ? 18 : 20, word, sizeof word);
        snprintf(texts[i], TEXT_SIZE, "%s %s %*s",
                 outcome && i > 0 ? list_outcome_sign((enum outcome)one.outcome) : " ", word, COUNT_CELLS,
                 draw_count(count, number));
        choice.items[i] = texts[i];
        selected = one.outcome == filter->outcome && one.specialty == filter->specialty ? i : selected;
    }
    choice_open(screen, &choice, selected);
}
