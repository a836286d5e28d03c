/* A QR code in characters (libqrencode). */
#ifndef TUI_QR_H
#define TUI_QR_H

#include <stdbool.h>

/* Calls `emit` for each line: two modules a character by half blocks, dark on light with its quiet zone, the same in
 * every terminal colour because both colours are written as characters. False where the text does not fit a code. */
bool qr_write(const char *text, void (*emit)(void *data, const char *line), void *data);

#endif
