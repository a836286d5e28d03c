/* What the fuzz targets share (tests/fuzz/README.md). A target gets any bytes, hands them to one reader of outside data
 * and asserts what must hold of its answer, whatever the bytes are. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The target. Always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program where a promise does not hold. */
#define FUZZ_MUST(promise) ((promise) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #promise))
_Noreturn void fuzz_broken(const char *file, int line, const char *promise);

/* The bytes as a text, in memory of just that size; free() it. */
char *fuzz_text(const uint8_t *data, size_t size);

/* The path of a file in the current folder that holds just these bytes, until the next call. */
const char *fuzz_file(const uint8_t *data, size_t size);

/* Takes so many bytes off the front as a number; 0 where there are too few. */
unsigned fuzz_take(const uint8_t **data, size_t *size, size_t bytes);

/* Whether the text is UTF-8. */
bool fuzz_is_utf8(const char *text);

/* Makes characters as wide as the program sees them. */
void fuzz_locale(void);

#endif
