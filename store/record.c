#include "store/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/application.h"
#include "store/ledger.h"

const char *const record_advisory_names[ADVISORY_COUNT] = {
    [ADVISORY_DUPLICATE_PENDING] = "DUPLICATE-PENDING", [ADVISORY_OVERDUE] = "OVERDUE",
    [ADVISORY_EXPIRY_FIRST] = "EXPIRY-FIRST",           [ADVISORY_CALENDAR] = "CALENDAR",
    [ADVISORY_SHORT_VALIDITY] = "SHORT-VALIDITY",       [ADVISORY_SEPARATION] = "SEPARATION",
};

/* A record and all its memory: the texts live in the arena, the record is the first member. */
struct whole {
    struct record record;
    struct arena arena;
    struct loaded loaded;
};

static void advise(struct record *record, enum advisory_id id, struct phrase phrase) {
    if (record->advisory_count < sizeof record->advisories / sizeof record->advisories[0])
        record->advisories[record->advisory_count++] = (struct advisory){.id = id, .phrase = phrase};
}

static enum status advise_duplicates(struct store *store, struct whole *whole, struct err *err) {
    static const char sql[] = "SELECT application_no, specialties & :mask FROM application"
                              " WHERE id_number = :person AND state = 0 AND id <> :id AND specialties & :mask"
                              " ORDER BY id LIMIT 10";
    bool row;
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_integer(statement, ":mask", whole->record.row.specialties);
    db_bind_text(statement, ":person", whole->loaded.application.applicant.id_number);
    db_bind_integer(statement, ":id", whole->record.row.id);
    enum status status;
    while ((status = db_step(store->db, statement, &row, err)) == STATUS_OK && row) {
        const char *other = arena_text(&whole->arena, db_column_text(statement, 0));
        int mask = sqlite3_column_int(statement, 1);
        for (int s = 0; s < SPECIALTY_COUNT; s++)
            if ((mask >> s & 1) != 0)
                advise(&whole->record, ADVISORY_DUPLICATE_PENDING,
                       (struct phrase){.id = PHRASE_DUPLICATE_PENDING, .a = s, .text = other});
    }
    return status;
}

/* 许可法 art. 50: undecided when the specialty ends, a timely continuation counts as granted. */
static void advise_expiry(struct record *record) {
    const struct application *a = record->application;
    const struct constructor *entry = record->by_person;
    if (a->kind != KIND_CONTINUATION || entry == NULL)
        return;
    for (size_t i = 0; i < a->specialty_count; i++) {
        int held = document_held_index(entry, a->specialties[i].specialty);
        if (held < 0 || entry->specialties[held].valid_to >= record->verdict.decide_by ||
            entry->specialties[held].valid_to < a->submitted_on)
            continue;
        advise(record, ADVISORY_EXPIRY_FIRST,
               (struct phrase){.id = PHRASE_EXPIRY_FIRST,
                               .a = (int)a->specialties[i].specialty,
                               .b = entry->specialties[held].valid_to});
    }
}

static void advise_rest(struct store *store, struct record *record) {
    const struct verdict *verdict = &record->verdict;
    bool pending = record->row.state == STATE_PENDING;
    if (pending && record->on > verdict->decide_by)
        advise(record, ADVISORY_OVERDUE, (struct phrase){.id = PHRASE_OVERDUE, .a = verdict->decide_by});
    advise_expiry(record);
    if (verdict->decide_by_provisional)
        advise(record, ADVISORY_CALENDAR, (struct phrase){.id = PHRASE_CALENDAR});
    for (size_t i = 0; verdict->short_validity && i < verdict->item_count; i++) {
        if (!verdict->items[i].approvable)
            continue;
        advise(record, ADVISORY_SHORT_VALIDITY,
               (struct phrase){.id = PHRASE_SHORT_VALIDITY, .a = verdict->items[i].valid_to});
        break;
    }
    const char *by = record->application->accepted_by;
    if (pending && by != NULL && strcmp(by, store->reviewer.login) == 0)
        advise(record, ADVISORY_SEPARATION, (struct phrase){.id = PHRASE_SEPARATION});
}

static enum status read_decisions(struct store *store, struct whole *whole, struct err *err) {
    static const char sql[] =
        "SELECT d.decision_no, d.action, d.outcome, a.application_no, d.kind, d.decided_on, d.decided_at, d.decided_by,"
        " coalesce(r.name, d.decided_by) FROM decision d JOIN application a ON a.id = d.application_id"
        " LEFT JOIN reviewer r ON r.login = d.decided_by WHERE d.id_number = :person"
        " ORDER BY d.decision_no DESC LIMIT :limit";
    struct record *record = &whole->record;
    record->decisions = arena_alloc(&whole->arena, RECORD_DECISIONS * sizeof *record->decisions);
    if (record->decisions == NULL)
        return err_no_memory(err);
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_text(s, ":person", record->application->applicant.id_number);
    db_bind_integer(s, ":limit", RECORD_DECISIONS);
    enum status status;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row) {
        struct record_decision *d = &record->decisions[record->decision_count++];
        d->decision_no = sqlite3_column_int64(s, 0);
        db_column_copy(s, 1, d->action, sizeof d->action);
        d->outcome = (enum application_state)sqlite3_column_int(s, 2);
        db_column_copy(s, 3, d->application_no, sizeof d->application_no);
        d->kind = (enum kind)sqlite3_column_int(s, 4);
        d->decided_on = db_column_day(s, 5);
        db_column_copy(s, 6, d->decided_at, sizeof d->decided_at);
        db_column_copy(s, 7, d->decided_by, sizeof d->decided_by);
        db_column_copy(s, 8, d->decided_by_name, sizeof d->decided_by_name);
    }
    return status;
}

const struct record_decision *record_last_decision(const struct record *record) {
    for (size_t i = 0; record->decisions != NULL && i < record->decision_count; i++)
        if (strcmp(record->decisions[i].application_no, record->row.application_no) == 0)
            return &record->decisions[i];
    return NULL;
}

/* What closed the application, as it was made. */
static enum status read_closing(struct store *store, struct record *record, struct err *err) {
    if (record->row.state == STATE_PENDING)
        return STATUS_OK;
    const struct record_decision *last = record_last_decision(record);
    return last == NULL ? STATUS_OK : decision_read(store, last->decision_no, &record->decision, err);
}

static enum status name_acceptor(struct store *store, struct record *record, struct err *err) {
    const char *login = record->application->accepted_by;
    struct reviewer acceptor;
    if (login == NULL)
        return STATUS_OK;
    enum status status = people_find(store, login, &acceptor, err);
    if (status == STATUS_OK)
        snprintf(record->accepted_by_name, sizeof record->accepted_by_name, "%s", acceptor.name);
    return status == STATUS_NEGATIVE ? STATUS_OK : status;
}

static enum status count_revisions(struct store *store, struct record *record, struct err *err) {
    static const char sql[] = "SELECT revision FROM document WHERE application_id = :id ORDER BY revision DESC LIMIT 1";
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":id", record->row.id);
    return db_integer(store->db, s, 1, &record->revisions, err);
}

static enum status fill(struct store *store, int64_t id, day on, struct whole *whole, struct err *err) {
    struct record *record = &whole->record;
    enum status status = application_load(store, id, &whole->arena, &whole->loaded, err);
    if (status != STATUS_OK)
        return status;
    record->row = whole->loaded.row;
    record->application = &whole->loaded.application;
    record->document = whole->loaded.document;
    record->by_number = whole->loaded.by_number == NULL ? NULL : &whole->loaded.by_number->entry;
    record->by_person = whole->loaded.by_person == NULL ? NULL : &whole->loaded.by_person->entry;
    record->on = on == DAY_NONE ? store_today(store) : on;
    struct review_case c = application_case(store, &whole->loaded, record->on);
    review_run(&c, &record->verdict);
    status = name_acceptor(store, record, err);
    if (status == STATUS_OK)
        status = count_revisions(store, record, err);
    if (status == STATUS_OK)
        status = advise_duplicates(store, whole, err);
    if (status != STATUS_OK)
        return status;
    advise_rest(store, record);
    status = read_decisions(store, whole, err);
    return status == STATUS_OK ? read_closing(store, record, err) : status;
}

static enum status read_id(struct store *store, int64_t id, day on, struct record **out, struct err *err) {
    struct whole *whole = calloc(1, sizeof *whole);
    if (whole == NULL)
        return err_no_memory(err);
    enum status status = db_begin_read(store->db, err);
    if (status == STATUS_OK)
        status = fill(store, id, on, whole, err);
    db_rollback(store->db);
    if (status != STATUS_OK) {
        record_free(&whole->record);
        return status;
    }
    *out = &whole->record;
    return STATUS_OK;
}

enum status record_read_id(struct store *store, int64_t id, struct record **out, struct err *err) {
    return read_id(store, id, DAY_NONE, out, err);
}

enum status record_read(struct store *store, const char *application_no, day on, struct record **out, struct err *err) {
    char number[NUMBER_SIZE];
    int64_t id;
    number_normalise(application_no, number, sizeof number);
    enum status status = application_find(store, number, &id, err);
    return status == STATUS_OK ? read_id(store, id, on, out, err) : status;
}

day record_extended(const struct store *store, const struct record *record) {
    return review_decide_by(record->application, true, &store->calendar).last;
}

void record_free(struct record *record) {
    if (record == NULL)
        return;
    struct whole *whole = (struct whole *)record;
    decision_free(record->decision);
    arena_free(&whole->arena);
    free(whole);
}

enum status record_revision(struct store *store, int64_t id, int64_t revision, char **out, struct err *err) {
    static const char sql[] = "SELECT json FROM document WHERE application_id = :id AND revision = :revision";
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":id", id);
    db_bind_integer(s, ":revision", revision);
    enum status status = db_step(store->db, s, &row, err);
    if (status != STATUS_OK)
        return status;
    *out = row ? strdup(db_column_text(s, 0)) : NULL;
    db_done(s);
    if (!row)
        return err_set(err, STATUS_NEGATIVE, N_("there is no revision %1 of this application"),
                       err_number(revision).text, NULL);
    return *out == NULL ? err_no_memory(err) : STATUS_OK;
}

enum status record_reveal(struct store *store, const char *application_no, const char *reason, char *number,
                          size_t size, struct err *err) {
    struct record *record = NULL;
    struct ledger_written written;
    struct json detail = {0};
    enum status status = record_read(store, application_no, DAY_NONE, &record, err);
    if (record == NULL)
        return status;
    status = store_begin(store, RIGHT_REVEAL, err);
    if (status == STATUS_OK) {
        json_object(&detail, NULL);
        json_text(&detail, "reason", reason);
        json_object_end(&detail);
        struct ledger_event event = {.event = "reveal",
                                     .application_id = record->row.id,
                                     .application_no = record->row.application_no,
                                     .detail = &detail};
        status = ledger_append(store, &event, &written, err);
        if (status == STATUS_OK)
            status = store_commit(store, written.seq, written.hash, err);
        else
            store_undo(store);
    }
    if (status == STATUS_OK)
        snprintf(number, size, "%s", record->application->applicant.id_number);
    json_free(&detail);
    record_free(record);
    return status;
}
