#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/calendar.h"
#include "tui/command/command.h"
#include "tui/database.h"

/* How a day differs from a plain week; ' ' where it does not. */
static char mark_of(const struct workday_calendar *calendar, day d) {
    bool weekend = day_weekday(d) == 0 || day_weekday(d) == 6;
    bool off = workday_is_off(calendar, d);
    return off && !weekend ? '*' : !off && weekend ? '+' : ' ';
}

static int show_json(const struct workday_calendar *calendar, int year) {
    struct json json = {0};
    json_object(&json, NULL);
    json_integer(&json, "year", year);
    json_bool(&json, "covered", workday_is_covered(calendar, year));
    json_array(&json, "days_off");
    for (day d = day_from_ymd(year, 1, 1); d <= day_from_ymd(year, 12, 31); d++)
        if (mark_of(calendar, d) == '*')
            json_day(&json, NULL, d);
    json_array_end(&json);
    json_array(&json, "make_up_workdays");
    for (day d = day_from_ymd(year, 1, 1); d <= day_from_ymd(year, 12, 31); d++)
        if (mark_of(calendar, d) == '+')
            json_day(&json, NULL, d);
    json_array_end(&json);
    json_object_end(&json);
    return output_json(&json);
}

/* A line a month: the days off and the days worked that a plain week does not have. */
static void show_text(const struct workday_calendar *calendar, int year) {
    printf("%d %s\n", year,
           workday_is_covered(calendar, year) ? _("covered by a notice of the State Council")
                                              : _("no notice yet: plain weekends, deadlines are provisional"));
    for (int month = 1; month <= 12; month++) {
        printf("%2d ", month);
        for (int mday = 1; mday <= 31 && day_exists(year, month, mday); mday++) {
            char mark = mark_of(calendar, day_from_ymd(year, month, mday));
            if (mark != ' ')
                printf(" %c%d", mark, mday);
        }
        fputc('\n', stdout);
    }
    puts(_("* off, although a weekday    + worked, although a weekend"));
}

static int show(struct app *app, const char *text) {
    char *end = NULL;
    long year = text == NULL ? day_to_ymd(store_today(app->store)).year : strtol(text, &end, 10);
    if ((text != NULL && *end != '\0') || year < DAY_YEAR_MIN || year > DAY_YEAR_MAX)
        return output_usage(_("calendar show takes a year from 1900 to 2199, not \"%s\""), text);
    if (app->json)
        return show_json(store_calendar(app->store), (int)year);
    show_text(store_calendar(app->store), (int)year);
    return STATUS_OK;
}

static int load(struct app *app, const char *path) {
    struct calendar_loaded loaded;
    struct err err = {0};
    if (calendar_load(app->store, path, &loaded, &err) != STATUS_OK)
        return output_err(&err);
    if (!app->json) {
        printf(_("%d to %d loaded, %zu days; %lld deadlines of pending applications changed\n"), loaded.first_year,
               loaded.last_year, loaded.days, (long long)loaded.deadlines);
        return STATUS_OK;
    }
    struct json json = {0};
    json_object(&json, NULL);
    json_integer(&json, "first_year", loaded.first_year);
    json_integer(&json, "last_year", loaded.last_year);
    json_integer(&json, "days", (int64_t)loaded.days);
    json_integer(&json, "deadlines", loaded.deadlines);
    json_object_end(&json);
    return output_json(&json);
}

int command_calendar(struct app *app, int argc, char **argv) {
    static const struct option_spec specs[] = {{NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    bool shows = argc >= 1 && argc <= 2 && strcmp(argv[0], "show") == 0;
    bool loads = argc == 2 && strcmp(argv[0], "load") == 0;
    if (!shows && !loads)
        return output_usage(_("calendar takes show [YEAR] or load FILE"));
    if (loads && app->remote)
        return output_not_allowed(_("file names are not taken over SSH"));
    if (loads)
        options_take_input(app, argv[1]);
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    return shows ? show(app, argc == 2 ? argv[1] : NULL) : load(app, argv[1]);
}
