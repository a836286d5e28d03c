/* The one door between data and a terminal: screen, messages, tables and errors all go through here (SPEC 12, 14.7).
 *
 * Whatever comes in, what comes out is valid UTF-8 without a control, bidirectional, zero-width or otherwise invisible
 * character, and its width in cells is known. */
#ifndef TUI_DOOR_H
#define TUI_DOOR_H

#include <stddef.h>

/* Writes `text` with what must not reach a terminal turned into visible marks: a control as ^X or <9B>, a bidirectional
 * or invisible one as <202E>, an invalid byte as <?FF>. Cut at a character where `size` is too small. Returns out. */
char *door_text(const char *text, char *out, size_t size);

/* Cells that `text`, let through the door, takes. */
int door_width(const char *text);

/* Lets `text` through the door and makes it exactly `cells` wide: cut with … where too long, padded with spaces where
 * too short. Returns out. */
char *door_fit(const char *text, int cells, char *out, size_t size);

/* Bytes of `text` that stand in the first `cells` cells once let through the door, never splitting a character with its
 * combining marks; for wrapping and for cutting. Sets *used_cells (may be NULL). */
size_t door_prefix(const char *text, int cells, int *used_cells);

#endif
