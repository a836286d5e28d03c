/* Dice that fall the same way for the same seed: every value of the sample is a function of seed and index, so that
 * nothing needs to be remembered, whatever the number of documents. */
#ifndef TESTS_SAMPLE_DICE_H
#define TESTS_SAMPLE_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

/* Dice of their own for the thing of this index; `about` keeps different things of one index apart. */
struct dice dice_of(uint64_t seed, uint64_t about, uint64_t index);

uint64_t dice_throw(struct dice *dice);

/* 0 … below-1; `below` at least 1. */
int dice_below(struct dice *dice, int below);

/* True in `percent` of a hundred throws. */
bool dice_percent(struct dice *dice, int percent);

/* Index into weights, each as likely as its weight says. */
size_t dice_weighted(struct dice *dice, const int *weights, size_t count);

#endif
