/* Names of people and companies that nobody has, but that read as if somebody had. */
#ifndef TESTS_SAMPLE_NAMES_H
#define TESTS_SAMPLE_NAMES_H

#include "tests/sample/dice.h"

enum { NAMES_SIZE = 96, NAMES_REGIONS = 50 };

/* Surname as frequent as in the country, and a given name of one or two characters. */
void names_person(struct dice *dice, bool woman, char out[NAMES_SIZE]);

/* "江苏长江路桥建设有限公司"; `province` is a GB/T 2260 code of two digits. */
void names_employer(struct dice *dice, const char *province, char out[NAMES_SIZE]);

/* Six digits of a county, the same for the same index. */
extern const char names_regions[NAMES_REGIONS][7];

#endif
