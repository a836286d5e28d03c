#include "store/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/path.h"
#include "store/temporary.h"

enum { BUFFER = 64 * 1024 };

static enum status fault(const struct outfile *file, struct err *err) {
    if (errno == EPIPE)
        return err_set(err, STATUS_IO, N_("the reader of the output went away"), NULL);
    return err_set(err, STATUS_IO, N_("cannot write %1: %2"), file->borrowed ? "<stdout>" : file->path, strerror(errno),
                   NULL);
}

static enum status flush(struct outfile *file, struct err *err) {
    for (size_t done = 0; done < file->used;) {
        ssize_t n = write(file->fd, file->buffer + done, file->used - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fault(file, err);
        done += (size_t)n;
    }
    file->used = 0;
    return STATUS_OK;
}

enum status outfile_write(struct outfile *file, const char *data, size_t length, struct err *err) {
    while (length > 0) {
        size_t n = BUFFER - file->used < length ? BUFFER - file->used : length;
        memcpy(file->buffer + file->used, data, n);
        file->used += n;
        data += n;
        length -= n;
        enum status status = file->used == BUFFER ? flush(file, err) : STATUS_OK;
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status outfile_commit(struct outfile *file, struct err *err) {
    enum status status = flush(file, err);
    if (status != STATUS_OK || file->borrowed)
        return status;
    if (fsync(file->fd) != 0 || close(file->fd) != 0) {
        file->fd = -1;
        return fault(file, err);
    }
    file->fd = -1;
    if (renameat2(AT_FDCWD, file->temporary, AT_FDCWD, file->path, file->force ? 0 : RENAME_NOREPLACE) != 0)
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), file->path, strerror(errno), NULL);
    file->temporary[0] = '\0';
    return path_sync_folder(file->path, err);
}

void outfile_abandon(struct outfile *file) {
    free(file->buffer);
    file->buffer = NULL;
    if (!file->borrowed && file->fd >= 0)
        close(file->fd);
    if (file->temporary[0] != '\0')
        unlink(file->temporary);
    file->temporary[0] = '\0';
}

static enum status open_new(struct outfile *file, const char *path, int fd, bool force, struct err *err) {
    struct stat info;
    *file = (struct outfile){.fd = fd, .force = force, .borrowed = path == NULL || strcmp(path, "-") == 0};
    file->buffer = malloc(BUFFER);
    if (file->buffer == NULL)
        return err_no_memory(err);
    if (file->borrowed)
        return STATUS_OK;
    file->fd = -1;
    enum status status = path_absolute(path, file->path, err);
    if (status != STATUS_OK)
        return status;
    if (!force && lstat(file->path, &info) == 0)
        return err_set(err, STATUS_CANNOT_CREATE, N_("%1 is there already; --force replaces it"), path, NULL);
    if (!temporary_name(file->path, file->temporary))
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), path, strerror(ENAMETOOLONG), NULL);
    file->fd = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (file->fd < 0) {
        file->temporary[0] = '\0';
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), path, strerror(errno), NULL);
    }
    return STATUS_OK;
}

enum status outfile_open(struct outfile *file, const char *path, int fd, bool force, struct err *err) {
    enum status status = open_new(file, path, fd, force, err);
    if (status != STATUS_OK)
        outfile_abandon(file);
    return status;
}
