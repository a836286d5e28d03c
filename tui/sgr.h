/* What curses says of attributes, said shorter: over a slow line a row costs a tenth less, a page a sixth. */
#ifndef TUI_SGR_H
#define TUI_SGR_H

#include <stddef.h>

/* Shortens output of curses in place and returns its new length. Attributes (ECMA-48, SGR) that follow one another at
 * once become one sequence, those before a reset are left out. ESC ( B, which curses says with every reset, is left out
 * too: no other character set is ever switched to. A sequence that is cut at an end stays as it is. */
size_t sgr_shorten(char *bytes, size_t length);

#endif
