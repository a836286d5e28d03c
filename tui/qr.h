/* A QR code in characters (libqrencode). */
#ifndef TUI_QR_H
#define TUI_QR_H

#include <stdbool.h>

/* Calls `emit` for each line: two modules a character by half blocks, with the quiet zone. A light module is written in
 * the terminal's text colour, so the code is dark on light where the background is dark, and inverted where it is
 * light, which scanners read too. False where the text does not fit a code, or with errno ENOMEM where there is no
 * memory for it. */
bool qr_write(const char *text, void (*emit)(void *data, const char *line), void *data);

#endif
