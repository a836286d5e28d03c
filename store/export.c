#include "store/export.h"

#include <stdlib.h>
#include <string.h>

#include "store/inside.h"
#include "store/json_write.h"
#include "store/outfile.h"

/* Decisions are copied out in pages, so that no statement is open while anything is written. */
enum { PAGE_DECISIONS = 128 };

struct export {
    struct store *store;
    const struct export_options *options;
    struct export_result *result;
    struct err *err;
    struct outfile file;
    struct json page;
    int64_t until; /* the last number there was when it began: decisions made meanwhile are for the next one */
    int64_t ledger_seq;
    char ledger_head[STORE_HASH_SIZE];
};

#define EXPORT_FILTER                                                                                                  \
    " decision_no > :since AND decision_no <= :until AND (:kind < 0 OR kind = :kind)"                                  \
    " AND (:action IS NULL OR action = :action) AND (:by IS NULL OR decided_by = :by)"

static void bind_range(const struct export *export, sqlite3_stmt *statement, int64_t since) {
    const struct export_options *o = export->options;
    db_bind_integer(statement, ":since", since);
    db_bind_integer(statement, ":until", export->until);
    db_bind_integer(statement, ":kind", o->kind == NULL ? -1 : document_word_find(document_kinds, KIND_COUNT, o->kind));
    db_bind_text(statement, ":action", o->action);
    db_bind_text(statement, ":by", o->reviewer);
}

static enum status read_bounds(struct export *export) {
    static const char last_sql[] = "SELECT max(decision_no) FROM decision";
    static const char head_sql[] = "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1";
    static const char range_sql[] =
        "SELECT min(decision_no), max(decision_no), count(*) FROM decision WHERE" EXPORT_FILTER;
    struct db *db = export->store->db;
    bool row;
    sqlite3_stmt *statement = db_statement(db, last_sql, export->err);
    if (statement == NULL)
        return export->err->status;
    enum status status = db_integer(db, statement, 0, &export->until, export->err);
    if (status != STATUS_OK)
        return status;
    if (export->options->until != 0 && export->options->until < export->until)
        export->until = export->options->until;
    statement = db_statement(db, head_sql, export->err);
    if (statement == NULL)
        return export->err->status;
    status = db_step(db, statement, &row, export->err);
    if (status != STATUS_OK)
        return status;
    export->ledger_seq = row ? sqlite3_column_int64(statement, 0) : 0;
    if (row)
        db_column_copy(statement, 1, export->ledger_head, sizeof export->ledger_head);
    db_done(statement);
    statement = db_statement(db, range_sql, export->err);
    if (statement == NULL)
        return export->err->status;
    bind_range(export, statement, export->options->since);
    status = db_step(db, statement, &row, export->err);
    if (status != STATUS_OK)
        return status;
    export->result->first = sqlite3_column_int64(statement, 0);
    export->result->last = sqlite3_column_int64(statement, 1);
    export->result->count = sqlite3_column_int64(statement, 2);
    db_done(statement);
    return STATUS_OK;
}

static void write_number(struct json *json, const char *key, int64_t number) {
    if (number == 0)
        json_null(json, key);
    else
        json_integer(json, key, number);
}

/* The members of the header; whoever calls it opens and closes the object. */
static void write_header(const struct export *export, struct json *json) {
    char instant[STORE_INSTANT_SIZE];
    const struct export_options *o = export->options;
    store_instant(instant);
    json_text(json, "type", "decision_export");
    json_integer(json, "format_version", 1);
    json_text(json, "database", export->store->uuid);
    json_bool(json, "training", export->store->training);
    json_text(json, "exported_at", instant);
    json_text(json, "exported_by", export->store->reviewer.login);
    json_integer(json, "since", o->since);
    write_number(json, "until", o->until);
    json_object(json, "filters");
    json_text(json, "kind", o->kind);
    json_text(json, "action", o->action);
    json_text(json, "reviewer", o->reviewer);
    json_object_end(json);
    write_number(json, "first", export->result->first);
    write_number(json, "last", export->result->last);
    json_integer(json, "count", export->result->count);
    json_object(json, "ledger");
    json_text(json, "alg", "SM3");
    json_integer(json, "seq", export->ledger_seq);
    json_text(json, "head", export->ledger_head);
    json_object_end(json);
}

/* Writes `text`, laid out where --pretty asks for it; pretty documents are whole ones. */
static enum status put(struct export *export, const char *text, size_t length) {
    return outfile_write(&export->file, text, length, export->err);
}

static enum status put_text(struct export *export, const char *text) {
    return put(export, text, strlen(text));
}

/* One page of decisions into export->page, each ended by a newline; `last` is the number of its last, 0: no more. */
static enum status read_page(struct export *export, int64_t since, int64_t *last, size_t *count) {
    static const char sql[] = "SELECT d.decision_no, d.json, l.hash FROM decision d JOIN ledger l ON l.seq = d.seq"
                              " WHERE" EXPORT_FILTER " ORDER BY decision_no LIMIT :limit";
    struct db *db = export->store->db;
    bool row;
    *last = 0;
    *count = 0;
    json_reset(&export->page);
    enum status status = store_go_on(export->store, export->err);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *statement = db_statement(db, sql, export->err);
    if (statement == NULL)
        return export->err->status;
    bind_range(export, statement, since);
    db_bind_integer(statement, ":limit", PAGE_DECISIONS);
    while ((status = db_step(db, statement, &row, export->err)) == STATUS_OK && row) {
        *last = sqlite3_column_int64(statement, 0);
        ++*count;
        export->page.comma = false;
        json_object(&export->page, NULL);
        json_text(&export->page, "hash", db_column_text(statement, 2));
        json_raw(&export->page, NULL, db_column_text(statement, 1) + 1); /* its members, behind its opening bracket */
        export->page.comma = false;
        json_raw(&export->page, NULL, "\n");
    }
    if (status == STATUS_OK && export->page.failed)
        return err_no_memory(export->err);
    return status;
}

static enum status put_decision(struct export *export, const char *line, size_t length, bool first) {
    enum status status = STATUS_OK;
    if (export->options->format == EXPORT_JSON && !first)
        status = put_text(export, ",\n");
    if (status == STATUS_OK)
        status = put(export, line, length);
    if (status == STATUS_OK && export->options->format == EXPORT_NDJSON)
        status = put_text(export, "\n");
    return status;
}

static enum status put_page(struct export *export, bool first) {
    const char *line = export->page.data, *end = export->page.data + export->page.used;
    while (line < end) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        enum status status = put_decision(export, line, (size_t)(newline - line), first);
        if (status != STATUS_OK)
            return status;
        first = false;
        line = newline + 1;
    }
    return STATUS_OK;
}

static enum status put_decisions(struct export *export) {
    int64_t since = export->options->since, last = 0;
    uint64_t done = 0;
    for (;;) {
        size_t count;
        enum status status = read_page(export, since, &last, &count);
        if (status != STATUS_OK || count == 0)
            return status;
        status = put_page(export, done == 0);
        if (status != STATUS_OK)
            return status;
        since = last;
        done += count;
        if (export->options->progress != NULL)
            export->options->progress(export->options->data, done, (uint64_t) export->result->count);
    }
}

static enum status put_json(struct export *export) {
    struct json header = {0};
    json_object(&header, NULL);
    write_header(export, &header);
    json_array(&header, "decisions");
    enum status status = header.failed ? err_no_memory(export->err) : put(export, header.data, header.used);
    json_free(&header);
    if (status == STATUS_OK && export->result->count > 0)
        status = put_text(export, "\n");
    if (status == STATUS_OK)
        status = put_decisions(export);
    return status == STATUS_OK ? put_text(export, "]}\n") : status;
}

static enum status put_header_line(struct export *export) {
    struct json header = {0};
    json_object(&header, NULL);
    write_header(export, &header);
    json_object_end(&header);
    enum status status = header.failed ? err_no_memory(export->err) : put(export, header.data, header.used);
    json_free(&header);
    return status == STATUS_OK ? put_text(export, "\n") : status;
}

static enum status put_ndjson(struct export *export) {
    struct json trailer = {0};
    enum status status = put_header_line(export);
    if (status == STATUS_OK)
        status = put_decisions(export);
    json_object(&trailer, NULL);
    json_text(&trailer, "type", "decision_export_end");
    json_integer(&trailer, "count", export->result->count);
    write_number(&trailer, "last", export->result->last);
    json_object_end(&trailer);
    if (status == STATUS_OK)
        status = trailer.failed ? err_no_memory(export->err) : put(export, trailer.data, trailer.used);
    if (status == STATUS_OK)
        status = put_text(export, "\n");
    json_free(&trailer);
    return status;
}

/* For reading: the document is built once more with its white space. Memory grows with the range, as eyes do not. */
static enum status put_pretty(struct export *export) {
    struct json whole = {0};
    size_t count;
    int64_t since = export->options->since, last;
    enum status status;
    json_object(&whole, NULL);
    write_header(export, &whole);
    json_array(&whole, "decisions");
    while ((status = read_page(export, since, &last, &count)) == STATUS_OK && count > 0) {
        for (char *line = export->page.data, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
            *end = '\0';
            json_raw(&whole, NULL, line);
        }
        since = last;
    }
    json_array_end(&whole);
    json_object_end(&whole);
    char *text = whole.failed || status != STATUS_OK ? NULL : json_pretty(whole.data);
    if (status == STATUS_OK)
        status = text == NULL ? err_no_memory(export->err) : put_text(export, text);
    if (status == STATUS_OK)
        status = put_text(export, "\n");
    free(text);
    json_free(&whole);
    return status;
}

static enum status check_options(const struct export_options *o, struct err *err) {
    static const char *const actions[] = {"approve", "refuse", "revoke"};
    bool known = o->action == NULL;
    for (size_t i = 0; !known && i < sizeof actions / sizeof actions[0]; i++)
        known = strcmp(o->action, actions[i]) == 0;
    if (!known)
        return err_set(err, STATUS_USAGE, N_("there is no action %1: approve, refuse or revoke"), o->action, NULL);
    if (o->kind != NULL && document_word_find(document_kinds, KIND_COUNT, o->kind) < 0)
        return err_set(err, STATUS_USAGE, N_("there is no kind %1"), o->kind, NULL);
    if (o->pretty && o->format == EXPORT_NDJSON)
        return err_set(err, STATUS_USAGE, N_("--pretty lays out one document; with ndjson a line is a document"), NULL);
    if (o->since < 0 || o->until < 0 || (o->until != 0 && o->until < o->since))
        return err_set(err, STATUS_USAGE,
                       N_("--since and --until are decision numbers, the first not above the second"), NULL);
    return STATUS_OK;
}

enum status export_run(struct store *store, const struct export_options *options, struct export_result *result,
                       struct err *err) {
    struct export export = {.store = store, .options = options, .result = result, .err = err};
    *result = (struct export_result){0};
    enum status status = check_options(options, err);
    if (status != STATUS_OK)
        return status;
    status = outfile_open(&export.file, options->path, options->fd, options->force, err);
    if (status == STATUS_OK)
        status = db_begin_read(store->db, err);
    if (status == STATUS_OK)
        status = read_bounds(&export);
    if (status == STATUS_OK)
        status = options->pretty                    ? put_pretty(&export)
                 : options->format == EXPORT_NDJSON ? put_ndjson(&export)
                                                    : put_json(&export);
    db_rollback(store->db);
    if (status == STATUS_OK)
        status = outfile_commit(&export.file, err);
    outfile_abandon(&export.file);
    json_free(&export.page);
    return status;
}
