#include "tests/screen/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { STEP_MS = 20, VTERM_ROWS_MIN = 5, VTERM_COLS_MIN = 20 };

struct term {
    pid_t pid;
    int fd; /* of the pty's master; -1: hung up */
    int status;
    bool ended;
    int rows, cols;
    VTerm *vterm;
    VTermScreen *screen;
    char *bytes;
    size_t length, size;
    size_t shown; /* of them, what libvterm has */
    char text[TERM_TEXT];
    char row[TERM_TEXT];
};

static long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

static void put(const char *name, const char *value) {
    if (value != NULL)
        setenv(name, value, 1);
}

/* In the child: a clean environment, then the program. */
static void become_program(const struct term_options *options) {
    const char *kept[] = {"PATH",         "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS",
                          "LSAN_OPTIONS", "TZ",   "LD_PRELOAD",   "GUARD_REPORT"};
    const char *values[sizeof kept / sizeof kept[0]], *build = getenv("YIJIAN_BUILD");
    char path[4096];
    snprintf(path, sizeof path, "%s/yijian", build == NULL ? "build" : build);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        values[i] = getenv(kept[i]) == NULL ? NULL : strdup(getenv(kept[i]));
    clearenv();
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        put(kept[i], values[i]);
    put("TERM", options->name == NULL ? "xterm-256color" : options->name);
    put("LANG", options->lang == NULL ? "C.UTF-8" : options->lang);
    for (size_t i = 0; i < 4 && options->environment[i] != NULL; i++)
        putenv(strdup(options->environment[i]));
    const char *argv[32] = {"yijian"};
    for (size_t i = 0; options->words[i] != NULL && i < 30; i++)
        argv[i + 1] = options->words[i];
    execv(path, (char *const *)argv);
    _exit(127);
}

struct term *term_start(const struct term_options *options) {
    struct term *term = calloc(1, sizeof *term);
    struct winsize size = {.ws_row = (unsigned short)options->rows, .ws_col = (unsigned short)options->cols};
    term->rows = options->rows;
    term->cols = options->cols;
    term->vterm = vterm_new(options->rows, options->cols);
    vterm_set_utf8(term->vterm, 1);
    term->screen = vterm_obtain_screen(term->vterm);
    vterm_screen_enable_altscreen(term->screen, 1);
    vterm_screen_reset(term->screen, 1);
    term->pid = forkpty(&term->fd, NULL, NULL, &size);
    if (term->pid == 0)
        become_program(options);
    fcntl(term->fd, F_SETFL, O_NONBLOCK);
    fcntl(term->fd, F_SETFD, FD_CLOEXEC);
    return term;
}

static void keep(struct term *term, const char *data, size_t length) {
    if (term->length + length + 1 > term->size) {
        term->size = 2 * (term->length + length + 1);
        term->bytes = realloc(term->bytes, term->size);
    }
    memcpy(term->bytes + term->length, data, length);
    term->length += length;
    term->bytes[term->length] = '\0';
}

static void write_all(struct term *term, const char *data, size_t length) {
    while (length > 0 && term->fd >= 0) {
        ssize_t n = write(term->fd, data, length);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return;
        if (n < 0)
            poll(&(struct pollfd){term->fd, POLLOUT, 0}, 1, STEP_MS);
        data += n > 0 ? n : 0;
        length -= n > 0 ? (size_t)n : 0;
    }
}

/* Bytes at the end that are the start of a character: libvterm 0.1.4 must get it whole. */
static size_t begun(const char *bytes, size_t length) {
    for (size_t n = 1; n <= 3 && n <= length; n++) {
        unsigned char byte = (unsigned char)bytes[length - n];
        if (byte >= 0xC0)
            return (byte >= 0xF0 ? 4U : byte >= 0xE0 ? 3U : 2U) > n ? n : 0;
        if (byte < 0x80)
            return 0;
    }
    return 0;
}

static void show(struct term *term) {
    size_t end = term->length - begun(term->bytes, term->length);
    if (end <= term->shown)
        return;
    vterm_input_write(term->vterm, term->bytes + term->shown, end - term->shown);
    term->shown = end;
}

/* Takes in what is there within the time; answers what the terminal was asked. False at the end of the output. */
static bool take_in(struct term *term, int wait_ms) {
    char data[16384];
    struct pollfd want = {.fd = term->fd, .events = POLLIN};
    if (term->fd < 0) {
        poll(NULL, 0, wait_ms);
        return true;
    }
    if (poll(&want, 1, wait_ms) <= 0)
        return true;
    ssize_t n = read(term->fd, data, sizeof data);
    if (n <= 0)
        return n < 0 && (errno == EAGAIN || errno == EINTR);
    keep(term, data, (size_t)n);
    show(term);
    size_t answer = vterm_output_read(term->vterm, data, sizeof data);
    write_all(term, data, answer);
    return true;
}

void term_send(struct term *term, const char *keys) {
    write_all(term, keys, strlen(keys));
}

void term_send_bytes(struct term *term, const char *bytes, size_t length) {
    write_all(term, bytes, length);
}

void term_stall(struct term *term, bool on) {
    int slave = open(ptsname(term->fd), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0)
        return;
    tcflow(slave, on ? TCOOFF : TCOON);
    close(slave);
}

void term_resize(struct term *term, int rows, int cols) {
    /* terminals forget the scrolling region then, libvterm keeps it */
    static const char whole_region[] = "\0337\033[r\0338";
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    if (rows >= VTERM_ROWS_MIN && cols >= VTERM_COLS_MIN) { /* libvterm 0.1.4 does not live through less */
        term->rows = rows;
        term->cols = cols;
        vterm_set_size(term->vterm, rows, cols);
        vterm_input_write(term->vterm, whole_region, sizeof whole_region - 1);
    }
    ioctl(term->fd, TIOCSWINSZ, &size);
}

void term_signal(struct term *term, int signal) {
    kill(term->pid, signal);
}

void term_hang_up(struct term *term) {
    close(term->fd);
    term->fd = -1;
}

bool term_is_within(struct term *term, const char *text, bool there, int ms) {
    long end = now_ms() + ms;
    while (term_shows(term, text) != there)
        if (now_ms() > end || !take_in(term, STEP_MS))
            break;
    return term_shows(term, text) == there;
}

static bool wait_for(struct term *term, const char *text, bool there) {
    if (term_is_within(term, text, there, TERM_WAIT_MS))
        return true;
    fprintf(stderr, "# waited in vain for \"%s\" to %s; the screen:\n%s\n", text, there ? "come" : "go",
            term_text(term));
    return false;
}

bool term_wait(struct term *term, const char *text) {
    return wait_for(term, text, true);
}

bool term_wait_gone(struct term *term, const char *text) {
    return wait_for(term, text, false);
}

void term_watch(struct term *term, int ms) {
    long end = now_ms() + ms;
    for (long left = ms; left > 0; left = end - now_ms())
        if (!take_in(term, left < STEP_MS ? (int)left : STEP_MS))
            return;
}

void term_rest(struct term *term, int ms) {
    size_t length;
    long end = now_ms() + ms;
    while (now_ms() < end) {
        length = term->length;
        if (!take_in(term, 1))
            return;
        if (term->length != length)
            end = now_ms() + ms;
    }
}

int term_wait_end(struct term *term, int ms) {
    long end = now_ms() + ms;
    while (!term->ended) {
        term->ended = waitpid(term->pid, &term->status, WNOHANG) == term->pid;
        if (term->ended || now_ms() > end)
            break;
        if (!take_in(term, STEP_MS))
            poll(NULL, 0, 1);
    }
    return term->ended ? term->status : -1;
}

void term_stop(struct term *term) {
    if (!term->ended) {
        kill(term->pid, SIGKILL);
        waitpid(term->pid, &term->status, 0);
    }
    if (term->fd >= 0)
        close(term->fd);
    vterm_free(term->vterm);
    free(term->bytes);
    free(term);
}

const char *term_row(struct term *term, int row) {
    VTermRect rect = {.start_row = row, .end_row = row + 1, .start_col = 0, .end_col = term->cols};
    size_t n = vterm_screen_get_text(term->screen, term->row, sizeof term->row - 1, rect);
    while (n > 0 && (term->row[n - 1] == ' ' || term->row[n - 1] == '\0'))
        n--;
    term->row[n] = '\0';
    return term->row;
}

const char *term_text(struct term *term) {
    size_t used = 0;
    term->text[0] = '\0';
    for (int row = 0; row < term->rows && used < sizeof term->text; row++)
        used += (size_t)snprintf(term->text + used, sizeof term->text - used, "%s\n", term_row(term, row));
    return term->text;
}

bool term_shows(struct term *term, const char *text) {
    return strstr(term_text(term), text) != NULL;
}

int term_row_of(struct term *term, const char *text) {
    for (int row = 0; row < term->rows; row++)
        if (strstr(term_row(term, row), text) != NULL)
            return row;
    return -1;
}

void term_size(const struct term *term, int *rows, int *cols) {
    *rows = term->rows;
    *cols = term->cols;
}

int term_cursor_row(const struct term *term) {
    VTermPos position;
    vterm_state_get_cursorpos(vterm_obtain_state(term->vterm), &position);
    return position.row;
}

int term_cursor_col(const struct term *term) {
    VTermPos position;
    vterm_state_get_cursorpos(vterm_obtain_state(term->vterm), &position);
    return position.col;
}

int term_cell_width(const struct term *term, int row, int col) {
    VTermScreenCell cell;
    return vterm_screen_get_cell(term->screen, (VTermPos){.row = row, .col = col}, &cell) != 0 && cell.width > 1 ? 2
                                                                                                                 : 1;
}

static size_t add_word(char *out, size_t used, const char *prefix, const char *word) {
    return used + (size_t)snprintf(out + used, TERM_LOOK - used, "%s%s%s", used == 0 ? "" : " ", prefix, word);
}

static size_t add_colour(char *out, size_t used, const char *prefix, const VTermColor *colour) {
    static const char *const names[] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};
    char other[16] = "rgb";
    if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
        return used;
    if (VTERM_COLOR_IS_INDEXED(colour) && colour->indexed.idx < sizeof names / sizeof names[0])
        return add_word(out, used, prefix, names[colour->indexed.idx]);
    if (VTERM_COLOR_IS_INDEXED(colour))
        snprintf(other, sizeof other, "%d", colour->indexed.idx);
    return add_word(out, used, prefix, other);
}

char *term_look(const struct term *term, int row, int col, char out[TERM_LOOK]) {
    VTermScreenCell cell;
    size_t used = 0;
    out[0] = '\0';
    if (vterm_screen_get_cell(term->screen, (VTermPos){.row = row, .col = col}, &cell) == 0)
        return out;
    const struct {
        const char *word;
        bool set;
    } attributes[] = {
        {"reverse", cell.attrs.reverse}, {"bold", cell.attrs.bold},   {"underline", cell.attrs.underline},
        {"italic", cell.attrs.italic},   {"blink", cell.attrs.blink}, {"struck", cell.attrs.strike},
    };
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
        if (attributes[i].set)
            used = add_word(out, used, "", attributes[i].word);
    used = add_colour(out, used, "", &cell.fg);
    add_colour(out, used, "on-", &cell.bg);
    return out;
}

const char *term_bytes(const struct term *term, size_t *length) {
    *length = term->length;
    return term->bytes == NULL ? "" : term->bytes;
}

pid_t term_pid(const struct term *term) {
    return term->pid;
}

/* ---- cell by cell */

enum { HANZI_FROM = 0x4E00, HANZI_TO = 0x9FFF };
static const uint32_t SECOND_HALF = (uint32_t)-1; /* how libvterm fills the second cell of a wide character */

struct term_shot {
    int rows, cols;
    VTermPos cursor;
    VTermScreenCell cells[];
};

struct term_shot *term_shoot(struct term *term) {
    size_t count = (size_t)term->rows * (size_t)term->cols;
    struct term_shot *shot = calloc(1, sizeof *shot + count * sizeof shot->cells[0]);
    shot->rows = term->rows;
    shot->cols = term->cols;
    vterm_state_get_cursorpos(vterm_obtain_state(term->vterm), &shot->cursor);
    for (size_t i = 0; i < count; i++)
        vterm_screen_get_cell(term->screen, (VTermPos){.row = (int)i / shot->cols, .col = (int)i % shot->cols},
                              &shot->cells[i]);
    return shot;
}

void term_shot_free(struct term_shot *shot) {
    free(shot);
}

static bool is_blank(const VTermScreenCell *cell) {
    return cell->chars[0] == 0 || cell->chars[0] == ' ';
}

/* Of a blank only what is seen counts: not its boldness, nor the colour of a letter it has not. */
static bool is_alike(const VTermScreenCell *one, const VTermScreenCell *other) {
    if (one->chars[0] == SECOND_HALF && other->chars[0] == SECOND_HALF)
        return true; /* what it looks like stands in the first half */
    bool lined = one->attrs.underline != 0 || one->attrs.reverse != 0;
    if (one->attrs.underline != other->attrs.underline || one->attrs.reverse != other->attrs.reverse ||
        !vterm_color_is_equal(&one->bg, &other->bg))
        return false;
    if ((!is_blank(one) || lined) && !vterm_color_is_equal(&one->fg, &other->fg))
        return false;
    if (is_blank(one) && is_blank(other))
        return true;
    return memcmp(one->chars, other->chars, sizeof one->chars) == 0 && one->width == other->width &&
           one->attrs.bold == other->attrs.bold && one->attrs.blink == other->attrs.blink &&
           one->attrs.italic == other->attrs.italic;
}

const char *term_difference(const struct term_shot *one, const struct term_shot *other) {
    static char words[256];
    if (one->rows != other->rows || one->cols != other->cols)
        return "another size";
    for (int i = 0; i < one->rows * one->cols; i++) {
        const VTermScreenCell *a = &one->cells[i], *b = &other->cells[i];
        if (is_alike(a, b))
            continue;
        snprintf(words, sizeof words,
                 "row %d column %d of %dx%d: U+%04X width %d bold %d underline %d reverse %d against U+%04X width %d "
                 "bold %d underline %d reverse %d",
                 i / one->cols, i % one->cols, one->rows, one->cols, (unsigned)a->chars[0], a->width, a->attrs.bold,
                 a->attrs.underline, a->attrs.reverse, (unsigned)b->chars[0], b->width, b->attrs.bold,
                 b->attrs.underline, b->attrs.reverse);
        return words;
    }
    if (one->cursor.row != other->cursor.row || one->cursor.col != other->cursor.col) {
        snprintf(words, sizeof words, "the cursor at %d, %d against %d, %d", one->cursor.row, one->cursor.col,
                 other->cursor.row, other->cursor.col);
        return words;
    }
    return NULL;
}

const char *term_torn(const struct term_shot *shot) {
    static char words[128];
    for (int i = 0; i < shot->rows * shot->cols; i++) {
        const VTermScreenCell *cell = &shot->cells[i];
        bool second = cell->chars[0] == SECOND_HALF, first_before = i % shot->cols > 0 && cell[-1].width == 2;
        bool wide = cell->chars[0] >= HANZI_FROM && cell->chars[0] <= HANZI_TO;
        if (second == first_before && !(wide && cell->width != 2))
            continue;
        snprintf(words, sizeof words, "row %d column %d of %dx%d: half of a wide character (U+%04X)", i / shot->cols,
                 i % shot->cols, shot->rows, shot->cols, (unsigned)cell->chars[0]);
        return words;
    }
    return NULL;
}
