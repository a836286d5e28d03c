/* Bytes of a terminal and the pauses between them: tui/keyboard_decoder.h. 0xFE and a byte is a pause, of so many times
 * 10 ms: no terminal sends it. */
#include <string.h>

#include "core/text.h"
#include "tests/fuzz/fuzz.h"
#include "tui/keyboard.h"

enum { PAUSE = 0xFE, PAUSE_MS = 10, ESCAPE = 0x1B, LONG_MS = 5000 };

struct line {
    struct keyboard_decoder decoder;
    int64_t now_ms;
    size_t keys, pasted, others;
    uint32_t last;
};

/* An event says something that can be: a character, or a key that has a name. */
static void check_event(const struct keyboard_event *event) {
    bool character = event->key > 0 && event->key < 0x110000 && (event->key < 0xD800 || event->key > 0xDFFF);
    bool special = event->key >= KEYBOARD_UP && event->key <= KEYBOARD_F2;
    switch (event->type) {
    case KEYBOARD_KEY: /* never 8 or a line feed: they come as what they mean */
        FUZZ_MUST((character && event->key != 8 && event->key != '\n') || special);
        return;
    case KEYBOARD_PASTED:
        FUZZ_MUST((character || event->key == 0) && event->key != ESCAPE && event->key != '\r');
        return;
    case KEYBOARD_MOUSE:
        FUZZ_MUST(event->key >= KEYBOARD_CLICK && event->key <= KEYBOARD_WHEEL_DOWN);
        FUZZ_MUST(event->row >= 0 && event->row < 10000 && event->col >= 0 && event->col < 10000);
        return;
    default:
        FUZZ_MUST(event->type == KEYBOARD_REPORT && event->col >= 0 && event->col < 10000);
    }
}

static void count(struct line *line, bool came, const struct keyboard_event *event) {
    if (!came) {
        FUZZ_MUST(event->type == KEYBOARD_NOTHING);
        return;
    }
    check_event(event);
    line->keys += event->type == KEYBOARD_KEY ? 1 : 0;
    line->pasted += event->type == KEYBOARD_PASTED ? 1 : 0;
    line->others += event->type > KEYBOARD_PASTED ? 1 : 0;
    line->last = event->key;
}

static void wait(struct line *line, int64_t ms) {
    struct keyboard_event event = {.type = KEYBOARD_NOTHING};
    line->now_ms += ms;
    count(line, keyboard_decoder_wait(&line->decoder, line->now_ms, &event), &event);
}

static void send(struct line *line, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        struct keyboard_event event = {.type = KEYBOARD_NOTHING};
        count(line, keyboard_decoder_take(&line->decoder, ((const uint8_t *)bytes)[i], line->now_ms, &event), &event);
    }
}

/* The bytes and pauses; without `escapes` every ESC is left out. */
static void play(struct line *line, const uint8_t *data, size_t size, bool escapes) {
    for (size_t i = 0; i < size; i++) {
        if (data[i] == PAUSE && i + 1 < size)
            wait(line, PAUSE_MS * (int64_t)data[++i]);
        else if (escapes || data[i] != ESCAPE)
            send(line, data + i, 1);
    }
}

/* Whatever came, a reviewer who waits has a keyboard that works; in the middle of a paste, one who presses Esc and
 * waits. */
static void check_recovers(struct line *line) {
    wait(line, LONG_MS);
    if (!keyboard_decoder_is_idle(&line->decoder)) {
        size_t pasted = line->pasted;
        send(line, "xx", 2); /* what a torn end mark was begun with swallows the first */
        FUZZ_MUST(line->pasted > pasted);
        send(line, "\033", 1);
        wait(line, LONG_MS);
    }
    FUZZ_MUST(keyboard_decoder_is_idle(&line->decoder));
    wait(line, LONG_MS);
    size_t before = line->keys;
    send(line, "q", 1);
    FUZZ_MUST(line->keys == before + 1 && line->last == 'q');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct line line = {.now_ms = 1};
    keyboard_decoder_open(&line.decoder);
    play(&line, data, size, true);
    FUZZ_MUST(line.keys + line.pasted + line.others <= size + 1);
    check_recovers(&line);
    /* the same bytes pasted never act as keys, and the end mark ends the paste */
    struct line paste = {.now_ms = 1};
    keyboard_decoder_open(&paste.decoder);
    send(&paste, "\033[200~", 6);
    play(&paste, data, size, false);
    send(&paste, "\033[201~", 6);
    FUZZ_MUST(paste.keys == 0 && paste.others == 0 && keyboard_decoder_is_idle(&paste.decoder));
    /* nor do they where the end mark never comes, until a reviewer ends it */
    keyboard_decoder_open(&paste.decoder);
    send(&paste, "\033[200~", 6);
    play(&paste, data, size, false);
    FUZZ_MUST(paste.keys == 0 && paste.others == 0);
    check_recovers(&paste);
    return 0;
}
