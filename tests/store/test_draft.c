/* What a reviewer was writing, kept beside the database (SPEC 12). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#include <cmocka.h>

#include "store/draft.h"
#include "tests/store/fixture.h"

#define FOLDER FIXTURE_PATH "-drafts"
enum { DAY_SECONDS = 86400 };

static struct err err;
static char text[DRAFT_SIZE];

static int make(void **state) {
    assert_int_equal(system("rm -rf " FOLDER), 0);
    *state = fixture_open();
    return 0;
}

static int end(void **state) {
    store_close(*state);
    return 0;
}

static void keep(struct store *store, int64_t id, const char *purpose, const char *what) {
    assert_int_equal(draft_keep(store, id, "A000123", purpose, what, &err), STATUS_OK);
}

static void reads(struct store *store, int64_t id, const char *purpose, const char *expected) {
    bool found = draft_read(store, id, "A000123", purpose, text, sizeof text);
    assert_int_equal(found, expected != NULL);
    if (found)
        assert_string_equal(text, expected);
}

static void make_old(const char *name, int days) {
    char path[256];
    struct utimbuf times = {.actime = time(NULL), .modtime = time(NULL) - (time_t)days * DAY_SECONDS};
    snprintf(path, sizeof path, FOLDER "/%s", name);
    assert_int_equal(utime(path, &times), 0);
}

static void what_was_kept_is_there_again(void **state) {
    struct store *store = *state;
    reads(store, 7, "refuse", NULL); /* not even a folder yet */
    keep(store, 7, "refuse", "");
    keep(store, 7, "refuse", "选修学时不足\n再核");
    reads(store, 7, "refuse", "选修学时不足\n再核");
    keep(store, 7, "refuse", "不足");
    reads(store, 7, "refuse", "不足");
    reads(store, 7, "return", NULL);
    reads(store, 8, "refuse", NULL);
    struct stat info;
    assert_int_equal(stat(FOLDER, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700); /* nobody else's business */
    keep(store, 7, "refuse", "");
    reads(store, 7, "refuse", NULL);
    keep(store, 7, "refuse", ""); /* there is nothing to take away any more */
}

static void it_belongs_to_one_reviewer_and_one_application(void **state) {
    struct store *store = *state;
    keep(store, 7, "refuse", "mine");
    struct store *other = fixture_open_as("li.hua", FIXTURE_DAY);
    assert_false(draft_read(other, 7, "A000123", "refuse", text, sizeof text));
    store_close(other);
    assert_false(draft_read(store, 7, "A000124", "refuse", text, sizeof text)); /* the row is another's now */
    assert_false(draft_read(store, 7, "A00012", "refuse", text, sizeof text));
    char few[7];
    assert_true(draft_read(store, 7, "A000123", "refuse", few, 3)); /* cut */
    assert_string_equal(few, "mi");
}

static void the_latest_is_found_and_the_old_go(void **state) {
    struct store *store = *state;
    char purpose[DRAFT_PURPOSE_SIZE];
    int64_t id = 0;
    assert_false(draft_latest(store, &id, purpose));
    keep(store, 7, "refuse", "one");
    keep(store, 9, "return", "two");
    keep(store, 11, "revoke", "three");
    struct store *other = fixture_open_as("li.hua", FIXTURE_DAY);
    keep(other, 5, "extend", "another's");
    store_close(other);
    make_old("root,7,refuse", 2);
    make_old("root,9,return", 1);
    make_old("root,11,revoke", DRAFT_DAYS + 1);
    assert_true(draft_latest(store, &id, purpose));
    assert_int_equal(id, 9);
    assert_string_equal(purpose, "return");
    reads(store, 11, "revoke", NULL); /* taken away */
    assert_int_equal(access(FOLDER "/li.hua,5,extend", F_OK), 0);
}

static void put(const char *name, const char *content) {
    char path[256];
    snprintf(path, sizeof path, FOLDER "/%s", name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void what_is_no_draft_is_passed_over(void **state) {
    struct store *store = *state;
    char purpose[DRAFT_PURPOSE_SIZE];
    int64_t id = 0;
    assert_int_equal(mkdir(FOLDER, 0700), 0);
    static const char *const names[] = {"root",
                                        "root,",
                                        "root,7",
                                        "root,x,refuse",
                                        "root,7,a-purpose-that-is-too-long",
                                        "root,7,refuse.part-123",
                                        "rooty,7,refuse"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        put(names[i], "A000123\ntext");
    assert_false(draft_latest(store, &id, purpose));
    put("root,7,refuse", "A000123 without an end of line");
    reads(store, 7, "refuse", NULL);
    put("root,7,refuse", "");
    reads(store, 7, "refuse", NULL);
    assert_int_equal(unlink(FOLDER "/root,7,refuse"), 0);
    assert_int_equal(symlink("/etc/hostname", FOLDER "/root,7,refuse"), 0);
    reads(store, 7, "refuse", NULL);
    assert_int_equal(unlink(FOLDER "/root,7,refuse"), 0);
    assert_int_equal(mkfifo(FOLDER "/root,7,refuse", 0600), 0);
    reads(store, 7, "refuse", NULL);
}

static void where_it_cannot_be_kept_it_says_so(void **state) {
    struct store *store = *state;
    FILE *file = fopen(FOLDER, "w"); /* in the place of the folder */
    assert_non_null(file);
    fclose(file);
    assert_int_not_equal(draft_keep(store, 7, "A000123", "refuse", "text", &err), STATUS_OK);
    assert_non_null(err.message);
    assert_int_equal(draft_keep(store, 7, "A000123", "refuse", "", &err), STATUS_OK); /* there is none */
    assert_int_equal(unlink(FOLDER), 0);
    assert_int_equal(mkdir(FOLDER, 0700), 0);
    assert_int_equal(mkdir(FOLDER "/root,7,refuse", 0700), 0);
    assert_int_equal(draft_keep(store, 7, "A000123", "refuse", "", &err), STATUS_IO);
    assert_non_null(strstr(err.message, "cannot be kept"));
    assert_int_not_equal(draft_keep(store, 7, "A000123", "refuse", "text", &err), STATUS_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_kept_is_there_again, make, end),
        cmocka_unit_test_setup_teardown(it_belongs_to_one_reviewer_and_one_application, make, end),
        cmocka_unit_test_setup_teardown(the_latest_is_found_and_the_old_go, make, end),
        cmocka_unit_test_setup_teardown(what_is_no_draft_is_passed_over, make, end),
        cmocka_unit_test_setup_teardown(where_it_cannot_be_kept_it_says_so, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
