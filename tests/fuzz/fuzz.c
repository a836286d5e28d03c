#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"

void fuzz_broken(const char *file, int line, const char *promise) {
    fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, promise);
    abort();
}

char *fuzz_text(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    FUZZ_MUST(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

const char *fuzz_file(const uint8_t *data, size_t size) {
    static const char path[] = "fuzz-input";
    static int fd = -1;
    if (fd < 0)
        fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FUZZ_MUST(fd >= 0 && ftruncate(fd, (off_t)size) == 0);
    for (size_t at = 0; at < size;) {
        ssize_t n = pwrite(fd, data + at, size - at, (off_t)at);
        FUZZ_MUST(n > 0);
        at += (size_t)n;
    }
    return path;
}

unsigned fuzz_take(const uint8_t **data, size_t *size, size_t bytes) {
    unsigned number = 0;
    if (*size < bytes)
        return 0;
    for (size_t i = 0; i < bytes; i++)
        number = number << 8 | (*data)[i];
    *data += bytes;
    *size -= bytes;
    return number;
}

bool fuzz_is_utf8(const char *text) {
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used)
        if (text_decode(text + at, length - at, &used) == TEXT_INVALID)
            return false;
    return true;
}

void fuzz_locale(void) {
    static bool set;
    if (!set)
        FUZZ_MUST(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
    set = true;
}
