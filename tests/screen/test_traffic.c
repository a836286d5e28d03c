/* What a key costs on the line: only what has changed is sent, and where nothing changes nothing is (SPEC 12). */
#include "tests/screen/desk.h"

#include <stdio.h>
#include <string.h>

enum { QUIET_MS = 120, IDLE_MS = 3000, MOVES = 12, ROW_BYTES = 320, PREVIEW_BYTES = 1400, PAGE_BYTES = 3100 };

static size_t length_of(struct term *term) {
    size_t length;
    term_bytes(term, &length);
    return length;
}

/* Bytes that come for the keys, sent one by one as a hand does, on the average. */
static size_t cost(struct term *term, const char *key, int times) {
    term_watch(term, QUIET_MS);
    size_t before = length_of(term);
    for (int i = 0; i < times; i++) {
        term_send(term, key);
        term_watch(term, QUIET_MS);
    }
    return (length_of(term) - before) / (size_t)times;
}

static void expect(const char *what, int cols, size_t bytes, size_t most) {
    print_message("# %s at %d columns: %zu bytes\n", what, cols, bytes);
    if (bytes > most)
        fail_msg("%s at %d columns: %zu bytes, expected at most %zu", what, cols, bytes, most);
}

/* Documents like those of a real morning: no two rows alike. */
static void make(const char *name) {
    desk_make(name, 1, false);
    assert_int_equal(desk_shell("\"${YIJIAN_BUILD:-build}\"/sample --persons 400 --applications 300 --day " DESK_TODAY
                                " >sample.ndjson && $yijian import --partial sample.ndjson >/dev/null 2>&1; "
                                "$yijian list --json | grep -c application_no >/dev/null"),
                     0);
}

static void a_row_and_a_page_send_only_what_changed(void **state) {
    (void)state;
    static const struct {
        int cols;
        const char *lang;
        size_t row, page;
    } cases[] = {
        {80, "C.UTF-8", ROW_BYTES, PAGE_BYTES},
        {100, "zh_CN.UTF-8", ROW_BYTES, PAGE_BYTES},
        {120, "zh_CN.UTF-8", PREVIEW_BYTES, 2 * PAGE_BYTES},
    };
    make("bytes");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct term *term = desk_open(36, cases[i].cols, cases[i].lang);
        desk_see(term, "A20");
        expect("a row", cases[i].cols, cost(term, "j", MOVES), cases[i].row);
        expect("a row back", cases[i].cols, cost(term, "k", MOVES), cases[i].row);
        expect("a page", cases[i].cols, cost(term, "d", 3), cases[i].page);
        desk_leave(term);
    }
}

static void nothing_changes_nothing_is_sent(void **state) {
    (void)state;
    desk_make("idle", 8, true);
    struct term *term = desk_open(36, 120, NULL);
    desk_see(term, "A0000000007");
    term_watch(term, QUIET_MS * 4);
    size_t before = length_of(term);
    term_watch(term, IDLE_MS);
    assert_int_equal(length_of(term), before);
    desk_leave(term);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_and_a_page_send_only_what_changed),
        cmocka_unit_test(nothing_changes_nothing_is_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
