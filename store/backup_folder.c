/* Backups by their hour in one folder, the oldest taken away: what a nightly timer does. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/backup.h"
#include "store/inside.h"

/* yijian-2026-11-25T210000Z.db: names that sort as time does. A digit stands for any. */
static const char pattern[] = "yijian-0000-00-00T000000Z.db";

static int is_backup(const struct dirent *entry) {
    const char *name = entry->d_name;
    if (strlen(name) != sizeof pattern - 1)
        return 0;
    for (size_t i = 0; i < sizeof pattern - 1; i++)
        if (pattern[i] == '0' ? name[i] < '0' || name[i] > '9' : name[i] != pattern[i])
            return 0;
    return 1;
}

static void make_name(char out[sizeof pattern]) {
    char instant[STORE_INSTANT_SIZE], *to = instant;
    store_instant(instant);
    for (const char *from = instant; *from != '\0'; from++)
        if (*from != ':')
            *to++ = *from;
    *to = '\0';
    snprintf(out, sizeof pattern, "yijian-%.18s.db", instant);
}

static enum status take_away_old(const char *folder, int64_t keep, struct err *err) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_backup, alphasort);
    if (count < 0)
        return err_set(err, STATUS_IO, N_("the old backups in %1 cannot be taken away: %2"), folder, strerror(errno),
                       NULL);
    enum status status = STATUS_OK;
    for (int i = 0; i < count; i++) {
        char path[PATH_MAX + 64];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (i < count - keep && unlink(path) != 0 && status == STATUS_OK)
            status =
                err_set(err, STATUS_IO, N_("the old backup %1 cannot be taken away: %2"), path, strerror(errno), NULL);
        free(entries[i]);
    }
    free(entries);
    return status;
}

bool backup_is_folder(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

enum status backup_run_into(struct store *store, const char *folder, int64_t keep, char path[PATH_MAX],
                            struct backup_result *result, struct err *err) {
    char name[sizeof pattern];
    make_name(name);
    int n = snprintf(path, PATH_MAX, "%s/%s", folder, name);
    if (n < 0 || n >= PATH_MAX)
        return err_set(err, STATUS_USAGE, N_("the path of the backup is too long"), NULL);
    enum status status = backup_run(store, path, result, err);
    return status == STATUS_OK && keep > 0 ? take_away_old(folder, keep, err) : status;
}
