/* Key files: a reviewer's own keys. A line is "VIEW ACTION KEY …", or "mouse on|off"; what begins with # is a remark.
 * The keys of a line take the place of all that the action had in that view. `yijian keys` prints a whole file. */
#ifndef TUI_KEY_FILE_H
#define TUI_KEY_FILE_H

#include <limits.h>

#include "tui/app.h"
#include "tui/keys.h"

/* Where the keys of this login are: locally YIJIAN_KEYS, else the file yijian/keys in the user's configuration; over
 * SSH only what root keeps, /etc/yijian/keys.d/LOGIN. Where there is none, /etc/yijian/keys; "" where there is none. */
void key_file_find(const struct app *app, const char *login, char out[PATH_MAX]);

/* Reads the file over the built-in keys. Where anything in it is wrong, `keys` are the built-in ones, `faults` (of
 * `size` bytes) says for each line what was found and what was expected, and the answer is false. */
bool key_file_read(struct keys *keys, const char *path, char *faults, size_t size);

#endif
