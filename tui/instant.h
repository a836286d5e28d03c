/* Instants of the ledger as they are read in China. */
#ifndef TUI_INSTANT_H
#define TUI_INSTANT_H

#include <stddef.h>

enum { INSTANT_TEXT_SIZE = 32, INSTANT_DATE_LENGTH = 10, INSTANT_TIME_AT = 11 };

/* "2021-11-05 18:23" in Shanghai, of an instant "2021-11-05T10:23:45Z"; the time stands at INSTANT_TIME_AT. What is no
 * instant stays as it is. Returns out. */
char *instant_local(const char *instant, char out[INSTANT_TEXT_SIZE]);

/* "18:23" of it. */
const char *instant_time(const char *instant, char out[INSTANT_TEXT_SIZE]);

#endif
