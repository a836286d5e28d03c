#include "tui/keys_read.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"

/* How long the rest of a sequence may take, and how long after a lone ESC its late tail is still swallowed. */
enum { TAIL_MS = 600, LATE_TAIL_MS = 2000, SEQUENCE_MAX = 64, BYTE_ESCAPE = 0x1B };

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void keys_open(struct input_keys *input, int fd) {
    memset(input, 0, sizeof *input);
    input->fd = fd;
    input->lone_escape_ms = INT64_MIN / 2;
}

/* The next byte; -1: none in time; -2: the terminal is gone. */
static int next_byte(struct input_keys *input, int wait_ms) {
    if (input->at < input->count)
        return input->bytes[input->at++];
    struct pollfd poll_fd = {.fd = input->fd, .events = POLLIN};
    int ready = poll(&poll_fd, 1, wait_ms);
    if (ready == 0 || (ready < 0 && errno == EINTR))
        return -1;
    ssize_t n = ready < 0 ? -1 : read(input->fd, input->bytes, sizeof input->bytes);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return -1;
    if (n <= 0)
        return -2;
    input->at = 1;
    input->count = (size_t)n;
    return input->bytes[0];
}

static bool more_waiting(const struct input_keys *input) {
    return input->at < input->count;
}

struct sequence {
    const char *text;
    enum key_code code;
};

/* xterm, vt220, linux, screen, tmux, rxvt: what their keys send, without the ESC. */
static const struct sequence sequences[] = {
    {"[A", INPUT_UP},         {"[B", INPUT_DOWN},      {"[C", INPUT_RIGHT},    {"[D", INPUT_LEFT},
    {"OA", INPUT_UP},         {"OB", INPUT_DOWN},      {"OC", INPUT_RIGHT},    {"OD", INPUT_LEFT},
    {"[H", INPUT_HOME},       {"[F", INPUT_END},       {"OH", INPUT_HOME},     {"OF", INPUT_END},
    {"[1~", INPUT_HOME},      {"[4~", INPUT_END},      {"[7~", INPUT_HOME},    {"[8~", INPUT_END},
    {"[5~", INPUT_PAGE_UP},   {"[6~", INPUT_PAGE_DOWN}, {"[3~", INPUT_DELETE}, {"[Z", INPUT_BACK_TAB},
    {"OP", INPUT_F1},         {"OQ", INPUT_F2},        {"[11~", INPUT_F1},     {"[12~", INPUT_F2},
    {"[[A", INPUT_F1},        {"[[B", INPUT_F2},
};

/* Reads the tail of a sequence up to its final byte. `first` is the byte behind ESC. Returns its code, INPUT_NONE for
 * one that is not known. */
static enum key_code read_sequence(struct input_keys *input, int first) {
    char text[SEQUENCE_MAX];
    size_t length = 0;
    text[length++] = (char)first;
    while (length < SEQUENCE_MAX - 1) {
        int byte = next_byte(input, TAIL_MS);
        if (byte < 0 || byte == BYTE_ESCAPE) {
            input->at -= byte == BYTE_ESCAPE ? 1 : 0;
            return INPUT_NONE;
        }
        text[length++] = (char)byte;
        bool linux_function = length == 2 && first == '[' && byte == '[';
        if (first == 'O' || (byte >= 0x40 && byte <= 0x7E && !linux_function))
            break;
    }
    text[length] = '\0';
    if (strcmp(text, "[200~") == 0 || strcmp(text, "[201~") == 0)
        input->pasting = text[3] == '0';
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++)
        if (strcmp(sequences[i].text, text) == 0)
            return sequences[i].code;
    return INPUT_NONE;
}

/* Behind an ESC. Alt with a letter is no key of ours and goes whole; strings (OSC, DCS …) too. */
static enum key_code read_escape(struct input_keys *input) {
    int byte = next_byte(input, TAIL_MS);
    if (byte == -2)
        return INPUT_GONE;
    if (byte == -1) {
        input->lone_escape_ms = now_ms();
        return INPUT_ESCAPE;
    }
    if (byte == BYTE_ESCAPE) {
        input->at--;
        return INPUT_ESCAPE;
    }
    if (byte == '[' || byte == 'O')
        return read_sequence(input, byte);
    if (byte == ']' || byte == 'P' || byte == '_' || byte == '^' || byte == 'X')
        while (byte >= 0 && byte != 0x07 && byte != '\\')
            byte = next_byte(input, TAIL_MS);
    return INPUT_NONE;
}

static struct key read_text(struct input_keys *input, int first) {
    struct key key = {.code = input->pasting ? INPUT_PASTE : INPUT_TEXT};
    size_t want = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2, used;
    key.text[0] = (char)first;
    for (size_t i = 1; i < want; i++) {
        int byte = next_byte(input, TAIL_MS);
        if (byte < 0x80) {
            input->at -= byte >= 0 ? 1 : 0;
            return (struct key){.code = INPUT_NONE};
        }
        key.text[i] = (char)byte;
    }
    if (text_decode(key.text, want, &used) == TEXT_INVALID || used != want)
        key.code = INPUT_NONE;
    return key;
}

static struct key control(const struct input_keys *input, int byte) {
    if (input->pasting)
        return (struct key){.code = INPUT_PASTE, .text = {byte == '\r' || byte == '\n' ? '\n' : ' '}};
    switch (byte) {
    case '\r':
    case '\n':
        return (struct key){.code = INPUT_ENTER};
    case '\t':
        return (struct key){.code = INPUT_TAB};
    case 0x08:
    case 0x7F:
        return (struct key){.code = INPUT_BACKSPACE};
    default:
        return byte >= 1 && byte <= 26 ? (struct key){.code = INPUT_CONTROL, .text = {(char)('a' + byte - 1)}}
                                       : (struct key){.code = INPUT_NONE};
    }
}

/* A late tail: "[A" that comes long after its ESC is no letter. */
static bool late_tail(struct input_keys *input, int byte) {
    bool late = (byte == '[' || byte == 'O') && now_ms() - input->lone_escape_ms < LATE_TAIL_MS;
    input->lone_escape_ms = INT64_MIN / 2;
    if (late)
        read_sequence(input, byte);
    return late;
}

struct key keys_read(struct input_keys *input, int wait_ms) {
    bool fresh = !more_waiting(input);
    struct key key = {.code = INPUT_NONE};
    int byte = next_byte(input, wait_ms);
    if (byte < 0) {
        key.code = byte == -2 ? INPUT_GONE : INPUT_NONE;
        return key;
    }
    if (late_tail(input, byte))
        return key;
    if (byte == BYTE_ESCAPE)
        key.code = read_escape(input);
    else if (byte < 0x20 || byte == 0x7F)
        key = control(input, byte);
    else
        key = read_text(input, byte);
    key.burst = !fresh || more_waiting(input);
    return key;
}
