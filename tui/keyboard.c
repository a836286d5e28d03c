#include "tui/keyboard.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"

enum {
    ESCAPE_MS = 500,        /* a lone ESC is one only after so long */
    TAIL_MS = 1000,         /* and for so long its late rest may come */
    SEQUENCE_MS = 1000,     /* a sequence that does not go on is dropped */
    PASTE_ESCAPE_MS = 2000, /* ESC and then nothing ends a paste whose end mark never came */
    HAND_MS = 25,           /* no hand types two keys within */
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

int64_t keyboard_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void keyboard_open(struct keyboard *keyboard, int fd) {
    memset(keyboard, 0, sizeof *keyboard);
    keyboard->fd = fd;
    keyboard->read_ms = keyboard->before_ms = keyboard->key_ms = -TAIL_MS;
}

enum { FILL_GONE = -1, FILL_NONE, FILL_BYTES, FILL_SIGNAL };

/* Reads what there is, waiting up to wait_ms. */
static int fill(struct keyboard *keyboard, int wait_ms) {
    struct pollfd set = {.fd = keyboard->fd, .events = POLLIN};
    int ready = poll(&set, 1, wait_ms);
    if (ready == 0)
        return FILL_NONE;
    ssize_t n = ready < 0 ? -1 : read(keyboard->fd, keyboard->buffer, sizeof keyboard->buffer);
    if (n <= 0)
        return n < 0 && (errno == EINTR || errno == EAGAIN) ? FILL_SIGNAL : FILL_GONE;
    keyboard->from = 0;
    keyboard->to = (size_t)n;
    keyboard->before_ms = keyboard->read_ms;
    keyboard->read_ms = keyboard_clock();
    return FILL_BYTES;
}

static bool give(struct keyboard *keyboard, struct keyboard_event *event, uint32_t key) {
    keyboard->state = STATE_GROUND;
    keyboard->pending_length = 0;
    event->type = KEYBOARD_KEY;
    event->key = key;
    event->hurried = keyboard->read_ms - keyboard->key_ms < HAND_MS;
    keyboard->key_ms = keyboard->read_ms;
    return true;
}

static bool swallow(struct keyboard *keyboard) {
    keyboard->state = STATE_GROUND;
    keyboard->pending_length = 0;
    keyboard->key_ms = keyboard->read_ms;
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
static bool take_numbers(const struct keyboard *keyboard, size_t at, int *numbers, size_t count) {
    enum { LARGEST = 9999, BASE = 10 };
    size_t found = 0;
    bool digits = false;
    numbers[0] = 0;
    for (; at + 1 < keyboard->pending_length; at++) {
        unsigned char byte = keyboard->pending[at];
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
static bool take_mouse(struct keyboard *keyboard, struct keyboard_event *event) {
    static const struct {
        int button;
        uint32_t key;
    } meanings[] = {{0, KEYBOARD_CLICK}, {64, KEYBOARD_WHEEL_UP}, {65, KEYBOARD_WHEEL_DOWN}};
    int numbers[3];
    bool pressed = keyboard->pending[keyboard->pending_length - 1] == 'M' && take_numbers(keyboard, 1, numbers, 3);
    swallow(keyboard);
    for (size_t i = 0; pressed && i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].button == numbers[0] && numbers[1] > 0 && numbers[2] > 0) {
            *event = (struct keyboard_event){
                .type = KEYBOARD_MOUSE, .key = meanings[i].key, .row = numbers[2] - 1, .col = numbers[1] - 1};
            return true;
        }
    return false;
}

/* "3;12R": where the cursor is. Nobody but the program asks for it. */
static bool take_report(struct keyboard *keyboard, struct keyboard_event *event) {
    int numbers[2];
    bool told = take_numbers(keyboard, 0, numbers, 2) && numbers[1] > 0;
    swallow(keyboard);
    if (told)
        *event = (struct keyboard_event){.type = KEYBOARD_REPORT, .col = numbers[1] - 1};
    return told;
}

static bool end_sequence(struct keyboard *keyboard, struct keyboard_event *event, bool ss3) {
    const unsigned char *text = keyboard->pending;
    size_t length = keyboard->pending_length;
    if (!ss3 && length == 4 && memcmp(text, "200~", 4) == 0) {
        swallow(keyboard);
        keyboard->state = STATE_PASTE;
        keyboard->paste_match = 0;
        return false;
    }
    if (!ss3 && length > 0 && text[0] == '<')
        return take_mouse(keyboard, event);
    if (!ss3 && length > 1 && text[length - 1] == 'R')
        return take_report(keyboard, event);
    uint32_t key = sequence_key(text, length);
    bool late = keyboard->tail_until_ms != 0; /* the rest of an ESC that was taken alone */
    keyboard->tail_until_ms = 0;
    return key == 0 || late ? swallow(keyboard) : give(keyboard, event, key);
}

static bool take_csi(struct keyboard *keyboard, struct keyboard_event *event, unsigned char byte) {
    if (byte == 0x1B) {
        keyboard->state = STATE_ESCAPE;
        return false;
    }
    if (byte == '[' && keyboard->pending_length == 0) {
        keyboard->state = STATE_LINUX;
        return false;
    }
    if (byte < 0x20 || byte > 0x7E)
        return swallow(keyboard);
    if (byte == 'M' && keyboard->pending_length == 0) {
        keyboard->state = STATE_X10;
        return false;
    }
    if (keyboard->pending_length < KEYBOARD_PENDING)
        keyboard->pending[keyboard->pending_length++] = byte;
    return byte >= 0x40 ? end_sequence(keyboard, event, false) : false;
}

static bool take_escape(struct keyboard *keyboard, struct keyboard_event *event, unsigned char byte) {
    keyboard->pending_length = 0;
    switch (byte) {
    case 0x1B: /* pressed twice: the second one waits in its turn */
        give(keyboard, event, KEYBOARD_ESCAPE);
        keyboard->state = STATE_ESCAPE;
        return true;
    case '[':
        keyboard->state = STATE_CSI;
        return false;
    case 'O':
        keyboard->state = STATE_SS3;
        return false;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        keyboard->state = STATE_STRING;
        return false;
    default: /* Alt and a key: not a command of ours */
        return swallow(keyboard);
    }
}

static bool take_ground(struct keyboard *keyboard, struct keyboard_event *event, unsigned char byte) {
    bool tail = keyboard->read_ms < keyboard->tail_until_ms;
    if (tail && (byte == '[' || byte == 'O')) {
        keyboard->state = byte == '[' ? STATE_CSI : STATE_SS3;
        keyboard->pending_length = 0;
        return false;
    }
    keyboard->tail_until_ms = 0;
    if (byte == 0x1B) {
        keyboard->state = STATE_ESCAPE;
        return false;
    }
    if (byte >= 0x80) {
        keyboard->state = STATE_CHARACTER;
        keyboard->pending[0] = byte;
        keyboard->pending_length = 1;
        return false;
    }
    if (byte == 0)
        return swallow(keyboard);
    return give(keyboard, event, byte == 8 ? KEYBOARD_BACKSPACE : byte == '\n' ? KEYBOARD_ENTER : byte);
}

static size_t character_length(unsigned char first) {
    return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
}

/* One more byte of a character; 0 until it is whole, TEXT_INVALID where it never will be. */
static uint32_t take_character(struct keyboard *keyboard, unsigned char byte) {
    size_t used;
    if ((byte & 0xC0U) != 0x80)
        return TEXT_INVALID;
    keyboard->pending[keyboard->pending_length++] = byte;
    if (keyboard->pending_length < character_length(keyboard->pending[0]))
        return 0;
    return text_decode((const char *)keyboard->pending, keyboard->pending_length, &used);
}

static bool paste_give(struct keyboard *keyboard, struct keyboard_event *event, uint32_t character) {
    keyboard->pending_length = 0;
    event->type = KEYBOARD_PASTED;
    event->key = character;
    return true;
}

static bool take_paste(struct keyboard *keyboard, struct keyboard_event *event, unsigned char byte) {
    if (byte == (unsigned char)paste_end[keyboard->paste_match]) {
        if (++keyboard->paste_match == sizeof paste_end - 1) {
            keyboard->paste_match = 0;
            return swallow(keyboard);
        }
        return false;
    }
    /* what looked like the end mark was none: those few bytes are dropped, ESC is no text */
    keyboard->paste_match = byte == 0x1B ? 1 : 0;
    if (byte == 0x1B)
        return false;
    if (keyboard->pending_length > 0) {
        uint32_t character = take_character(keyboard, byte);
        if (character == 0)
            return false;
        if (character != TEXT_INVALID)
            return paste_give(keyboard, event, character);
        keyboard->pending_length = 0;
    }
    if (byte >= 0xC0) {
        keyboard->pending[0] = byte;
        keyboard->pending_length = 1;
        return false;
    }
    return byte < 0x80 ? paste_give(keyboard, event, byte == '\r' ? '\n' : byte) : false;
}

static bool take(struct keyboard *keyboard, struct keyboard_event *event, unsigned char byte) {
    uint32_t character;
    enum state state = (enum state)keyboard->state;
    if (byte == 0x1B && (state == STATE_LINUX || state == STATE_X10 || state == STATE_SS3)) {
        keyboard->state = STATE_ESCAPE; /* none of these has an ESC in it: another one begins, it may be a paste */
        return false;
    }
    switch (state) {
    case STATE_ESCAPE:
        return take_escape(keyboard, event, byte);
    case STATE_CSI:
        return take_csi(keyboard, event, byte);
    case STATE_LINUX:
        return swallow(keyboard);
    case STATE_X10:
        keyboard->pending_length++;
        return keyboard->pending_length == X10_BYTES ? swallow(keyboard) : false;
    case STATE_SS3:
        keyboard->pending[keyboard->pending_length++] = byte;
        return end_sequence(keyboard, event, true);
    case STATE_STRING:
        if (byte == 0x1B)
            keyboard->state = STATE_ESCAPE; /* ST is ESC \, which is swallowed as any unknown sequence */
        return byte == 7 ? swallow(keyboard) : false;
    case STATE_PASTE:
        return take_paste(keyboard, event, byte);
    case STATE_CHARACTER:
        character = take_character(keyboard, byte);
        if (character == 0)
            return false;
        if (character != TEXT_INVALID)
            return give(keyboard, event, character);
        swallow(keyboard);
        return take_ground(keyboard, event, byte);
    default:
        return take_ground(keyboard, event, byte);
    }
}

/* What silence makes of something begun. */
static bool give_up(struct keyboard *keyboard, struct keyboard_event *event) {
    int64_t silence = keyboard_clock() - keyboard->read_ms;
    switch ((enum state)keyboard->state) {
    case STATE_ESCAPE:
        if (silence < ESCAPE_MS)
            return false;
        give(keyboard, event, KEYBOARD_ESCAPE);
        event->hurried = false;
        keyboard->tail_until_ms = keyboard_clock() + TAIL_MS;
        return true;
    case STATE_PASTE:
        if (keyboard->paste_match == 1 && silence >= PASTE_ESCAPE_MS)
            swallow(keyboard);
        return false;
    case STATE_GROUND:
        return false;
    default:
        if (silence >= SEQUENCE_MS) {
            keyboard->tail_until_ms = 0;
            swallow(keyboard);
        }
        return false;
    }
}

static bool next_raw(struct keyboard *keyboard, int wait_ms, struct keyboard_event *event) {
    enum { STEP_MS = 50 };
    int64_t end = keyboard_clock() + wait_ms;
    for (;;) {
        while (keyboard->from < keyboard->to)
            if (take(keyboard, event, keyboard->buffer[keyboard->from++]))
                return true;
        if (give_up(keyboard, event))
            return true;
        int64_t left = end - keyboard_clock();
        int step = left < 0 ? 0 : keyboard->state != STATE_GROUND && left > STEP_MS ? STEP_MS : (int)left;
        int came = fill(keyboard, step);
        if (came == FILL_GONE) {
            event->type = KEYBOARD_GONE;
            return true;
        }
        if (came == FILL_SIGNAL || (came == FILL_NONE && (left <= step || keyboard->state == STATE_GROUND)))
            return false;
    }
}

void keyboard_next(struct keyboard *keyboard, int wait_ms, struct keyboard_event *event) {
    do {
        *event = (struct keyboard_event){.type = KEYBOARD_NOTHING};
        if (!next_raw(keyboard, wait_ms, event))
            return;
        keyboard->dropping = keyboard->dropping && event->type == KEYBOARD_KEY && event->hurried;
    } while (keyboard->dropping);
}

bool keyboard_has_escape(const struct keyboard *keyboard) {
    return keyboard->state == STATE_ESCAPE;
}

bool keyboard_is_burst(struct keyboard *keyboard, const struct keyboard_event *event) {
    if (event->hurried || keyboard->from < keyboard->to)
        return true;
    return fill(keyboard, HAND_MS) != FILL_NONE;
}

void keyboard_drop_burst(struct keyboard *keyboard) {
    keyboard->dropping = true;
}

void keyboard_forget(struct keyboard *keyboard) {
    struct keyboard_event event;
    do
        keyboard_next(keyboard, 0, &event);
    while (event.type != KEYBOARD_NOTHING && event.type != KEYBOARD_GONE);
}
