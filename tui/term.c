#include "tui/term.h"

#include <curses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "tui/door.h"
#include "tui/message.h"

static volatile sig_atomic_t end_asked;
static volatile sig_atomic_t size_changed;

static void on_end(int signal) {
    (void)signal;
    end_asked = 1;
}

static void on_size(int signal) {
    (void)signal;
    size_changed = 1;
}

static void catch_signals(void) {
    struct sigaction end = {.sa_handler = on_end}, size = {.sa_handler = on_size}, ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGHUP, &end, NULL);
    sigaction(SIGTERM, &end, NULL);
    sigaction(SIGWINCH, &size, NULL);
    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGQUIT, &ignore, NULL);
    sigaction(SIGTSTP, &ignore, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

bool term_ended(void) {
    return end_asked != 0;
}

/* Names outside this list are not handed to terminfo: it would look for a file of that name. */
static const char *terminal_name(void) {
    static const char *const known[] = {
        "xterm-256color", "xterm",       "screen-256color", "screen", "tmux-256color", "tmux",      "linux",
        "vt220",          "vt100",       "rxvt-unicode",    "rxvt",   "alacritty",     "xterm-16color",
        "foot",           "xterm-kitty", "putty",           "konsole", "gnome",        "ansi",
        "xterm-88color",  "screen.xterm-256color", "rxvt-unicode-256color",
    };
    const char *name = getenv("TERM");
    for (size_t i = 0; name != NULL && i < sizeof known / sizeof known[0]; i++)
        if (strcmp(name, known[i]) == 0)
            return known[i];
    return name == NULL || strncmp(name, "xterm", 5) != 0 ? "vt100" : "xterm";
}

static void make_looks(bool colour) {
    if (!colour)
        return;
    start_color();
    use_default_colors();
    static const short colours[LOOK_COUNT] = {
        [LOOK_PLAIN] = -1,        [LOOK_BAR] = -1,          [LOOK_SELECTED] = -1, [LOOK_HEADING] = COLOR_CYAN,
        [LOOK_FAIL] = COLOR_RED,  [LOOK_GOOD] = COLOR_GREEN, [LOOK_NOTICE] = COLOR_YELLOW, [LOOK_FAINT] = -1,
        [LOOK_TRAINING] = COLOR_MAGENTA};
    for (short look = 0; look < LOOK_COUNT; look++)
        init_pair((short)(look + 1), colours[look], -1);
}

static attr_t look_attributes(enum role_look look) {
    static const attr_t attributes[LOOK_COUNT] = {
        [LOOK_PLAIN] = A_NORMAL,  [LOOK_BAR] = A_REVERSE, [LOOK_SELECTED] = A_REVERSE, [LOOK_HEADING] = A_BOLD,
        [LOOK_FAIL] = A_BOLD,     [LOOK_GOOD] = A_NORMAL, [LOOK_NOTICE] = A_BOLD,      [LOOK_FAINT] = A_NORMAL,
        [LOOK_TRAINING] = A_REVERSE | A_BOLD};
    return attributes[look];
}

static void set_paste(const struct term *term, bool on) {
    if (!term->paste)
        return;
    const char *sequence = on ? "\033[?2004h" : "\033[?2004l";
    ssize_t written = write(STDOUT_FILENO, sequence, strlen(sequence));
    (void)written; /* a terminal that is gone is noticed at the next read */
}

bool term_open(struct term *term, bool colour) {
    memset(term, 0, sizeof *term);
    /* what the client says of terminal descriptions is not believed: only those of the system are read */
    unsetenv("TERMINFO");
    unsetenv("TERMINFO_DIRS");
    unsetenv("TERMCAP");
    use_tioctl(TRUE);
    static const char *const fallbacks[] = {NULL, "xterm", "vt100", "ansi"};
    for (size_t i = 0; term->terminal == NULL && i < sizeof fallbacks / sizeof fallbacks[0]; i++)
        term->terminal = newterm(fallbacks[i] == NULL ? terminal_name() : fallbacks[i], stdout, stdin);
    if (term->terminal == NULL) {
        fprintf(stderr, "yijian: %s\n", _("no terminal description is installed: install ncurses-base"));
        return false;
    }
    raw();
    noecho();
    nonl();
    curs_set(1);
    intrflush(stdscr, FALSE);
    catch_signals();
    term->colour = colour && has_colors();
    make_looks(term->colour);
    term->paste = strncmp(terminal_name(), "vt", 2) != 0 && strcmp(terminal_name(), "linux") != 0;
    set_paste(term, true);
    keys_open(&term->keys, STDIN_FILENO);
    return true;
}

void term_close(struct term *term) {
    if (term->terminal == NULL)
        return;
    set_paste(term, false);
    endwin();
    delscreen(term->terminal);
    term->terminal = NULL;
}

int term_rows(void) {
    return LINES;
}

int term_columns(void) {
    return COLS;
}

bool term_resized(struct term *term) {
    struct winsize size;
    (void)term;
    if (!size_changed)
        return false;
    size_changed = 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    clearok(stdscr, TRUE);
    return true;
}

static void use_look(enum role_look look) {
    attr_set(look_attributes(look), (short)(look + 1), NULL);
}

void term_put(int row, int column, int cells, enum role_look look, const char *text) {
    char out[4096];
    if (row < 0 || row >= LINES || column < 0 || column >= COLS || cells <= 0)
        return;
    if (cells > COLS - column)
        cells = COLS - column;
    use_look(look);
    mvaddstr(row, column, door_fit(text, cells, out, sizeof out));
    attr_set(A_NORMAL, 0, NULL);
}

void term_blank(int row, int column, int cells, enum role_look look) {
    term_put(row, column, cells, look, "");
}

void term_cursor(int row, int column, bool visible) {
    curs_set(visible ? 1 : 0);
    move(row < LINES ? row : LINES - 1, column < COLS ? column : COLS - 1);
}

void term_flush(void) {
    wnoutrefresh(stdscr);
    doupdate();
}
