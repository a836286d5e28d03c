/* A reviewer's own keys: tui/key_file.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tui/key_file.h"
#include "tui/key_name.h"
#include "tui/keyboard.h"

enum { FAULTS_SIZE = 4096, FILE_SIZE = 65536 };

/* Every key can come from a keyboard, and its word means it. */
static void check_entry(const struct keys_entry *entry) {
    char word[KEY_NAME_SIZE];
    for (size_t i = 0; i < KEYS_A_ENTRY && entry->keys[i] != 0; i++) {
        uint32_t key = entry->keys[i];
        key_word(key, word);
        FUZZ_MUST(key_parse(word, strlen(word)) == key);
        FUZZ_MUST(key != 8 && key != '\n' && key != KEYBOARD_CLICK);
    }
}

/* The keys as `yijian keys` prints them. */
static size_t print(const struct keys *keys, char out[FILE_SIZE]) {
    char word[KEY_NAME_SIZE];
    size_t used = (size_t)snprintf(out, FILE_SIZE, "mouse %s\n", keys->mouse ? "on" : "off");
    for (int view = 0; view < KEYS_VIEW_COUNT; view++)
        for (size_t i = 0; i < keys->count; i++) {
            const struct keys_entry *entry = &keys->entries[i];
            if ((entry->views >> view & 1U) == 0)
                continue;
            used += (size_t)snprintf(out + used, FILE_SIZE - used, "%s %s", keys_view_words[view],
                                     keys_action_words[entry->action]);
            for (size_t k = 0; k < KEYS_A_ENTRY && entry->keys[k] != 0; k++)
                used += (size_t)snprintf(out + used, FILE_SIZE - used, " %s", key_word(entry->keys[k], word));
            used += (size_t)snprintf(out + used, FILE_SIZE - used, "\n");
            FUZZ_MUST(used < FILE_SIZE);
        }
    return used;
}

/* In every view each key does what it does in the other. */
static void check_same(const struct keys *keys, const struct keys *other) {
    FUZZ_MUST(keys->mouse == other->mouse);
    for (size_t i = 0; i < keys->count; i++)
        for (int view = 0; view < KEYS_VIEW_COUNT; view++)
            for (size_t k = 0; (keys->entries[i].views >> view & 1U) != 0 && k < KEYS_A_ENTRY; k++) {
                uint32_t key = keys->entries[i].keys[k];
                const struct keys_entry *found = key == 0 ? NULL : keys_find(other, 1U << view, key);
                FUZZ_MUST(key == 0 || (found != NULL && found->action == keys->entries[i].action));
            }
}

/* Who has changed keys can still decide, confirm with another key than decides, and leave. */
static void check_usable(const struct keys *keys) {
    static const struct {
        unsigned view;
        enum action action;
    } needed[] = {{KEYS_QUEUE, ACTION_LEAVE},
                  {KEYS_QUEUE, ACTION_OPEN},
                  {KEYS_DETAIL, ACTION_APPROVE},
                  {KEYS_CONFIRM, ACTION_CANCEL},
                  {KEYS_CONFIRM, ACTION_CONFIRM}};
    const struct keys_entry *one, *other;
    uint32_t key;
    FUZZ_MUST(!keys_collision(keys, &one, &other, &key));
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        one = keys_of(keys, needed[i].view, needed[i].action);
        FUZZ_MUST(one != NULL && one->keys[0] != 0);
    }
}

/* Nothing in front can keep a line from being read. */
static void check_last_line(const uint8_t *data, size_t size, struct keys *keys) {
    static const char last[] = "\nnowhere down j\n";
    static char faults[FAULTS_SIZE];
    char *text = malloc(size + sizeof last);
    FUZZ_MUST(text != NULL);
    memcpy(text, data, size);
    memcpy(text + size, last, sizeof last - 1);
    const char *path = fuzz_file((const uint8_t *)text, size + sizeof last - 1);
    FUZZ_MUST(!key_file_read(keys, path, faults, sizeof faults));
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct keys keys, again, built_in;
    static char faults[FAULTS_SIZE], text[FILE_SIZE];
    fuzz_locale();
    check_last_line(data, size, &again);
    keys_open(&built_in);
    bool taken = key_file_read(&keys, fuzz_file(data, size), faults, sizeof faults);
    FUZZ_MUST(taken == (faults[0] == '\0'));
    for (size_t i = 0; i < keys.count; i++)
        check_entry(&keys.entries[i]);
    check_usable(&keys);
    if (!taken) {
        check_same(&keys, &built_in);
        check_same(&built_in, &keys);
        return 0;
    }
    size_t length = print(&keys, text);
    FUZZ_MUST(key_file_read(&again, fuzz_file((const uint8_t *)text, length), faults, sizeof faults));
    check_same(&keys, &again);
    check_same(&again, &keys);
    return 0;
}
