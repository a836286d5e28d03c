#include "core/validity.h"

#include "core/law.h"

static day earlier(day a, day b) {
    return a < b ? a : b;
}

static day no_later_than_birthday(day d, day birthday_65) {
    return birthday_65 == DAY_NONE ? d : earlier(d, birthday_65);
}

day validity_birthday_65(day birth) {
    return birth == DAY_NONE ? DAY_NONE : day_add_years(birth, LAW_AGE_LIMIT_YEARS);
}

day validity_last(day granted_on, day birthday_65) {
    day anniversary = day_add_years(granted_on, LAW_VALIDITY_YEARS);
    /* A 29 February without a counterpart already was moved back to the 28th, which is the day before its anniversary.
     */
    bool counterpart = day_to_ymd(anniversary).day == day_to_ymd(granted_on).day;
    return no_later_than_birthday(counterpart ? anniversary - 1 : anniversary, birthday_65);
}

day validity_window_last(day from, day valid_to, day birthday_65) {
    return no_later_than_birthday(earlier(from + LAW_USE_WINDOW_DAYS, valid_to), birthday_65);
}
