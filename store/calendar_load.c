#include <stdlib.h>

#include "core/review.h"
#include "store/calendar.h"
#include "store/calendar_file.h"
#include "store/inside.h"
#include "store/ledger.h"

static enum status run_bound(struct store *store, const char *sql, int64_t a, int64_t b, int64_t c, struct err *err) {
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":a", a);
    db_bind_integer(s, ":b", b);
    db_bind_integer(s, ":c", c);
    return db_run(store->db, s, err);
}

/* Which of the notices in the file says it: one for each year covered. */
static int notice_of(const struct calendar_file *notice, day d) {
    int year = workday_notice_of(d);
    return year < notice->first_year ? notice->first_year : year > notice->last_year ? notice->last_year : year;
}

static enum status write_notice(struct store *store, const struct calendar_file *notice, struct err *err) {
    static const char clear_sql[] = "DELETE FROM calendar_day WHERE notice BETWEEN :a AND :b";
    static const char year_sql[] = "INSERT OR IGNORE INTO calendar_year(year) VALUES(:a)";
    static const char day_sql[] = "INSERT OR REPLACE INTO calendar_day(day, notice, off) VALUES(:a, :b, :c)";
    enum status status = run_bound(store, clear_sql, notice->first_year, notice->last_year, 0, err);
    for (int year = notice->first_year; status == STATUS_OK && year <= notice->last_year; year++)
        status = run_bound(store, year_sql, year, 0, 0, err);
    for (size_t i = 0; status == STATUS_OK && i < notice->count; i++)
        status = run_bound(store, day_sql, notice->days[i].day, notice_of(notice, notice->days[i].day),
                           notice->days[i].off, err);
    return status;
}

/* One pending application behind the last; STATUS_OK with *id 0 where there is none. */
static enum status refresh_deadline(struct store *store, int64_t *id, int64_t *changed, struct err *err) {
    static const char next_sql[] = "SELECT id, kind, submitted_on, accepted_on, extended FROM application"
                                   " WHERE state = 0 AND id > :id ORDER BY id LIMIT 1";
    static const char set_sql[] = "UPDATE application SET decide_by = :by, provisional = :provisional,"
                                  " version = version + 1 WHERE id = :id AND (decide_by, provisional)"
                                  " IS NOT (:by, :provisional)";
    bool row;
    sqlite3_stmt *s = db_statement(store->db, next_sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":id", *id);
    enum status status = db_step(store->db, s, &row, err);
    *id = row ? sqlite3_column_int64(s, 0) : 0;
    if (status != STATUS_OK || !row)
        return status;
    struct application a = {.kind = (enum kind)sqlite3_column_int(s, 1),
                            .submitted_on = db_column_day(s, 2),
                            .accepted_on = db_column_day(s, 3)};
    struct workday_count deadline = review_decide_by(&a, sqlite3_column_int(s, 4) != 0, &store->calendar);
    db_done(s);
    s = db_statement(store->db, set_sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":id", *id);
    db_bind_day(s, ":by", deadline.last);
    db_bind_integer(s, ":provisional", deadline.provisional);
    status = db_run(store->db, s, err);
    *changed += sqlite3_changes(db_handle(store->db));
    return status;
}

/* The days off, or those worked, that the database now has of the years loaded: the event says them one by one. */
static enum status write_days(struct store *store, const struct calendar_loaded *loaded, struct json *json,
                              const char *member, bool off, struct err *err) {
    static const char sql[] =
        "SELECT day FROM calendar_day WHERE notice BETWEEN :first AND :last AND off = :off ORDER BY day";
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":first", loaded->first_year);
    db_bind_integer(s, ":last", loaded->last_year);
    db_bind_integer(s, ":off", off);
    json_array(json, member);
    enum status status;
    while ((status = db_step(store->db, s, &row, err)) == STATUS_OK && row)
        json_day(json, NULL, db_column_day(s, 0));
    db_done(s);
    json_array_end(json);
    return status;
}

static enum status write_event(struct store *store, const struct calendar_loaded *loaded,
                               struct ledger_written *written, struct err *err) {
    struct json detail = {0};
    json_object(&detail, NULL);
    json_integer(&detail, "days", (int64_t)loaded->days);
    enum status status = write_days(store, loaded, &detail, "days_off", true, err);
    json_integer(&detail, "deadlines", loaded->deadlines);
    json_integer(&detail, "first_year", loaded->first_year);
    json_integer(&detail, "last_year", loaded->last_year);
    if (status == STATUS_OK)
        status = write_days(store, loaded, &detail, "make_up_workdays", false, err);
    json_object_end(&detail);
    struct ledger_event event = {.event = "calendar", .detail = &detail};
    if (status == STATUS_OK)
        status = ledger_append(store, &event, written, err);
    json_free(&detail);
    return status;
}

static enum status write_all(struct store *store, const struct calendar_file *notice, struct calendar_loaded *loaded,
                             struct err *err) {
    struct ledger_written written;
    int64_t id = 0;
    enum status status = store_begin(store, RIGHT_SUPERVISE, err);
    if (status != STATUS_OK)
        return status;
    status = write_notice(store, notice, err);
    if (status == STATUS_OK)
        status = calendar_read(store, err);
    while (status == STATUS_OK) {
        status = refresh_deadline(store, &id, &loaded->deadlines, err);
        if (id == 0)
            break;
    }
    if (status == STATUS_OK)
        status = write_event(store, loaded, &written, err);
    if (status == STATUS_OK)
        return store_commit(store, written.seq, written.hash, err);
    store_undo(store);
    struct err ignored = {0};
    calendar_read(store, &ignored); /* back to what the database says */
    return status;
}

enum status calendar_load(struct store *store, const char *path, struct calendar_loaded *loaded, struct err *err) {
    *loaded = (struct calendar_loaded){0};
    struct calendar_file *notice = calloc(1, sizeof *notice);
    if (notice == NULL)
        return err_no_memory(err);
    enum status status = calendar_file_read(notice, path, err);
    if (status == STATUS_OK) {
        loaded->first_year = notice->first_year;
        loaded->last_year = notice->last_year;
        loaded->days = notice->count;
        status = write_all(store, notice, loaded, err);
    }
    free(notice);
    return status;
}
