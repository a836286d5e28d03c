#include "tests/unit/given.h"

#include <string.h>

static const char name[] = "王建国", code[] = "91110105101163896D", number[] = "京1112011201119084";

day given_day(const char *text) {
    day d;
    assert_true(day_parse(text, &d));
    return d;
}

static void fill_application(struct application *a, enum kind kind, day submitted_on) {
    *a = (struct application){
        .application_no = "A1",
        .kind = kind,
        .submitted_on = submitted_on,
        .accepted_on = DAY_NONE,
        .applicant = {name, ID_RESIDENT, "110105198003071234", DAY_NONE},
        .employer = {"中建建设有限公司", code, "11"},
        .registration_number = kind == KIND_INITIAL ? NULL : number,
        .specialty_count = 2,
        .pledge = {true, true, submitted_on, name},
    };
    bool held = kind == KIND_CONTINUATION || kind == KIND_RE_REGISTRATION;
    enum specialty specialties[] = {held ? SPECIALTY_BUILDING : SPECIALTY_MINING,
                                    held ? SPECIALTY_HIGHWAY : SPECIALTY_PORT};
    for (size_t i = 0; i < 2; i++)
        a->specialties[i] = (struct applied_specialty){
            .specialty = specialties[i],
            .certificate_no = kind == KIND_CONTINUATION ? NULL : "C1",
            .certificate_issued = kind == KIND_CONTINUATION ? DAY_NONE : submitted_on - 100,
            .compulsory_hours = i == 0 ? 60 : 30,
            .elective_hours = i == 0 ? 60 : 30,
        };
}

static void fill_entry(struct constructor *entry, enum kind kind, day submitted_on) {
    *entry = (struct constructor){
        .person = {name, ID_RESIDENT, "110105198003071234", DAY_NONE},
        .employer = {"中建建设有限公司", code, "11"},
        .number = number,
        .specialty_count = 2,
    };
    enum specialty specialties[] = {SPECIALTY_BUILDING, SPECIALTY_HIGHWAY};
    day last = kind == KIND_RE_REGISTRATION ? submitted_on - 10 : submitted_on + 60;
    for (size_t i = 0; i < 2; i++)
        entry->specialties[i] = (struct held_specialty){
            .specialty = specialties[i],
            .valid_from = day_add_years(last + 1, -3),
            .valid_to = last,
            .status = kind == KIND_RE_REGISTRATION ? HELD_CANCELLED : HELD_REGISTERED,
        };
}

void given_case(struct given *given, enum kind kind, day submitted_on, day decided_on) {
    memset(given, 0, sizeof *given);
    fill_application(&given->application, kind, submitted_on);
    fill_entry(&given->entry, kind, submitted_on);
    workday_init(&given->calendar);
    bool registered = kind != KIND_INITIAL;
    given->review = (struct review_case){
        .application = &given->application,
        .entries = {registered ? &given->entry : NULL, registered ? &given->entry : NULL},
        .calendar = &given->calendar,
        .decided_on = decided_on,
    };
}
