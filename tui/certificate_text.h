/* What the code on an electronic certificate says, for the command line and the screen alike. */
#ifndef TUI_CERTIFICATE_TEXT_H
#define TUI_CERTIFICATE_TEXT_H

#include "core/certificate.h"

enum { CERTIFICATE_TEXT_SIZE = 2048 };

/* "YIJIAN1|number|name|first day|last day of use", which `certificate --check` takes again. Returns out. */
char *certificate_text(const struct constructor *entry, const struct certificate *certificate, char *out, size_t size);

#endif
