#include "store/calendar_file.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "store/input.h"
#include "store/json_read.h"

static enum status bad(struct err *err, const char *message, const char *argument) {
    return err_set(err, STATUS_BAD_DATA, message, argument, NULL);
}

static enum status add_day(struct calendar_file *notice, const cJSON *node, bool off, struct err *err) {
    const char *text = cJSON_GetStringValue(node);
    day d;
    if (text == NULL || !day_parse(text, &d))
        return bad(err, N_("the calendar has a day that does not exist: %1; nothing was changed"),
                   text == NULL ? "?" : text);
    if (notice->count == CALENDAR_FILE_DAYS_MAX)
        return bad(err, N_("the calendar has too many days; nothing was changed"), "");
    for (size_t i = 0; i < notice->count; i++)
        if (notice->days[i].day == d && notice->days[i].off != off)
            return bad(err, N_("the calendar calls %1 both off and worked; nothing was changed"), text);
    notice->days[notice->count].day = d;
    notice->days[notice->count++].off = off;
    return STATUS_OK;
}

static enum status add_list(struct calendar_file *notice, const cJSON *list, bool off, struct err *err) {
    enum status status =
        cJSON_IsArray(list) ? STATUS_OK : bad(err, N_("the calendar lacks a list of days; nothing was changed"), "");
    for (const cJSON *node = list == NULL ? NULL : list->child; status == STATUS_OK && node != NULL; node = node->next)
        status = add_day(notice, node, off, err);
    return status;
}

/* {"covers":[first,last],"days_off":[…],"make_up_workdays":[…]}; whole years only. */
static enum status read_own(struct calendar_file *notice, const cJSON *tree, struct err *err) {
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
static enum status read_holiday_cn(struct calendar_file *notice, const cJSON *tree, struct err *err) {
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
static enum status check_years(const struct calendar_file *notice, struct err *err) {
    day low = day_from_ymd(notice->first_year, 1, 1) - 31, high = day_from_ymd(notice->last_year, 12, 31) + 31;
    char text[DAY_TEXT_SIZE];
    for (size_t i = 0; i < notice->count; i++)
        if (notice->days[i].day < low || notice->days[i].day > high)
            return bad(err, N_("the calendar has %1, which is not of the years it covers; nothing was changed"),
                       day_format(notice->days[i].day, text));
    return STATUS_OK;
}

enum status calendar_file_read(struct calendar_file *notice, const char *path, struct err *err) {
    struct input *input = NULL;
    struct input_slice slice;
    struct fault fault = {.line = 1};
    enum status status = input_open(path, NULL, NULL, &input, err);
    if (status != STATUS_OK)
        return status;
    enum input_step step = input_next(input, &slice, &fault, err);
    errno = 0;
    cJSON *tree = step == INPUT_DOCUMENT ? json_read(slice.text, slice.length, &fault) : NULL;
    if (step == INPUT_ERROR)
        status = err->status;
    else if (tree == NULL)
        status = err_of_data(err, STATUS_BAD_DATA, N_("%1 is not a calendar file (line %2); nothing was changed"), path,
                             err_number(fault.line).text, NULL);
    else if (cJSON_GetObjectItemCaseSensitive(tree, "covers") != NULL)
        status = read_own(notice, tree, err);
    else
        status = read_holiday_cn(notice, tree, err);
    if (status == STATUS_OK)
        status = check_years(notice, err);
    if (status == STATUS_OK && input_next(input, &slice, &fault, err) != INPUT_END)
        status = bad(err, N_("%1 has more than one calendar; nothing was changed"), path);
    cJSON_Delete(tree);
    input_close(input);
    return status;
}
