#include "tests/screen/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    STEP_MS = 20,
    HAND_MS = 60,
    SLOW_LINE_MS = 200,
    ESCAPE_MS = 700 /* a lone Esc is one only after half a second */
};

static const char *from(const char *variable, const char *otherwise) {
    const char *value = getenv(variable);
    return value == NULL ? otherwise : value;
}

int desk_shell(const char *line) {
    char command[8192];
    snprintf(command, sizeof command, "yijian='%s/yijian --db yijian.db --today " DESK_TODAY "'; %s",
             from("YIJIAN_BUILD", "build"), line);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int desk_run(const char *words) {
    char line[4096];
    snprintf(line, sizeof line, "LANG=C.UTF-8 $yijian %s >>desk.log 2>&1", words);
    return desk_shell(line);
}

static void enter_new_folder(const char *name) {
    char line[4096];
    static char start[4096];
    if (start[0] == '\0')
        assert_non_null(getcwd(start, sizeof start));
    assert_int_equal(chdir(start), 0);
    snprintf(line, sizeof line, "rm -rf './%s'; mkdir './%s'", name, name);
    assert_int_equal(desk_shell(line), 0);
    assert_int_equal(chdir(name), 0);
}

void desk_make(const char *name, int applications, bool imported) {
    char line[4096];
    enter_new_folder(name);
    snprintf(line, sizeof line, "/usr/bin/python3 '%s/tests/screen/morning.py' %d %s", from("YIJIAN_ROOT", "."),
             applications, imported ? "imported" : "");
    assert_int_equal(desk_shell(line), 0);
}

void desk_make_sample(const char *name, int persons, int applications) {
    char line[4096];
    enter_new_folder(name);
    assert_int_equal(desk_run("init --training --name 张伟"), 0);
    snprintf(line, sizeof line,
             "'%s/sample' --persons %d --applications %d --seed 1 --day " DESK_TODAY " | $yijian import - >>desk.log",
             from("YIJIAN_BUILD", "build"), persons, applications);
    assert_int_equal(desk_shell(line), 0);
}

struct term *desk_open_as(const char *terminal, int rows, int cols, const char *lang) {
    static const char *const words[] = {"--db", "yijian.db", "--today", DESK_TODAY, NULL};
    struct term_options options = {.rows = rows, .cols = cols, .lang = lang, .name = terminal, .words = words};
    return term_start(&options);
}

struct term *desk_open(int rows, int cols, const char *lang) {
    return desk_open_as(NULL, rows, cols, lang);
}

struct term *desk_open_first(void) {
    struct term *term = desk_open(24, 80, NULL);
    desk_see(term, "A0000000007");
    desk_press(term, "\r", "91110105101163896D");
    return term;
}

void desk_dribble(struct term *term, const char *bytes) {
    for (; *bytes != '\0'; bytes++) {
        char one[2] = {*bytes, '\0'};
        term_send(term, one);
        term_watch(term, SLOW_LINE_MS);
    }
}

int desk_decisions(void) {
    int count = -1;
    desk_shell("$yijian export --format ndjson | grep -c '\"type\":\"decision\"' > count");
    FILE *file = fopen("count", "r");
    assert_non_null(file);
    if (fscanf(file, "%d", &count) != 1)
        count = -1;
    fclose(file);
    return count;
}

void desk_see(struct term *term, const char *text) {
    if (!term_wait(term, text))
        fail_msg("not on the screen: %s", text);
}

void desk_see_gone(struct term *term, const char *text) {
    if (!term_wait_gone(term, text))
        fail_msg("still on the screen: %s", text);
}

void desk_press(struct term *term, const char *keys, const char *text) {
    term_watch(term, HAND_MS); /* keys that come faster than a hand are no keys to the program */
    term_send(term, keys);
    desk_see(term, text);
}

void desk_press_away(struct term *term, const char *keys, const char *text) {
    term_watch(term, HAND_MS);
    term_send(term, keys);
    desk_see_gone(term, text);
}

void desk_see_selected(struct term *term, const char *text) {
    for (int waited = 0; waited < TERM_WAIT_MS; waited += STEP_MS) {
        if (strstr(term_row(term, term_cursor_row(term)), text) != NULL)
            return;
        term_watch(term, STEP_MS);
    }
    fail_msg("not selected: %s, but %s", text, term_row(term, term_cursor_row(term)));
}

static bool at_the_queue(struct term *term) {
    return term_shows(term, "1 全部") || term_shows(term, "1全部") || term_shows(term, "1 all") ||
           term_shows(term, "1all");
}

void desk_back(struct term *term) {
    for (int i = 0; i < 8 && !at_the_queue(term); i++) {
        term_send(term, "\033");
        term_watch(term, ESCAPE_MS);
    }
    if (!at_the_queue(term))
        fail_msg("the queue is not reached:\n%s", term_text(term));
}

void desk_leave(struct term *term) {
    desk_back(term);
    term_watch(term, HAND_MS);
    term_send(term, "q");
    term_watch(term, 2 * HAND_MS);
    if (term_shows(term, "once more") || term_shows(term, "再按一次")) /* right behind a decision, or with marks */
        term_send(term, "q");
    int status = term_wait_end(term, TERM_WAIT_MS);
    if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("did not end well (%d):\n%s", status, term_text(term));
    term_stop(term);
}
