/* In the place of a fuzzer: the target gets each file named, once. What is left when it ends well has kept every
 * promise; a broken one ends the program. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"

enum { SEED_MAX = 4 * 1024 * 1024 };

static void replay(const char *path) {
    uint8_t *bytes = malloc(SEED_MAX);
    FILE *file = fopen(path, "rb");
    FUZZ_MUST(bytes != NULL && file != NULL);
    size_t size = fread(bytes, 1, SEED_MAX, file);
    FUZZ_MUST(feof(file) && !ferror(file));
    fclose(file);
    /* in memory of just that size, so that a sanitizer sees what reads behind the end */
    uint8_t *exact = malloc(size == 0 ? 1 : size);
    FUZZ_MUST(exact != NULL);
    for (size_t i = 0; i < size; i++)
        exact[i] = bytes[i];
    free(bytes);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        fprintf(stderr, "%s\n", argv[i]);
        replay(argv[i]);
    }
    printf("1..1\nok 1 - %d seeds\n", argc - 1);
    return 0;
}
