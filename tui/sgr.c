#include "tui/sgr.h"

#include <stdbool.h>
#include <string.h>

/* The length of ESC [ 1 ; 33 m, whatever its numbers; 0: it is none. */
static size_t attributes(const char *bytes, size_t length) {
    size_t n = 2;
    if (length < 3 || bytes[0] != '\033' || bytes[1] != '[')
        return 0;
    while (n < length && ((bytes[n] >= '0' && bytes[n] <= '9') || bytes[n] == ';'))
        n++;
    return n < length && bytes[n] == 'm' ? n + 1 : 0;
}

static bool plain_charset(const char *bytes, size_t length) {
    return length >= 3 && memcmp(bytes, "\033(B", 3) == 0;
}

/* Whether all that was set before is taken back: no number, or a 0 as the first. */
static bool resets(const char *numbers, size_t count) {
    return count == 0 || (numbers[0] == '0' && (count == 1 || numbers[1] == ';'));
}

/* All that stands at *in and is of this kind, as one sequence at `out`; what is written never overtakes what is read.
 * Returns where the next byte goes. */
static size_t take_run(char *bytes, size_t length, size_t *in, size_t out) {
    const size_t start = out;
    for (;;) {
        size_t n = attributes(bytes + *in, length - *in);
        if (n == 0 && !plain_charset(bytes + *in, length - *in))
            return out;
        const char *numbers = bytes + *in + 2;
        *in += n == 0 ? 3 : n;
        if (n == 0)
            continue;
        if (out == start || resets(numbers, n - 3)) {
            out = start;
            bytes[out++] = '\033';
            bytes[out++] = '[';
        } else {
            bytes[out - 1] = ';';
        }
        memmove(bytes + out, numbers, n - 2); /* with the m */
        out += n - 2;
    }
}

size_t sgr_shorten(char *bytes, size_t length) {
    size_t in = 0, out = 0;
    while (in < length) {
        size_t before = in;
        out = take_run(bytes, length, &in, out);
        if (in == before)
            bytes[out++] = bytes[in++];
    }
    return out;
}
