#include "store/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "store/path.h"

/* The lock is the flock. The queue before it is made of record locks on single bytes of the same file, each byte a
 * ticket: the monotonic clock in nanoseconds, one clock for the whole machine. Whoever waits blocks on a byte before
 * its own until that one leaves or dies; the kernel wakes it at once. */
struct wait {
    int fd;
    off_t ticket;
    int64_t end; /* monotonic nanoseconds */
    off_t ahead; /* the one ahead at the last tick */
    int open_ticks;
    timer_t timer;
    sigset_t mask;
    struct sigaction action;
};

enum { TICK_NS = 20000000, OVERTAKE_TICKS = 10 };

int gate_open(const char *database_path, struct err *err) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s-gate", database_path);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        err_set(err, errno == EACCES || errno == EROFS ? STATUS_NOT_ALLOWED : STATUS_CANNOT_CREATE,
                N_("cannot open the gate file %1: %2"), path, strerror(errno), NULL);
    else
        path_own_like_database(fd, database_path);
    return fd;
}

int64_t gate_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool set_ticket(int fd, int command, short type, off_t start, off_t length) {
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
    return fcntl(fd, command, &lock) == 0;
}

static bool draw_ticket(struct wait *wait) {
    wait->ticket = gate_clock();
    while (!set_ticket(wait->fd, F_OFD_SETLK, F_WRLCK, wait->ticket, 1)) {
        if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            return false;
        wait->ticket++;
    }
    return true;
}

/* A ticket before ours that somebody holds; -1: none. Only write locks are tickets. */
static off_t ticket_ahead(const struct wait *wait) {
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = wait->ticket};
    if (fcntl(wait->fd, F_OFD_GETLK, &lock) != 0 || lock.l_type == F_UNLCK)
        return -1;
    return lock.l_start;
}

enum turn { TURN_OURS, TURN_NEARER, TURN_TICK };

/* Blocks until somebody ahead is gone, or until there is nobody and the gate is ours; a tick of the timer ends it. */
static enum turn wait_turn(const struct wait *wait, off_t ahead) {
    if (ahead < 0)
        return flock(wait->fd, LOCK_EX) == 0 ? TURN_OURS : TURN_TICK;
    if (!set_ticket(wait->fd, F_OFD_SETLKW, F_RDLCK, ahead, 1))
        return TURN_TICK;
    set_ticket(wait->fd, F_OFD_SETLK, F_UNLCK, ahead, 1);
    return TURN_NEARER;
}

/* Whether the one ahead has left the gate open for so many ticks that it must have been stopped (SIGSTOP): then the
 * gate is taken out of turn. */
static bool overtake(struct wait *wait, off_t ahead) {
    bool same = ahead == wait->ahead;
    wait->ahead = ahead;
    if (flock(wait->fd, LOCK_EX | LOCK_NB) != 0) {
        wait->open_ticks = 0;
        return false;
    }
    wait->open_ticks = same ? wait->open_ticks + 1 : 0;
    if (wait->open_ticks == OVERTAKE_TICKS)
        return true;
    flock(wait->fd, LOCK_UN);
    errno = EINTR;
    return false;
}

static void on_tick(int signal_number) {
    (void)signal_number;
}

/* A tick interrupts whatever blocks; the signal is a real-time one, which nothing else here uses. */
static bool start_ticking(struct wait *wait) {
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
    struct itimerspec every = {.it_interval.tv_nsec = TICK_NS, .it_value.tv_nsec = TICK_NS};
    struct sigaction tick = {.sa_handler = on_tick};
    sigset_t set;
    if (timer_create(CLOCK_MONOTONIC, &event, &wait->timer) != 0)
        return false;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN);
    sigaction(SIGRTMIN, &tick, &wait->action);
    sigprocmask(SIG_UNBLOCK, &set, &wait->mask);
    timer_settime(wait->timer, 0, &every, NULL);
    return true;
}

/* The handler goes last: a tick that is under way still finds it. */
static void stop_ticking(struct wait *wait) {
    timer_delete(wait->timer);
    sigprocmask(SIG_SETMASK, &wait->mask, NULL);
    sigaction(SIGRTMIN, &wait->action, NULL);
}

static enum status cannot_lock(struct err *err) {
    return err_set(err, STATUS_IO, N_("the gate file cannot be locked: %1"), strerror(errno), NULL);
}

static enum status wait_long(struct wait *wait, bool (*quit)(void *data), void *data, struct err *err) {
    for (;;) {
        off_t ahead = ticket_ahead(wait);
        enum turn turn = wait_turn(wait, ahead);
        if (turn == TURN_NEARER)
            continue;
        if (turn == TURN_OURS || overtake(wait, ahead))
            return STATUS_OK;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return cannot_lock(err);
        if (quit != NULL && quit(data))
            return err_set(err, STATUS_BUSY, N_("ended while waiting for other writers; nothing was changed"), NULL);
        if (gate_clock() > wait->end)
            return err_set(err, STATUS_BUSY,
                           N_("others have been writing for 5 seconds; nothing was changed, try again"), NULL);
    }
}

enum status gate_enter(int fd, bool (*quit)(void *data), void *data, struct err *err) {
    struct wait wait = {.fd = fd, .end = gate_clock() + (int64_t)GATE_WAIT_MS * 1000000};
    if (!draw_ticket(&wait))
        return cannot_lock(err);
    if (ticket_ahead(&wait) < 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        return STATUS_OK;
    if (!start_ticking(&wait)) {
        gate_leave(fd);
        return cannot_lock(err);
    }
    enum status status = wait_long(&wait, quit, data, err);
    stop_ticking(&wait);
    if (status != STATUS_OK)
        gate_leave(fd);
    return status;
}

/* The ticket goes first: the next one then waits for the flock itself, and finds it. */
void gate_leave(int fd) {
    set_ticket(fd, F_OFD_SETLK, F_UNLCK, 0, 0);
    flock(fd, LOCK_UN);
}
