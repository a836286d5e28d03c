/* Whether the database is still the one that was opened. */
#include "store/ledger.h"

/* A copy that is laid over the file goes past SQLite, which would go on answering from what it remembers of the pages.
 */
enum status store_check_file(struct store *store, struct err *err) {
    struct timespec written;
    enum status status = path_check_same(store->path, &store->identity, &written, err);
    if (status != STATUS_OK)
        return status;
    if (written.tv_sec != store->written.tv_sec || written.tv_nsec != store->written.tv_nsec)
        sqlite3_db_release_memory(db_handle(store->db));
    store->written = written;
    return STATUS_OK;
}

enum status store_check_place(struct store *store, struct err *err) {
    enum status status = store_check_file(store, err);
    return status == STATUS_OK ? ledger_look_back(store, err) : status;
}
