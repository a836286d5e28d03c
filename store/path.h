/* What a database file must be before SQLite is let near it (SPEC 14). */
#ifndef STORE_PATH_H
#define STORE_PATH_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include "store/err.h"

struct path_identity {
    dev_t device;
    ino_t inode;
};

/* What stands behind the database's name in those of the files that work needs beside it. */
enum { PATH_BESIDE = 4 };
extern const char *const path_beside[PATH_BESIDE];

/* Makes the path absolute without following it. */
enum status path_absolute(const char *path, char out[PATH_MAX], struct err *err);

/* A regular file with one link, not a symbolic link, not empty, on a local file system. */
enum status path_check(const char *path, struct path_identity *identity, struct err *err);

/* Whether this account may write the file, and its folder, where the WAL is made. */
enum status path_check_writable(const char *path, struct err *err);

/* Reads the first bytes of the file before SQLite does, which would lay files beside it: a database of ours, of a
 * version we know, not cut off. To be called while nothing has the file open in this process. */
enum status path_check_header(const char *path, struct err *err);

/* Whether there is anything of that name; an error where the system does not say. */
enum status path_there(const char *path, bool *there, struct err *err);

/* Whether a WAL that holds something lies beside a database; true where the system does not say. */
bool path_has_wal(const char *path);

/* Looks whether the path still is the same file, and when it was last written to; STATUS_NO_DATABASE where it is
 * another, or none. */
enum status path_check_same(const char *path, const struct path_identity *identity, struct timespec *written,
                            struct err *err);

/* STATUS_NO_DATABASE: what stands there is not what the session has worked on. */
enum status path_displaced(struct err *err);

/* Gives a finished file its name: on disk first, then renamed (`flags` of renameat2), then the folder on disk. */
enum status path_publish(const char *temporary, const char *path, unsigned flags, struct err *err);

/* Takes a database and the files beside it away; those that are not there are no fault. */
void path_remove_database(const char *path);

/* A file beside the database that root has just opened belongs to the database's owner, or that one could not open it
 * any more. */
void path_own_like_database(int fd, const char *database);

/* Makes what was written to the folder of `path` durable. */
enum status path_sync_folder(const char *path, struct err *err);

#endif
