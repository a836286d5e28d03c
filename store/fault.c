#include "store/fault.h"

#include <stdio.h>
#include <string.h>

char *fault_format(const char *translated, const char *argument, char *out, size_t size) {
    const char *place = strstr(translated, "%1");
    if (place == NULL)
        snprintf(out, size, "%s", translated);
    else
        snprintf(out, size, "%.*s%s%s", (int)(place - translated), translated, argument, place + 2);
    return out;
}
