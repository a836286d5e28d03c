#include "store/err.h"

#include <stdio.h>
#include <string.h>

enum status err_fill(struct err *err, enum status status, const char *const *message_and_arguments) {
    if (err == NULL)
        return status;
    err->status = status;
    err->message = *message_and_arguments++;
    for (size_t i = 0; i < ERR_ARGS; i++) {
        snprintf(err->args[i], ERR_ARG_SIZE, "%s", *message_and_arguments == NULL ? "" : *message_and_arguments);
        message_and_arguments += *message_and_arguments == NULL ? 0 : 1;
    }
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
