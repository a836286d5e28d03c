#include "store/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum status path_absolute(const char *path, char out[PATH_MAX], struct err *err) {
    char folder[PATH_MAX] = "";
    if (path[0] != '/' && getcwd(folder, sizeof folder) == NULL)
        return err_set(err, STATUS_IO, N_("the current folder cannot be read: %1"), strerror(errno), NULL);
    int n = snprintf(out, PATH_MAX, "%s%s%s", folder, path[0] == '/' ? "" : "/", path);
    if (n < 0 || n >= PATH_MAX)
        return err_set(err, STATUS_USAGE, N_("the path of the database is too long"), NULL);
    return STATUS_OK;
}

/* SQLite's locks and WAL need a local file system; only those known to be local are taken. */
static bool local(const char *path) {
    static const unsigned long kinds[] = {
        0xEF53,     /* ext2-4 */
        0x58465342, /* xfs */
        0x9123683E, /* btrfs */
        0x01021994, /* tmpfs */
        0x794C7630, /* overlayfs */
        0xF2F52010, /* f2fs */
        0x2FC12FC1, /* zfs */
        0x3153464A, /* jfs */
        0x52654973, /* reiserfs */
        0xCA451A4E, /* bcachefs */
        0x858458F6, /* ramfs */
    };
    struct statfs info;
    if (statfs(path, &info) != 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if ((unsigned long)info.f_type == kinds[i])
            return true;
    return false;
}

static enum status check_beside(const char *path, const char *suffix, struct err *err) {
    char beside[PATH_MAX];
    struct stat info;
    int n = snprintf(beside, sizeof beside, "%s%s", path, suffix);
    if (n < 0 || n >= (int)sizeof beside)
        return err_set(err, STATUS_USAGE, N_("the path of the database is too long"), NULL);
    if (lstat(beside, &info) == 0 && (!S_ISREG(info.st_mode) || info.st_nlink != 1))
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is a link or not a regular file; refused"), beside, NULL);
    return STATUS_OK;
}

enum status path_check(const char *path, struct path_identity *identity, struct err *err) {
    struct stat info;
    if (lstat(path, &info) != 0) {
        if (errno == EACCES)
            return err_set(err, STATUS_NOT_ALLOWED, N_("the system does not allow access to %1"), path, NULL);
        return err_set(err, STATUS_NO_DATABASE, N_("there is no database at %1: make one with `yijian init`"), path,
                       NULL);
    }
    if (S_ISLNK(info.st_mode))
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is a symbolic link; name the file itself"), path, NULL);
    if (S_ISDIR(info.st_mode))
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is a folder, not a database"), path, NULL);
    if (!S_ISREG(info.st_mode))
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is not a regular file"), path, NULL);
    if (info.st_nlink != 1)
        return err_set(err, STATUS_NO_DATABASE, N_("%1 has more than one name (hard links); remove the others"), path,
                       NULL);
    if (info.st_size == 0)
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is empty, not a database; it was not touched"), path, NULL);
    if (!local(path))
        return err_set(err, STATUS_NO_DATABASE,
                       N_("%1 is not on a local file system; the database must not be on a network share"), path, NULL);
    *identity = (struct path_identity){.device = info.st_dev, .inode = info.st_ino};
    static const char *const suffixes[] = {"-wal", "-shm", "-gate"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        enum status status = check_beside(path, suffixes[i], err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

bool path_is(const char *path, const struct path_identity *identity) {
    struct stat info;
    return lstat(path, &info) == 0 && info.st_dev == identity->device && info.st_ino == identity->inode;
}

enum status path_sync_folder(const char *path, struct err *err) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        snprintf(folder, sizeof folder, ".");
    else
        slash[slash == folder ? 1 : 0] = '\0';
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good ? STATUS_OK : err_set(err, STATUS_IO, N_("the folder %1 cannot be written to disk: %2"), folder,
                                      strerror(errno), NULL);
}
