/* Why a document was rejected: where, what was found, what was expected (SPEC 3). */
#ifndef STORE_FAULT_H
#define STORE_FAULT_H

#include <stddef.h>
#include <stdint.h>

enum { FAULT_POINTER_SIZE = 512, FAULT_TEXT_SIZE = 256 };

struct fault {
    const char *file;                 /* borrowed */
    int64_t line;                     /* from 1 */
    char pointer[FAULT_POINTER_SIZE]; /* RFC 6901; "" is the document itself */
    const char *code;                 /* a stable word: "duplicate-member" … */
    const char *found;                /* msgid; %1 is found_arg */
    const char *expected;             /* msgid; %1 is expected_arg */
    char found_arg[FAULT_TEXT_SIZE];
    char expected_arg[FAULT_TEXT_SIZE];
};

/* Marks a msgid for xgettext. */
#define N_FAULT(text) text

/* Adds a step of `length` bytes to the pointer, as RFC 6901 writes it; cut at a character where it does not fit. */
void fault_step(char pointer[FAULT_POINTER_SIZE], const char *step, size_t length);

/* Puts `argument` for %1 into the translated text; returns `out`. */
char *fault_format(const char *translated, const char *argument, char *out, size_t size);

#endif
