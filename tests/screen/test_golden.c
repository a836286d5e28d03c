/* Golden screens: every screen in both languages, two sizes and without colour, compared with tests/screen/golden.
 *
 * A run is one program in one terminal; it walks through the scenes. The runs go on beside each other, each on a copy
 * of one database. `make golden` takes the pictures anew. No scene shows what the clock says: golden.py sets the times
 * of what was done before, and what is done here is not looked at with its time. */
#include "tests/screen/desk.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/screen/shot.h"

enum {
    STEP_MS = 5,
    HAND_MS = 40,
    BACK_MS = 1500,
    KEY_MS = 10000,
    KEYS = 7,
    DIFFERENCES_SHOWN = 3,
    SMALL_COLS = 40,
    LOST = 3
};

#define ESC "\033"
#define TAB "\t"
#define CLEAR "\025"
/* In the search: another application, opened. */
#define OPEN(digits) CLEAR "A2026" digits "\r"

/* The first scenes begin in the queue, up to the one that opens the search; then each begins in the search, up to the
 * one that leaves it. `back` undoes what was opened, a key each: a decision's box with n, a form with Esc. */
struct scene {
    const char *name;       /* NULL: only a way */
    const char *keys[KEYS]; /* each changes the screen; or text, or both where nothing that decides is hurried */
    const char *back;
    bool small; /* also at 40x10 */
};

/* clang-format off */
static const struct scene scenes[] = {
    {"queue", {NULL}, "", true},
    {"queue-end", {"G"}, "g", true},
    {"queue-kind", {"3"}, "1g", false},
    {"queue-choose-outcome", {"f"}, "n", true},
    {"queue-choose-specialty", {"s", "j"}, "n", true},
    {"queue-filter-text", {"w"}, ESC, true},
    {"queue-chips", {"f", "j", "\r", "s", "j", "\r", "t"}, "ytg", true},
    {"queue-no-rows", {"f", "j", "j", "\r", "4"}, "y1g", true},
    {"queue-marks", {" ", " ", "j", " "}, "zg", true},
    {"queue-nothing-marked", {"A"}, "", false},
    {"confirm-bulk-approve", {"a", " ", "A"}, "nzg", true},
    {"confirm-bulk-refuse", {" ", " ", "R"}, "nzg", false},
    {"confirm-bulk-accept", {" ", " ", "C"}, "nzg", false},
    {"help-queue", {"?"}, "q", true},
    {"help-queue-end", {"?", "G"}, "q", false},
    {"statistics", {"i"}, "q", true},
    {"who-is-in", {"v"}, "q", true},
    {"statistics-end", {"i", "G"}, "q", false},
    {"decided", {"b"}, "q", true},
    {"decided-opened", {"b", "j", "\r"}, "qq", false},
    {"decided-refused", {"b", "\r"}, "qq", false},
    {"notice-refused", {"b", "m"}, "qq", true},
    {"notice-approved", {"b", "j", "m"}, "qq", false},
    {"notice-partly", {"b", "j", "j", "j", "j", "m"}, "qq", false},
    {"notice-revoked", {"b", "j", "j", "j", "m"}, "qq", false},
    {"certificate", {"b", "j", "c"}, "qq", true},
    {"help-decided", {"b", "?"}, "qq", false},
    {"editor-revoke", {"b", "j", "Z"}, ESC "q", false},
    {"prompt-revoke", {"b", "j", "Z", "录入错误", TAB}, ESC ESC "Dq", false},
    {"confirm-revoke", {"b", "j", "Z", "录入错误", TAB, "第六十九条第一款第（一）项\r"}, "n" ESC ESC "Dq", false},
    {"message-not-revocable", {"b", "j", "j", "j", "Z"}, "q", false},

    {"search-empty", {"/"}, "", true},
    {"search-exact", {CLEAR "云1112015201700192"}, "", true},
    {"search-prefix", {CLEAR "京1"}, "", true},
    {"search-digits", {CLEAR "5201700192"}, "", false},
    {"search-full-width", {CLEAR "Ａ２０２６１１０１"}, "", false},
    {"search-name", {CLEAR "李"}, "", false},
    {"search-nothing", {CLEAR "京1112099209900001"}, "", true},
    {"detail-continuation", {OPEN("10260000097")}, "q", true},
    {"detail-continuation-2", {OPEN("10260000097"), "d"}, "q", false},
    {"detail-continuation-end", {OPEN("10260000097"), "G"}, "q", true},
    {"detail-partly", {OPEN("11140000141")}, "q", true},
    {"detail-blocked", {OPEN("11130000075")}, "q", true},
    {"detail-blocked-2", {OPEN("11130000075"), "d"}, "q", false},
    {"detail-initial", {OPEN("10140000098")}, "q", false},
    {"detail-added-specialty", {OPEN("11120000034")}, "q", false},
    {"detail-re-registration", {OPEN("11200000036")}, "q", false},
    {"detail-lapsed", {OPEN("11100000025")}, "q", false},
    {"detail-long-employer", {OPEN("11170000082")}, "q", true},
    {"detail-long-name", {OPEN("11150000138")}, "q", true},
    {"detail-provisional", {OPEN("11230000117")}, "q", false},
    {"detail-revoked-before", {OPEN("11230000016"), "G"}, "q", false},
    {"detail-returned", {OPEN("11220000030")}, "q", false},
    {"help-detail", {OPEN("10260000097"), "?"}, "qq", true},
    {"ledger", {OPEN("11230000016"), "l"}, "qq", true},
    {"ledger-empty", {OPEN("10260000097"), "l"}, "qq", false},
    {"certificate-paper", {OPEN("11050000000"), "c"}, "qq", false},
    {"message-no-certificate", {OPEN("10140000098"), "c"}, "q", false},
    {"message-no-notice", {OPEN("10140000098"), "m"}, "q", false},
    {"note-blocked", {OPEN("11130000075"), "A"}, "qq", true},
    {"message-accepted-by-oneself", {OPEN("11250000074"), "A"}, "q", true},
    {"confirm-approve", {OPEN("10260000097"), "A"}, "nq", true},
    {"confirm-approve-initial", {OPEN("10140000098"), "A"}, "nq", false},
    {"confirm-approve-partly", {OPEN("11140000141"), "A"}, "nq", true},
    {"prompt-province", {OPEN("11160000114"), "A"}, ESC "q", true},
    {"confirm-approve-province", {OPEN("11160000114"), "A", "11\r"}, "nq", false},
    {"editor-refuse", {OPEN("11130000075"), "R"}, ESC "q", true},
    {"confirm-refuse", {OPEN("11130000075"), "R", TAB}, "n" ESC "q", true},
    {"editor-refuse-approvable", {OPEN("10260000097"), "R"}, ESC "q", false},
    {"confirm-accept", {OPEN("10260000097"), "C"}, "nq", true},
    {"editor-return", {OPEN("10260000097"), "B"}, ESC "q", true},
    {"message-write-first", {OPEN("10260000097"), "B", TAB}, ESC "q", false},
    {"drop", {OPEN("10260000097"), "B", "劳动合同缺第 3 页\r", "社会保险证明未盖章", ESC}, "Dq", true},
    {"confirm-return", {OPEN("10260000097"), "B", "劳动合同缺第 3 页\r", "社会保险证明未盖章", TAB}, "n" ESC "Dq", false},
    {"confirm-withdraw", {OPEN("10260000097"), "W", "申请人来函撤回", TAB}, "n" ESC "Dq", false},
    {"confirm-extend", {OPEN("10260000097"), "E", "需向原发证机关核实", TAB}, "n" ESC "Dq", false},
    {"prompt-reveal", {OPEN("11230000016"), "v"}, ESC "q", true},
    {"note-revealed", {OPEN("11230000016"), "v", "电话核对身份", "\r"}, "qq", true},
    {"message-decided", {OPEN("11200000036"), "A", "Y"}, "", false},
    {NULL, {NULL}, ESC "g", true},

    {"report", {"a", " ", " ", "A", "Y"}, "q", false},
    {"queue-after-report", {NULL}, "", false},
};
/* clang-format on */

struct run {
    const char *language, *form; /* parts of the pictures' names */
    int rows, cols;
    bool looks;
    const char *lang; /* of LANG */
    const char *name; /* TERM */
    const char *words[7];
    const char *environment[2];
};

#define WORDS "--db", "yijian.db", "--today", DESK_TODAY

static const struct run runs[] = {
    {"zh", "", 24, 80, true, "zh_CN.UTF-8", NULL, {WORDS}, {NULL}},
    {"en", "", 24, 80, false, NULL, NULL, {WORDS}, {NULL}},
    {"zh", "", 36, 120, false, NULL, "tmux-256color", {WORDS, "--lang", "zh"}, {NULL}},
    {"en", "", 36, 120, false, "zh_CN.UTF-8", NULL, {WORDS, "--lang", "en"}, {NULL}},
    {"zh", "", 10, SMALL_COLS, false, "zh_CN.UTF-8", NULL, {WORDS}, {NULL}},
    {"en", "", 10, SMALL_COLS, false, NULL, NULL, {WORDS}, {NULL}},
    {"zh", ".mono", 24, 80, true, "zh_CN.UTF-8", NULL, {WORDS}, {"NO_COLOR=1"}},
    {"en", ".mono", 24, 80, true, NULL, "vt220", {WORDS}, {NULL}},
};

enum { RUNS = sizeof runs / sizeof runs[0], SCENES = sizeof scenes / sizeof scenes[0] };

static const char first_deadline[] = "11-09"; /* on every queue: the screen stands */
static const char too_small[] = "too-small";
static const int too_small_size[] = {9, 38};

static bool is_in(const struct run *run, const struct scene *scene) {
    return scene->small || run->cols > SMALL_COLS;
}

/* ---- one run, in a process of its own */

struct walk {
    const struct run *run;
    struct term *term;
    size_t different, lost; /* pictures; keys that changed nothing */
};

/* What a key may change: the text, or where the cursor rests. */
static char *standing(struct term *term) {
    char *text = NULL;
    if (asprintf(&text, "%d:%d\n%s", term_cursor_row(term), term_cursor_col(term), term_text(term)) == -1)
        abort();
    return text;
}

/* Whether the screen changes within that time. */
static bool changes(struct term *term, const char *before, int ms) {
    bool changed = false;
    for (int waited = 0; waited < ms && !changed; waited += STEP_MS) {
        if (waited > 0)
            term_watch(term, STEP_MS);
        char *now = standing(term);
        changed = strcmp(now, before) != 0;
        free(now);
    }
    return changed;
}

/* Until nothing has come for as long as a hand takes for a key: keys that are faster are no keys to the program. */
static void rest(struct term *term) {
    size_t before, length;
    term_bytes(term, &length);
    do {
        before = length;
        term_watch(term, HAND_MS);
        term_bytes(term, &length);
    } while (length != before);
}

/* Each key is sent when the one before it has shown. */
static bool press(struct term *term, const char *keys, int ms) {
    rest(term);
    char *before = standing(term);
    term_send(term, keys);
    bool changed = changes(term, before, ms);
    free(before);
    return changed;
}

static void compare(struct walk *walk, const char *scene, int rows, int cols) {
    char name[256];
    snprintf(name, sizeof name, "%s.%s.%dx%d%s.txt", scene, walk->run->language, cols, rows, walk->run->form);
    if (walk->different == DIFFERENCES_SHOWN && freopen("/dev/null", "w", stderr) == NULL)
        return;
    if (!shot_matches(walk->term, walk->run->looks, name))
        walk->different++;
}

static void play(struct walk *walk, const struct scene *scene) {
    for (size_t i = 0; i < KEYS && scene->keys[i] != NULL; i++)
        if (!press(walk->term, scene->keys[i], KEY_MS)) {
            fprintf(stderr, "%s: key %zu changes nothing\n", scene->name == NULL ? "" : scene->name, i + 1);
            walk->lost++;
        }
    if (scene->name != NULL)
        compare(walk, scene->name, walk->run->rows, walk->run->cols);
    for (const char *key = scene->back; *key != '\0'; key++)
        press(walk->term, (const char[]){*key, '\0'}, BACK_MS);
}

static void play_too_small(struct walk *walk) {
    char *before = standing(walk->term);
    term_resize(walk->term, too_small_size[0], too_small_size[1]);
    changes(walk->term, before, TERM_WAIT_MS);
    compare(walk, too_small, too_small_size[0], too_small_size[1]);
    free(before);
}

static bool leave(struct term *term) {
    term_watch(term, HAND_MS);
    term_send(term, "q");
    int status = term_wait_end(term, TERM_WAIT_MS);
    bool good = status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!good)
        fprintf(stderr, "did not end well (%d):\n%s", status, term_text(term));
    return good;
}

/* Ends the process with 0 when every screen was as expected. */
static void walk_through(const struct run *run) {
    struct walk walk = {.run = run};
    struct term_options options = {
        .rows = run->rows, .cols = run->cols, .lang = run->lang, .name = run->name, .words = run->words};
    options.environment[0] = run->environment[0];
    walk.term = term_start(&options);
    bool good = term_wait(walk.term, first_deadline);
    for (size_t i = 0; good && i < SCENES && walk.lost < LOST; i++)
        if (is_in(run, &scenes[i]))
            play(&walk, &scenes[i]);
    if (good && run->cols == SMALL_COLS)
        play_too_small(&walk);
    good = good && leave(walk.term);
    term_stop(walk.term);
    if (walk.different > 0)
        printf("%zu screens are different; the new ones are in the test's folder. `make golden` takes them anew\n",
               walk.different);
    fflush(NULL);
    _exit(good && walk.different == 0 && walk.lost == 0 ? 0 : 1);
}

/* ---- all of them */

static pid_t children[RUNS];

static int start_runs(void **state) {
    (void)state;
    const char *root = getenv("YIJIAN_ROOT");
    char line[4096];
    snprintf(line, sizeof line, "mkdir made && cd made && /usr/bin/python3 '%s/tests/screen/golden.py'",
             root == NULL ? "." : root);
    if (desk_shell(line) != 0)
        return -1;
    for (size_t i = 0; i < RUNS; i++) {
        snprintf(line, sizeof line, "mkdir run%zu && cp made/yijian.db* run%zu", i, i);
        if (desk_shell(line) != 0)
            return -1;
        fflush(NULL);
        children[i] = fork();
        if (children[i] != 0)
            continue;
        snprintf(line, sizeof line, "run%zu", i);
        if (chdir(line) != 0 || freopen("report", "w", stderr) == NULL || dup2(STDERR_FILENO, STDOUT_FILENO) == -1)
            _exit(1);
        walk_through(&runs[i]);
    }
    return 0;
}

static void screens_are_as_expected(void **state) {
    const struct run *run = *state;
    size_t index = (size_t)(run - runs);
    char line[64];
    int status;
    assert_int_equal(waitpid(children[index], &status, 0), children[index]);
    snprintf(line, sizeof line, "cat run%zu/report 1>&2", index);
    if (status == 0)
        return;
    desk_shell(line);
    fail_msg("%s, %dx%d%s: see above", run->language, run->cols, run->rows, run->form);
}

static size_t count_expected(void) {
    size_t count = 0;
    for (size_t i = 0; i < RUNS; i++) {
        count += runs[i].cols == SMALL_COLS ? 1 : 0; /* the one that is too small */
        for (size_t j = 0; j < SCENES; j++)
            count += scenes[j].name != NULL && is_in(&runs[i], &scenes[j]) ? 1 : 0;
    }
    return count;
}

/* A scene that is taken out takes its pictures with it. */
static void no_picture_is_left_over(void **state) {
    char folder[SHOT_PATH];
    size_t count = 0;
    (void)state;
    DIR *directory = opendir(shot_folder(folder));
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory))
        count += entry->d_name[0] != '.' ? 1 : 0;
    closedir(directory);
    assert_int_equal(count, count_expected());
}

int main(void) {
    static char names[RUNS][64];
    struct CMUnitTest tests[RUNS + 1];
    for (size_t i = 0; i < RUNS; i++) {
        snprintf(names[i], sizeof names[i], "screens_are_as_expected %s %dx%d%s", runs[i].language, runs[i].cols,
                 runs[i].rows, runs[i].form);
        tests[i] = (struct CMUnitTest){names[i], screens_are_as_expected, NULL, NULL, (void *)(uintptr_t)&runs[i]};
    }
    tests[RUNS] = (struct CMUnitTest){"no_picture_is_left_over", no_picture_is_left_over, NULL, NULL, NULL};
    return cmocka_run_group_tests(tests, start_runs, NULL);
}
