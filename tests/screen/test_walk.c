/* A walker that knows nothing and presses everything a terminal can send, in bursts and at the speed of a hand, while
 * the window changes its size, the line drops and others decide. What it must never find: a crash, a hang, a decision
 * nobody made, a cell that is not what a screen drawn anew has there.
 *
 * WALK_KEYS keys are pressed; the same WALK_SEED walks the same way, as far as the clock lets it. With WALK_DUMP all
 * the terminal got since the last start is kept in the file dump where something is wrong. */
#include "tests/screen/desk.h"

#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum {
    KEYS = 2500,
    SEED = 20211105,
    BURST = 90,        /* keys at once, at most */
    HANDS = 6,         /* keys one by one, at most */
    FAST_HAND_MS = 35, /* what the program still takes for a hand */
    SLOW_HAND_MS = 80, /* before the key that decides */
    NOTICED_MS = 1200, /* until what others did is on the screen */
    REST_MS = 20,      /* the rest of what a turn draws */
    ANSWER_MS = 20000, /* past this the program hangs */
    DRAWN_MS = 5000,   /* and the screen is not going to be whole */
    END_MS = 5000,     /* until it ends when it is told to or has lost its terminal */
    STROKE = 128,
    TRAIL = 4096,
    NUMBERS = 1000
};

static const char *const boxes[][2] = {{"press capital Y", "Y: confirm"}, {"按大写 Y 确认", "Y 确认   "}};
static const char *const answers[] = {"nothing was stopped", "未中断任何操作"};

struct walk {
    uint64_t seed, random;
    bool confirms; /* presses Y at the speed of a hand, too */
    struct term *term;
    int rows, cols;
    size_t language;
    int pressed, known; /* keys; acts the ledger is known to hold */
    int confirmed, unseen, outside, screens, restarts, resizes;
    char trail[TRAIL + 1]; /* what was done last, for whoever has to understand it */
    char numbers[NUMBERS][32];
    size_t number_count;
};

/* splitmix64 */
static uint64_t draw(struct walk *walk) {
    uint64_t z = walk->random += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

static size_t below(struct walk *walk, size_t limit) {
    return (size_t)(draw(walk) % limit);
}

static bool one_in(struct walk *walk, size_t chances) {
    return below(walk, chances) == 0;
}

static void remember(struct walk *walk, const char *text) {
    size_t used = strlen(walk->trail), more = strlen(text);
    if (used + more > TRAIL) {
        size_t dropped = used < TRAIL / 2 ? used : TRAIL / 2;
        memmove(walk->trail, walk->trail + dropped, used - dropped + 1);
        used -= dropped;
    }
    snprintf(walk->trail + used, sizeof walk->trail - used, "%s", text);
}

static void wrong(struct walk *walk, const char *what) {
    fprintf(stderr, "# WALK_SEED=%llu, key %d, %s terminal of %dx%d: %s\n# the last steps: %s\n# the screen:\n%s\n",
            (unsigned long long)walk->seed, walk->pressed, walk->confirms ? "confirming," : "", walk->rows, walk->cols,
            what, walk->trail, term_text(walk->term));
    if (getenv("WALK_DUMP") != NULL) {
        size_t length;
        const char *bytes = term_bytes(walk->term, &length);
        FILE *file = fopen("dump", "w");
        if (file != NULL) {
            fwrite(bytes, 1, length, file);
            fclose(file);
        }
    }
    term_stop(walk->term);
    fail_msg("WALK_SEED=%llu: %s", (unsigned long long)walk->seed, what);
}

static void send(struct walk *walk, const char *bytes, size_t length) {
    char shown[8];
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        snprintf(shown, sizeof shown, isgraph(byte) && byte != '\\' && byte != '<' ? "%c" : "\\x%02x", byte);
        remember(walk, shown);
    }
    term_send_bytes(walk->term, bytes, length);
}

/* ---- keys */

static size_t put(char out[STROKE], const char *text) {
    return (size_t)snprintf(out, STROKE, "%s", text);
}

static size_t command(struct walk *walk, char out[STROKE]) {
    static const char keys[] = "jjjkkddugGnnppllhbbimmccvrftsxaaazo?//12345q \r\r\r\t";
    out[0] = keys[below(walk, sizeof keys - 1)];
    return 1;
}

static size_t decision(struct walk *walk, char out[STROKE]) {
    static const char keys[] = "AAARRRCBWEZDKX";
    out[0] = keys[below(walk, sizeof keys - 1)];
    return 1;
}

static size_t control(struct walk *walk, char out[STROKE]) {
    out[0] = (char)below(walk, 32);
    if (out[0] == 3) /* it is what settle() waits for */
        out[0] = 4;
    return 1;
}

static size_t byte(struct walk *walk, char out[STROKE]) {
    out[0] = (char)below(walk, 256);
    if (out[0] == 'Y' || out[0] == 3) /* only what a hand never types may hold a Y: see burst() and paste() */
        out[0] = 'y';
    return 1;
}

static size_t sequence(struct walk *walk, char out[STROKE]) {
    static const char *const all[] = {
        "\033[A",          "\033[B",          "\033[C",       "\033[D",       "\033OA",      "\033OB",
        "\033OC",          "\033OD",          "\033[5~",      "\033[6~",      "\033[H",      "\033[F",
        "\033[1~",         "\033[4~",         "\033OP",       "\033OQ",       "\033[15~",    "\033[24~",
        "\033[[A",         "\033[Z",          "\033[3~",      "\033[1;5A",    "\033[1;2B",   "\033[27;5;65~",
        "\033[65;5u",      "\033a",           "\033A",        "\033\033",     "\033[M !!",   "\033[?1;2c",
        "\033[>0;276;0c",  "\033[I",          "\033[O",       "\033[Y",       "\033[12;40R", "\033]0;A\007",
        "\033]52;A\033\\", "\033P1$rA\033\\", "\033_A\033\\", "\033[<0;1;1A", "\033OM",      "\033[999999999999;A",
    };
    return put(out, all[below(walk, sizeof all / sizeof all[0])]);
}

static size_t torn(struct walk *walk, char out[STROKE]) {
    size_t length = sequence(walk, out);
    return 1 + below(walk, length);
}

static size_t mouse(struct walk *walk, char out[STROKE]) {
    static const int buttons[] = {0, 0, 2, 64, 65, 35};
    return (size_t)snprintf(out, STROKE, "\033[<%d;%zu;%zu%c", buttons[below(walk, 6)], 1 + below(walk, 130),
                            1 + below(walk, 40), one_in(walk, 2) ? 'M' : 'm');
}

static size_t hanzi(struct walk *walk, char out[STROKE]) {
    static const char *const all[] = {"京",     "一",      "建", "不予",   "王",           "Ａ",     "１", "　", "🏗",
                                      "\u0301", "e\u0301", "𠀀", "\u200b", "\u202e\u202c", "\ue000", "ｱ",  "é",  "가"};
    return put(out, all[below(walk, sizeof all / sizeof all[0])]);
}

static size_t invalid(struct walk *walk, char out[STROKE]) {
    static const char *const all[] = {
        "\xff", "\xe4\xb8", "\xc0\x80", "\xed\xa0\x80", "\x80\x80", "\xf8\x88\x80\x80", "\xf4\x90\x80\x80\x80", "\xe4"};
    return put(out, all[below(walk, sizeof all / sizeof all[0])]);
}

static size_t paste(struct walk *walk, char out[STROKE]) {
    static const char *const all[] = {
        "\033[200~AY\n\033[201~",
        "\033[200~aay\nAY\n\033[201~",
        "\033[200~Y\033[201~",
        "\033[200~RY\023Y\r聘用单位未盖章\n\033[201~",
        "\033[200~A\033Y\rY",
        "\033[200~\033[200~AY\033[201~AY\n",
        "\033[200~11\t京\xe4\xb8\033[201~",
        "AY\n",
        "\rAYAYAY",
    };
    return put(out, all[below(walk, sizeof all / sizeof all[0])]);
}

static size_t stroke(struct walk *walk, char out[STROKE]) {
    static const struct {
        size_t weight;
        size_t (*make)(struct walk *walk, char out[STROKE]);
    } kinds[] = {
        {40, command}, {12, decision}, {6, control}, {6, byte},    {14, sequence},
        {6, torn},     {4, mouse},     {8, hanzi},   {3, invalid}, {2, paste},
    };
    size_t at = below(walk, 101), i = 0;
    walk->pressed++;
    while (at >= kinds[i].weight)
        at -= kinds[i++].weight;
    return kinds[i].make(walk, out);
}

/* ---- the ledger */

/* Everything that was done to an application; a look at an id number is none. */
static int acts(void) {
    int count = -1;
    desk_shell("$yijian ledger --json > ledger && grep -vc '\"event\":\"\\(init\\|reviewer\\|import\\|reveal\\)\"' "
               "ledger > count");
    FILE *file = fopen("count", "r");
    assert_non_null(file);
    if (fscanf(file, "%d", &count) != 1)
        count = -1;
    fclose(file);
    return count;
}

static void look_for_stray_acts(struct walk *walk) {
    char what[128];
    int found = acts();
    if (found == walk->known)
        return;
    snprintf(what, sizeof what, "the ledger holds %d acts, %d are accounted for", found, walk->known);
    wrong(walk, what);
}

static void read_numbers(struct walk *walk) {
    static const char line[] =
        "$yijian list --json | sed -n 's/.*\"application_no\":\"\\([^\"]*\\)\".*/\\1/p' > numbers";
    assert_int_equal(desk_shell(line), 0);
    FILE *file = fopen("numbers", "r");
    assert_non_null(file);
    while (walk->number_count < NUMBERS && fscanf(file, "%31s", walk->numbers[walk->number_count]) == 1)
        walk->number_count++;
    fclose(file);
    assert_true(walk->number_count > 0);
}

/* Somebody else decides, or tries to. */
static void decide_outside(struct walk *walk) {
    static const char *const verbs[] = {"approve", "refuse", "accept"};
    char words[128];
    snprintf(words, sizeof words, "%s %s", verbs[below(walk, 3)], walk->numbers[below(walk, walk->number_count)]);
    remember(walk, " <");
    remember(walk, words);
    remember(walk, "> ");
    if (desk_run(words) == 0) {
        walk->known++;
        walk->outside++;
    }
    term_watch(walk->term, NOTICED_MS);
}

/* ---- the terminal */

static void open_terminal(struct walk *walk) {
    static const char *const names[] = {"xterm-256color", "xterm-256color", "xterm", "screen",
                                        "tmux",           "linux",          "vt100"};
    static const char *const languages[] = {NULL, "zh_CN.UTF-8"};
    const char *name = names[below(walk, sizeof names / sizeof names[0])];
    walk->language = below(walk, 2);
    walk->rows = 24;
    walk->cols = 80;
    walk->term = desk_open_as(name, walk->rows, walk->cols, languages[walk->language]);
    remember(walk, "\n# <starts as ");
    remember(walk, name);
    remember(walk, "> ");
    if (!term_is_within(walk->term, walk->language == 0 ? "1 all" : "1 全部", true, ANSWER_MS))
        wrong(walk, "the program does not start");
}

static void close_terminal(struct walk *walk, int wait_ms) {
    int status = term_wait_end(walk->term, wait_ms);
    char what[64];
    snprintf(what, sizeof what, "it did not end well (%d)", status);
    if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        wrong(walk, what);
    term_stop(walk->term);
    walk->term = NULL;
}

/* The line drops, or the program is told to go. */
static void start_anew(struct walk *walk) {
    static const int signals[] = {SIGHUP, SIGTERM};
    if (one_in(walk, 2))
        term_hang_up(walk->term);
    else
        term_signal(walk->term, signals[below(walk, 2)]);
    close_terminal(walk, END_MS);
    look_for_stray_acts(walk);
    open_terminal(walk);
    walk->restarts++;
}

static void resize(struct walk *walk, int rows, int cols) {
    char what[32];
    snprintf(what, sizeof what, " <%dx%d> ", rows, cols);
    remember(walk, what);
    term_resize(walk->term, rows, cols);
    walk->rows = rows;
    walk->cols = cols;
    walk->resizes++;
}

static void resize_somehow(struct walk *walk) {
    static const int known[][2] = {{24, 80}, {24, 80}, {36, 120}, {36, 120}, {10, 40}, {9, 39},
                                   {5, 20},  {1, 1},   {2, 3},    {1, 80},   {24, 1},  {24, 40}};
    size_t i = below(walk, 2 * sizeof known / sizeof known[0]);
    if (i < sizeof known / sizeof known[0])
        resize(walk, known[i][0], known[i][1]);
    else
        resize(walk, 5 + (int)below(walk, 96), 20 + (int)below(walk, 281));
}

/* What happens to a window that is dragged: there and back before anybody has looked. */
static void storm(struct walk *walk) {
    int rows = walk->rows, cols = walk->cols;
    for (size_t i = 0; i < 6; i++)
        if (one_in(walk, 2))
            term_signal(walk->term, SIGWINCH);
        else
            resize_somehow(walk);
    if (one_in(walk, 2))
        resize(walk, rows, cols);
}

/* False where the program has ended by itself, as q ends it; it is started again then. */
static bool is_there(struct walk *walk) {
    if (term_wait_end(walk->term, 0) == -1)
        return true;
    close_terminal(walk, 0);
    open_terminal(walk);
    return false;
}

/* Waits until all that was sent is done, however little was left of a sequence or a paste: Ctrl-C says something
 * everywhere. False where the program has ended meanwhile. */
static bool settle(struct walk *walk) {
    enum { TRY_MS = 150 };
    if (walk->rows < 10 || walk->cols < 40)
        resize(walk, 10 + (int)below(walk, 30), 40 + (int)below(walk, 100));
    for (int waited = 0; waited < ANSWER_MS; waited += TRY_MS) {
        term_watch(walk->term, FAST_HAND_MS); /* what drops a burst wants to see a hand */
        term_send(walk->term, "\033[201~");
        term_watch(walk->term, FAST_HAND_MS);
        term_send(walk->term, "\003");
        if (term_is_within(walk->term, answers[walk->language], true, TRY_MS)) {
            term_rest(walk->term, REST_MS); /* the last line is drawn behind that */
            return true;
        }
        if (!is_there(walk))
            return false;
    }
    wrong(walk, "it does not answer any more");
    return false;
}

/* Any key takes the answer away, so that the next one is no old one; this key means nothing anywhere. */
static void take_answer_away(struct walk *walk) {
    term_send(walk->term, "\037");
    if (!term_is_within(walk->term, answers[walk->language], false, ANSWER_MS))
        wrong(walk, "what it says does not go away");
}

static bool is_cleared(struct walk *walk, size_t from) {
    size_t length;
    const char *bytes = term_bytes(walk->term, &length) + from;
    return memmem(bytes, length - from, "\033[2J", 4) != NULL || memmem(bytes, length - from, "\033[J", 3) != NULL;
}

/* What stands on the screen must be what it shows when it is drawn anew. */
static void compare(struct walk *walk) {
    size_t from;
    struct term_shot *before = term_shoot(walk->term), *after = NULL;
    const char *why = term_torn(before);
    if (why != NULL)
        wrong(walk, why);
    term_bytes(walk->term, &from);
    term_send(walk->term, "\014\003");
    for (int waited = 0; waited < DRAWN_MS; waited += 5) {
        term_watch(walk->term, 5);
        if (!is_cleared(walk, from))
            continue;
        term_shot_free(after);
        after = term_shoot(walk->term);
        why = term_difference(before, after);
        if (why == NULL && (why = term_torn(after)) == NULL)
            break;
    }
    if (after == NULL)
        wrong(walk, "Ctrl-L does nothing");
    if (why != NULL)
        wrong(walk, why);
    term_shot_free(before);
    term_shot_free(after);
    walk->screens++;
    take_answer_away(walk);
}

/* ---- the ways to press */

static bool is_boxed(struct walk *walk) {
    return term_shows(walk->term, boxes[walk->language][0]) || term_shows(walk->term, boxes[walk->language][1]);
}

static void burst(struct walk *walk) {
    char bytes[BURST * STROKE];
    size_t length = 0, strokes = 8 + below(walk, BURST - 8);
    for (size_t i = 0; i < strokes && length < 200; i++) {
        length += stroke(walk, bytes + length);
        if (i > 0 && i + 1 < strokes && one_in(walk, 12))
            bytes[length++] = 'Y';
    }
    bytes[length++] = 'j'; /* Y is not the last one */
    send(walk, bytes, length);
}

/* A paste that comes piece by piece, as over a slow line. */
static void slow_paste(struct walk *walk) {
    static const char *const pieces[] = {"\033[200~", "A", "Y", "\r", "Y", "\033[201~"};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        send(walk, pieces[i], strlen(pieces[i]));
        term_watch(walk->term, FAST_HAND_MS);
    }
}

/* Presses the key that decides; nothing may come of it but where the box stands. */
static void confirm(struct walk *walk) {
    term_watch(walk->term, SLOW_HAND_MS);
    look_for_stray_acts(walk);
    bool seen = is_boxed(walk);
    remember(walk, seen ? " <box> " : " <no box> ");
    send(walk, "Y", 1);
    walk->pressed++;
    term_watch(walk->term, SLOW_HAND_MS);
    if (settle(walk))
        take_answer_away(walk);
    if (!seen) {
        look_for_stray_acts(walk);
        walk->unseen++;
        return;
    }
    int found = acts();
    walk->confirmed += found - walk->known;
    walk->known = found;
}

/* What a reviewer would press next, were there anything to see. */
static void maybe_confirm(struct walk *walk) {
    bool boxed = is_boxed(walk);
    if (!walk->confirms || !one_in(walk, boxed ? 2 : 30))
        return;
    if (boxed && one_in(walk, 4)) { /* too small to show the box: it does not stand there any more */
        resize(walk, 9, 39);
        if (!term_is_within(walk->term, "39x9", true, ANSWER_MS))
            wrong(walk, "it does not say that there is no room");
    }
    confirm(walk);
}

static void by_hand(struct walk *walk) {
    char bytes[STROKE];
    size_t strokes = below(walk, HANDS);
    remember(walk, " <by hand> ");
    for (size_t i = 0; i < strokes; i++) {
        term_watch(walk->term, FAST_HAND_MS);
        size_t length = one_in(walk, 3) ? decision(walk, bytes) : stroke(walk, bytes);
        send(walk, bytes, length);
        remember(walk, " ");
        maybe_confirm(walk);
    }
    term_watch(walk->term, FAST_HAND_MS);
}

static void step(struct walk *walk) {
    switch (below(walk, 40)) {
    case 0:
        start_anew(walk);
        break;
    case 1:
        decide_outside(walk);
        break;
    case 2:
    case 3:
        storm(walk);
        break;
    case 4:
        slow_paste(walk);
        break;
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
        resize_somehow(walk);
        break;
    default:
        break;
    }
    if (one_in(walk, walk->confirms ? 2 : 3))
        by_hand(walk);
    else
        burst(walk);
    if (settle(walk))
        compare(walk);
}

/* ---- the walk */

static uint64_t number_from(const char *variable, uint64_t otherwise) {
    const char *value = getenv(variable);
    return value == NULL || value[0] == '\0' ? otherwise : strtoull(value, NULL, 10);
}

/* What a sanitizer has to say would be lost with the terminal. */
static void keep_reports(void) {
    static const char *const names[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS"};
    char value[1024];
    for (size_t i = 0; i < 2; i++) {
        snprintf(value, sizeof value, "%s:log_path=sanitizer", getenv(names[i]) == NULL ? "" : getenv(names[i]));
        setenv(names[i], value, 1);
    }
}

static void expect_nothing_left(void) {
    glob_t reports;
    int found = glob("sanitizer.*", 0, NULL, &reports);
    if (found == 0)
        desk_shell("cat sanitizer.* >&2");
    globfree(&reports);
    assert_int_equal(found, GLOB_NOMATCH);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void go(const char *name, bool confirms, uint64_t keys) {
    static struct walk walk;
    walk = (struct walk){.seed = number_from("WALK_SEED", SEED), .confirms = confirms};
    walk.random = walk.seed;
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* whatever it might leave behind comes to us */
    keep_reports();
    desk_make_sample(name, 2000, 600);
    read_numbers(&walk);
    open_terminal(&walk);
    while ((uint64_t)walk.pressed < keys)
        step(&walk);
    look_for_stray_acts(&walk);
    term_hang_up(walk.term);
    close_terminal(&walk, END_MS);
    look_for_stray_acts(&walk);
    assert_int_equal(desk_run("verify"), 0);
    expect_nothing_left();
    printf("# seed %llu: %d keys, %d screens compared, %d sizes, %d restarts; acts: %d outside, %d confirmed in a box; "
           "%d times Y without one\n",
           (unsigned long long)walk.seed, walk.pressed, walk.screens, walk.resizes, walk.restarts, walk.outside,
           walk.confirmed, walk.unseen);
}

static void without_a_deliberate_Y_nothing_is_decided(void **state) {
    (void)state;
    go("walk", false, number_from("WALK_KEYS", KEYS));
}

static void only_a_Y_that_sees_its_box_decides(void **state) {
    (void)state;
    go("confirms", true, number_from("WALK_KEYS", KEYS) / 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_deliberate_Y_nothing_is_decided),
        cmocka_unit_test(only_a_Y_that_sees_its_box_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
