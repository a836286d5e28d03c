/* sample: synthetic constructors and applications as NDJSON, the format of `yijian import`. Nobody in it exists. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sample/filing.h"

static void put(const char *text) {
    fputs_unlocked(text, stdout);
}

/* ,"key":"text" — no text of the sample needs an escape. */
static void member(const char *key, const char *text) {
    put(",\"");
    put(key);
    put("\":\"");
    put(text);
    put("\"");
}

static void member_day(const char *key, day d) {
    char text[DAY_TEXT_SIZE];
    if (d != DAY_NONE)
        member(key, day_format(d, text));
}

static void put_person(const char *name, enum id_type type, const char *id_number, day birth) {
    put("\"name\":\"");
    put(name);
    put("\",\"id\":{\"type\":\"");
    put(document_id_types[type].code);
    put("\"");
    member("number", id_number);
    put("}");
    member_day("birth_date", birth);
}

static void put_employer(const struct employer *employer) {
    put(",\"employer\":{\"name\":\"");
    put(employer->name);
    put("\"");
    member("credit_code", employer->credit_code);
    member("province", employer->province);
    put("}");
}

static void put_constructor(const struct sample_world *world, int index) {
    struct sample_person p;
    person_make(world, index, person_age(world, index), &p);
    put("{\"type\":\"constructor\",");
    put_person(p.name, p.id_type, p.id_number, p.id_type == ID_RESIDENT ? DAY_NONE : p.birth);
    put_employer(&(struct employer){p.employer.name, p.employer.code, p.employer.province});
    put(",\"registration\":{\"number\":\"");
    put(p.number);
    put("\"");
    if (p.paper_number[0] != '\0')
        member("paper_number", p.paper_number);
    put("},\"specialties\":[");
    for (size_t i = 0; i < p.held_count; i++) {
        put(i == 0 ? "{\"specialty\":\"" : ",{\"specialty\":\"");
        put(document_specialties[p.held[i].specialty].code);
        put("\"");
        member_day("valid_from", p.held[i].valid_from);
        member_day("valid_to", p.held[i].valid_to);
        if (p.held[i].status == HELD_CANCELLED)
            member("status", "cancelled");
        put("}");
    }
    put("]}\n");
}

static void put_specialties(const struct application *a) {
    put(",\"specialties\":[");
    for (size_t i = 0; i < a->specialty_count; i++) {
        const struct applied_specialty *s = &a->specialties[i];
        char hours[80];
        put(i == 0 ? "{\"specialty\":\"" : ",{\"specialty\":\"");
        put(document_specialties[s->specialty].code);
        put("\"");
        if (s->certificate_no != NULL) {
            put(",\"qualification\":{\"certificate_no\":\"");
            put(s->certificate_no);
            put("\"");
            member_day("issued_on", s->certificate_issued);
            put("}");
        }
        snprintf(hours, sizeof hours, ",\"education\":{\"compulsory_hours\":%d,\"elective_hours\":%d}}",
                 s->compulsory_hours, s->elective_hours);
        put(hours);
    }
    put("]");
}

static void put_papers(const struct application *a) {
    if (a->pledge.present) {
        put(a->pledge.is_signed ? ",\"pledge\":{\"signed\":true" : ",\"pledge\":{\"signed\":false");
        member_day("signed_on", a->pledge.signed_on);
        member("signer", a->pledge.signer);
        put("}");
    }
    if (a->other_count > 0) {
        put(",\"other_registrations\":[{\"certificate\":\"");
        put(a->others[0].certificate);
        put("\"");
        member("employer_code", a->others[0].employer_code);
        put("}]");
    }
    if (a->disqualification_count > 0) {
        put(",\"disqualifications\":[\"");
        put(a->disqualifications[0]);
        put("\"]");
    }
    put(",\"materials\":[");
    for (size_t i = 0; i < a->material_count; i++) {
        put(i == 0 ? "{\"name\":\"" : ",{\"name\":\"");
        put(a->materials[i].name);
        put("\"");
        member("sha256", a->materials[i].sha256);
        put("}");
    }
    put("]");
}

static void put_application(const struct sample_world *world, int index) {
    struct filing filing;
    filing_make(world, index, &filing);
    const struct application *a = &filing.application;
    put("{\"type\":\"application\"");
    member("application_no", a->application_no);
    member("kind", document_kinds[a->kind].code);
    member_day("submitted_on", a->submitted_on);
    member_day("accepted_on", a->accepted_on);
    if (a->accepted_by != NULL)
        member("accepted_by", a->accepted_by);
    put(",\"applicant\":{");
    put_person(a->applicant.name, a->applicant.id_type, a->applicant.id_number, a->applicant.birth_date);
    put("}");
    put_employer(&a->employer);
    if (a->registration_number != NULL)
        member("registration_number", a->registration_number);
    put_specialties(a);
    put_papers(a);
    put("}\n");
}

struct options {
    struct sample_world world;
    int applications;
    bool constructors_out, applications_out;
};

/* Ids of persons are distinct up to three millions, numbers of applications up to ten. */
enum { PERSONS_MAX = 3000000, APPLICATIONS_MAX = 10000000 };

static bool number_option(const char *text, int most, int *out) {
    char *end;
    long value = strtol(text, &end, 10);
    *out = (int)value;
    return *text != '\0' && *end == '\0' && value >= 0 && value <= most;
}

static bool type_option(const char *text, struct options *o) {
    o->constructors_out = strcmp(text, "applications") != 0;
    o->applications_out = strcmp(text, "constructors") != 0;
    return strcmp(text, "all") == 0 || !o->constructors_out || !o->applications_out;
}

static bool take_options(int argc, char **argv, struct options *o) {
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];
        int seed;
        bool good = false;
        if (strcmp(name, "--persons") == 0) {
            good = number_option(value, PERSONS_MAX, &o->world.persons);
        } else if (strcmp(name, "--applications") == 0) {
            good = number_option(value, APPLICATIONS_MAX, &o->applications);
        } else if (strcmp(name, "--seed") == 0) {
            good = number_option(value, INT_MAX, &seed);
            o->world.seed = (uint64_t)seed;
        } else if (strcmp(name, "--day") == 0) {
            good = day_parse(value, &o->world.today);
        } else if (strcmp(name, "--type") == 0) {
            good = type_option(value, o);
        }
        if (!good)
            return false;
    }
    return argc % 2 == 1 && o->world.today != DAY_NONE;
}

int main(int argc, char **argv) {
    struct options o = {.world = {.seed = 1, .persons = 2000, .today = DAY_NONE},
                        .applications = 600,
                        .constructors_out = true,
                        .applications_out = true};
    if (!take_options(argc, argv, &o)) {
        fputs("usage: sample --day YYYY-MM-DD [--persons N] [--applications N] [--seed S]"
              " [--type all|constructors|applications]\n",
              stderr);
        return 64;
    }
    static char buffer[1 << 20];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    for (int i = 0; o.constructors_out && i < o.world.persons; i++)
        put_constructor(&o.world, i);
    for (int i = 0; o.applications_out && i < o.applications; i++)
        put_application(&o.world, i);
    return fflush(stdout) == 0 ? 0 : 74;
}
