#include "core/day.h"

#include <stddef.h>

static bool leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month) {
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : length[month - 1];
}

/* Days are counted from 1 March of a 400-year era, so that the leap day is the last of its year and needs no case. */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH_OFFSET = 719468 };

day day_from_ymd(int year, int month, int mday) {
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - (ERA_YEARS - 1)) / ERA_YEARS;
    int yoe = y - era * ERA_YEARS;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (day)(era * ERA_DAYS + doe - EPOCH_OFFSET);
}

struct ymd day_to_ymd(day d) {
    int z = d + EPOCH_OFFSET;
    int era = (z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS;
    int doe = z - era * ERA_DAYS;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (struct ymd){
        .year = yoe + era * ERA_YEARS + (month <= 2 ? 1 : 0),
        .month = month,
        .day = doy - (153 * mp + 2) / 5 + 1,
    };
}

bool day_exists(int year, int month, int mday) {
    return year >= DAY_YEAR_MIN && year <= DAY_YEAR_MAX && month >= 1 && month <= 12 && mday >= 1 &&
           mday <= month_length(year, month);
}

static bool read_digits(const char *text, size_t from, size_t to, int *out) {
    int value = 0;
    for (size_t i = from; i < to; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

bool day_parse(const char *text, day *out) {
    size_t length = 0;
    while (length < DAY_TEXT_SIZE && text[length] != '\0')
        length++;
    if (length != DAY_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-')
        return false;
    int year, month, mday;
    if (!read_digits(text, 0, 4, &year) || !read_digits(text, 5, 7, &month) || !read_digits(text, 8, 10, &mday))
        return false;
    if (!day_exists(year, month, mday))
        return false;
    *out = day_from_ymd(year, month, mday);
    return true;
}

static void write_digits(char *text, int value, int width) {
    for (int i = width - 1; i >= 0; i--) {
        text[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

char *day_format(day d, char text[DAY_TEXT_SIZE]) {
    if (d == DAY_NONE || d == DAY_MAX) {
        text[0] = '\0';
        return text;
    }
    struct ymd date = day_to_ymd(d);
    write_digits(text, date.year, 4);
    text[4] = '-';
    write_digits(text + 5, date.month, 2);
    text[7] = '-';
    write_digits(text + 8, date.day, 2);
    text[10] = '\0';
    return text;
}

day day_add_years(day d, int years) {
    struct ymd date = day_to_ymd(d);
    int year = date.year + years;
    int last = month_length(year, date.month);
    return day_from_ymd(year, date.month, date.day < last ? date.day : last);
}

int day_weekday(day d) {
    int w = (d + 4) % 7; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}
