#include "store/draft.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "store/inside.h"
#include "store/queue.h"

enum { NAME_SIZE = PEOPLE_LOGIN_SIZE + 64, FOLDER_MODE = 0700, FILE_MODE = 0600, SECONDS_A_DAY = 86400 };

static const char temporary[] = ".new";

/* The folder of the drafts; -1 with errno where there is none and none was to be made. */
static int open_folder(const struct store *store, bool make) {
    char path[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s-drafts", store->path);
    if (make && mkdir(path, FOLDER_MODE) != 0 && errno != EEXIST)
        return -1;
    return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void write_name(const struct store *store, int64_t id, const char *purpose, const char *ending,
                       char out[NAME_SIZE]) {
    snprintf(out, NAME_SIZE, "%s,%lld,%s%s", store->reviewer.login, (long long)id, purpose, ending);
}

static bool write_whole(int fd, const char *text) {
    for (size_t left = strlen(text); left > 0;) {
        ssize_t n = write(fd, text, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text += n;
        left -= (size_t)n;
    }
    return true;
}

/* The application's number stands first: after a restore another application could have the same row. */
static bool write_file(int folder, const char *name, const char *application_no, const char *text) {
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    bool good =
        fd >= 0 && write_whole(fd, application_no) && write_whole(fd, "\n") && write_whole(fd, text) && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

enum status draft_keep(struct store *store, int64_t application_id, const char *application_no, const char *purpose,
                       const char *text, struct err *err) {
    char name[NAME_SIZE], fresh[NAME_SIZE];
    int folder = open_folder(store, text[0] != '\0');
    bool good = folder >= 0;
    write_name(store, application_id, purpose, "", name);
    write_name(store, application_id, purpose, temporary, fresh);
    if (text[0] == '\0') {
        good = !good || unlinkat(folder, name, 0) == 0 || errno == ENOENT;
    } else if (good) {
        good = write_file(folder, fresh, application_no, text) && renameat(folder, fresh, folder, name) == 0;
        if (!good)
            unlinkat(folder, fresh, 0);
    }
    int error = errno;
    if (folder >= 0)
        close(folder);
    return good ? STATUS_OK : err_set(err, STATUS_IO, N_("what is written cannot be kept: %1"), strerror(error), NULL);
}

/* Everything of the file; false where it is none, or too long. */
static bool read_file(int folder, const char *name, char out[DRAFT_SIZE + QUEUE_TEXT_SIZE]) {
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    ssize_t length = -1;
    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
        length = read(fd, out, DRAFT_SIZE + QUEUE_TEXT_SIZE - 1);
    if (fd >= 0)
        close(fd);
    out[length < 0 ? 0 : length] = '\0';
    return length > 0;
}

static size_t whole_characters(const char *text, size_t most) {
    size_t used, at = 0, length = strlen(text);
    while (at < length) {
        text_decode(text + at, length - at, &used);
        if (at + used > most)
            break;
        at += used;
    }
    return at;
}

bool draft_read(struct store *store, int64_t application_id, const char *application_no, const char *purpose, char *out,
                size_t size) {
    char name[NAME_SIZE];
    char *whole = malloc(DRAFT_SIZE + QUEUE_TEXT_SIZE);
    int folder = open_folder(store, false);
    write_name(store, application_id, purpose, "", name);
    bool found = folder >= 0 && whole != NULL && read_file(folder, name, whole);
    size_t first = found ? strcspn(whole, "\n") : 0;
    found =
        found && whole[first] == '\n' && strlen(application_no) == first && memcmp(whole, application_no, first) == 0;
    if (found) {
        const char *text = whole + first + 1;
        snprintf(out, size, "%.*s", (int)whole_characters(text, size - 1), text);
    }
    if (folder >= 0)
        close(folder);
    free(whole);
    return found;
}

/* Takes "LOGIN,ID,PURPOSE" apart; false where it is another reviewer's, or no draft. */
static bool is_ours(const struct store *store, const char *name, int64_t *id, char purpose[DRAFT_PURPOSE_SIZE]) {
    size_t login = strlen(store->reviewer.login);
    char *end;
    if (strncmp(name, store->reviewer.login, login) != 0 || name[login] != ',')
        return false;
    *id = strtoll(name + login + 1, &end, 10);
    if (*end != ',' || strlen(end + 1) >= DRAFT_PURPOSE_SIZE || strchr(end + 1, '.') != NULL)
        return false;
    snprintf(purpose, DRAFT_PURPOSE_SIZE, "%s", end + 1);
    return true;
}

bool draft_latest(struct store *store, int64_t *application_id, char purpose[DRAFT_PURPOSE_SIZE]) {
    int fd = open_folder(store, false);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    time_t latest = 0, oldest = time(NULL) - (time_t)DRAFT_DAYS * SECONDS_A_DAY;
    if (folder == NULL) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char of[DRAFT_PURPOSE_SIZE];
        struct stat info;
        int64_t id;
        if (!is_ours(store, entry->d_name, &id, of) || fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (info.st_mtime < oldest)
            unlinkat(fd, entry->d_name, 0);
        else if (info.st_mtime >= latest) {
            latest = info.st_mtime;
            *application_id = id;
            memcpy(purpose, of, sizeof of);
        }
    }
    closedir(folder);
    return latest != 0;
}
