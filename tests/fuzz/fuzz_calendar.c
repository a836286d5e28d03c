/* A notice of working days, of either format: store/calendar_file.h. */
#include <stdlib.h>
#include <string.h>

#include "store/calendar_file.h"
#include "store/json_write.h"
#include "tests/fuzz/fuzz.h"

enum { YEAR_DAYS = 366, MARGIN = 31, DAYS = (DAY_YEAR_MAX - DAY_YEAR_MIN + 1) * YEAR_DAYS + 2 * MARGIN };

/* What the file says of each day: 0 nothing, 1 off, 2 worked. */
static void tell(const struct calendar_file *file, char told[DAYS]) {
    day zero = day_from_ymd(DAY_YEAR_MIN, 1, 1) - MARGIN;
    memset(told, 0, DAYS);
    for (size_t i = 0; i < file->count; i++) {
        day at = file->days[i].day - zero;
        char word = file->days[i].off ? 1 : 2;
        FUZZ_MUST(at >= 0 && at < DAYS && (told[at] == 0 || told[at] == word));
        told[at] = word;
    }
}

static void write_days(struct json *json, const char *name, const struct calendar_file *file, bool off) {
    json_array(json, name);
    for (size_t i = 0; i < file->count; i++)
        if (file->days[i].off == off)
            json_day(json, NULL, file->days[i].day);
    json_array_end(json);
}

/* Written out in our own format and read again it says the same. */
static void check_again(const struct calendar_file *file, struct calendar_file *again) {
    static char one[DAYS], other[DAYS];
    struct json json = {0};
    struct err err = {0};
    json_object(&json, NULL);
    json_array(&json, "covers");
    json_day(&json, NULL, day_from_ymd(file->first_year, 1, 1));
    json_day(&json, NULL, day_from_ymd(file->last_year, 12, 31));
    json_array_end(&json);
    write_days(&json, "days_off", file, true);
    write_days(&json, "make_up_workdays", file, false);
    json_object_end(&json);
    FUZZ_MUST(calendar_file_read(again, fuzz_file((const uint8_t *)json.data, json.used), &err) == STATUS_OK);
    FUZZ_MUST(again->first_year == file->first_year && again->last_year == file->last_year);
    tell(file, one);
    tell(again, other);
    FUZZ_MUST(memcmp(one, other, sizeof one) == 0);
    json_free(&json);
}

/* Nothing that stands in the file is passed over. */
static void check_all_read(const uint8_t *data, size_t size, struct calendar_file *again) {
    static const char more[] = "\n{\"year\":2027,\"days\":[]}";
    struct err err = {0};
    char *text = malloc(size + sizeof more);
    FUZZ_MUST(text != NULL);
    memcpy(text, data, size);
    memcpy(text + size, more, sizeof more);
    memset(again, 0, sizeof *again);
    const char *path = fuzz_file((const uint8_t *)text, size + sizeof more - 1);
    FUZZ_MUST(calendar_file_read(again, path, &err) == STATUS_BAD_DATA);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct calendar_file *file = calloc(1, sizeof *file), *again = calloc(1, sizeof *again);
    struct err err = {0};
    FUZZ_MUST(file != NULL && again != NULL);
    enum status status = calendar_file_read(file, fuzz_file(data, size), &err);
    if (status == STATUS_OK) {
        day low = day_from_ymd(file->first_year, 1, 1) - MARGIN, high = day_from_ymd(file->last_year, 12, 31) + MARGIN;
        FUZZ_MUST(file->first_year >= DAY_YEAR_MIN && file->first_year <= file->last_year);
        FUZZ_MUST(file->last_year <= DAY_YEAR_MAX && file->count <= CALENDAR_FILE_DAYS_MAX);
        for (size_t i = 0; i < file->count; i++)
            FUZZ_MUST(file->days[i].day >= low && file->days[i].day <= high);
        check_again(file, again);
        check_all_read(data, size, again);
    } else {
        FUZZ_MUST(status == STATUS_BAD_DATA && err.message != NULL && err.status == status);
        for (size_t i = 0; i < ERR_ARGS; i++)
            FUZZ_MUST(fuzz_is_utf8(err.args[i]));
    }
    free(file);
    free(again);
    return 0;
}
