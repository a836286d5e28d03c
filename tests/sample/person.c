#include "tests/sample/person.h"

#include <stdio.h>
#include <string.h>

#include "core/law.h"

enum { ABOUT_PERSON = 1, ABOUT_EMPLOYER, ABOUT_AGE, ABOUT_NUMBER };
enum { BLOCK = 50000, BLOCKS = 60, SCATTER = 7919, SERIALS = 100000, MAINLAND = 31 };

static const char province_codes[MAINLAND][3] = {"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33",
                                                 "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50",
                                                 "51", "52", "53", "54", "61", "62", "63", "64", "65"};

enum sample_class person_class(int index) {
    int digit = index % 10;
    return digit < 5 ? CLASS_CONTINUING : digit == 5 ? CLASS_LATE : digit < 8 ? CLASS_STEADY : CLASS_LAPSED;
}

enum sample_age person_age(const struct sample_world *world, int index) {
    struct dice dice = dice_of(world->seed, ABOUT_AGE, (uint64_t)index);
    return dice_below(&dice, 50) == 0 ? AGE_NEAR_65 : AGE_WORKING;
}

enum specialty person_specialty(struct dice *dice) {
    static const int weights[SPECIALTY_COUNT] = {[SPECIALTY_BUILDING] = 34, [SPECIALTY_HIGHWAY] = 10,
                                                 [SPECIALTY_RAILWAY] = 4,   [SPECIALTY_AIRPORT] = 1,
                                                 [SPECIALTY_PORT] = 2,      [SPECIALTY_WATER] = 8,
                                                 [SPECIALTY_MINING] = 2,    [SPECIALTY_MUNICIPAL] = 20,
                                                 [SPECIALTY_TELECOM] = 3,   [SPECIALTY_ELECTROMECHANICAL] = 16};
    return (enum specialty)dice_weighted(dice, weights, SPECIALTY_COUNT);
}

/* The check character is the one that makes the number good. */
static void finish_check(char *number, const char *alphabet, enum number_fault (*check)(const char *)) {
    for (const char *c = alphabet; *c != '\0'; c++) {
        number[17] = *c;
        number[18] = '\0';
        if (check(number) == NUMBER_GOOD)
            return;
    }
}

static enum number_fault check_resident(const char *number) {
    return number_resident(number, NULL);
}

/* Index within its block gives region and sequence, the block the day of birth modulo BLOCKS: no two are the same, up
 * to BLOCK * BLOCKS people. The three age groups do not overlap. */
static day birth_of(const struct sample_world *world, struct dice *dice, int index, enum sample_age age) {
    static const int years[] = {[AGE_WORKING] = 33, [AGE_NEAR_65] = 62, [AGE_OVER_65] = 65};
    static const int steps[] = {[AGE_WORKING] = 160, [AGE_NEAR_65] = 18, [AGE_OVER_65] = 60};
    day youngest = day_add_years(world->today, -years[age]) - 1;
    return youngest - dice_below(dice, steps[age]) * BLOCKS - index / BLOCK % BLOCKS;
}

static void resident_number(int index, day birth, char out[24]) {
    int scattered = (int)((int64_t)(index % BLOCK) * SCATTER % BLOCK);
    struct ymd date = day_to_ymd(birth);
    snprintf(out, 24, "%s%04d%02d%02d%03d", names_regions[scattered % NAMES_REGIONS], date.year % 10000,
             date.month % 100, date.day % 100, scattered / NAMES_REGIONS % 1000);
    finish_check(out, "0123456789X", check_resident);
}

static void id_of(const struct sample_world *world, struct dice *dice, int index, enum sample_age age,
                  struct sample_person *person) {
    person->birth = birth_of(world, dice, index, age);
    int kind = dice_below(dice, 100);
    person->id_type = kind < 96   ? ID_RESIDENT
                      : kind < 98 ? ID_HK_MACAO_PERMIT
                      : kind < 99 ? ID_TAIWAN_PERMIT
                                  : ID_PASSPORT;
    int serial = 10000000 + index;
    if (person->id_type == ID_RESIDENT)
        resident_number(index, person->birth, person->id_number);
    else
        snprintf(person->id_number, sizeof person->id_number, "%s%08d",
                 person->id_type == ID_HK_MACAO_PERMIT ? "H"
                 : person->id_type == ID_PASSPORT      ? "E"
                                                       : "",
                 serial);
}

int person_employers(const struct sample_world *world) {
    return 40 + world->persons / 100;
}

void person_employer(const struct sample_world *world, int index, struct sample_employer *employer) {
    struct dice dice = dice_of(world->seed, ABOUT_EMPLOYER, (uint64_t)index);
    const char *region = names_regions[dice_below(&dice, NAMES_REGIONS)];
    memcpy(employer->province, region, 2);
    employer->province[2] = '\0';
    names_employer(&dice, employer->province, employer->name);
    snprintf(employer->code, sizeof employer->code, "91%.6sMA%07d", region, index % 10000000);
    finish_check(employer->code, "0123456789ABCDEFGHJKLMNPQRTUWXY", number_credit);
}

/* The serial is the index modulo SERIALS; people of one serial have different provinces, up to MAINLAND * SERIALS. */
static void numbers_of(const struct sample_world *world, struct dice *dice, int index, struct sample_person *person) {
    struct dice first = dice_of(world->seed, ABOUT_NUMBER, (uint64_t)(index % SERIALS));
    int province = (dice_below(&first, MAINLAND) + index / SERIALS) % MAINLAND;
    int this_year = day_to_ymd(world->today).year;
    int qualified = this_year - 8 - dice_below(dice, 12);
    int grown_up = day_to_ymd(person->birth).year + 25;
    qualified = qualified < grown_up ? grown_up : qualified < 2004 ? 2004 : qualified;
    int registered = qualified + dice_below(dice, 3);
    struct registration_number number = {.first_province = (province_codes[province][0] - '0') * 10 +
                                                           (province_codes[province][1] - '0'),
                                         .qualification_year = qualified,
                                         .first_year = registered,
                                         .serial = index % SERIALS};
    memcpy(number.province, number_province_hanzi(person->employer.province), sizeof number.province);
    number_registration_format(&number, person->number);
    if (dice_percent(dice, 40))
        snprintf(person->paper_number, sizeof person->paper_number, "%.3s1%02d%02d%02d%05d", number.province,
                 number.first_province, qualified % 100, registered % 100, number.serial % SERIALS);
    person->qualification_year = qualified;
}

static day last_valid(const struct sample_world *world, struct dice *dice, enum sample_class class) {
    switch (class) {
    case CLASS_CONTINUING:
        return world->today + 31 + dice_below(dice, 150);
    case CLASS_LATE:
        return world->today + 1 + dice_below(dice, 25);
    case CLASS_STEADY:
        return world->today + 200 + dice_below(dice, 800);
    default:
        return world->today - 60 - dice_below(dice, 600);
    }
}

static void specialties_of(const struct sample_world *world, struct dice *dice, int index,
                           struct sample_person *person) {
    enum sample_class class = person_class(index);
    bool before_lapse = world->today < LAW_LAPSED_FROM + 60;
    size_t wanted = dice_percent(dice, 60) ? 1 : dice_percent(dice, 80) ? 2 : 3;
    unsigned seen = 0;
    while (person->held_count < wanted) {
        enum specialty specialty = person_specialty(dice);
        if ((seen >> specialty & 1U) != 0)
            continue;
        seen |= 1U << specialty;
        day last = last_valid(world, dice, class);
        bool cancelled = class == CLASS_LAPSED && (before_lapse || dice_percent(dice, 20));
        person->held[person->held_count++] =
            (struct held_specialty){.specialty = specialty,
                                    .valid_from = day_add_years(last + 1, -3),
                                    .valid_to = last,
                                    .status = cancelled ? HELD_CANCELLED : HELD_REGISTERED};
    }
}

void person_make(const struct sample_world *world, int index, enum sample_age age, struct sample_person *person) {
    struct dice dice = dice_of(world->seed, ABOUT_PERSON, (uint64_t)index);
    memset(person, 0, sizeof *person);
    id_of(world, &dice, index, age, person);
    bool woman = person->id_type == ID_RESIDENT ? (person->id_number[16] - '0') % 2 == 0 : dice_percent(&dice, 20);
    names_person(&dice, woman, person->name);
    person_employer(world, dice_below(&dice, person_employers(world)), &person->employer);
    numbers_of(world, &dice, index, person);
    specialties_of(world, &dice, index, person);
}
