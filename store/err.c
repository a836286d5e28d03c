#include "store/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum status err_set(struct err *err, enum status status, const char *message, ...) {
    if (err == NULL)
        return status;
    err->status = status;
    err->message = message;
    va_list list;
    va_start(list, message);
    const char *argument = va_arg(list, const char *);
    for (size_t i = 0; i < ERR_ARGS; i++) {
        snprintf(err->args[i], ERR_ARG_SIZE, "%s", argument == NULL ? "" : argument);
        if (argument != NULL)
            argument = va_arg(list, const char *);
    }
    va_end(list);
    return status;
}

struct err_number err_number(long long number) {
    struct err_number n;
    snprintf(n.text, sizeof n.text, "%lld", number);
    return n;
}

char *err_format(const struct err *err, const char *translated, char *out, size_t size) {
    size_t used = 0;
    for (const char *p = translated; *p != '\0' && used + 1 < size; p++) {
        if (*p != '%' || p[1] < '1' || p[1] > '0' + ERR_ARGS) {
            out[used++] = *p;
            continue;
        }
        const char *argument = err->args[*++p - '1'];
        size_t length = strlen(argument), room = size - used - 1;
        memcpy(out + used, argument, length < room ? length : room);
        used += length < room ? length : room;
    }
    out[used] = '\0';
    return out;
}
