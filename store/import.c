#include "store/import.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "store/application.h"
#include "store/document_json.h"
#include "store/input.h"
#include "store/ledger.h"
#include "store/outfile.h"

/* From so many documents on the WAL is folded back at once: every program that opens would have to read it through. So
 * it is after a failure, whatever its size: on a full disk it must not keep what it took. */
enum { CHECKPOINT_DOCUMENTS = 10000 };

struct import {
    struct store *store;
    const struct import_options *options;
    struct import_result *result;
    struct err *err;
    struct input *input;
    struct arena arena;
    struct outfile report;
    bool reporting;
    bool some_at_fault;
    bool writing; /* second reading: documents go into the database, faults of the first are not told again */
    uint64_t done_before;
    int64_t seq;           /* of the import's ledger event */
    struct sm3 *documents; /* of applications, of constructors: those that were taken */
    struct sm3 *register_documents;
    const char *text; /* the document at hand, in the arena */
};

static const char *same(const char *msgid) {
    return msgid;
}

static enum status report_fault(struct import *import, const struct fault *fault) {
    const char *(*translate)(const char *) = import->options->translate == NULL ? same : import->options->translate;
    char text[2 * FAULT_TEXT_SIZE];
    struct json json = {0};
    json_object(&json, NULL);
    json_text(&json, "file", fault->file);
    json_integer(&json, "line", fault->line);
    json_text(&json, "pointer", fault->pointer);
    json_text(&json, "code", fault->code);
    json_text(&json, "found", fault_format(translate(fault->found), fault->found_arg, text, sizeof text));
    json_text(&json, "expected", fault_format(translate(fault->expected), fault->expected_arg, text, sizeof text));
    json_object_end(&json);
    enum status status =
        json.failed ? err_no_memory(import->err) : outfile_write(&import->report, json.data, json.used, import->err);
    if (status == STATUS_OK)
        status = outfile_write(&import->report, "\n", 1, import->err);
    json_free(&json);
    return status;
}

static enum status reject(struct import *import, struct fault *fault) {
    fault->file = input_name(import->input);
    import->result->rejected++;
    if (import->options->rejected != NULL)
        import->options->rejected(import->options->data, fault);
    return import->reporting ? report_fault(import, fault) : STATUS_OK;
}

static enum status conflict(struct import *import, int64_t line, const char *pointer, const char *code,
                            const char *found, const char *argument, const char *expected) {
    struct fault fault = {.line = line, .code = code, .found = found, .expected = expected};
    snprintf(fault.pointer, sizeof fault.pointer, "%s", pointer);
    snprintf(fault.found_arg, sizeof fault.found_arg, "%s", argument);
    return reject(import, &fault);
}

/* Whether the document that is here already says what this one says. */
static enum status says_the_same(struct import *import, const char *here, bool *same) {
    errno = 0;
    *same = document_same(here, import->text);
    return !*same && errno == ENOMEM ? err_no_memory(import->err) : STATUS_OK;
}

/* Whether another person's entry has one of this constructor's numbers. */
static enum status number_of_another(struct import *import, const struct constructor *c, const char *number,
                                     bool *another) {
    struct register_row *holder;
    *another = false;
    if (number == NULL)
        return STATUS_OK;
    enum status status = register_by_number(import->store, number, &import->arena, &holder, import->err);
    *another =
        status == STATUS_OK && holder != NULL && strcmp(holder->entry.person.id_number, c->person.id_number) != 0;
    return status;
}

/* A document that was taken: the import's event vouches for it. */
static enum status count_in(struct import *import, struct sm3 *digest) {
    import->result->accepted++;
    return ledger_add_document(digest, import->text) ? STATUS_OK : ledger_unhashed(import->err);
}

static enum status put_constructor(struct import *import, const struct constructor *c, const struct register_row *old) {
    enum status status =
        register_put_document(import->store, old == NULL ? 0 : old->id, c, import->text, import->seq, import->err);
    if (status == STATUS_OK)
        status = count_in(import, import->register_documents);
    if (status != STATUS_OK)
        return status;
    if (old != NULL)
        status = application_refresh(import->store, c->person.id_number, old->entry.number, old->entry.paper_number,
                                     import->err);
    return status == STATUS_OK
               ? application_refresh(import->store, c->person.id_number, c->number, c->paper_number, import->err)
               : status;
}

static enum status take_constructor(struct import *import, const struct constructor *c, int64_t line) {
    struct register_row *old;
    bool another;
    enum status status = register_by_person(import->store, c->person.id_number, &import->arena, &old, import->err);
    if (status != STATUS_OK)
        return status;
    bool same = false;
    if (old != NULL && old->document != NULL)
        status = says_the_same(import, old->document, &same);
    if (status != STATUS_OK)
        return status;
    if (same) {
        import->result->unchanged++;
        return STATUS_OK;
    }
    if (old != NULL && old->decision_no != 0)
        return conflict(import, line, "/id/number", "register-conflict",
                        N_FAULT("a register entry changed by decision %1 since"), err_number(old->decision_no).text,
                        N_FAULT("an entry that no decision has changed"));
    const char *const numbers[] = {c->number, c->paper_number};
    static const char *const pointers[] = {"/registration/number", "/registration/paper_number"};
    for (size_t i = 0; i < 2; i++) {
        status = number_of_another(import, c, numbers[i], &another);
        if (status != STATUS_OK)
            return status;
        if (another)
            return conflict(import, line, pointers[i], "number-taken", N_FAULT("%1, which another person holds"),
                            numbers[i], N_FAULT("a number of this person alone"));
    }
    return put_constructor(import, c, old);
}

struct existing {
    int64_t id;
    enum application_state state;
    char *document;
};

static enum status find_existing(struct import *import, const char *application_no, struct existing *existing) {
    static const char sql[] = "SELECT a.id, a.state, d.json FROM application a JOIN document d ON d.id = a.document_id"
                              " WHERE a.application_no = :no";
    bool row;
    *existing = (struct existing){0};
    sqlite3_stmt *statement = db_statement(import->store->db, sql, import->err);
    if (statement == NULL)
        return import->err->status;
    db_bind_text(statement, ":no", application_no);
    enum status status = db_step(import->store->db, statement, &row, import->err);
    if (status != STATUS_OK || !row)
        return status;
    existing->id = sqlite3_column_int64(statement, 0);
    existing->state = (enum application_state)sqlite3_column_int(statement, 1);
    existing->document = arena_text(&import->arena, db_column_text(statement, 2));
    db_done(statement);
    return existing->document == NULL ? err_no_memory(import->err) : STATUS_OK;
}

static enum status take_application(struct import *import, const struct application *a, int64_t line) {
    struct existing existing;
    enum status status = find_existing(import, a->application_no, &existing);
    if (status != STATUS_OK)
        return status;
    bool same = false;
    if (existing.id != 0)
        status = says_the_same(import, existing.document, &same);
    if (status != STATUS_OK)
        return status;
    if (same) {
        import->result->unchanged++;
        return STATUS_OK;
    }
    if (existing.id != 0 && existing.state != STATE_RETURNED)
        return conflict(import, line, "/application_no", "application-changed",
                        N_FAULT("other content for application %1, which is here already"), a->application_no,
                        N_FAULT("the same content, or an application returned for correction"));
    status = application_enter(import->store, existing.id, a, import->text, import->seq, &import->arena, import->err);
    return status == STATUS_OK ? count_in(import, import->documents) : status;
}

/* Keeps the document as it came, without the white space around it, NUL-terminated. */
static bool keep_text(struct import *import, const struct input_slice *slice) {
    size_t length = slice->length;
    while (length > 0 && strchr(" \t\r\n", slice->text[length - 1]) != NULL)
        length--;
    char *text = arena_alloc(&import->arena, length + 1);
    if (text == NULL)
        return false;
    memcpy(text, slice->text, length);
    import->text = text;
    return true;
}

/* The first reading. */
static enum status judge_slice(struct import *import, const struct input_slice *slice, struct fault *fault) {
    struct document document;
    bool good = document_read(slice->text, slice->length, &import->arena, &document, fault);
    if (good)
        return STATUS_OK;
    return errno == ENOMEM ? err_no_memory(import->err) : reject(import, fault);
}

/* The second: a document is judged again only where the first found some at fault; that it still is the same one, the
 * input vouches for at its end. */
static enum status take_slice(struct import *import, const struct input_slice *slice, struct fault *fault) {
    struct document document;
    bool strict = import->some_at_fault;
    if (strict && !document_read(slice->text, slice->length, &import->arena, &document, fault))
        return errno == ENOMEM ? err_no_memory(import->err) : STATUS_OK;
    if (!keep_text(import, slice))
        return err_no_memory(import->err);
    if (!strict && !document_read_stored(import->text, &import->arena, &document))
        return err_of_data(import->err, STATUS_NO_INPUT,
                           N_("%1 was changed while it was read; nothing was written, try again"),
                           input_name(import->input), NULL);
    return document.type == DOCUMENT_CONSTRUCTOR ? take_constructor(import, &document.as.constructor, slice->line)
                                                 : take_application(import, &document.as.application, slice->line);
}

/* One reading of the whole input. */
static enum status read_through(struct import *import) {
    enum { PROGRESS_EVERY = 256 };
    for (int64_t n = 0;; n++) {
        struct input_slice slice;
        struct fault fault = {0};
        enum input_step step = input_next(import->input, &slice, &fault, import->err);
        if (step == INPUT_END)
            return STATUS_OK;
        if (step == INPUT_ERROR)
            return import->err->status;
        if (!import->writing)
            import->result->read++;
        enum status status = STATUS_OK;
        if (step == INPUT_DOCUMENT) {
            fault.line = slice.line;
            status = import->writing ? take_slice(import, &slice, &fault) : judge_slice(import, &slice, &fault);
        } else if (!import->writing) {
            status = reject(import, &fault);
        }
        arena_reset(&import->arena);
        if (status == STATUS_OK)
            status = store_go_on(import->store, import->err);
        if (status != STATUS_OK)
            return status;
        if (import->options->progress != NULL && n % PROGRESS_EVERY == 0)
            import->options->progress(import->options->data, import->done_before + input_position(import->input),
                                      2 * input_size(import->input));
    }
}

static enum status write_event(struct import *import, struct ledger_written *written) {
    char documents[SM3_HEX_SIZE], register_documents[SM3_HEX_SIZE];
    if (!sm3_end_hex(import->documents, documents) || !sm3_end_hex(import->register_documents, register_documents))
        return ledger_unhashed(import->err);
    struct json detail = {0};
    json_object(&detail, NULL);
    json_integer(&detail, "accepted", import->result->accepted);
    json_text(&detail, "documents_sm3", documents);
    json_integer(&detail, "read", import->result->read);
    json_text(&detail, "register_sm3", register_documents);
    json_integer(&detail, "rejected", import->result->rejected);
    json_integer(&detail, "unchanged", import->result->unchanged);
    json_object_end(&detail);
    struct ledger_event event = {.event = "import", .detail = &detail};
    enum status status = ledger_append(import->store, &event, written, import->err);
    json_free(&detail);
    return status;
}

/* The second reading, inside one transaction. */
static enum status write_all(struct import *import) {
    /* 256 MiB at the most: a cache that does not hold the indexes spills them into the WAL again and again. */
    static const char large_cache[] = "PRAGMA cache_size = -262144";
    struct ledger_written written = {0};
    import->writing = true;
    import->some_at_fault = import->result->rejected > 0;
    import->done_before = input_size(import->input);
    enum status status = input_rewind(import->input, import->err);
    if (status == STATUS_OK)
        status = db_exec(import->store->db, large_cache, import->err);
    if (status == STATUS_OK)
        status = store_begin(import->store, RIGHT_IMPORT, import->err);
    if (status != STATUS_OK)
        return status;
    status = ledger_next(import->store, &import->seq, import->err);
    if (status == STATUS_OK)
        status = read_through(import);
    bool refused = import->result->rejected > 0 && !import->options->partial;
    bool nothing = import->result->accepted == 0;
    if (status == STATUS_OK && !refused && !nothing)
        status = write_event(import, &written);
    if (status != STATUS_OK || refused || nothing)
        store_undo(import->store);
    else
        status = store_commit(import->store, written.seq, written.hash, import->err);
    import->result->written = status == STATUS_OK && !refused && !nothing;
    if (status != STATUS_OK || import->result->read >= CHECKPOINT_DOCUMENTS)
        store_checkpoint(import->store);
    return status;
}

static enum status run(struct import *import) {
    const struct import_options *options = import->options;
    enum status status = STATUS_OK;
    if (options->report != NULL) {
        status = outfile_open(&import->report, options->report, -1, true, import->err);
        import->reporting = status == STATUS_OK;
    }
    if (status == STATUS_OK)
        status = input_open(options->path, import->store->quit, import->store->quit_data, &import->input, import->err);
    if (status == STATUS_OK)
        status = read_through(import);
    if (status == STATUS_OK && (import->result->rejected == 0 || options->partial))
        status = write_all(import);
    if (status == STATUS_OK && import->reporting)
        status = outfile_commit(&import->report, import->err);
    return status;
}

/* What a failure leaves to say: nothing went in, and the sum still adds up. */
static void nothing_accepted(struct import_result *result) {
    result->rejected = result->read - result->unchanged;
    result->accepted = 0;
}

enum status import_run(struct store *store, const struct import_options *options, struct import_result *result,
                       struct err *err) {
    struct import import = {.store = store, .options = options, .result = result, .err = err};
    *result = (struct import_result){0};
    import.documents = sm3_new();
    import.register_documents = sm3_new();
    enum status status =
        import.documents == NULL || import.register_documents == NULL ? err_no_memory(err) : run(&import);
    if (import.reporting)
        outfile_abandon(&import.report);
    input_close(import.input);
    arena_free(&import.arena);
    sm3_free(import.documents);
    sm3_free(import.register_documents);
    if (status != STATUS_OK)
        return status;
    if (result->rejected == 0)
        return STATUS_OK;
    if (options->partial)
        return err_set(err, STATUS_PARTLY, N_("documents left out: %1; the others went in"),
                       err_number(result->rejected).text, NULL);
    int64_t bad = result->rejected;
    nothing_accepted(result);
    return err_set(err, STATUS_BAD_DATA, N_("documents at fault: %1; nothing was written"), err_number(bad).text, NULL);
}
