/* What a key is called, on the screen and in a key file. */
#ifndef TUI_KEY_NAME_H
#define TUI_KEY_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEY_NAME_SIZE = 16 };

/* "Enter", "Ctrl-S", "a": for people. Returns out. */
char *key_name(uint32_t key, char out[KEY_NAME_SIZE]);

/* As a key file writes it: arrows have words there. Returns out. */
char *key_word(uint32_t key, char out[KEY_NAME_SIZE]);

/* The key of a name or a word, in any case where it is not a single character; 0: there is none. */
uint32_t key_parse(const char *text, size_t length);

#endif
