#include "store/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "store/path.h"

enum { FIRST_PAUSE_US = 200, LAST_PAUSE_US = 4000 };

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

static long long now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

enum status gate_enter(int fd, bool (*quit)(void *data), void *data, struct err *err) {
    long long end = now_us() + (long long)GATE_WAIT_MS * 1000;
    long pause = FIRST_PAUSE_US;
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return err_set(err, STATUS_IO, N_("the gate file cannot be locked: %1"), strerror(errno), NULL);
        if (quit != NULL && quit(data))
            return err_set(err, STATUS_BUSY, N_("ended while waiting for other writers; nothing was changed"), NULL);
        if (now_us() > end)
            return err_set(err, STATUS_BUSY,
                           N_("others have been writing for 5 seconds; nothing was changed, try again"), NULL);
        struct timespec wait = {.tv_nsec = pause * 1000};
        nanosleep(&wait, NULL);
        if (pause < LAST_PAUSE_US)
            pause *= 2;
    }
    return STATUS_OK;
}

void gate_leave(int fd) {
    flock(fd, LOCK_UN);
}
