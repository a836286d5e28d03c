/* A file that is there whole or not at all: a temporary file beside it, fsync, rename, fsync of the folder (SPEC 9). */
#ifndef STORE_OUTFILE_H
#define STORE_OUTFILE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "store/err.h"

struct outfile {
    int fd;
    bool borrowed; /* a stream handed in: nothing to rename */
    bool force;
    char path[PATH_MAX];
    char temporary[PATH_MAX];
    char *buffer;
    size_t used;
};

/* `path` NULL or "-": writes to `fd` as it is. Else mode 0640, and no file of that name is replaced without `force`. */
enum status outfile_open(struct outfile *file, const char *path, int fd, bool force, struct err *err);
enum status outfile_write(struct outfile *file, const char *data, size_t length, struct err *err);
/* Everything is on disk under its name when this returns STATUS_OK; otherwise nothing is. */
enum status outfile_commit(struct outfile *file, struct err *err);
/* Takes the temporary file away. Harmless after outfile_commit(). */
void outfile_abandon(struct outfile *file);

#endif
