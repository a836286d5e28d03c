#include "store/stamp.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/inside.h"
#include "store/temporary.h"

enum { LINE_SIZE = 96 };

const char *const stamp_suffixes[STAMP_COUNT] = {[STAMP_BACKUP] = "-backed-up", [STAMP_VERIFY] = "-verified"};

static const char *const words[] = {"bad", "good"};

static bool name_file(const char *database, enum stamp_kind kind, char out[PATH_MAX]) {
    int n = snprintf(out, PATH_MAX, "%s%s", database, stamp_suffixes[kind]);
    return n > 0 && n < PATH_MAX;
}

void stamp_write(const struct store *store, enum stamp_kind kind, bool good, int64_t events) {
    char path[PATH_MAX], temporary[PATH_MAX], instant[STORE_INSTANT_SIZE], line[LINE_SIZE];
    store_instant(instant);
    int length = snprintf(line, sizeof line, "%s %s %" PRId64 "\n", instant, words[good], events);
    if (!name_file(store->path, kind, path) || !temporary_name(path, temporary))
        return;
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return;
    path_own_like_database(fd, store->path);
    bool written = write(fd, line, (size_t)length) == length && fsync(fd) == 0;
    close(fd);
    if (!written || rename(temporary, path) != 0)
        unlink(temporary);
}

bool stamp_read(const char *database, enum stamp_kind kind, struct stamp *out) {
    char path[PATH_MAX], line[LINE_SIZE];
    struct tm at = {0};
    if (!name_file(database, kind, path))
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
    ssize_t n = fd < 0 ? -1 : read(fd, line, sizeof line - 1);
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return false;
    line[n] = '\0';
    const char *rest = strptime(line, "%Y-%m-%dT%H:%M:%SZ ", &at);
    for (size_t i = 0; rest != NULL && i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(rest, words[i], length) != 0 || rest[length] != ' ')
            continue;
        *out = (struct stamp){(int64_t)timegm(&at), i != 0, strtoll(rest + length, NULL, 10)};
        return true;
    }
    return false;
}
