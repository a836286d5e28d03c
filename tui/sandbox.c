#include "tui/sandbox.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tui/sandbox_filter.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_LENIENT
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_LENIENT
#endif
#endif

#ifdef SANDBOX_LENIENT
enum { LENIENT = true };
#else
enum { LENIENT = false };
#endif

/* Of versions later than the headers of Debian 12 know; the numbers are the kernel's and stay. */
enum {
    FS_REFER = 1 << 13,     /* version 2 */
    FS_TRUNCATE = 1 << 14,  /* 3 */
    NET_BIND = 1 << 0,      /* 4 */
    NET_CONNECT = 1 << 1,   /* 4 */
    FS_IOCTL_DEV = 1 << 15, /* 5 */
    SCOPE_SOCKET = 1 << 0,  /* 6 */
    SCOPE_SIGNAL = 1 << 1,  /* 6 */
};

enum {
    READS = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    WRITES = READS | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
             LANDLOCK_ACCESS_FS_MAKE_DIR | FS_TRUNCATE,
    OF_FILES = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE,
    EVERYTHING = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, /* of version 1 */
};

/* What every command keeps beside its own. */
static const struct {
    const char *path;
    uint64_t access;
} always[] = {
    {"/dev/null", OF_FILES},  {"/dev/urandom", READS}, /* SQLite draws from it */
    {"/etc/terminfo", READS}, {"/lib/terminfo", READS}, {"/usr/lib/terminfo", READS}, {"/usr/share/terminfo", READS},
};

void sandbox_keep(struct sandbox_keep *keep, const char *path, enum sandbox_use use) {
    if (strcmp(path, "-") == 0 || keep->count == SANDBOX_PATHS)
        return;
    keep->paths[keep->count].path = path;
    keep->paths[keep->count++].use = use;
}

struct ruleset {
    uint64_t fs, net, scope;
};

static struct ruleset handled_by(int version) {
    struct ruleset set = {.fs = EVERYTHING};
    set.fs |= version >= 2 ? FS_REFER : 0;
    set.fs |= version >= 3 ? FS_TRUNCATE : 0;
    set.fs |= version >= 5 ? FS_IOCTL_DEV : 0;
    set.net = version >= 4 ? NET_BIND | NET_CONNECT : 0;
    set.scope = version >= 6 ? SCOPE_SOCKET | SCOPE_SIGNAL : 0;
    return set;
}

/* What is not there cannot be opened either: nothing to allow. */
static void allow(int rules, const struct ruleset *handled, const char *path, uint64_t access) {
    struct stat info;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode))
        access &= OF_FILES;
    struct landlock_path_beneath_attr beneath = {.allowed_access = access & handled->fs, .parent_fd = fd};
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(fd);
}

static void allow_folder_of(int rules, const struct ruleset *handled, const char *path) {
    char folder[PATH_MAX];
    int n = snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (n < 0 || n >= (int)sizeof folder)
        return;
    if (slash == NULL)
        snprintf(folder, sizeof folder, ".");
    else
        slash[slash == folder ? 1 : 0] = '\0';
    allow(rules, handled, folder, WRITES);
}

static int restrict_files(const struct sandbox_keep *keep) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return 0;
    struct ruleset handled = handled_by((int)version);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0)
        return 0;
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        allow(rules, &handled, always[i].path, always[i].access);
    for (size_t i = 0; i < keep->count; i++) {
        if (keep->paths[i].use == SANDBOX_WRITE_NEAR)
            allow_folder_of(rules, &handled, keep->paths[i].path);
        else
            allow(rules, &handled, keep->paths[i].path, keep->paths[i].use == SANDBOX_READ ? READS : WRITES);
    }
    bool done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return done ? (int)version : 0;
}

bool sandbox_enter(const struct sandbox_keep *keep, struct sandbox_report *report) {
    struct sandbox_report done = {.lenient = LENIENT};
    done.privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (!LENIENT) {
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* no core file with id numbers in it, nobody looks in */
        done.landlock = done.privileges ? restrict_files(keep) : 0;
    }
    enum sandbox_filter filter = sandbox_filter_load(LENIENT);
    done.filter = filter == SANDBOX_FILTER_LOADED;
    if (report != NULL)
        *report = done;
    return filter != SANDBOX_FILTER_NO_MEMORY;
}
