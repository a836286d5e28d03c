#include "core/grant.h"

#include <string.h>

enum { PAPER_CENTURY = 2000 };

static void put_granted(struct constructor *entry, const struct verdict_item *item) {
    int index = document_held_index(entry, item->specialty);
    struct held_specialty *held = &entry->specialties[index >= 0 ? (size_t)index : entry->specialty_count++];
    *held = (struct held_specialty){
        .specialty = item->specialty,
        .valid_from = item->valid_from,
        .valid_to = item->valid_to,
        .status = HELD_REGISTERED,
    };
}

static void put_held(struct constructor *entry, const struct constructor *before) {
    for (size_t i = 0; i < before->specialty_count; i++)
        if (document_held_index(entry, before->specialties[i].specialty) < 0)
            entry->specialties[entry->specialty_count++] = before->specialties[i];
}

static void put_number(struct constructor *entry, const char *number) {
    if (number == NULL)
        return;
    if (entry->number != NULL && entry->paper_number == NULL)
        entry->paper_number = entry->number; /* it was a paper one, or none would have been allocated */
    entry->number = number;
}

void grant_apply(const struct application *application, const struct verdict *verdict, const struct constructor *entry,
                 const char *number, struct constructor *out) {
    memset(out, 0, sizeof *out);
    bool granted_first = entry == NULL || application->kind == KIND_RE_REGISTRATION;
    if (entry != NULL) {
        *out = *entry;
        if (granted_first)
            out->specialty_count = 0;
    } else {
        out->person = application->applicant;
    }
    if (entry == NULL || application->kind == KIND_RE_REGISTRATION)
        out->employer = application->employer;
    for (size_t i = 0; i < verdict->item_count; i++)
        if (verdict->items[i].approvable)
            put_granted(out, &verdict->items[i]);
    if (entry != NULL && granted_first)
        put_held(out, entry);
    put_number(out, number);
}

bool grant_needs_electronic(const struct constructor *entry) {
    struct registration_number number;
    return entry->number == NULL ||
           (number_registration(entry->number, &number) == NUMBER_GOOD && number.form == REGISTRATION_PAPER);
}

bool grant_electronic(const char *paper_number, struct registration_number *out) {
    if (number_registration(paper_number, out) != NUMBER_GOOD || out->form != REGISTRATION_PAPER)
        return false;
    out->form = REGISTRATION_ELECTRONIC;
    out->qualification_year += PAPER_CENTURY;
    out->first_year += PAPER_CENTURY;
    return true;
}

static const char *province_of(const struct application *application, const char *province) {
    if (province != NULL)
        return strlen(province) == 2 ? province : NULL;
    if (application->employer.province != NULL)
        return application->employer.province;
    const char *code = application->employer.credit_code;
    return strlen(code) > 4 ? code + 2 : NULL;
}

bool grant_new_number(const struct application *application, const struct verdict *verdict, const char *province,
                      struct registration_number *out) {
    const char *code = province_of(application, province);
    const char *hanzi = code == NULL ? NULL : number_province_hanzi(code);
    if (hanzi == NULL)
        return false;
    memset(out, 0, sizeof *out);
    memcpy(out->province, hanzi, 3);
    out->first_province = (code[0] - '0') * 10 + (code[1] - '0');
    for (size_t i = 0; i < verdict->item_count; i++) {
        if (!verdict->items[i].approvable)
            continue;
        out->qualification_year = day_to_ymd(application->specialties[i].certificate_issued).year;
        out->first_year = day_to_ymd(verdict->items[i].valid_from).year;
        return true;
    }
    return false;
}
