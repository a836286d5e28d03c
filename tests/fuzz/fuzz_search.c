/* What a reviewer types to find an application, against a small database: search_run() and queue_filter_text() of
 * store/queue.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "store/import.h"
#include "store/queue.h"
#include "store/store.h"
#include "tests/fuzz/fuzz.h"

enum { FILINGS = 8, ROOM = FILINGS };

static const struct filing {
    const char *application_no, *name, *number, *id;
} filings[FILINGS] = {
    {"A20211103000012", "王建国", "京1112011201119084", "110105196803011230"},
    {"A20211103000013", "王建", "京1112011201119085", "E12345678"},
    {"A2021%", "%", "晋1142024202501467", "110105199003077838"},
    {"A_", "_ 李", "京111050700001", "H12345678"},
    {"B1", "𠀋𠀋", "19084", "1"},
    {"1112011", "ａ王", "粤1442022202100019", "京1112011201119084"},
    {"C1", "''\"", "云153000800777", "X'0'"},
    {"\U0010FFFDC", "\U0010FFFD", "\U0010FFFD1", "\U0010FFFD2"},
};

static void must(enum status status, const struct err *err) {
    if (status != STATUS_OK)
        fuzz_broken(err->args[0], 0, err->message);
}

static void import_filings(struct store *store) {
    struct import_options options = {.path = "filings.ndjson"};
    struct import_result result;
    struct err err = {0};
    FILE *file = fopen(options.path, "w");
    FUZZ_MUST(file != NULL);
    for (size_t i = 0; i < FILINGS; i++) {
        const struct filing *f = &filings[i];
        fprintf(file,
                "{\"type\":\"application\",\"application_no\":\"%s\",\"kind\":\"continuation\",\"submitted_on\":"
                "\"2021-11-03\",\"applicant\":{\"name\":\"%s\",\"id\":{\"type\":\"passport\",\"number\":\"%s\"},"
                "\"birth_date\":\"1980-01-01\"},\"employer\":{\"name\":\"a\",\"credit_code\":\"b\"},"
                "\"registration_number\":\"%s\",\"specialties\":[{\"specialty\":\"建筑工程\"}]}\n",
                f->application_no, strcmp(f->name, "''\"") == 0 ? "''\\\"" : f->name, f->id, f->number);
    }
    fclose(file);
    must(import_run(store, &options, &result, &err), &err);
    FUZZ_MUST(result.accepted == FILINGS);
}

static struct store *open_store(void) {
    static const char *const files[] = {"search.db", "search.db-wal", "search.db-shm", "search.db-gate"};
    struct store *store = NULL;
    struct err err = {0};
    day today = day_from_ymd(2021, 11, 5);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        unlink(files[i]);
    struct store_init_options made = {files[0], true, "root", "张伟", today};
    struct store_options opened = {.path = files[0], .login = "root", .today = today};
    must(store_init(&made, &err), &err);
    must(store_open(&opened, &store, &err), &err);
    import_filings(store);
    return store;
}

static bool starts(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

static bool ends(const char *text, const char *with) {
    return strlen(text) >= strlen(with) && strcmp(text + strlen(text) - strlen(with), with) == 0;
}

/* The number without its 汉字. */
static const char *digits_of(const char *number) {
    size_t used;
    text_decode(number, strlen(number), &used);
    return used > 1 ? number + used : number;
}

/* Whether the filing is found so; `typed` is the text without the white space around it. */
static bool matches(const struct filing *f, enum search_match match, const char *normalised, const char *typed) {
    char number[NUMBER_SIZE], id[NUMBER_SIZE], no[NUMBER_SIZE];
    bool plain = normalised[strspn(normalised, "0123456789")] == '\0';
    number_normalise(f->number, number, sizeof number);
    number_normalise(f->id, id, sizeof id);
    number_normalise(f->application_no, no, sizeof no);
    const bool found[SEARCH_MATCH_COUNT] = {
        [SEARCH_EXACT] = strcmp(number, normalised) == 0,
        [SEARCH_PREFIX] = starts(number, normalised),
        [SEARCH_DIGITS] = plain && starts(digits_of(number), normalised),
        [SEARCH_SUFFIX] = plain && ends(number, normalised),
        [SEARCH_APPLICATION_NO] = starts(no, normalised),
        [SEARCH_ID_NUMBER] = strcmp(id, normalised) == 0,
        [SEARCH_NAME] = starts(f->name, typed),
    };
    return found[match];
}

/* The first kind of match that finds anything, and how many it finds: counted without a database. */
static size_t expect(const char *normalised, const char *typed, enum search_match *match) {
    for (int i = SEARCH_EXACT; i < SEARCH_MATCH_COUNT && normalised[0] != '\0'; i++) {
        size_t count = 0;
        for (size_t f = 0; f < FILINGS; f++)
            count += matches(&filings[f], (enum search_match)i, normalised, typed) ? 1 : 0;
        *match = (enum search_match)i;
        if (count > 0)
            return count;
    }
    *match = SEARCH_NOTHING;
    return 0;
}

static void trim(char *text) {
    size_t length = strlen(text), used, from = length, to = 0;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (text_is_space(c) || text_is_zero_width(c))
            continue;
        from = from == length ? at : from;
        to = at + used;
    }
    memmove(text, text + from, to > from ? to - from : 0);
    text[to > from ? to - from : 0] = '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct store *store;
    static struct queue_row rows[ROOM];
    struct search_result result;
    struct queue_filter filter = {.kind = QUEUE_ANY, .outcome = QUEUE_ANY, .specialty = QUEUE_ANY};
    struct err err = {0};
    enum search_match match;
    int64_t count = 0;
    if (store == NULL)
        store = open_store();
    char *text = fuzz_text(data, size), *typed = fuzz_text(data, size);
    trim(typed);
    must(search_run(store, text, true, rows, ROOM, &result, &err), &err);
    size_t expected = expect(result.normalised, typed, &match);
    FUZZ_MUST(result.match == match && result.count == expected && !result.more);
    enum status status = queue_filter_text(store, text, &filter, &err);
    FUZZ_MUST(status == (expected > 0 || result.normalised[0] == '\0' ? STATUS_OK : STATUS_NEGATIVE));
    must(queue_count(store, &filter, &count, &err), &err);
    FUZZ_MUST(count == (int64_t)(expected > 0 ? expected : FILINGS));
    free(text);
    free(typed);
    return 0;
}
