/* An import takes what it has judged: a file that changes meanwhile is not taken (SPEC 3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/import.h"
#include "store/queue.h"
#include "tests/store/fixture.h"

static const char input[] = "changing.ndjson";

static void write_input(const char *text) {
    FILE *file = fopen(input, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

struct changing {
    char *text; /* to be written once the first reading has begun; NULL: it was */
};

static void change(void *data, uint64_t done, uint64_t total) {
    struct changing *changing = data;
    (void)done, (void)total;
    if (changing->text != NULL)
        write_input(changing->text);
    changing->text = NULL;
}

static enum status import_while_it_changes(struct store *store, char *before, char *after, struct err *err) {
    struct changing changing = {.text = after};
    struct import_options options = {.path = input, .progress = change, .data = &changing};
    struct import_result result;
    write_input(before);
    enum status status = import_run(store, &options, &result, err);
    assert_null(changing.text);
    return status;
}

static int64_t pending(struct store *store) {
    static const struct queue_filter all = {.kind = QUEUE_ANY, .outcome = QUEUE_ANY, .specialty = QUEUE_ANY};
    struct err err = {0};
    int64_t count;
    assert_int_equal(queue_count(store, &all, &count, &err), STATUS_OK);
    return count;
}

static void a_file_that_changes_meanwhile_is_not_taken(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct err err = {0};
    char first[2048], second[2048], spoiled[2048];
    fixture_application(first, sizeof first, 1, "initial", "2021-11-01", 60);
    fixture_application(second, sizeof second, 2, "initial", "2021-11-01", 60);
    memcpy(spoiled, first, sizeof spoiled);
    char *name = strstr(spoiled, "\"name\"");
    assert_non_null(name);
    name[1] = 'N';
    assert_int_equal(import_while_it_changes(store, first, second, &err), STATUS_NO_INPUT);
    assert_int_equal(import_while_it_changes(store, first, spoiled, &err), STATUS_NO_INPUT);
    assert_int_equal(pending(store), 0);
    assert_int_equal(import_while_it_changes(store, first, first, &err), STATUS_OK);
    assert_int_equal(pending(store), 1);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_changes_meanwhile_is_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
