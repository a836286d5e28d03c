#include "store/fault.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

char *fault_format(const char *translated, const char *argument, char *out, size_t size) {
    const char *place = strstr(translated, "%1");
    if (place == NULL)
        snprintf(out, size, "%s", translated);
    else
        snprintf(out, size, "%.*s%s%s", (int)(place - translated), translated, argument, place + 2);
    return out;
}

void fault_step(char pointer[FAULT_POINTER_SIZE], const char *step, size_t length) {
    size_t at = strlen(pointer), used;
    if (at + 1 < FAULT_POINTER_SIZE)
        pointer[at++] = '/';
    for (; length > 0; step += used, length -= used) {
        const char *escape = *step == '~' ? "~0" : *step == '/' ? "~1" : NULL;
        text_decode(step, length, &used);
        size_t n = escape == NULL ? used : strlen(escape);
        if (at + n >= FAULT_POINTER_SIZE)
            break;
        memcpy(pointer + at, escape == NULL ? step : escape, n);
        at += n;
    }
    pointer[at] = '\0';
}
