/* The applications of the sample: most can be approved, some partly, some break one rule each. */
#ifndef TESTS_SAMPLE_FILING_H
#define TESTS_SAMPLE_FILING_H

#include "tests/sample/person.h"

enum { FILING_TEXT = 40 };

/* One application and the texts it points to. */
struct filing {
    struct application application;
    int who; /* index of the person */
    struct sample_person person;
    struct sample_employer employer; /* as stated */
    struct sample_employer another;  /* of a second registration */
    char application_no[FILING_TEXT];
    char number[FILING_TEXT]; /* as stated */
    char id_number[FILING_TEXT];
    char certificates[SPECIALTY_COUNT][FILING_TEXT];
    char signer[NAMES_SIZE];
    struct other_registration other;
    const char *disqualification;
    struct material materials[2];
    char digests[2][65];
};

/* Makes the application of this index. */
void filing_make(const struct sample_world *world, int index, struct filing *filing);

#endif
