/* The people of the sample: each a function of seed and index.
 *
 * The first N are in the register, the last digit of the index telling how: so an application finds somebody whose
 * standing fits its kind without a list of them. Those behind N are not in the register. */
#ifndef TESTS_SAMPLE_PERSON_H
#define TESTS_SAMPLE_PERSON_H

#include "core/document.h"
#include "core/number.h"
#include "tests/sample/names.h"

/* What the register says of a person of this last digit. */
enum sample_class {
    CLASS_CONTINUING, /* 0-4: valid, ends in 31 to 180 days */
    CLASS_LATE,       /* 5: valid, ends in less than 26 days: too late to continue in time */
    CLASS_STEADY,     /* 6-7: valid for long */
    CLASS_LAPSED,     /* 8-9: lapsed; before 2022 cancelled */
};

enum sample_age { AGE_WORKING, AGE_NEAR_65, AGE_OVER_65 };

struct sample_world {
    uint64_t seed;
    int persons; /* in the register */
    day today;
};

struct sample_employer {
    char name[NAMES_SIZE];
    char code[19];
    char province[3];
};

struct sample_person {
    char name[NAMES_SIZE];
    enum id_type id_type;
    char id_number[24];
    day birth;
    struct sample_employer employer;
    char number[NUMBER_REGISTRATION_SIZE];
    char paper_number[NUMBER_REGISTRATION_SIZE]; /* "" where there is none */
    int qualification_year;
    size_t held_count;
    struct held_specialty held[SPECIALTY_COUNT];
};

enum sample_class person_class(int index);

/* `age` is AGE_WORKING for everybody in the register but one in fifty near 65. */
void person_make(const struct sample_world *world, int index, enum sample_age age, struct sample_person *person);
enum sample_age person_age(const struct sample_world *world, int index);

void person_employer(const struct sample_world *world, int index, struct sample_employer *employer);
int person_employers(const struct sample_world *world);

/* A specialty as common as in the country. */
enum specialty person_specialty(struct dice *dice);

#endif
