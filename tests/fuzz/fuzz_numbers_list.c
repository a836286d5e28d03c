/* The application numbers that a command takes from its standard input: tui/command/numbers.h. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/number.h"
#include "store/err.h"
#include "tests/fuzz/fuzz.h"
#include "tui/command/numbers.h"

/* With these bytes on standard input; what is said on standard error is not listened to. */
static int collect(struct numbers *numbers, const uint8_t *data, size_t size) {
    char first[] = "A1", rest[] = "-";
    char *words[] = {first, rest};
    FUZZ_MUST(freopen(fuzz_file(data, size), "r", stdin) != NULL);
    int heard = dup(STDERR_FILENO), nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nothing, STDERR_FILENO);
    int status = numbers_collect(numbers, 2, words);
    dup2(heard, STDERR_FILENO);
    close(heard);
    close(nothing);
    return status;
}

/* How many lines name something. */
static size_t count_lines(char *text) {
    size_t count = 0;
    char normal[NUMBER_SIZE], *line;
    while ((line = strsep(&text, "\n")) != NULL)
        count += number_normalise(line, normal, sizeof normal) > 0 ? 1 : 0;
    return count;
}

/* Each is a number once, as numbers are kept. */
static void check_list(const struct numbers *numbers) {
    char normal[NUMBER_SIZE];
    for (size_t i = 0; i < numbers->count; i++) {
        number_normalise(numbers->list[i], normal, sizeof normal);
        FUZZ_MUST(normal[0] != '\0' && strcmp(normal, numbers->list[i]) == 0);
        for (size_t j = 0; j < i; j++)
            FUZZ_MUST(strcmp(numbers->list[i], numbers->list[j]) != 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct numbers numbers = {0};
    int status = collect(&numbers, data, size);
    if (status == STATUS_OK) {
        char *text = fuzz_text(data, size);
        FUZZ_MUST(strlen(text) == size); /* nothing behind a zero byte is passed over */
        check_list(&numbers);
        FUZZ_MUST(strcmp(numbers.list[0], "A1") == 0 && numbers.count + numbers.repeated == 1 + count_lines(text));
        free(text);
    } else {
        FUZZ_MUST(status == STATUS_BAD_DATA && memchr(data, '\0', size) != NULL);
    }
    numbers_free(&numbers);
    return 0;
}
