#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <ncurses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <term.h>
#include <unistd.h>

#include "tui/database.h"
#include "tui/keyboard.h"
#include "tui/sgr.h"

/* Set by the handler of SIGWINCH, looked at by the loop. */
static volatile sig_atomic_t resized;

enum { SIZE_MAX_CELLS = 1000, NAME_MAX_LENGTH = 40, HELD_SIZE = 65536 };

/* A terminal that takes no output would hold the program for ever, whatever it was told. While there is output under
 * way a timer looks whether the program was asked to end; then it ends as after any crash: an open transaction is
 * undone. */
static void on_alarm(int signal_number) {
    if (!database_quit(NULL))
        return;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void watch_output(bool on) {
    struct itimerval second = {.it_interval.tv_sec = on ? 1 : 0, .it_value.tv_sec = on ? 1 : 0};
    setitimer(ITIMER_REAL, &second, NULL);
}

static void on_resize(int signal) {
    (void)signal;
    resized = 1;
}

/* SIGHUP and SIGTERM are looked after by tui/database.h: they end a wait for the database, too. */
static void catch_signals(void) {
    static const struct {
        int signal;
        void (*handler)(int);
    } table[] = {
        {SIGALRM, on_alarm}, {SIGWINCH, on_resize}, {SIGINT, SIG_IGN},
        {SIGTSTP, SIG_IGN},  {SIGTTOU, SIG_IGN},    {SIGPIPE, SIG_IGN},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct sigaction action = {.sa_handler = table[i].handler};
        sigemptyset(&action.sa_mask);
        sigaction(table[i].signal, &action, NULL);
    }
}

bool term_ended(void) {
    return database_quit(NULL);
}

static void write_all(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR)
            return; /* nothing is lost: a terminal that is gone shows at the next read */
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
}

/* Curses 6.4 writes whenever it has moved its cursor, a hundred times for a page. All of a turn is held back in memory
 * and leaves in one go: over SSH each write may be a packet of its own, and half a page would be seen. */
static bool hold_back(const struct terminal *term) {
    return term->held >= 0 && lseek(term->held, 0, SEEK_SET) == 0 && dup2(term->held, STDOUT_FILENO) >= 0;
}

static void let_go(const struct terminal *term) {
    char bytes[HELD_SIZE];
    off_t length = lseek(term->held, 0, SEEK_CUR);
    dup2(term->line, STDOUT_FILENO);
    for (off_t at = 0; at < length;) {
        size_t left = (size_t)(length - at);
        ssize_t n = pread(term->held, bytes, left < sizeof bytes ? left : sizeof bytes, at);
        if (n <= 0)
            break;
        write_all(term->line, bytes, sgr_shorten(bytes, (size_t)n));
        at += n;
    }
}

/* Without a place to hold it, what is drawn leaves as curses writes it. */
static void prepare_to_hold(struct terminal *term) {
    term->line = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    term->held = term->line < 0 ? -1 : memfd_create("screen", MFD_CLOEXEC);
}

void term_show(const struct terminal *term) {
    watch_output(true);
    wnoutrefresh(stdscr);
    bool held = hold_back(term);
    doupdate();
    if (held)
        let_go(term);
    watch_output(false);
}

void term_redraw(void) {
    clearok(curscr, TRUE);
}

/* A name out of the environment that may be looked up: no path, no oddity. */
static bool is_plain_name(const char *name) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+._";
    return name != NULL && name[0] != '\0' && name[0] != '.' && strlen(name) <= NAME_MAX_LENGTH &&
           name[strspn(name, allowed)] == '\0';
}

/* Whether the terminal is known and can place its cursor. */
static bool is_usable(const char *name) {
    int found = 0;
    if (setupterm(name, STDOUT_FILENO, &found) != OK)
        return false;
    bool usable = cursor_address != NULL;
    del_curterm(cur_term);
    return usable;
}

static const char *choose_name(void) {
    static const char *const safe[] = {"vt100", "xterm", "ansi", "linux"};
    const char *name = getenv("TERM");
    if (is_plain_name(name) && is_usable(name))
        return name;
    for (size_t i = 0; i < sizeof safe / sizeof safe[0]; i++)
        if (is_usable(safe[i]))
            return safe[i];
    return NULL;
}

/* Bracketed paste and mouse reports are of no terminal description that can be relied on. */
static bool is_modern(const char *name) {
    static const char *const families[] = {"xterm", "screen",    "tmux",    "rxvt",    "putty",
                                           "vte",   "gnome",     "konsole", "st-",     "foot",
                                           "kitty", "alacritty", "iterm",   "wezterm", "mintty"};
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (strncmp(name, families[i], strlen(families[i])) == 0)
            return true;
    return false;
}

/* Straight to the terminal: curses has no word for it. Nothing is lost where it does not get through. */
static void send(const char *sequence) {
    ssize_t written = write(STDOUT_FILENO, sequence, strlen(sequence));
    (void)written;
}

static const struct {
    attr_t mono;
    attr_t with_colour;
    short foreground; /* -1: the terminal's own */
} looks[PAINT_COUNT] = {
    [PAINT_NORMAL] = {A_NORMAL, A_NORMAL, -1},
    [PAINT_TITLE] = {A_REVERSE, A_REVERSE, -1},
    [PAINT_SECTION] = {A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE, COLOR_CYAN},
    [PAINT_LABEL] = {A_NORMAL, A_NORMAL, COLOR_CYAN},
    [PAINT_CURRENT] = {A_REVERSE | A_BOLD, A_REVERSE | A_BOLD, -1},
    [PAINT_GOOD] = {A_NORMAL, A_NORMAL, COLOR_GREEN},
    [PAINT_PART] = {A_BOLD, A_BOLD, COLOR_YELLOW},
    [PAINT_BAD] = {A_BOLD, A_BOLD, COLOR_RED},
    [PAINT_SOON] = {A_BOLD, A_BOLD, COLOR_YELLOW},
    [PAINT_CHIP] = {A_REVERSE, A_REVERSE, COLOR_CYAN},
    [PAINT_KEY] = {A_BOLD, A_BOLD, COLOR_CYAN},
    [PAINT_FIELD] = {A_UNDERLINE, A_UNDERLINE, -1},
    [PAINT_NOTICE] = {A_BOLD, A_BOLD, COLOR_GREEN},
    [PAINT_ERROR] = {A_REVERSE | A_BOLD, A_REVERSE | A_BOLD, COLOR_RED},
};

static bool start_colours(void) {
    if (start_color() == ERR || !has_colors() || COLORS < 8 || COLOR_PAIRS <= PAINT_COUNT)
        return false;
    if (use_default_colors() == ERR)
        return false;
    for (int role = 1; role < PAINT_COUNT; role++)
        init_pair((short)role, looks[role].foreground, -1);
    return true;
}

unsigned long term_attributes(const struct terminal *term, enum paint role, bool selected) {
    if (selected) /* one look from edge to edge: signs still tell, and a row costs a third less on the line */
        return A_REVERSE;
    attr_t attributes = term->colour ? looks[role].with_colour | (attr_t)COLOR_PAIR(role) : looks[role].mono;
    return attributes;
}

/* How wide signs of ambiguous width (UAX #11) really are here only the terminal knows: it writes one at the left edge
 * and says where its cursor is. The first drawing wipes it away. */
static void ask_width(struct terminal *term) {
    send("\r\302\267\033[6n\r");
    term->asked_ms = keyboard_clock();
}

enum status term_open(struct terminal *term, bool colour, struct err *err) {
    const char *name = choose_name();
    signal(SIGHUP, SIG_DFL); /* a screen ends with its terminal, whoever ignored that before */
    database_catch_signals();
    catch_signals();
    term->screen = name == NULL ? NULL : newterm(name, stdout, stdin);
    if (term->screen == NULL)
        return err_set(err, STATUS_CONFIG,
                       N_("this terminal cannot show the screen: set TERM to what it is, for instance xterm"), NULL);
    prepare_to_hold(term);
    raw();
    noecho();
    nonl();
    typeahead(-1); /* input is read elsewhere: what is drawn is drawn whole */
    leaveok(stdscr, FALSE);
    term->colour = colour && start_colours();
    term->modern = is_modern(name);
    if (term->modern)
        send("\033(B\033[?2004h"); /* the character set once, instead of with every reset (tui/sgr.h) */
    if (term->modern)
        ask_width(term);
    resized = 1;
    term_resized(term);
    return STATUS_OK;
}

void term_take_report(struct terminal *term, int col) {
    enum { BELIEVED_MS = 5000 };
    if (term->asked_ms == 0 || keyboard_clock() - term->asked_ms > BELIEVED_MS || col < 1 || col > 2)
        return;
    if (term->wide_signs != (col == 2))
        term_redraw();
    term->wide_signs = col == 2;
}

void term_watch_mouse(const struct terminal *term) {
    if (term->modern)
        send("\033[?1000h\033[?1006h");
}

void term_close(struct terminal *term) {
    if (term->screen == NULL)
        return;
    watch_output(true);
    if (term->modern)
        send("\033[?1006l\033[?1000l\033[?2004l");
    endwin();
    delscreen(term->screen);
    term->screen = NULL;
    close(term->held);
    close(term->line);
    watch_output(false);
}

bool term_resized(struct terminal *term) {
    if (resized == 0)
        return false;
    resized = 0;
    struct winsize size;
    int rows = LINES, cols = COLS;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
        rows = size.ws_row > SIZE_MAX_CELLS ? SIZE_MAX_CELLS : size.ws_row;
        cols = size.ws_col > SIZE_MAX_CELLS ? SIZE_MAX_CELLS : size.ws_col;
    }
    if (rows != LINES || cols != COLS)
        resizeterm(rows, cols);
    term_redraw(); /* a window that went there and back before anybody looked is not what curses believes it to be */
    bool changed = rows != term->rows || cols != term->cols;
    term->rows = rows;
    term->cols = cols;
    return changed;
}

bool term_is_too_small(const struct terminal *term) {
    return term->rows < TERM_ROWS_MIN || term->cols < TERM_COLS_MIN;
}
