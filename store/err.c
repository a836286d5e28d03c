#include "store/err.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

enum status err_fill(struct err *err, enum status status, const char *const *message_and_arguments) {
    if (err == NULL)
        return status;
    err->status = status;
    err->message = *message_and_arguments++;
    for (size_t i = 0; i < ERR_ARGS; i++) {
        text_copy(*message_and_arguments == NULL ? "" : *message_and_arguments, err->args[i], ERR_ARG_SIZE);
        message_and_arguments += *message_and_arguments == NULL ? 0 : 1;
    }
    return status;
}

enum status err_no_memory(struct err *err) {
    return err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
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
        used += text_copy(err->args[*++p - '1'], out + used, size - used);
    }
    out[used] = '\0';
    return out;
}
