/* Has every file system of a program under test be the kind that SHARE names, in hexadecimal (LD_PRELOAD): a network
 * share where none is at hand. */
#include <sys/vfs.h>

#include "tests/guard/preload.h"

int statfs(const char *path, struct statfs *info) {
    static int (*below)(const char *, struct statfs *);
    preload_find(&below, "statfs");
    const char *kind = getenv("SHARE");
    int result = below(path, info);
    if (result == 0 && kind != NULL)
        info->f_type = (__fsword_t)strtoul(kind, NULL, 16);
    return result;
}
