#include "store/verify_progress.h"

enum { TELL_EVERY = 512 };

/* Their numbers begin at 1 and none of these rows is deleted, but for a person whose only approval was revoked: the
 * last numbers say how many there are, without a scan. */
enum status verify_progress_start(struct verify_progress *progress, struct store *store, struct err *err) {
    static const char sql[] =
        "SELECT coalesce((SELECT max(seq) FROM ledger), 0) + coalesce((SELECT max(decision_no) FROM decision), 0)"
        " + coalesce((SELECT max(id) FROM document), 0) + coalesce((SELECT max(id) FROM register_document), 0)"
        " + coalesce((SELECT max(id) FROM constructor), 0) + coalesce((SELECT max(id) FROM application), 0)";
    int64_t total = 0;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    enum status status = s == NULL ? err->status : db_integer(store->db, s, 0, &total, err);
    progress->total = (uint64_t)total;
    return status;
}

void verify_progress_step(struct verify_progress *progress) {
    const struct verify_options *options = progress->options;
    if (++progress->done % TELL_EVERY == 0 && options->progress != NULL)
        options->progress(options->data, progress->done, progress->total);
}
