#include "tui/keyboard_decoder.h"

#include <string.h>

#include "core/text.h"
#include "tui/keyboard.h"

enum {
    ESCAPE_MS = 500,        /* a lone ESC is one only after so long */
    TAIL_MS = 1000,         /* and for so long its late rest may come */
    SEQUENCE_MS = 1000,     /* a sequence that does not go on is dropped */
    PASTE_ESCAPE_MS = 2000, /* ESC and then nothing ends a paste whose end mark never came */
    X10_BYTES = 3
};

enum state {
    STATE_GROUND,
    STATE_CHARACTER, /* a character of several bytes has begun */
    STATE_ESCAPE,
    STATE_CSI,
    STATE_LINUX, /* ESC [ [ and one byte */
    STATE_X10,   /* the three bytes of an old mouse report: any of them could be a letter */
    STATE_SS3,
    STATE_STRING, /* OSC, DCS and the like, up to BEL or ST */
    STATE_PASTE
};

static const char paste_end[] = "\033[201~";

void keyboard_decoder_open(struct keyboard_decoder *decoder) {
    memset(decoder, 0, sizeof *decoder);
    decoder->read_ms = decoder->key_ms = -TAIL_MS;
}

bool keyboard_decoder_is_idle(const struct keyboard_decoder *decoder) {
    return decoder->state == STATE_GROUND;
}

bool keyboard_decoder_has_escape(const struct keyboard_decoder *decoder) {
    return decoder->state == STATE_ESCAPE;
}

static bool give(struct keyboard_decoder *decoder, struct keyboard_event *event, uint32_t key) {
    decoder->state = STATE_GROUND;
    decoder->pending_length = 0;
    event->type = KEYBOARD_KEY;
    event->key = key;
    event->hurried = decoder->read_ms - decoder->key_ms < KEYBOARD_HAND_MS;
    decoder->key_ms = decoder->read_ms;
    return true;
}

static bool swallow(struct keyboard_decoder *decoder) {
    decoder->state = STATE_GROUND;
    decoder->pending_length = 0;
    decoder->key_ms = decoder->read_ms;
    return false;
}

/* Final byte, or number before "~", of the sequences of xterm, VT220, Linux and rxvt. */
static uint32_t sequence_key(const unsigned char *text, size_t length) {
    static const struct {
        const char *text;
        uint32_t key;
    } table[] = {
        {"A", KEYBOARD_UP},      {"B", KEYBOARD_DOWN},     {"C", KEYBOARD_RIGHT},    {"D", KEYBOARD_LEFT},
        {"H", KEYBOARD_HOME},    {"F", KEYBOARD_END},      {"1~", KEYBOARD_HOME},    {"7~", KEYBOARD_HOME},
        {"4~", KEYBOARD_END},    {"8~", KEYBOARD_END},     {"5~", KEYBOARD_PAGE_UP}, {"6~", KEYBOARD_PAGE_DOWN},
        {"3~", KEYBOARD_DELETE}, {"Z", KEYBOARD_BACK_TAB}, {"P", KEYBOARD_F1},       {"Q", KEYBOARD_F2},
        {"11~", KEYBOARD_F1},    {"12~", KEYBOARD_F2},     {"M", KEYBOARD_ENTER},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strlen(table[i].text) == length && memcmp(table[i].text, text, length) == 0)
            return table[i].key;
    return 0;
}

/* The numbers of a sequence, ";" between them, from byte `at` on up to its last byte; false where there are not just
 * `count` of them, or one is too large. */
static bool take_numbers(const struct keyboard_decoder *decoder, size_t at, int *numbers, size_t count) {
    enum { LARGEST = 9999, BASE = 10 };
    size_t found = 0;
    bool digits = false;
    numbers[0] = 0;
    for (; at + 1 < decoder->pending_length; at++) {
        unsigned char byte = decoder->pending[at];
        if (byte >= '0' && byte <= '9') {
            numbers[found] = numbers[found] * BASE + (byte - '0');
            digits = true;
        } else if (byte == ';' && digits && found + 1 < count) {
            numbers[++found] = 0;
            digits = false;
        } else {
            return false;
        }
        if (numbers[found] > LARGEST)
            return false;
    }
    return digits && found + 1 == count;
}

/* "<0;12;5M": button, column, line; "m" lets go. Only the left button and the wheel mean something. */
static bool take_mouse(struct keyboard_decoder *decoder, struct keyboard_event *event) {
    static const struct {
        int button;
        uint32_t key;
    } meanings[] = {{0, KEYBOARD_CLICK}, {64, KEYBOARD_WHEEL_UP}, {65, KEYBOARD_WHEEL_DOWN}};
    int numbers[3];
    bool pressed = decoder->pending[decoder->pending_length - 1] == 'M' && take_numbers(decoder, 1, numbers, 3);
    swallow(decoder);
    for (size_t i = 0; pressed && i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].button == numbers[0] && numbers[1] > 0 && numbers[2] > 0) {
            *event = (struct keyboard_event){
                .type = KEYBOARD_MOUSE, .key = meanings[i].key, .row = numbers[2] - 1, .col = numbers[1] - 1};
            return true;
        }
    return false;
}

/* "3;12R": where the cursor is. Nobody but the program asks for it. */
static bool take_report(struct keyboard_decoder *decoder, struct keyboard_event *event) {
    int numbers[2];
    bool told = take_numbers(decoder, 0, numbers, 2) && numbers[1] > 0;
    swallow(decoder);
    if (told)
        *event = (struct keyboard_event){.type = KEYBOARD_REPORT, .col = numbers[1] - 1};
    return told;
}

static bool end_sequence(struct keyboard_decoder *decoder, struct keyboard_event *event, bool ss3) {
    const unsigned char *text = decoder->pending;
    size_t length = decoder->pending_length;
    if (!ss3 && length == 4 && memcmp(text, "200~", 4) == 0) {
        swallow(decoder);
        decoder->state = STATE_PASTE;
        decoder->paste_match = 0;
        return false;
    }
    if (!ss3 && length > 0 && text[0] == '<')
        return take_mouse(decoder, event);
    if (!ss3 && length > 1 && text[length - 1] == 'R')
        return take_report(decoder, event);
    uint32_t key = sequence_key(text, length);
    bool late = decoder->tail_until_ms != 0; /* the rest of an ESC that was taken alone */
    decoder->tail_until_ms = 0;
    return key == 0 || late ? swallow(decoder) : give(decoder, event, key);
}

static bool take_csi(struct keyboard_decoder *decoder, struct keyboard_event *event, unsigned char byte) {
    if (byte == 0x1B) {
        decoder->state = STATE_ESCAPE;
        return false;
    }
    if (byte == '[' && decoder->pending_length == 0) {
        decoder->state = STATE_LINUX;
        return false;
    }
    if (byte < 0x20 || byte > 0x7E)
        return swallow(decoder);
    if (byte == 'M' && decoder->pending_length == 0) {
        decoder->state = STATE_X10;
        return false;
    }
    if (decoder->pending_length < KEYBOARD_PENDING)
        decoder->pending[decoder->pending_length++] = byte;
    return byte >= 0x40 ? end_sequence(decoder, event, false) : false;
}

static bool take_escape(struct keyboard_decoder *decoder, struct keyboard_event *event, unsigned char byte) {
    decoder->pending_length = 0;
    switch (byte) {
    case 0x1B: /* pressed twice: the second one waits in its turn */
        give(decoder, event, KEYBOARD_ESCAPE);
        decoder->state = STATE_ESCAPE;
        return true;
    case '[':
        decoder->state = STATE_CSI;
        return false;
    case 'O':
        decoder->state = STATE_SS3;
        return false;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        decoder->state = STATE_STRING;
        return false;
    default: /* Alt and a key: not a command of ours */
        return swallow(decoder);
    }
}

static bool take_ground(struct keyboard_decoder *decoder, struct keyboard_event *event, unsigned char byte) {
    bool tail = decoder->read_ms < decoder->tail_until_ms;
    if (tail && (byte == '[' || byte == 'O')) {
        decoder->state = byte == '[' ? STATE_CSI : STATE_SS3;
        decoder->pending_length = 0;
        return false;
    }
    decoder->tail_until_ms = 0;
    if (byte == 0x1B) {
        decoder->state = STATE_ESCAPE;
        return false;
    }
    if (byte >= 0x80) {
        decoder->state = STATE_CHARACTER;
        decoder->pending[0] = byte;
        decoder->pending_length = 1;
        return false;
    }
    if (byte == 0)
        return swallow(decoder);
    return give(decoder, event, keyboard_of_byte(byte));
}

static size_t character_length(unsigned char first) {
    return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
}

/* One more byte of a character; 0 until it is whole, TEXT_INVALID where it never will be. */
static uint32_t take_character(struct keyboard_decoder *decoder, unsigned char byte) {
    size_t used;
    if ((byte & 0xC0U) != 0x80)
        return TEXT_INVALID;
    decoder->pending[decoder->pending_length++] = byte;
    if (decoder->pending_length < character_length(decoder->pending[0]))
        return 0;
    return text_decode((const char *)decoder->pending, decoder->pending_length, &used);
}

static bool paste_give(struct keyboard_decoder *decoder, struct keyboard_event *event, uint32_t character) {
    decoder->pending_length = 0;
    event->type = KEYBOARD_PASTED;
    event->key = character;
    return true;
}

static bool take_paste(struct keyboard_decoder *decoder, struct keyboard_event *event, unsigned char byte) {
    if (byte == (unsigned char)paste_end[decoder->paste_match]) {
        if (++decoder->paste_match == sizeof paste_end - 1) {
            decoder->paste_match = 0;
            return swallow(decoder);
        }
        return false;
    }
    /* what looked like the end mark was none: those few bytes are dropped, ESC is no text */
    decoder->paste_match = byte == 0x1B ? 1 : 0;
    if (byte == 0x1B)
        return false;
    if (decoder->pending_length > 0) {
        uint32_t character = take_character(decoder, byte);
        if (character == 0)
            return false;
        if (character != TEXT_INVALID)
            return paste_give(decoder, event, character);
        decoder->pending_length = 0;
    }
    if (byte >= 0xC0) {
        decoder->pending[0] = byte;
        decoder->pending_length = 1;
        return false;
    }
    return byte < 0x80 ? paste_give(decoder, event, byte == '\r' ? '\n' : byte) : false;
}

bool keyboard_decoder_take(struct keyboard_decoder *decoder, unsigned char byte, int64_t came_ms,
                           struct keyboard_event *event) {
    decoder->read_ms = came_ms;
    uint32_t character;
    enum state state = (enum state)decoder->state;
    if (byte == 0x1B && (state == STATE_LINUX || state == STATE_X10 || state == STATE_SS3)) {
        decoder->state = STATE_ESCAPE; /* none of these has an ESC in it: another one begins, it may be a paste */
        return false;
    }
    switch (state) {
    case STATE_ESCAPE:
        return take_escape(decoder, event, byte);
    case STATE_CSI:
        return take_csi(decoder, event, byte);
    case STATE_LINUX:
        return swallow(decoder);
    case STATE_X10:
        decoder->pending_length++;
        return decoder->pending_length == X10_BYTES ? swallow(decoder) : false;
    case STATE_SS3:
        decoder->pending[decoder->pending_length++] = byte;
        return end_sequence(decoder, event, true);
    case STATE_STRING:
        if (byte == 0x1B)
            decoder->state = STATE_ESCAPE; /* ST is ESC \, which is swallowed as any unknown sequence */
        return byte == 7 ? swallow(decoder) : false;
    case STATE_PASTE:
        return take_paste(decoder, event, byte);
    case STATE_CHARACTER:
        character = take_character(decoder, byte);
        if (character == 0)
            return false;
        if (character != TEXT_INVALID)
            return give(decoder, event, character);
        swallow(decoder);
        return take_ground(decoder, event, byte);
    default:
        return take_ground(decoder, event, byte);
    }
}

bool keyboard_decoder_wait(struct keyboard_decoder *decoder, int64_t now_ms, struct keyboard_event *event) {
    int64_t silence = now_ms - decoder->read_ms;
    switch ((enum state)decoder->state) {
    case STATE_ESCAPE:
        if (silence < ESCAPE_MS)
            return false;
        give(decoder, event, KEYBOARD_ESCAPE);
        event->hurried = false;
        decoder->tail_until_ms = now_ms + TAIL_MS;
        return true;
    case STATE_PASTE:
        if (decoder->paste_match == 1 && silence >= PASTE_ESCAPE_MS)
            swallow(decoder);
        return false;
    case STATE_GROUND:
        return false;
    default:
        if (silence >= SEQUENCE_MS) {
            decoder->tail_until_ms = 0;
            swallow(decoder);
        }
        return false;
    }
}
