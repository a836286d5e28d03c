#include "store/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "store/schema.h"

const char *const path_beside[PATH_BESIDE] = {"-wal", "-shm", "-gate", "-seats"};

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
static bool is_local(unsigned long type) {
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
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (type == kinds[i])
            return true;
    return false;
}

/* The system did not answer what was asked about the file. */
static enum status unknown(const char *path, struct err *err) {
    enum status status = errno == EACCES || errno == EPERM ? STATUS_NOT_ALLOWED : STATUS_IO;
    return err_set(err, status, N_("%1 cannot be looked at: %2; it was not touched"), path, strerror(errno), NULL);
}

static enum status check_beside(const char *path, const char *suffix, struct err *err) {
    char beside[PATH_MAX];
    struct stat info;
    int n = snprintf(beside, sizeof beside, "%s%s", path, suffix);
    if (n < 0 || n >= (int)sizeof beside)
        return err_set(err, STATUS_USAGE, N_("the path of the database is too long"), NULL);
    if (lstat(beside, &info) != 0)
        return errno == ENOENT ? STATUS_OK : unknown(beside, err);
    if (!S_ISREG(info.st_mode) || info.st_nlink != 1)
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is a link or not a regular file; refused"), beside, NULL);
    return STATUS_OK;
}

enum status path_check(const char *path, struct path_identity *identity, struct err *err) {
    struct stat info;
    struct statfs system;
    if (lstat(path, &info) != 0) {
        if (errno == EACCES)
            return err_set(err, STATUS_NOT_ALLOWED, N_("the system does not allow access to %1"), path, NULL);
        if (errno != ENOENT && errno != ENOTDIR)
            return unknown(path, err);
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
    if (statfs(path, &system) != 0)
        return unknown(path, err);
    if (!is_local((unsigned long)system.f_type))
        return err_set(err, STATUS_NO_DATABASE,
                       N_("%1 is not on a local file system; the database must not be on a network share"), path, NULL);
    *identity = (struct path_identity){.device = info.st_dev, .inode = info.st_ino};
    for (size_t i = 0; i < PATH_BESIDE; i++) {
        enum status status = check_beside(path, path_beside[i], err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static void folder_of(const char *path, char folder[PATH_MAX]) {
    snprintf(folder, PATH_MAX, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        snprintf(folder, PATH_MAX, ".");
    else
        slash[slash == folder ? 1 : 0] = '\0';
}

enum status path_there(const char *path, bool *there, struct err *err) {
    struct stat info;
    *there = lstat(path, &info) == 0;
    return *there || errno == ENOENT || errno == ENOTDIR ? STATUS_OK : unknown(path, err);
}

enum status path_check_writable(const char *path, struct err *err) {
    char folder[PATH_MAX];
    folder_of(path, folder);
    const struct {
        const char *path;
        int mode;
    } needed[] = {{folder, R_OK | W_OK | X_OK}, {path, R_OK | W_OK}};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (faccessat(AT_FDCWD, needed[i].path, needed[i].mode, AT_EACCESS) == 0)
            continue;
        if (errno == EROFS)
            return err_set(err, STATUS_NOT_ALLOWED,
                           N_("%1 lies on a file system that is mounted read-only: nothing could be recorded"), path,
                           NULL);
        if (errno != EACCES && errno != EPERM)
            return unknown(needed[i].path, err);
        return err_set(err, STATUS_NOT_ALLOWED,
                       N_("this account may not write %1: check its owner and mode; it was not touched"),
                       needed[i].path, NULL);
    }
    return STATUS_OK;
}

enum status path_displaced(struct err *err) {
    return err_set(err, STATUS_NO_DATABASE, N_("the database was replaced or moved away; leave and start again"), NULL);
}

enum status path_check_same(const char *path, const struct path_identity *identity, struct timespec *written,
                            struct err *err) {
    struct stat info;
    bool there = lstat(path, &info) == 0;
    if (!there && errno != ENOENT && errno != ENOTDIR)
        return unknown(path, err);
    if (!there || info.st_dev != identity->device || info.st_ino != identity->inode)
        return path_displaced(err);
    *written = info.st_mtim;
    return STATUS_OK;
}

void path_own_like_database(int fd, const char *database) {
    struct stat info;
    if (geteuid() != 0 || lstat(database, &info) != 0)
        return;
    int changed = fchown(fd, info.st_uid, info.st_gid);
    (void)changed; /* the owner is told when it cannot open the file */
}

enum status path_sync_folder(const char *path, struct err *err) {
    char folder[PATH_MAX];
    folder_of(path, folder);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good ? STATUS_OK
                : err_set(err, STATUS_IO, N_("the folder %1 cannot be written to disk: %2"), folder, strerror(errno),
                          NULL);
}

/* The file format's own header (sqlite.org/fileformat2.html 1.3), big-endian. */
enum { HEADER_BYTES = 100, PAGE_SIZE_AT = 16, PAGE_COUNT_AT = 28, USER_VERSION_AT = 60, APPLICATION_ID_AT = 68 };

static uint32_t big_endian(const unsigned char *bytes, size_t count) {
    uint32_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

bool path_has_wal(const char *path) {
    char wal[PATH_MAX + 8];
    struct stat info;
    snprintf(wal, sizeof wal, "%s-wal", path);
    return lstat(wal, &info) == 0 ? info.st_size > 0 : errno != ENOENT;
}

static enum status check_bytes(const char *path, const unsigned char *header, off_t size, struct err *err) {
    uint32_t page_size = big_endian(header + PAGE_SIZE_AT, 2), pages = big_endian(header + PAGE_COUNT_AT, 4);
    uint32_t version = big_endian(header + USER_VERSION_AT, 4);
    page_size = page_size == 1 ? 65536 : page_size;
    if (memcmp(header, "SQLite format 3", 16) != 0)
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is not a database; it was not touched"), path, NULL);
    if (big_endian(header + APPLICATION_ID_AT, 4) != SCHEMA_APPLICATION_ID)
        return err_set(err, STATUS_NO_DATABASE, N_("%1 is another program's database; it was not touched"), path, NULL);
    if (version > SCHEMA_VERSION)
        return err_set(
            err, STATUS_NO_DATABASE,
            N_("the database was made by a newer yijian (version %1, this one knows %2); it was not touched"),
            err_number(version).text, err_number(SCHEMA_VERSION).text, NULL);
    if (version < SCHEMA_VERSION)
        return err_set(err, STATUS_NO_DATABASE,
                       N_("the database is of version %1, made before the first release; this yijian needs version %2: "
                          "make a new one and import anew"),
                       err_number(version).text, err_number(SCHEMA_VERSION).text, NULL);
    /* While a checkpoint runs, or after one cut short, the header may be ahead of the file: the WAL holds the rest. */
    bool whole = page_size >= 512 &&
                 (path_has_wal(path) || (size % page_size == 0 && (uint64_t)size >= (uint64_t)pages * page_size));
    if (!whole)
        return err_set(err, STATUS_IO, N_("%1 is cut off or damaged: restore a backup; it was not touched"), path,
                       NULL);
    return STATUS_OK;
}

enum status path_check_header(const char *path, struct err *err) {
    unsigned char header[HEADER_BYTES];
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);
    if (fd < 0 && (errno == EACCES || errno == EPERM))
        return err_set(err, STATUS_NOT_ALLOWED, N_("the system does not allow access to %1"), path, NULL);
    ssize_t n = fd >= 0 && fstat(fd, &info) == 0 ? pread(fd, header, sizeof header, 0) : -1;
    enum status status = n < 0 ? unknown(path, err) : STATUS_OK;
    if (fd >= 0)
        close(fd);
    if (status != STATUS_OK)
        return status;
    return n == (ssize_t)sizeof header
               ? check_bytes(path, header, info.st_size, err)
               : err_set(err, STATUS_NO_DATABASE, N_("%1 is not a database; it was not touched"), path, NULL);
}

enum status path_publish(const char *temporary, const char *path, unsigned flags, struct err *err) {
    int fd = open(temporary, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool synced = fd >= 0 && fchmod(fd, 0600) == 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (!synced)
        return err_set(err, STATUS_IO, N_("cannot write %1: %2"), path, strerror(errno), NULL);
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, flags) != 0)
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), path, strerror(errno), NULL);
    return path_sync_folder(path, err);
}

void path_remove_database(const char *path) {
    static const char *const suffixes[] = {"", "-journal", "-wal", "-shm", "-gate", "-seats"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char name[PATH_MAX + 8];
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}
