#include "tests/sample/filing.h"

#include <stdio.h>
#include <string.h>

#include "core/law.h"

enum { ABOUT_FILING = 16, GOOD_PERCENT = 79, PARTLY_PERCENT = 6, DUPLICATE_PERCENT = 1 };

/* One way to break a rule, and the kind of application it is tried on. */
struct flaw {
    enum kind kind;
    enum sample_class class; /* of the applicant, where the kind wants a registered one */
    void (*spoil)(const struct sample_world *world, struct dice *dice, struct filing *filing);
};

static struct applied_specialty *first(struct filing *f) {
    return &f->application.specialties[0];
}

static void bad_id(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world, (void)dice;
    f->application.applicant.id_type = ID_RESIDENT;
    snprintf(f->id_number, sizeof f->id_number, "11010519680301123%c", f->person.id_number[17] == '7' ? '6' : '7');
}

static void bad_code(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world, (void)dice;
    f->employer.code[17] = f->employer.code[17] == '0' ? '1' : '0';
}

static void disqualify(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world;
    f->disqualification = document_disqualifications[dice_below(dice, 8)].code;
    f->application.disqualification_count = 1;
    f->application.disqualifications = &f->disqualification;
}

static void submit_tomorrow(const struct sample_world *world, struct dice *dice, struct filing *f) {
    f->application.submitted_on = world->today + 1 + dice_below(dice, 3);
    f->application.accepted_on = DAY_NONE;
    f->application.accepted_by = NULL;
}

/* Somebody else applies. */
static void become(const struct sample_world *world, int who, enum sample_age age, struct filing *f) {
    f->who = who;
    person_make(world, who, age, &f->person);
    const struct sample_person *p = &f->person;
    snprintf(f->id_number, sizeof f->id_number, "%s", p->id_number);
    snprintf(f->signer, sizeof f->signer, "%s", p->name);
    f->application.applicant.id_type = p->id_type;
    f->application.applicant.birth_date = p->id_type == ID_RESIDENT ? DAY_NONE : p->birth;
}

static void too_old(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)dice;
    become(world, f->who, AGE_OVER_65, f);
}

static void in_the_register(const struct sample_world *world, struct dice *dice, struct filing *f) {
    int who = dice_below(dice, world->persons);
    become(world, who, person_age(world, who), f);
}

static void second_employer(const struct sample_world *world, struct dice *dice, struct filing *f) {
    static const char *const certificates[] = {"supervision_engineer", "cost_engineer", "registered_architect"};
    person_employer(world, dice_below(dice, 1000) + person_employers(world), &f->another);
    f->other = (struct other_registration){certificates[dice_below(dice, 3)], f->another.code};
    f->application.other_count = 1;
    f->application.others = &f->other;
}

static void changed_employer(const struct sample_world *world, struct dice *dice, struct filing *f) {
    person_employer(world, dice_below(dice, 1000) + person_employers(world), &f->employer);
}

static void malformed_number(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world;
    if (dice_percent(dice, 50))
        f->number[strlen(f->number) - 1] = '\0';
    else
        f->number[3] = '2'; /* a second-class constructor's */
}

static void paper_number(const struct sample_world *world, struct dice *dice, struct filing *f) {
    if (f->person.paper_number[0] == '\0')
        malformed_number(world, dice, f);
    else
        snprintf(f->number, sizeof f->number, "%s", f->person.paper_number);
}

static void anothers_number(const struct sample_world *world, struct dice *dice, struct filing *f) {
    struct sample_person other;
    person_make(world, dice_below(dice, world->persons), AGE_WORKING, &other);
    if (strcmp(other.number, f->number) != 0)
        snprintf(f->number, sizeof f->number, "%s", other.number);
}

static void unknown_number(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world, (void)dice;
    f->number[11] = f->number[11] == '9' ? '8' : '9'; /* the century of first registration: a number nobody has */
}

static void no_certificate(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world;
    if (dice_percent(dice, 50)) {
        first(f)->certificate_no = NULL;
        first(f)->certificate_issued = DAY_NONE;
    } else {
        first(f)->certificate_issued = f->application.submitted_on + 1 + dice_below(dice, 20);
    }
}

static void already_held(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world, (void)dice;
    first(f)->specialty = f->person.held[0].specialty;
}

static void not_held(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world;
    while (true) {
        enum specialty specialty = (enum specialty)dice_below(dice, SPECIALTY_COUNT);
        bool held = false;
        for (size_t i = 0; i < f->person.held_count; i++)
            held = held || f->person.held[i].specialty == specialty;
        if (held)
            continue;
        first(f)->specialty = specialty;
        f->application.specialty_count = 1;
        return;
    }
}

static void nothing(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world, (void)dice, (void)f; /* the class of the applicant is the flaw */
}

static void few_hours(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world;
    if (dice_percent(dice, 50))
        first(f)->elective_hours = 28;
    else
        first(f)->compulsory_hours = dice_below(dice, 30);
}

static void old_certificate(const struct sample_world *world, struct dice *dice, struct filing *f) {
    first(f)->certificate_issued = day_add_years(f->application.submitted_on, -4);
    few_hours(world, dice, f);
}

static void no_pledge(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world, (void)dice;
    f->application.pledge = (struct pledge){.signed_on = DAY_NONE};
}

static void bad_pledge(const struct sample_world *world, struct dice *dice, struct filing *f) {
    (void)world;
    switch (dice_below(dice, 4)) {
    case 0:
        f->application.pledge.is_signed = false;
        break;
    case 1:
        f->application.pledge.signed_on = DAY_NONE;
        break;
    case 2:
        f->application.pledge.signed_on = f->application.submitted_on + 1;
        break;
    default:
        snprintf(f->signer, sizeof f->signer, "%s", "王代签");
        break;
    }
}

static const struct flaw flaws[] = {
    {KIND_INITIAL, CLASS_STEADY, bad_id},
    {KIND_INITIAL, CLASS_STEADY, bad_code},
    {KIND_CONTINUATION, CLASS_CONTINUING, disqualify},
    {KIND_RE_REGISTRATION, CLASS_LAPSED, disqualify},
    {KIND_CONTINUATION, CLASS_CONTINUING, submit_tomorrow},
    {KIND_INITIAL, CLASS_STEADY, too_old},
    {KIND_INITIAL, CLASS_STEADY, in_the_register},
    {KIND_CONTINUATION, CLASS_CONTINUING, second_employer},
    {KIND_ADDED_SPECIALTY, CLASS_STEADY, changed_employer},
    {KIND_CONTINUATION, CLASS_CONTINUING, malformed_number},
    {KIND_CONTINUATION, CLASS_CONTINUING, paper_number},
    {KIND_CONTINUATION, CLASS_CONTINUING, anothers_number},
    {KIND_ADDED_SPECIALTY, CLASS_STEADY, unknown_number},
    {KIND_ADDED_SPECIALTY, CLASS_LAPSED, nothing}, /* REGISTERED */
    {KIND_RE_REGISTRATION, CLASS_STEADY, nothing}, /* LAPSED */
    {KIND_CONTINUATION, CLASS_LATE, nothing},      /* DEADLINE */
    {KIND_CONTINUATION, CLASS_LAPSED, nothing},    /* DEADLINE, or HELD where cancelled */
    {KIND_INITIAL, CLASS_STEADY, no_certificate},
    {KIND_ADDED_SPECIALTY, CLASS_STEADY, already_held},
    {KIND_CONTINUATION, CLASS_CONTINUING, not_held},
    {KIND_CONTINUATION, CLASS_CONTINUING, few_hours},
    {KIND_CONTINUATION, CLASS_CONTINUING, few_hours},
    {KIND_RE_REGISTRATION, CLASS_LAPSED, few_hours},
    {KIND_INITIAL, CLASS_STEADY, old_certificate},
    {KIND_CONTINUATION, CLASS_CONTINUING, no_pledge},
    {KIND_CONTINUATION, CLASS_CONTINUING, bad_pledge},
};
enum { FLAWS = sizeof flaws / sizeof flaws[0] };

/* An index of that class, the same people not being asked for again before everybody has been. */
static int someone(const struct sample_world *world, enum sample_class class, int turn) {
    static const int digits[][5] = {
        [CLASS_CONTINUING] = {0, 1, 2, 3, 4}, [CLASS_LATE] = {5}, [CLASS_STEADY] = {6, 7}, [CLASS_LAPSED] = {8, 9}};
    static const int counts[] = {[CLASS_CONTINUING] = 5, [CLASS_LATE] = 1, [CLASS_STEADY] = 2, [CLASS_LAPSED] = 2};
    int tens = world->persons / 10;
    int at = turn % (tens * counts[class]);
    return at / counts[class] * 10 + digits[class][at % counts[class]];
}

static void date_it(const struct sample_world *world, struct dice *dice, struct application *a) {
    int usual = a->kind == KIND_CONTINUATION ? 13 : 26;
    bool overdue = dice_percent(dice, 4);
    a->submitted_on = world->today - (overdue ? usual + 6 + dice_below(dice, 14) : dice_below(dice, usual));
    a->accepted_on = DAY_NONE;
    a->accepted_by = NULL;
    day accepted = a->submitted_on + dice_below(dice, 5);
    if (accepted > world->today || dice_percent(dice, 15))
        return;
    a->accepted_on = accepted;
    a->accepted_by = dice_percent(dice, 50) ? "li.hua" : "zhang.wei";
}

static void apply_for(struct dice *dice, struct filing *f, enum specialty specialty, bool fresh) {
    struct application *a = &f->application;
    size_t i = a->specialty_count++;
    snprintf(f->certificates[i], FILING_TEXT, "%02d%02d%07d", f->person.qualification_year % 100, (int)specialty,
             dice_below(dice, 10000000));
    day issued = fresh ? a->submitted_on - 200 - dice_below(dice, 700)
                       : day_from_ymd(f->person.qualification_year, 6, 1) + dice_below(dice, 120);
    a->specialties[i] = (struct applied_specialty){
        .specialty = specialty,
        .certificate_no = a->kind == KIND_CONTINUATION ? NULL : f->certificates[i],
        .certificate_issued = a->kind == KIND_CONTINUATION ? DAY_NONE : issued,
        .compulsory_hours = 60 + 4 * dice_below(dice, 6),
        .elective_hours = 60 + 4 * dice_below(dice, 6),
    };
}

static void choose_specialties(struct dice *dice, struct filing *f, bool several) {
    const struct sample_person *p = &f->person;
    if (f->application.kind == KIND_CONTINUATION || f->application.kind == KIND_RE_REGISTRATION) {
        for (size_t i = 0; i < p->held_count; i++)
            apply_for(dice, f, p->held[i].specialty, false);
    } else {
        unsigned taken = 0;
        for (size_t i = 0; f->application.kind == KIND_ADDED_SPECIALTY && i < p->held_count; i++)
            taken |= 1U << p->held[i].specialty;
        size_t wanted = several ? 2 : 1;
        while (f->application.specialty_count < wanted) {
            enum specialty specialty = person_specialty(dice);
            if ((taken >> specialty & 1U) == 0)
                apply_for(dice, f, specialty, true);
            taken |= 1U << specialty;
        }
    }
}

static void add_materials(struct dice *dice, struct filing *f) {
    static const char *const names[] = {"劳动合同", "社会保险证明"};
    for (size_t i = 0; i < 2; i++) {
        for (size_t at = 0; at < 64; at += 16)
            snprintf(f->digests[i] + at, 17, "%016llx", (unsigned long long)dice_throw(dice));
        f->materials[i] = (struct material){names[i], f->digests[i]};
    }
    f->application.materials = f->materials;
    f->application.material_count = 2;
}

static void fill_in(const struct sample_world *world, struct dice *dice, int index, struct filing *f, bool several) {
    struct application *a = &f->application;
    struct ymd date;
    date_it(world, dice, a);
    date = day_to_ymd(a->submitted_on);
    snprintf(f->application_no, sizeof f->application_no, "A%04d%02d%02d%07d", date.year % 10000, date.month % 100,
             date.day % 100, index % 10000000);
    choose_specialties(dice, f, several);
    f->employer = f->person.employer;
    snprintf(f->number, sizeof f->number, "%s", f->person.number);
    snprintf(f->id_number, sizeof f->id_number, "%s", f->person.id_number);
    snprintf(f->signer, sizeof f->signer, "%s", f->person.name);
    a->pledge = (struct pledge){.present = true, .is_signed = true, .signed_on = a->submitted_on, .signer = f->signer};
    a->applicant = (struct person){.name = f->person.name, .id_type = f->person.id_type, .id_number = f->id_number};
    a->applicant.birth_date = a->applicant.id_type == ID_RESIDENT ? DAY_NONE : f->person.birth;
    add_materials(dice, f);
}

static void point(struct filing *f) {
    struct application *a = &f->application;
    a->application_no = f->application_no;
    a->employer = (struct employer){f->employer.name, f->employer.code, f->employer.province};
    a->registration_number = a->kind == KIND_INITIAL ? NULL : f->number;
}

static const enum sample_class class_of[KIND_COUNT] = {
    [KIND_INITIAL] = CLASS_STEADY,
    [KIND_ADDED_SPECIALTY] = CLASS_STEADY,
    [KIND_RE_REGISTRATION] = CLASS_LAPSED,
    [KIND_CONTINUATION] = CLASS_CONTINUING,
};

void filing_make(const struct sample_world *world, int index, struct filing *f) {
    static const int weights[KIND_COUNT] = {22, 14, 9, 55};
    struct dice dice = dice_of(world->seed, ABOUT_FILING, (uint64_t)index);
    memset(f, 0, sizeof *f);
    enum kind kind = (enum kind)dice_weighted(&dice, weights, KIND_COUNT);
    enum sample_class class = class_of[kind];
    bool partly = dice_percent(&dice, PARTLY_PERCENT);
    const struct flaw *flaw =
        !partly && !dice_percent(&dice, GOOD_PERCENT + PARTLY_PERCENT) ? &flaws[dice_below(&dice, FLAWS)] : NULL;
    if (flaw != NULL) {
        kind = flaw->kind;
        class = flaw->class;
    }
    bool known = kind != KIND_INITIAL;
    if (world->persons < 10) {
        kind = KIND_INITIAL;
        known = false;
        flaw = NULL;
    }
    int turn = index - (dice_percent(&dice, DUPLICATE_PERCENT) ? 10 : 0); /* an earlier one's person: a duplicate */
    turn = turn < 0 ? 0 : turn;
    f->who = known ? someone(world, class, turn) : world->persons + turn;
    person_make(world, f->who, known ? person_age(world, f->who) : AGE_WORKING, &f->person);
    f->application.kind = kind;
    fill_in(world, &dice, index, f, partly);
    if (partly && f->application.specialty_count > 1)
        f->application.specialties[1].compulsory_hours = 24;
    if (partly && (kind == KIND_INITIAL || kind == KIND_ADDED_SPECIALTY))
        f->application.specialties[1].certificate_issued = f->application.submitted_on + 3;
    if (flaw != NULL)
        flaw->spoil(world, &dice, f);
    point(f);
}
