#include "store/seat.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/inside.h"

/* Locks lie far behind the records, so that a lock never says anything about bytes that are read. */
enum { LOCKS_AT = 1 << 24 };

static struct flock lock_of(int seat, short type) {
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = LOCKS_AT + seat, .l_len = 1};
}

static bool open_file(struct store *store) {
    char path[PATH_MAX];
    if (store->seats >= 0)
        return true;
    int n = snprintf(path, sizeof path, "%s-seats", store->path);
    if (n < 0 || n >= (int)sizeof path)
        return false;
    store->seats = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
    if (store->seats >= 0)
        path_own_like_database(store->seats, store->path);
    return store->seats >= 0;
}

/* A lock of the open file, not of the process: it goes with the descriptor. */
static bool take_seat(struct store *store) {
    for (int seat = 0; store->seat < 0 && seat < SEATS; seat++) {
        struct flock lock = lock_of(seat, F_WRLCK);
        if (fcntl(store->seats, F_OFD_SETLK, &lock) == 0)
            store->seat = seat;
    }
    return store->seat >= 0;
}

void seat_show(struct store *store, int64_t application_id) {
    struct seat seat = {.application_id = application_id, .since = (int64_t)time(NULL)};
    if (!open_file(store) || !take_seat(store))
        return;
    snprintf(seat.login, sizeof seat.login, "%s", store->reviewer.login);
    ssize_t written = pwrite(store->seats, &seat, sizeof seat, (off_t)store->seat * (off_t)sizeof seat);
    (void)written; /* a warning that others do not get; what is decided does not rest on it */
}

static bool taken(const struct store *store, int seat) {
    struct flock lock = lock_of(seat, F_WRLCK);
    return fcntl(store->seats, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

size_t seat_others(struct store *store, int64_t application_id, struct seat *seats, size_t capacity) {
    struct seat all[SEATS];
    size_t found = 0;
    if (!open_file(store))
        return 0;
    ssize_t n = pread(store->seats, all, sizeof all, 0);
    int count = n < 0 ? 0 : (int)((size_t)n / sizeof all[0]);
    for (int i = 0; i < count && found < capacity; i++) {
        bool wanted = application_id == 0 || all[i].application_id == application_id;
        if (i == store->seat || !wanted || all[i].login[0] == '\0' || !taken(store, i))
            continue;
        all[i].login[sizeof all[i].login - 1] = '\0';
        seats[found++] = all[i];
    }
    return found;
}
