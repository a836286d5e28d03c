#include "tests/sample/dice.h"

/* splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
uint64_t dice_throw(struct dice *dice) {
    uint64_t z = dice->state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

struct dice dice_of(uint64_t seed, uint64_t about, uint64_t index) {
    struct dice dice = {.state = seed};
    dice.state = dice_throw(&dice) ^ about;
    dice.state = dice_throw(&dice) ^ index;
    dice.state = dice_throw(&dice);
    return dice;
}

int dice_below(struct dice *dice, int below) {
    return (int)(dice_throw(dice) % (uint64_t)below);
}

bool dice_percent(struct dice *dice, int percent) {
    return dice_below(dice, 100) < percent;
}

size_t dice_weighted(struct dice *dice, const int *weights, size_t count) {
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weights[i];
    int at = dice_below(dice, sum);
    size_t i = 0;
    while (at >= weights[i])
        at -= weights[i++];
    return i;
}
