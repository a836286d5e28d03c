#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "store/inside.h"
#include "store/row.h"

const struct document_word search_matches[SEARCH_MATCH_COUNT] = {
    [SEARCH_NOTHING] = {"nothing", "无匹配", "nothing"},
    [SEARCH_EXACT] = {"exact", "注册编号相同", "registration number"},
    [SEARCH_PREFIX] = {"prefix", "注册编号开头", "start of the registration number"},
    [SEARCH_DIGITS] = {"digits", "注册编号数字", "digits of the registration number"},
    [SEARCH_SUFFIX] = {"suffix", "注册编号末尾", "end of the registration number"},
    [SEARCH_APPLICATION_NO] = {"application_no", "申请编号", "application number"},
    [SEARCH_ID_NUMBER] = {"id_number", "证件号码", "id number"},
    [SEARCH_NAME] = {"name", "姓名", "name"},
};

#define PENDING " AND (:pending = 0 OR state = 0)"
#define EQUAL(column)                                                                                                  \
    "SELECT " ROW_COLUMNS " FROM application WHERE " column " = :low" PENDING " ORDER BY " column ", id LIMIT :limit"
#define STARTS(column)                                                                                                 \
    "SELECT " ROW_COLUMNS " FROM application WHERE " column " >= :low AND " column " < :high" PENDING                  \
    " ORDER BY " column ", id LIMIT :limit"

/* What is tried, in this order; each is one range of one index, so that no character is a pattern. */
static const struct probe {
    enum search_match match;
    bool digits_only; /* only a text of digits can be a part of a number */
    bool as_typed;    /* names are not upper-cased */
    const char *sql;
} probes[] = {
    {SEARCH_EXACT, false, false, EQUAL("registration_number")},
    {SEARCH_PREFIX, false, false, STARTS("registration_number")},
    {SEARCH_DIGITS, true, false, STARTS("number_digits")},
    {SEARCH_SUFFIX, true, false, STARTS("number_reversed")},
    {SEARCH_APPLICATION_NO, false, false, STARTS("application_no")},
    {SEARCH_ID_NUMBER, false, false, EQUAL("id_number")},
    {SEARCH_NAME, false, true, STARTS("name")},
};

static bool all_digits(const char *text) {
    return text[strspn(text, "0123456789")] == '\0';
}

/* A text without the white space around it. */
static void trim(const char *text, char *out, size_t size) {
    size_t length = strlen(text), used, from = 0, to = 0;
    bool begun = false;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (text_is_space(c) || text_is_zero_width(c))
            continue;
        from = begun ? from : at;
        begun = true;
        to = at + used;
    }
    snprintf(out, size, "%.*s", (int)(to - from), text + from);
}

static void reverse(const char *text, char *out) {
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        out[i] = text[length - 1 - i];
    out[length] = '\0';
}

/* The texts that match are those from `low` on and before `high`, in the column of the match. */
static void write_bounds(enum search_match match, const char *text, char low[QUEUE_BOUND_SIZE],
                         char high[QUEUE_BOUND_SIZE]) {
    bool whole = match == SEARCH_EXACT || match == SEARCH_ID_NUMBER;
    if (match == SEARCH_SUFFIX)
        reverse(text, low);
    else
        snprintf(low, QUEUE_BOUND_SIZE, "%.*s", QUEUE_TEXT_SIZE - 1, text);
    /* above the text itself, or above every text that starts so; no text has a control character */
    snprintf(high, QUEUE_BOUND_SIZE, "%.*s%s", QUEUE_TEXT_SIZE - 1, low, whole ? "\x01" : "\xF4\x8F\xBF\xBF");
}

static enum status try_probe(struct store *store, const struct probe *probe, const char *text, bool pending_only,
                             struct queue_row *rows, size_t capacity, struct search_result *result, struct err *err) {
    char low[QUEUE_BOUND_SIZE], high[QUEUE_BOUND_SIZE];
    bool row;
    write_bounds(probe->match, text, low, high);
    sqlite3_stmt *statement = db_statement(store->db, probe->sql, err);
    if (statement == NULL)
        return err->status;
    db_bind_text(statement, ":low", low);
    db_bind_text(statement, ":high", high);
    db_bind_integer(statement, ":pending", pending_only);
    db_bind_integer(statement, ":limit", (int64_t)capacity + 1);
    enum status status;
    while ((status = db_step(store->db, statement, &row, err)) == STATUS_OK && row && result->count < capacity)
        row_take(store, statement, &rows[result->count++]);
    result->more = row;
    db_done(statement);
    return status;
}

enum status search_run(struct store *store, const char *text, bool pending_only, struct queue_row *rows,
                       size_t capacity, struct search_result *result, struct err *err) {
    char typed[QUEUE_TEXT_SIZE];
    memset(result, 0, sizeof *result);
    number_normalise(text, result->normalised, sizeof result->normalised);
    trim(text, typed, sizeof typed);
    bool digits = all_digits(result->normalised);
    for (size_t i = 0; i < sizeof probes / sizeof probes[0] && result->normalised[0] != '\0'; i++) {
        const struct probe *probe = &probes[i];
        if (probe->digits_only && !digits)
            continue;
        enum status status = try_probe(store, probe, probe->as_typed ? typed : result->normalised, pending_only, rows,
                                       capacity, result, err);
        if (status != STATUS_OK)
            return status;
        if (result->count > 0) {
            result->match = probe->match;
            break;
        }
    }
    return STATUS_OK;
}

enum status queue_filter_text(struct store *store, const char *text, struct queue_filter *filter, struct err *err) {
    struct queue_row *row = malloc(sizeof *row);
    struct search_result result;
    if (row == NULL)
        return err_no_memory(err);
    enum status status = search_run(store, text, true, row, 1, &result, err);
    free(row);
    if (status != STATUS_OK)
        return status;
    if (result.match == SEARCH_NOTHING && result.normalised[0] != '\0')
        return err_set(err, STATUS_NEGATIVE, N_("nothing that waits has \"%1\" as number or name"), text, NULL);
    filter->match = result.match;
    if (result.match == SEARCH_NAME)
        trim(text, filter->text, sizeof filter->text);
    else
        snprintf(filter->text, sizeof filter->text, "%s", result.normalised);
    write_bounds(filter->match, filter->text, filter->low, filter->high);
    return STATUS_OK;
}
