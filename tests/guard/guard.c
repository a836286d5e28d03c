/* Watches every process of the program that a test starts (LD_PRELOAD): no byte of a database or of its WAL is written
 * unless that very process holds the database's gate. So no commit and no checkpoint of ours runs outside it, and the
 * two orders of them that lose a commit in SQLite before 3.51.3 cannot come about (SPEC 14).
 *
 * A violation is written to the file GUARD_REPORT names and ends the process. A file that is still being made under a
 * temporary name (".part-") is nobody else's yet and needs no gate. */
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/file.h>

#include "tests/guard/preload.h"

/* The report where sshd clears the environment: tests/ssh make it, in a namespace of their own. */
#define GUARD_OF_ALL "/run/yijian-guard"

enum { FDS = 256, REPORT_FD = 900 };

static char names[FDS][PATH_MAX]; /* of what is open; "" where nothing is */
static bool held[FDS];            /* locked alone, by flock */
static int report = -1;

/* The program itself, and tests that have the store linked in and never write by hand. */
static bool concerns(void) {
    static const char *const tests[] = {"test_act", "test_many", "test_gate", "test_import", "test_power"};
    const char *name = program_invocation_short_name;
    bool found = strncmp(name, "yijian", 6) == 0;
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        found = found || strcmp(name, tests[i]) == 0;
    return found;
}

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("GUARD_REPORT");
    if (!concerns())
        return;
    int fd = path == NULL ? open(GUARD_OF_ALL, O_WRONLY | O_APPEND | O_CLOEXEC)
                          : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    report = fcntl(fd, F_DUPFD_CLOEXEC, REPORT_FD);
    close(fd);
}

static bool ends(const char *name, const char *suffix) {
    size_t length = strlen(name), tail = strlen(suffix);
    return length > tail && strcmp(name + length - tail, suffix) == 0;
}

static int opened(int fd, const char *path) {
    if (fd >= 0 && fd < FDS && report >= 0) {
        held[fd] = false;
        snprintf(names[fd], PATH_MAX, "%s", path); /* the store opens its files by their absolute names */
    }
    return fd;
}

/* Whether this is the name of a database: the file of its gate, or of its WAL, is open too. */
static bool is_database(const char *name) {
    size_t length = strlen(name);
    for (int fd = 0; fd < FDS; fd++)
        if (strncmp(names[fd], name, length) == 0 &&
            (strcmp(names[fd] + length, "-gate") == 0 || strcmp(names[fd] + length, "-wal") == 0))
            return true;
    return false;
}

static bool holds_gate(const char *name, size_t length) {
    for (int fd = 0; fd < FDS; fd++)
        if (held[fd] && strncmp(names[fd], name, length) == 0 && strcmp(names[fd] + length, "-gate") == 0)
            return true;
    return false;
}

static void look(int fd, const char *what) {
    if (report < 0 || fd < 0 || fd >= FDS || names[fd][0] == '\0' || strstr(names[fd], ".part-") != NULL)
        return;
    const char *name = names[fd];
    bool wal = ends(name, "-wal");
    if ((!wal && !is_database(name)) || holds_gate(name, strlen(name) - (wal ? strlen("-wal") : 0)))
        return;
    dprintf(report, "%s: %s of %s without its gate\n", program_invocation_short_name, what, name);
    abort();
}

#define OPEN(symbol)                                                                                                   \
    int symbol(const char *path, int flags, ...) {                                                                     \
        static int (*below)(const char *, int, ...);                                                                   \
        preload_find((void *)&below, #symbol);                                                                         \
        va_list list;                                                                                                  \
        va_start(list, flags);                                                                                         \
        unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, unsigned) : 0;                             \
        va_end(list);                                                                                                  \
        return opened(below(path, flags, mode), path);                                                                 \
    }

OPEN(open)
OPEN(open64)

int close(int fd) {
    static int (*below)(int);
    preload_find((void *)&below, "close");
    if (fd >= 0 && fd < FDS) {
        names[fd][0] = '\0';
        held[fd] = false;
    }
    return below(fd);
}

int flock(int fd, int operation) {
    static int (*below)(int, int);
    preload_find((void *)&below, "flock");
    int result = below(fd, operation);
    int error = errno;
    if (fd >= 0 && fd < FDS && result == 0)
        held[fd] = (operation & LOCK_EX) != 0;
    errno = error;
    return result;
}

#define PWRITE(symbol)                                                                                                 \
    ssize_t symbol(int fd, const void *bytes, size_t size, off_t at) {                                                 \
        static ssize_t (*below)(int, const void *, size_t, off_t);                                                     \
        preload_find((void *)&below, #symbol);                                                                         \
        look(fd, "writing");                                                                                           \
        return below(fd, bytes, size, at);                                                                             \
    }

PWRITE(pwrite)
PWRITE(pwrite64)

#define FTRUNCATE(symbol)                                                                                              \
    int symbol(int fd, off_t length) {                                                                                 \
        static int (*below)(int, off_t);                                                                               \
        preload_find((void *)&below, #symbol);                                                                         \
        look(fd, "cutting");                                                                                           \
        return below(fd, length);                                                                                      \
    }

FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)
