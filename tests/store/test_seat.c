/* Who has a record open is seen by the others, and gone with the session (SPEC 8). */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/seat.h"
#include "tests/store/fixture.h"

static void others_see_who_has_a_record_open(void **state) {
    (void)state;
    struct store *store = fixture_open(), *other = fixture_open_as("li.hua", FIXTURE_DAY);
    struct seat seats[4];
    seat_show(store, 7);
    seat_show(other, 7);
    assert_int_equal(seat_others(store, 7, seats, 4), 1);
    assert_string_equal(seats[0].login, "li.hua");
    assert_int_equal(seat_others(other, 7, seats, 4), 1);
    assert_string_equal(seats[0].login, "root");
    seat_show(other, 8);
    assert_int_equal(seat_others(store, 7, seats, 4), 0);
    assert_int_equal(seat_others(store, 0, seats, 4), 1);
    assert_int_equal(seats[0].application_id, 8);
    store_close(other);
    assert_int_equal(seat_others(store, 0, seats, 4), 0);
    store_close(store);
}

static void a_killed_session_leaves_its_seat(void **state) {
    (void)state;
    struct store *store = fixture_open();
    struct seat seats[4];
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *mine = fixture_open_as("li.hua", FIXTURE_DAY);
        seat_show(mine, 9);
        if (write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(seat_others(store, 9, seats, 4), 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_int_equal(seat_others(store, 9, seats, 4), 0);
    close(ready[0]);
    close(ready[1]);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_see_who_has_a_record_open),
        cmocka_unit_test(a_killed_session_leaves_its_seat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
