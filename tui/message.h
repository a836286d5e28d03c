/* What is said to the user, in their language (gettext; Chinese also where no Chinese locale is installed). */
#ifndef TUI_MESSAGE_H
#define TUI_MESSAGE_H

#include <libintl.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/phrase.h"
#include "store/err.h"

#define _(text) gettext(text)

/* Sets the locale: LC_CTYPE is always UTF-8, numbers stay in the C locale. `lang` is "zh", "en", or NULL: by LC_ALL,
 * LC_MESSAGES, LANG. Returns the language that now holds. */
enum language message_init(const char *lang);

/* Whether there is a locale of UTF-8: without one no character of Chinese is known, and papers would be codes. */
bool message_has_locale(void);

/* Where the Chinese texts are, or should be; false where they are not there. */
bool message_catalogue(char out[PATH_MAX]);

/* Has the texts read now, while files may still be. */
void message_load(void);

/* The error in the user's language, let through the door. Returns out. */
char *message_err(const struct err *err, char *out, size_t size);

/* The word in the language. */
const char *message_word(const struct document_word *word, enum language language);

#endif
