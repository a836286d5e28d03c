#include "tui/key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/key_name.h"
#include "tui/keyboard.h"
#include "tui/message.h"

#define KEYS_FOLDER "/etc/yijian"

enum { FILE_SIZE = 65536, WORDS_MAX = KEYS_A_ENTRY + 3 };

/* One file being read. */
struct reading {
    struct keys *keys;
    char *faults;
    size_t size, used;
    int line;
};

/* A word of a line; not ended by NUL. */
struct word {
    const char *text;
    size_t length;
};

static bool is_file(const char *path) {
    struct stat info;
    return stat(path, &info) == 0;
}

void key_file_find(const struct app *app, const char *login, char out[PATH_MAX]) {
    const char *named = app->remote ? NULL : getenv("YIJIAN_KEYS");
    const char *config = app->remote ? NULL : getenv("XDG_CONFIG_HOME"), *home = app->remote ? NULL : getenv("HOME");
    out[0] = '\0';
    if (named != NULL && named[0] != '\0')
        snprintf(out, PATH_MAX, "%s", named);
    else if (app->remote && strchr(login, '/') == NULL)
        snprintf(out, PATH_MAX, "%s/keys.d/%s", KEYS_FOLDER, login);
    else if (config != NULL && config[0] == '/')
        snprintf(out, PATH_MAX, "%s/yijian/keys", config);
    else if (home != NULL && home[0] == '/')
        snprintf(out, PATH_MAX, "%s/.config/yijian/keys", home);
    if (named == NULL && !is_file(out))
        snprintf(out, PATH_MAX, "%s", is_file(KEYS_FOLDER "/keys") ? KEYS_FOLDER "/keys" : "");
}

__attribute__((format(printf, 2, 3))) static void complain(struct reading *r, const char *format, ...) {
    va_list list;
    size_t left = r->size - r->used;
    va_start(list, format);
    int n = vsnprintf(r->faults + r->used, left, format, list);
    va_end(list);
    r->used += n < 0 ? 0 : (size_t)n < left ? (size_t)n : left - 1;
}

static void expected(struct reading *r, struct word found, const char *what) {
    complain(r, _("line %d: found \"%.*s\", expected %s\n"), r->line, (int)found.length, found.text, what);
}

static bool is(struct word word, const char *text) {
    return strlen(text) == word.length && memcmp(text, word.text, word.length) == 0;
}

static int find(struct word word, const char *const *words, int count) {
    for (int i = 0; i < count; i++)
        if (is(word, words[i]))
            return i;
    return -1;
}

static size_t split(const char *line, size_t length, struct word words[WORDS_MAX]) {
    static const char blank[] = {' ', '\t', '\r'};
    size_t count = 0, at = 0;
    while (count < WORDS_MAX) {
        while (at < length && memchr(blank, line[at], sizeof blank) != NULL)
            at++;
        size_t from = at;
        while (at < length && memchr(blank, line[at], sizeof blank) == NULL)
            at++;
        if (at == from || line[from] == '#')
            break;
        words[count++] = (struct word){line + from, at - from};
    }
    return count;
}

/* A letter is text where one types, and what decides is a letter: nothing that is pressed by habit. */
static const char *forbids(unsigned view, const struct keys_entry *entry, uint32_t key) {
    bool letter = key > ' ' && key < KEYBOARD_BACKSPACE;
    if ((view & KEYS_TYPED) != 0 && key >= ' ' && key != KEYBOARD_BACKSPACE && key < KEYBOARD_UP)
        return _("a key that writes nothing: letters are text here");
    if (entry->alone && !letter)
        return _("a letter: this decides or leaves");
    return NULL;
}

static void take_keys(struct reading *r, int view, int action, const struct word *words, size_t count) {
    uint32_t wanted[KEYS_A_ENTRY] = {0};
    const struct keys_entry *entry = keys_of(r->keys, 1U << view, (enum action)action);
    for (size_t i = 0; i < count && i < KEYS_A_ENTRY; i++) {
        wanted[i] = key_parse(words[i].text, words[i].length);
        const char *why = wanted[i] == 0 ? _("a key: a letter or sign, Ctrl-X, Enter, Esc, Tab, Space, Up, PgDn, F2 …")
                                         : forbids(1U << view, entry, wanted[i]);
        if (why != NULL) {
            expected(r, words[i], why);
            return;
        }
    }
    if (!keys_set(r->keys, 1U << view, (enum action)action, wanted))
        complain(r, _("line %d: there are more lines than there is room for\n"), r->line);
}

static void take_line(struct reading *r, const char *line, size_t length) {
    struct word words[WORDS_MAX];
    size_t count = split(line, length, words);
    if (count == 0)
        return;
    if (count == 2 && is(words[0], "mouse") && (is(words[1], "on") || is(words[1], "off"))) {
        r->keys->mouse = is(words[1], "on");
        return;
    }
    int view = find(words[0], keys_view_words, KEYS_VIEW_COUNT);
    int action = count < 2 ? -1 : find(words[1], keys_action_words, ACTION_COUNT);
    if (view < 0)
        expected(r, words[0], _("a view (queue, application, decided …) or mouse; `yijian keys` lists them"));
    else if (count < 2)
        expected(r, words[0], _("a view, an action and its keys"));
    else if (action < 0 || keys_of(r->keys, 1U << view, (enum action)action) == NULL)
        expected(r, words[1], _("an action of that view; `yijian keys` lists them"));
    else if (count < 3 || count == WORDS_MAX)
        complain(r, _("line %d: expected 1 to %d keys behind the action\n"), r->line, KEYS_A_ENTRY);
    else
        take_keys(r, view, action, words + 2, count - 2);
}

static const char *view_word(unsigned views) {
    for (int i = 0; i < KEYS_VIEW_COUNT; i++)
        if ((views >> i & 1U) != 0)
            return keys_view_words[i];
    return "";
}

static void look_for_collision(struct reading *r) {
    const struct keys_entry *one, *other;
    uint32_t key;
    char name[KEY_NAME_SIZE];
    if (!keys_collision(r->keys, &one, &other, &key))
        return;
    unsigned both = one->views & other->views;
    complain(r, _("%s means two things: %s in %s and %s in %s\n"), key_word(key, name), keys_action_words[one->action],
             view_word(both != 0 ? both : one->views), keys_action_words[other->action],
             view_word(both != 0 ? both : other->views));
}

/* The whole of a small file; NULL with errno. */
static char *load(const char *path, size_t *size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info;
    char *text = fd < 0 ? NULL : malloc(FILE_SIZE);
    ssize_t length = -1;
    if (text != NULL && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= FILE_SIZE)
        length = read(fd, text, FILE_SIZE);
    else if (text != NULL)
        errno = EFBIG;
    if (fd >= 0)
        close(fd);
    if (length < 0) {
        free(text);
        return NULL;
    }
    *size = (size_t)length;
    return text;
}

bool key_file_read(struct keys *keys, const char *path, char *faults, size_t size) {
    struct reading r = {.keys = keys, .faults = faults, .size = size, .line = 1};
    faults[0] = '\0';
    keys_open(keys);
    size_t length = 0;
    char *text = load(path, &length);
    if (text == NULL) {
        complain(&r, _("it cannot be read: %s\n"), strerror(errno));
        return false;
    }
    for (size_t at = 0; at < length; r.line++) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t n = end == NULL ? length - at : (size_t)(end - text) - at;
        take_line(&r, text + at, n);
        at += n + 1;
    }
    free(text);
    if (r.used == 0)
        look_for_collision(&r);
    if (r.used > 0)
        keys_open(keys);
    return r.used == 0;
}
