/* Bytes of a terminal made into events, one byte at a time: characters, keys, pastes, mouse and cursor reports. Pure:
 * the bytes and the time are handed in, so that every order of bytes and pauses can be tried (tests/fuzz). */
#ifndef TUI_KEYBOARD_DECODER_H
#define TUI_KEYBOARD_DECODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct keyboard_event; /* tui/keyboard.h */

enum { KEYBOARD_PENDING = 32, KEYBOARD_HAND_MS = 25 /* no hand types two keys within */ };

struct keyboard_decoder {
    int state;                               /* enum state in keyboard_decoder.c */
    unsigned char pending[KEYBOARD_PENDING]; /* the sequence or character begun */
    size_t pending_length;
    int64_t read_ms;       /* when the last byte came */
    int64_t key_ms;        /* when the last key came */
    int64_t tail_until_ms; /* until then "[" or "O" is the late rest of a sequence */
    size_t paste_match;    /* bytes of the end mark of a paste seen so far */
};

void keyboard_decoder_open(struct keyboard_decoder *decoder);

/* Takes the byte that came at that time, in milliseconds of a clock that only goes forward. True where it makes *event
 * whole; else *event is as it was. */
bool keyboard_decoder_take(struct keyboard_decoder *decoder, unsigned char byte, int64_t came_ms,
                           struct keyboard_event *event);

/* What silence up to now makes of something begun: true where an event, a lone ESC. */
bool keyboard_decoder_wait(struct keyboard_decoder *decoder, int64_t now_ms, struct keyboard_event *event);

/* Whether nothing has begun that only more bytes, or silence, can end. */
bool keyboard_decoder_is_idle(const struct keyboard_decoder *decoder);

/* Whether an ESC has come of which only silence will tell that it came alone. */
bool keyboard_decoder_has_escape(const struct keyboard_decoder *decoder);

#endif
