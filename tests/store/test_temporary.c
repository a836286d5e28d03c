/* What a killed process left half written is taken away by the next one that writes the same file; what a living one
 * writes, and what only looks like it, stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/temporary.h"

static char folder[PATH_MAX], target[PATH_MAX + 16];

static int make(void **state) {
    (void)state;
    assert_int_equal(system("rm -rf left && mkdir left"), 0);
    assert_non_null(realpath("left", folder));
    snprintf(target, sizeof target, "%s/out.json", folder);
    return 0;
}

static void put(const char *name) {
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static bool is_there(const char *name) {
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

/* The number of a process that has ended. */
static long dead(void) {
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    return pid;
}

static void the_name_is_of_the_target_and_of_us(void **state) {
    (void)state;
    char out[PATH_MAX], expected[2 * PATH_MAX];
    assert_true(temporary_name(target, out));
    snprintf(expected, sizeof expected, "%s.part-%ld", target, (long)getpid());
    assert_string_equal(out, expected);
    assert_true(temporary_name("out.json", out)); /* without a folder nothing is looked for */
    snprintf(expected, sizeof expected, "out.json.part-%ld", (long)getpid());
    assert_string_equal(out, expected);
    assert_true(temporary_name("/nothing/there/out.json", out));
}

static void a_path_that_is_too_long_has_none(void **state) {
    (void)state;
    char out[PATH_MAX], path[PATH_MAX];
    memset(path, 'a', sizeof path - 1);
    path[0] = '/';
    path[sizeof path - 1] = '\0';
    assert_false(temporary_name(path, out));
}

static void what_the_dead_left_goes(void **state) {
    (void)state;
    static const char *const beside[] = {"", "-journal", "-wal", "-shm", "-gate", "-seats"};
    char name[64], out[PATH_MAX];
    long gone = dead();
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        snprintf(name, sizeof name, "out.json.part-%ld%s", gone, beside[i]);
        put(name);
    }
    snprintf(name, sizeof name, "out.json.part-%ld", (long)getpid()); /* of our own number, before us */
    put(name);
    assert_true(temporary_name(target, out));
    assert_false(is_there(name));
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        snprintf(name, sizeof name, "out.json.part-%ld%s", gone, beside[i]);
        assert_false(is_there(name));
    }
}

static void all_else_stays(void **state) {
    (void)state;
    char alive[64], others[64], after[64], out[PATH_MAX];
    long gone = dead();
    snprintf(alive, sizeof alive, "out.json.part-%ld", (long)getppid());
    snprintf(others, sizeof others, "out.jsonl.part-%ld", gone);
    snprintf(after, sizeof after, "out.json.part-%ld-more", gone);
    const char *const names[] = {alive,
                                 others,
                                 after,
                                 "out.json",
                                 "out.json.part-",
                                 "out.json.part-x1",
                                 "out.json.part--1",
                                 "out.json.part-+1",
                                 "out.json.part-0",
                                 "out.json.part-99999999999999999999",
                                 "out.json.part-4294967297"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        put(names[i]);
    assert_true(temporary_name(target, out));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!is_there(names[i]))
            fail_msg("%s was taken away", names[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_name_is_of_the_target_and_of_us, make),
        cmocka_unit_test_setup(a_path_that_is_too_long_has_none, make),
        cmocka_unit_test_setup(what_the_dead_left_goes, make),
        cmocka_unit_test_setup(all_else_stays, make),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
