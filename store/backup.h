/* Backup and restore (SPEC 14.4): consistent while others work, verified, on disk before it is called done. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/err.h"

struct store;

struct backup_result {
    int64_t events; /* of the ledger in the copy */
    int64_t decisions;
};

/* Writes a copy of the database to `path` (mode 0600), which must not be there: copied, verified whole, fsynced,
 * renamed. */
enum status backup_run(struct store *store, const char *path, struct backup_result *result, struct err *err);

bool backup_is_folder(const char *path);

/* The same into a folder, under the name of the instant, put into `path`. Where that is done, those of such a name are
 * taken away but for the newest `keep` (0: all stay). */
enum status backup_run_into(struct store *store, const char *folder, int64_t keep, char path[PATH_MAX],
                            struct backup_result *result, struct err *err);

struct restore_options {
    const char *database; /* replaced; may be missing */
    const char *backup;
    bool confirmed;           /* without it nothing is done, and *err says what would be */
    bool (*quit)(void *data); /* as in struct store_options */
    void *quit_data;
};

/* Puts a backup in the place of the database: the backup is verified first, and refused where it is of another database
 * or where the ledger there now has events the backup does not have, or other ones. A session that has the database
 * open is told with its next write that it was replaced. */
enum status restore_run(const struct restore_options *options, struct backup_result *result, struct err *err);

#endif
