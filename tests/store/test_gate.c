/* The gate lets writers in by the order in which they came, and nobody who waits at it is lost (SPEC 14). */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/gate.h"

enum { WRITERS = 64 };

struct line {
    int waits[2]; /* a byte of everyone who was seen waiting */
    int entry[2]; /* a byte of everyone who got in, in that order */
    int gate;
};

struct waiter {
    struct line *line;
    char name;
    bool told;
};

static bool tell_once(void *data) {
    struct waiter *waiter = data;
    if (!waiter->told)
        waiter->told = write(waiter->line->waits[1], &waiter->name, 1) == 1;
    return false;
}

static bool give_up(void *data) {
    return data == NULL;
}

static void open_line(struct line *line) {
    struct err err = {0};
    assert_int_equal(pipe(line->waits), 0);
    assert_int_equal(pipe(line->entry), 0);
    line->gate = gate_open("line.db", &err);
    assert_true(line->gate >= 0);
    assert_int_equal(gate_enter(line->gate, NULL, NULL, &err), STATUS_OK);
}

static void close_line(struct line *line) {
    for (size_t i = 0; i < 2; i++) {
        close(line->waits[i]);
        close(line->entry[i]);
    }
    close(line->gate);
}

/* A process that waits, writes down that it got in, and leaves; back once it is seen waiting. */
static pid_t join(struct line *line, char name) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct err err = {0};
        struct waiter waiter = {.line = line, .name = name};
        int gate = gate_open("line.db", &err);
        if (gate_enter(gate, tell_once, &waiter, &err) != STATUS_OK || write(line->entry[1], &name, 1) != 1)
            _exit(1);
        gate_leave(gate);
        _exit(0);
    }
    char seen;
    assert_int_equal(read(line->waits[0], &seen, 1), 1);
    assert_int_equal(seen, name);
    return child;
}

static int status_of(pid_t child) {
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void writers_enter_in_the_order_in_which_they_came(void **state) {
    (void)state;
    struct line line;
    pid_t children[WRITERS];
    char order[WRITERS];
    open_line(&line);
    for (int i = 0; i < WRITERS; i++)
        children[i] = join(&line, (char)i);
    gate_leave(line.gate);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(status_of(children[i]), 0);
    assert_int_equal(read(line.entry[0], order, sizeof order), WRITERS);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(order[i], i);
    close_line(&line);
}

static void one_that_leaves_goes_behind_those_who_wait(void **state) {
    (void)state;
    struct line line;
    struct err err = {0};
    char order[2];
    open_line(&line);
    pid_t first = join(&line, 'a'), second = join(&line, 'b');
    gate_leave(line.gate);
    assert_int_equal(gate_enter(line.gate, NULL, NULL, &err), STATUS_OK);
    assert_int_equal(read(line.entry[0], order, 2), 2);
    assert_int_equal(status_of(first), 0);
    assert_int_equal(status_of(second), 0);
    close_line(&line);
}

static void a_killed_one_holds_up_nobody(void **state) {
    (void)state;
    struct line line;
    char name;
    open_line(&line);
    pid_t killed = join(&line, 'a'), next = join(&line, 'b');
    kill(killed, SIGKILL);
    assert_true(WIFSIGNALED(status_of(killed)));
    gate_leave(line.gate);
    assert_int_equal(status_of(next), 0);
    assert_int_equal(read(line.entry[0], &name, 1), 1);
    assert_int_equal(name, 'b');
    close_line(&line);
}

static void a_stopped_one_is_overtaken(void **state) {
    (void)state;
    struct line line;
    char name;
    int status;
    open_line(&line);
    pid_t stopped = join(&line, 'a'), next = join(&line, 'b');
    kill(stopped, SIGSTOP);
    assert_int_equal(waitpid(stopped, &status, WUNTRACED), stopped);
    gate_leave(line.gate);
    assert_int_equal(status_of(next), 0);
    assert_int_equal(read(line.entry[0], &name, 1), 1);
    assert_int_equal(name, 'b');
    kill(stopped, SIGCONT);
    assert_int_equal(status_of(stopped), 0);
    close_line(&line);
}

static void one_that_is_told_to_quit_leaves_the_line(void **state) {
    (void)state;
    struct line line;
    struct err err = {0};
    open_line(&line);
    int other = gate_open("line.db", &err);
    assert_int_equal(gate_enter(other, give_up, NULL, &err), STATUS_BUSY);
    pid_t next = join(&line, 'b');
    gate_leave(line.gate);
    assert_int_equal(status_of(next), 0);
    assert_int_equal(gate_enter(other, NULL, NULL, &err), STATUS_OK);
    close(other);
    close_line(&line);
}

static void a_blocked_signal_stops_no_clock(void **state) {
    (void)state;
    struct line line;
    struct err err = {0};
    sigset_t all, before;
    open_line(&line);
    int other = gate_open("line.db", &err);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    assert_int_equal(gate_enter(other, give_up, NULL, &err), STATUS_BUSY);
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(other);
    close_line(&line);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writers_enter_in_the_order_in_which_they_came),
        cmocka_unit_test(one_that_leaves_goes_behind_those_who_wait),
        cmocka_unit_test(a_killed_one_holds_up_nobody),
        cmocka_unit_test(a_stopped_one_is_overtaken),
        cmocka_unit_test(one_that_is_told_to_quit_leaves_the_line),
        cmocka_unit_test(a_blocked_signal_stops_no_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
