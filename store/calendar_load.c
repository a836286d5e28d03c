#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "core/review.h"
#include "store/calendar.h"
#include "store/input.h"
#include "store/inside.h"
#include "store/json_read.h"
#include "store/ledger.h"

enum { DAYS_MAX = 366 * 50 };

/* A calendar file as read: days in any order, the years it covers. */
struct notice {
    int first_year, last_year;
    size_t count;
    struct {
        day day;
        bool off;
    } days[DAYS_MAX];
};

static enum status bad(struct err *err, const char *message, const char *argument) {
    return err_set(err, STATUS_BAD_DATA, message, argument, NULL);
}

static enum status add_day(struct notice *notice, const cJSON *node, bool off, struct err *err) {
    const char *text = cJSON_GetStringValue(node);
    day d;
    if (text == NULL || !day_parse(text, &d))
        return bad(err, N_("the calendar has a day that does not exist: %1; nothing was changed"),
                   text == NULL ? "?" : text);
    if (notice->count == DAYS_MAX)
        return bad(err, N_("the calendar has too many days; nothing was changed"), "");
    for (size_t i = 0; i < notice->count; i++)
        if (notice->days[i].day == d && notice->days[i].off != off)
            return bad(err, N_("the calendar calls %1 both off and worked; nothing was changed"), text);
    notice->days[notice->count].day = d;
    notice->days[notice->count++].off = off;
    return STATUS_OK;
}

static enum status add_list(struct notice *notice, const cJSON *list, bool off, struct err *err) {
    enum status status =
        cJSON_IsArray(list) ? STATUS_OK : bad(err, N_("the calendar lacks a list of days; nothing was changed"), "");
    for (const cJSON *node = list == NULL ? NULL : list->child; status == STATUS_OK && node != NULL; node = node->next)
        status = add_day(notice, node, off, err);
    return status;
}

/* {"covers":[first,last],"days_off":[…],"make_up_workdays":[…]}; whole years only. */
static enum status read_own(struct notice *notice, const cJSON *tree, struct err *err) {
    const cJSON *covers = cJSON_GetObjectItemCaseSensitive(tree, "covers");
    const char *first = cJSON_GetStringValue(cJSON_GetArrayItem(covers, 0));
    const char *last = cJSON_GetStringValue(cJSON_GetArrayItem(covers, 1));
    day from, to;
    if (first == NULL || last == NULL || !day_parse(first, &from) || !day_parse(last, &to) || from > to)
        return bad(err, N_("the calendar's `covers` must be two days that exist, in order; nothing was changed"), "");
    struct ymd a = day_to_ymd(from), b = day_to_ymd(to);
    if (a.month != 1 || a.day != 1 || b.month != 12 || b.day != 31)
        return bad(err, N_("the calendar must cover whole years, 01-01 to 12-31; nothing was changed"), "");
    notice->first_year = a.year;
    notice->last_year = b.year;
    enum status status = add_list(notice, cJSON_GetObjectItemCaseSensitive(tree, "days_off"), true, err);
    return status == STATUS_OK
               ? add_list(notice, cJSON_GetObjectItemCaseSensitive(tree, "make_up_workdays"), false, err)
               : status;
}

/* {"year":2027,"days":[{"date":"2027-01-01","isOffDay":true},…]} */
static enum status read_holiday_cn(struct notice *notice, const cJSON *tree, struct err *err) {
    const cJSON *year = cJSON_GetObjectItemCaseSensitive(tree, "year");
    const cJSON *days = cJSON_GetObjectItemCaseSensitive(tree, "days");
    double y = cJSON_IsNumber(year) ? year->valuedouble : 0;
    if (y < DAY_YEAR_MIN || y > DAY_YEAR_MAX || (double)(int)y != y || !cJSON_IsArray(days))
        return bad(err, N_("the calendar needs a year and its days; nothing was changed"), "");
    notice->first_year = notice->last_year = (int)y;
    enum status status = STATUS_OK;
    for (const cJSON *node = days->child; status == STATUS_OK && node != NULL; node = node->next) {
        const cJSON *off = cJSON_GetObjectItemCaseSensitive(node, "isOffDay");
        status = cJSON_IsBool(off)
                     ? add_day(notice, cJSON_GetObjectItemCaseSensitive(node, "date"), cJSON_IsTrue(off), err)
                     : bad(err, N_("the calendar has a day without isOffDay; nothing was changed"), "");
    }
    return status;
}

/* Days outside the years covered may only be those next to them (a New Year's holiday that begins in December). */
static enum status check_years(const struct notice *notice, struct err *err) {
    day low = day_from_ymd(notice->first_year, 1, 1) - 31, high = day_from_ymd(notice->last_year, 12, 31) + 31;
    char text[DAY_TEXT_SIZE];
    for (size_t i = 0; i < notice->count; i++)
        if (notice->days[i].day < low || notice->days[i].day > high)
            return bad(err, N_("the calendar has %1, which is not of the years it covers; nothing was changed"),
                       day_format(notice->days[i].day, text));
    return STATUS_OK;
}

static enum status read_notice(struct notice *notice, const char *path, struct err *err) {
    struct input *input = NULL;
    struct input_slice slice;
    struct fault fault = {.line = 1};
    enum status status = input_open(path, &input, err);
    if (status != STATUS_OK)
        return status;
    enum input_step step = input_next(input, &slice, &fault, err);
    cJSON *tree = step == INPUT_DOCUMENT ? json_read(slice.text, slice.length, &fault) : NULL;
    if (step == INPUT_ERROR)
        status = err->status;
    else if (tree == NULL)
        status = err_set(err, STATUS_BAD_DATA, N_("%1 is not a calendar file (line %2); nothing was changed"), path,
                         err_number(fault.line).text, NULL);
    else if (cJSON_GetObjectItemCaseSensitive(tree, "covers") != NULL)
        status = read_own(notice, tree, err);
    else
        status = read_holiday_cn(notice, tree, err);
    if (status == STATUS_OK)
        status = check_years(notice, err);
    cJSON_Delete(tree);
    input_close(input);
    return status;
}

static enum status run_bound(struct store *store, const char *sql, int64_t a, int64_t b, struct err *err) {
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":a", a);
    db_bind_integer(s, ":b", b);
    return db_run(store->db, s, err);
}

static enum status write_notice(struct store *store, const struct notice *notice, struct err *err) {
    static const char clear_sql[] = "DELETE FROM calendar_day WHERE day BETWEEN :a AND :b";
    static const char year_sql[] = "INSERT OR IGNORE INTO calendar_year(year) VALUES(:a)";
    static const char day_sql[] = "INSERT OR REPLACE INTO calendar_day(day, off) VALUES(:a, :b)";
    enum status status = run_bound(store, clear_sql, day_from_ymd(notice->first_year, 1, 1),
                                   day_from_ymd(notice->last_year, 12, 31), err);
    for (int year = notice->first_year; status == STATUS_OK && year <= notice->last_year; year++)
        status = run_bound(store, year_sql, year, 0, err);
    for (size_t i = 0; status == STATUS_OK && i < notice->count; i++)
        status = run_bound(store, day_sql, notice->days[i].day, notice->days[i].off, err);
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

static enum status write_event(struct store *store, const struct calendar_loaded *loaded,
                               struct ledger_written *written, struct err *err) {
    struct json detail = {0};
    json_object(&detail, NULL);
    json_integer(&detail, "days", (int64_t)loaded->days);
    json_integer(&detail, "deadlines", loaded->deadlines);
    json_integer(&detail, "first_year", loaded->first_year);
    json_integer(&detail, "last_year", loaded->last_year);
    json_object_end(&detail);
    struct ledger_event event = {.event = "calendar", .detail = detail.data};
    enum status status = ledger_append(store, &event, written, err);
    json_free(&detail);
    return status;
}

static enum status write_all(struct store *store, const struct notice *notice, struct calendar_loaded *loaded,
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
    struct notice *notice = calloc(1, sizeof *notice);
    if (notice == NULL)
        return err_set(err, STATUS_INTERNAL, N_("no memory left; nothing was changed"), NULL);
    enum status status = read_notice(notice, path, err);
    if (status == STATUS_OK) {
        loaded->first_year = notice->first_year;
        loaded->last_year = notice->last_year;
        loaded->days = notice->count;
        status = write_all(store, notice, loaded, err);
    }
    free(notice);
    return status;
}
