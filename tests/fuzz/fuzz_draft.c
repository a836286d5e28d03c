/* A reason half typed: the file it is kept in, and the text being written. store/draft.h, tui/screen/editor.h. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "store/draft.h"
#include "store/inside.h"
#include "tests/fuzz/fuzz.h"
#include "tui/screen/editor.h"

#define NUMBER "A20211103000012"
#define OTHER NUMBER "0"

/* The draft of application 1, as draft.h says where it lies. */
static void write_draft(const uint8_t *data, size_t size) {
    static int fd = -1;
    mkdir("fuzz.db-drafts", 0700);
    if (fd < 0)
        fd = open("fuzz.db-drafts/li.hua,1,refuse", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FUZZ_MUST(fd >= 0 && ftruncate(fd, (off_t)size) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
}

static bool begins(const uint8_t *data, size_t size, const char *text) {
    return size >= strlen(text) && memcmp(data, text, strlen(text)) == 0;
}

static void check_text(const struct editor *editor) {
    size_t used;
    FUZZ_MUST(editor->length < EDITOR_SIZE && strlen(editor->text) == editor->length);
    FUZZ_MUST(editor->cursor <= editor->length);
    bool boundary = editor->cursor == editor->length;
    for (size_t at = 0; at < editor->length; at += used) {
        uint32_t c = text_decode(editor->text + at, editor->length - at, &used);
        FUZZ_MUST(c != TEXT_INVALID && !text_is_bidi_control(c));
        FUZZ_MUST(!text_is_control(c) || (c == '\n' && !editor->one_line));
        boundary = boundary || at == editor->cursor;
    }
    FUZZ_MUST(boundary);
}

/* Keys pressed: the editor's actions, and characters between them. */
static void press(struct editor *editor, uint8_t key, int cells) {
    static const enum action actions[] = {
        ACTION_LEFT,     ACTION_RIGHT,        ACTION_UP,       ACTION_DOWN,      ACTION_LINE_START,
        ACTION_LINE_END, ACTION_ERASE_BEFORE, ACTION_ERASE_AT, ACTION_ERASE_ALL, ACTION_NEW_LINE,
    };
    static const uint32_t characters[] = {'a', 0x4E00, ' ', '\t', '\r', 0x301, 0x202E, 0x200B, 0x1F600, 0x9B};
    enum { ACTIONS = sizeof actions / sizeof actions[0], CHARACTERS = sizeof characters / sizeof characters[0] };
    size_t before = editor->length, which = key % (ACTIONS + CHARACTERS);
    if (which >= ACTIONS) {
        editor_type(editor, characters[which - ACTIONS]);
        FUZZ_MUST(editor->length >= before);
        return;
    }
    FUZZ_MUST(editor_act(editor, actions[which], cells));
    FUZZ_MUST(which >= 6 || editor->length == before);
    FUZZ_MUST(actions[which] != ACTION_ERASE_ALL || editor->length == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct store store = {.path = "fuzz.db", .reviewer.login = "li.hua"};
    static struct editor editor;
    char text[EDITOR_SIZE];
    fuzz_locale();
    int cells = 1 + (int)fuzz_take(&data, &size, 1) % 100;
    size_t keys = fuzz_take(&data, &size, 1);
    keys = keys > size ? size : keys;
    const uint8_t *pressed = data;
    write_draft(data + keys, size - keys);
    FUZZ_MUST(draft_read(&store, 1, OTHER, "refuse", text, sizeof text) ==
              begins(data + keys, size - keys, OTHER "\n"));
    bool found = draft_read(&store, 1, NUMBER, "refuse", text, sizeof text);
    FUZZ_MUST(found == begins(data + keys, size - keys, NUMBER "\n"));
    char *whole = fuzz_text(data + keys, size - keys);
    FUZZ_MUST(!found || !fuzz_is_utf8(whole) || fuzz_is_utf8(text));
    free(whole);
    FUZZ_MUST(!draft_read(&store, 2, NUMBER, "refuse", text, sizeof text));
    editor_set(&editor, keys % 2 == 1, found ? text : "");
    check_text(&editor);
    for (size_t i = 0; i < keys; i++) {
        press(&editor, pressed[i], cells);
        check_text(&editor);
    }
    return 0;
}
