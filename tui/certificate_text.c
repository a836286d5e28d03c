#include "tui/certificate_text.h"

#include <stdio.h>

char *certificate_text(const struct constructor *entry, const struct certificate *certificate, char *out, size_t size) {
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    snprintf(out, size, "YIJIAN1|%s|%s|%s|%s", entry->number, entry->person.name, day_format(certificate->from, from),
             day_format(certificate->to, to));
    return out;
}
