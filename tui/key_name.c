#include "tui/key_name.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "tui/keyboard.h"

static const struct {
    uint32_t key;
    const char *word, *name;
} names[] = {
    {KEYBOARD_ENTER, "Enter", "Enter"},
    {KEYBOARD_TAB, "Tab", "Tab"},
    {KEYBOARD_ESCAPE, "Esc", "Esc"},
    {KEYBOARD_BACKSPACE, "Backspace", "Backspace"},
    {KEYBOARD_UP, "Up", "↑"},
    {KEYBOARD_DOWN, "Down", "↓"},
    {KEYBOARD_LEFT, "Left", "←"},
    {KEYBOARD_RIGHT, "Right", "→"},
    {KEYBOARD_HOME, "Home", "Home"},
    {KEYBOARD_END, "End", "End"},
    {KEYBOARD_PAGE_UP, "PgUp", "PgUp"},
    {KEYBOARD_PAGE_DOWN, "PgDn", "PgDn"},
    {KEYBOARD_DELETE, "Delete", "Delete"},
    {KEYBOARD_BACK_TAB, "Shift-Tab", "Shift-Tab"},
    {KEYBOARD_F1, "F1", "F1"},
    {KEYBOARD_F2, "F2", "F2"},
    {' ', "Space", "Space"},
};
enum { NAMES = sizeof names / sizeof names[0] };

static const char control[] = "Ctrl-";

static char *write_name(uint32_t key, bool as_word, char out[KEY_NAME_SIZE]) {
    for (size_t i = 0; i < NAMES; i++)
        if (names[i].key == key) {
            snprintf(out, KEY_NAME_SIZE, "%s", as_word ? names[i].word : names[i].name);
            return out;
        }
    if (key < ' ') {
        snprintf(out, KEY_NAME_SIZE, "%s%c", control, (char)('A' + key - 1));
        return out;
    }
    char bytes[4];
    snprintf(out, KEY_NAME_SIZE, "%.*s", (int)text_encode(key, bytes), bytes);
    return out;
}

char *key_name(uint32_t key, char out[KEY_NAME_SIZE]) {
    return write_name(key, false, out);
}

char *key_word(uint32_t key, char out[KEY_NAME_SIZE]) {
    return write_name(key, true, out);
}

uint32_t key_parse(const char *text, size_t length) {
    size_t used, prefix = sizeof control - 1;
    for (size_t i = 0; i < NAMES; i++)
        if (strlen(names[i].word) == length && strncasecmp(names[i].word, text, length) == 0)
            return names[i].key;
    if (length == prefix + 1 && strncasecmp(text, control, prefix) == 0) {
        unsigned letter = (unsigned char)text[prefix] & 0xDFU;
        return letter >= 'A' && letter <= 'Z' ? keyboard_of_byte((unsigned char)KEYBOARD_CTRL(letter)) : 0;
    }
    uint32_t c = text_decode(text, length, &used);
    bool plain = length > 0 && used == length && c != TEXT_INVALID && c > ' ' && c < KEYBOARD_BACKSPACE;
    return plain ? c : 0;
}
