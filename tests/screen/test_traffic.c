/* Bytes a key costs on the line, and nothing where nothing happens (SPEC 12): over a slow line every byte is waited
 * for. Documents of the generator of samples, as uniform as real ones are: names, numbers and specialties differ. */
#include "tests/screen/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    ROWS_MOVED = 6,
    PAGES = 3,
    CASES = 2,
    HAND_MS = 30,
    FIRST_MS = 5000,
    REST_MS = 30,
    IDLE_MS = 3000,
    START_MS = 700 /* what the start still brings */
};

static size_t written(const struct term *term) {
    size_t length;
    term_bytes(term, &length);
    return length;
}

/* What the key makes the program write. */
static size_t cost(struct term *term, const char *keys) {
    term_watch(term, HAND_MS);
    size_t before = written(term);
    term_send(term, keys);
    for (int waited = 0; waited < FIRST_MS && written(term) == before; waited += 5)
        term_watch(term, 5);
    term_rest(term, REST_MS);
    return written(term) - before;
}

/* The mean of pressing it so often, and the worst. */
struct cost {
    size_t mean, most;
};

static struct cost costs(struct term *term, const char *keys, const char *back, int times) {
    struct cost found = {0};
    size_t sum = 0;
    for (int i = 0; i < times; i++) {
        size_t bytes = cost(term, keys);
        sum += bytes;
        found.most = bytes > found.most ? bytes : found.most;
        if (back != NULL)
            cost(term, back);
    }
    found.mean = sum / (size_t)times;
    return found;
}

/* What it may cost: what it costs today and a little room. Of a page all cells are new, and of two rows, which the
 * selection leaves and takes, all change their look; the rest of a row beside the preview is the preview. */
struct limits {
    int rows, cols;
    struct cost row, page, open;
};
static const struct limits small = {24, 80, {245, 250}, {1600, 1800}, {1400, 1400}};
static const struct limits alone = {36, 100, {290, 295}, {3050, 3400}, {2400, 2400}};
static const struct limits preview = {36, 120, {400, 920}, {2850, 3250}, {2550, 2550}};

static const struct {
    const struct limits *limits;
    const char *terminal, *language;
} places[] = {
    {&small, "xterm-256color", NULL},   {&small, "xterm-256color", "zh_CN.UTF-8"},
    {&alone, "xterm-256color", NULL},   {&alone, "xterm-256color", "zh_CN.UTF-8"},
    {&preview, "xterm-256color", NULL}, {&preview, "xterm-256color", "zh_CN.UTF-8"},
    {&preview, "xterm", "zh_CN.UTF-8"}, {&preview, "screen", "zh_CN.UTF-8"},
    {&preview, "tmux", "zh_CN.UTF-8"},  {&preview, "linux", "zh_CN.UTF-8"},
    {&preview, "vt100", "zh_CN.UTF-8"},
};

static bool is_within(const char *what, struct cost found, struct cost limit) {
    bool fine = found.mean <= limit.mean && found.most <= limit.most;
    printf("#   %-10s %5zu, at most %5zu%s\n", what, found.mean, found.most, fine ? "" : "   TOO MUCH");
    return fine;
}

static bool measure(size_t i) {
    const struct limits *limits = places[i].limits;
    const char *language = places[i].language;
    struct term *term = desk_open_as(places[i].terminal, limits->rows, limits->cols, language);
    desk_see(term, language == NULL ? "1 of 600" : "1 / 600");
    term_watch(term, START_MS);
    printf("# %s, %s, %dx%d\n", places[i].terminal, language == NULL ? "en" : "zh", limits->cols, limits->rows);
    bool fine = is_within("a row down", costs(term, "j", NULL, ROWS_MOVED), limits->row);
    fine = is_within("a row up", costs(term, "k", NULL, ROWS_MOVED - 1), limits->row) && fine;
    fine = is_within("a page", costs(term, "d", NULL, PAGES), limits->page) && fine;
    fine = is_within("opening", costs(term, "\r", "q", CASES), limits->open) && fine;
    desk_leave(term);
    return fine;
}

static void a_key_costs_little(void **state) {
    (void)state;
    bool fine = true;
    desk_make_sample("traffic", 2000, 600);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        fine = measure(i) && fine;
    assert_true(fine);
}

static void where_nothing_happens_nothing_is_sent(void **state) {
    (void)state;
    desk_make_sample("idle", 2000, 600);
    struct term *term = desk_open(36, 120, NULL);
    desk_see(term, "1 of 600");
    term_watch(term, 1000);
    size_t before = written(term);
    term_watch(term, IDLE_MS);
    assert_int_equal(written(term), before);
    cost(term, "\r");
    term_watch(term, 1000);
    before = written(term);
    term_watch(term, IDLE_MS);
    assert_int_equal(written(term), before);
    desk_leave(term);
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int times_shown(struct term *term, const char *text) {
    int times = 0;
    for (const char *at = term_text(term); (at = strstr(at, text)) != NULL; at++)
        times++;
    return times;
}

/* While a key is held the preview is empty, never another's than the selected one's; let go, it is there. */
static void a_held_key_moves_the_list_alone(void **state) {
    enum { HELD = 40, REPEAT_MS = 25, SURELY_HELD_MS = 80, ROW_BYTES = 330 };
    (void)state;
    desk_make_sample("held", 2000, 600);
    struct term *term = desk_open(36, 120, NULL);
    desk_see(term, "1 of 600");
    desk_see(term, "What is asked");
    size_t held = 0, bytes = 0;
    int64_t last = 0;
    for (int i = 0; i < HELD; i++) {
        size_t before = written(term);
        int64_t pressed = now_ms();
        term_send(term, i < HELD / 2 ? "j" : "k");
        term_watch(term, REPEAT_MS);
        bool surely = i > 1 && pressed - last < SURELY_HELD_MS && now_ms() - pressed < SURELY_HELD_MS;
        last = pressed;
        if (!surely)
            continue;
        assert_false(term_shows(term, "What is asked"));
        held++;
        bytes += written(term) - before;
    }
    assert_true(held > HELD / 4);
    assert_true(bytes / held <= ROW_BYTES);
    desk_see(term, "What is asked");
    char row[256], number[17] = "";
    snprintf(row, sizeof row, "%.255s", term_row(term, term_cursor_row(term)));
    const char *at = strstr(row, "A2026");
    assert_non_null(at);
    snprintf(number, sizeof number, "%.16s", at);
    assert_int_equal(times_shown(term, number), 2); /* in the list and beside it */
    desk_leave(term);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_costs_little),
        cmocka_unit_test(a_held_key_moves_the_list_alone),
        cmocka_unit_test(where_nothing_happens_nothing_is_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
