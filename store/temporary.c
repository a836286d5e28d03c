#include "store/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char mark[] = ".part-";

/* The process that made a file of this name for the target; 0 where it is none. */
static pid_t maker(const char *name, const char *target) {
    static const char *const beside[] = {"", "-journal", "-wal", "-shm", "-gate", "-seats"};
    size_t length = strlen(target);
    if (strncmp(name, target, length) != 0 || strncmp(name + length, mark, sizeof mark - 1) != 0)
        return 0;
    const char *number = name + length + sizeof mark - 1;
    char *rest;
    long pid = strtol(number, &rest, 10);
    if (rest == number || number[0] < '0' || number[0] > '9' || pid <= 0 || pid > INT_MAX)
        return 0;
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++)
        if (strcmp(rest, beside[i]) == 0)
            return (pid_t)pid;
    return 0;
}

static bool lives(pid_t pid) {
    return pid != getpid() && (getpgid(pid) >= 0 || errno != ESRCH);
}

static void take_away_left(const char *target) {
    char folder[PATH_MAX];
    const char *slash = strrchr(target, '/');
    if (slash == NULL)
        return;
    snprintf(folder, sizeof folder, "%.*s", slash == target ? 1 : (int)(slash - target), target);
    DIR *entries = opendir(folder);
    if (entries == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        pid_t pid = maker(entry->d_name, slash + 1);
        if (pid != 0 && !lives(pid))
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    closedir(entries);
}

bool temporary_name(const char *target, char out[PATH_MAX]) {
    int n = snprintf(out, PATH_MAX, "%s%s%ld", target, mark, (long)getpid());
    if (n < 0 || n >= PATH_MAX)
        return false;
    take_away_left(target);
    return true;
}
