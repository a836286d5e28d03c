#include "tui/instant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"

/* China has kept UTC+8 without summer time since 1992. */
enum { SHANGHAI_HOURS = 8, HOURS_A_DAY = 24, HOUR_AT = 11, MINUTE_AT = 14 };

char *instant_local(const char *instant, char out[INSTANT_TEXT_SIZE]) {
    char date[DAY_TEXT_SIZE], hours[3] = "";
    day on;
    snprintf(date, sizeof date, "%.*s", INSTANT_DATE_LENGTH, instant);
    if (strlen(instant) < MINUTE_AT + 2 || !day_parse(date, &on)) {
        snprintf(out, INSTANT_TEXT_SIZE, "%s", instant);
        return out;
    }
    memcpy(hours, instant + HOUR_AT, 2);
    int hour = (int)strtol(hours, NULL, 10) + SHANGHAI_HOURS;
    snprintf(out, INSTANT_TEXT_SIZE, "%s %02d:%.2s", day_format(on + hour / HOURS_A_DAY, date), hour % HOURS_A_DAY,
             instant + MINUTE_AT);
    return out;
}

const char *instant_time(const char *instant, char out[INSTANT_TEXT_SIZE]) {
    instant_local(instant, out);
    return strlen(out) > INSTANT_TIME_AT ? out + INSTANT_TIME_AT : out;
}
