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
#include "store/outfile.h"
#include "store/queue.h"

enum { NAME_SIZE = PEOPLE_LOGIN_SIZE + 64, FOLDER_MODE = 0700, SECONDS_A_DAY = 86400 };

/* The folder of the drafts; -1 where there is none. */
static int open_folder(const struct store *store) {
    char path[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s-drafts", store->path);
    return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void write_name(const struct store *store, int64_t id, const char *purpose, char out[NAME_SIZE]) {
    snprintf(out, NAME_SIZE, "%s,%lld,%s", store->reviewer.login, (long long)id, purpose);
}

/* The folder, made where it is missing, belongs to whoever the database belongs to. */
static void make_folder(const struct store *store) {
    char path[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s-drafts", store->path);
    if (mkdir(path, FOLDER_MODE) != 0)
        return;
    int folder = open_folder(store);
    if (folder >= 0) {
        path_own_like_database(folder, store->path);
        close(folder);
    }
}

/* The application's number stands first: after a restore another application could have the same row. */
static enum status write_draft(const struct store *store, const char *name, const char *application_no,
                               const char *text, struct err *err) {
    char path[PATH_MAX + NAME_SIZE + 16];
    struct outfile file;
    make_folder(store);
    snprintf(path, sizeof path, "%s-drafts/%s", store->path, name);
    enum status status = outfile_open(&file, path, -1, true, err);
    if (status != STATUS_OK)
        return status;
    path_own_like_database(file.fd, store->path);
    status = outfile_write(&file, application_no, strlen(application_no), err);
    if (status == STATUS_OK)
        status = outfile_write(&file, "\n", 1, err);
    if (status == STATUS_OK)
        status = outfile_write(&file, text, strlen(text), err);
    if (status == STATUS_OK)
        status = outfile_commit(&file, err);
    outfile_abandon(&file);
    return status;
}

enum status draft_keep(struct store *store, int64_t application_id, const char *application_no, const char *purpose,
                       const char *text, struct err *err) {
    char name[NAME_SIZE];
    write_name(store, application_id, purpose, name);
    if (text[0] != '\0')
        return write_draft(store, name, application_no, text, err);
    int folder = open_folder(store);
    bool gone = folder < 0 || unlinkat(folder, name, 0) == 0 || errno == ENOENT;
    int error = errno;
    if (folder >= 0)
        close(folder);
    return gone ? STATUS_OK : err_set(err, STATUS_IO, N_("what is written cannot be kept: %1"), strerror(error), NULL);
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

bool draft_read(struct store *store, int64_t application_id, const char *application_no, const char *purpose, char *out,
                size_t size) {
    char name[NAME_SIZE];
    char *whole = malloc(DRAFT_SIZE + QUEUE_TEXT_SIZE);
    int folder = open_folder(store);
    write_name(store, application_id, purpose, name);
    bool found = folder >= 0 && whole != NULL && read_file(folder, name, whole);
    size_t first = found ? strcspn(whole, "\n") : 0;
    found =
        found && whole[first] == '\n' && strlen(application_no) == first && memcmp(whole, application_no, first) == 0;
    if (found)
        text_copy(whole + first + 1, out, size);
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
    int fd = open_folder(store);
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
