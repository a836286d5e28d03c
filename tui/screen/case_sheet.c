#include "tui/screen/case_sheet.h"

#include <stdio.h>
#include <string.h>

#include "core/standing.h"
#include "core/validity.h"
#include "tui/list.h"
#include "tui/message.h"

enum { TEXT_SIZE = 8192 };

/* What every part needs. */
struct writer {
    struct sheet *sheet;
    const struct record *record;
    const struct application *application;
    enum language language;
};

int case_sheet_labels(int cols, enum language language) {
    if (language == LANGUAGE_ZH)
        return 10;
    return cols < 60 ? 13 : 17;
}

static const char *word(const struct writer *w, const struct document_word *one) {
    return message_word(one, w->language);
}

static const char *specialty(const struct writer *w, enum specialty which) {
    return word(w, &document_specialties[which]);
}

static void pair_day(const struct writer *w, const char *label, day d) {
    char date[DAY_TEXT_SIZE];
    if (d != DAY_NONE)
        sheet_pair(w->sheet, label, PAINT_NORMAL, day_format(d, date));
}

static int age_on(day birth, day on) {
    struct ymd b = day_to_ymd(birth), o = day_to_ymd(on);
    int years = o.year - b.year;
    return day_add_years(birth, years) > on ? years - 1 : years;
}

char *case_sheet_outcome(const struct record *record, enum language language, char *out, size_t size) {
    const struct queue_row *row = &record->row;
    if (row->state != STATE_PENDING)
        snprintf(out, size, "%s", message_word(&queue_states[row->state], language));
    else
        snprintf(out, size, "%s %s", list_outcome_sign(record->verdict.outcome),
                 message_word(&outcome_words[record->verdict.outcome], language));
    return out;
}

static void write_birth(const struct writer *w) {
    day birth = document_birth_date(&w->application->applicant);
    char born[DAY_TEXT_SIZE], limit[DAY_TEXT_SIZE];
    if (birth == DAY_NONE) {
        sheet_pair(w->sheet, _("Born"), PAINT_PART, _("not known: the id number is not valid, or none is stated"));
        return;
    }
    day_format(birth, born);
    day_format(validity_birthday_65(birth), limit);
    /* TRANSLATORS: date of birth, age today, 65th birthday */
    sheet_pair_format(w->sheet, _("Born"), PAINT_NORMAL, _("%s (age %d; 65 on %s)"), born, age_on(birth, w->record->on),
                      limit);
}

static void write_who(const struct writer *w, const char *id_number) {
    const struct person *p = &w->application->applicant;
    const struct employer *e = &w->application->employer;
    char masked[NUMBER_SIZE];
    number_mask(p->id_number, masked, sizeof masked);
    sheet_section(w->sheet, _("Applicant"));
    sheet_pair(w->sheet, _("Name"), PAINT_NORMAL, p->name);
    sheet_pair_format(w->sheet, _("Id"), PAINT_NORMAL, "%s  %s", word(w, &document_id_types[p->id_type]),
                      id_number == NULL ? masked : id_number);
    write_birth(w);
    sheet_pair(w->sheet, _("Employer"), PAINT_NORMAL, e->name);
    const char *hanzi = e->province == NULL || strlen(e->province) != 2 ? NULL : number_province_hanzi(e->province);
    sheet_pair_format(w->sheet, _("Credit code"), PAINT_NORMAL, "%s%s%s%s", e->credit_code, hanzi == NULL ? "" : "  (",
                      hanzi == NULL ? "" : hanzi, hanzi == NULL ? "" : ")");
    sheet_pair(w->sheet, _("Reg. number"), PAINT_NORMAL,
               w->application->registration_number == NULL ? _("none yet") : w->application->registration_number);
}

static void write_deadline(const struct writer *w) {
    const struct queue_row *row = &w->record->row;
    char date[DAY_TEXT_SIZE], text[TEXT_SIZE];
    int left = row->workdays_left;
    day_format(row->decide_by, date);
    if (row->state != STATE_PENDING)
        snprintf(text, sizeof text, "%s", date);
    else if (left < 0)
        snprintf(text, sizeof text, _("! %s, overdue, working days: %d"), date, -left);
    else
        snprintf(text, sizeof text, _("%s, working days left: %d"), date, left);
    sheet_pair_format(w->sheet, _("Decide by"), list_deadline_paint(row), "%s%s", text,
                      row->decide_by_provisional ? _(" (provisional)") : "");
}

static void write_asked(const struct writer *w) {
    const struct application *a = w->application;
    char list[TEXT_SIZE] = "", date[DAY_TEXT_SIZE];
    size_t used = 0;
    for (size_t i = 0; i < a->specialty_count && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                 i == 0                       ? ""
                                 : w->language == LANGUAGE_ZH ? "、"
                                                              : ", ",
                                 specialty(w, a->specialties[i].specialty));
    sheet_section(w->sheet, _("What is asked"));
    sheet_pair(w->sheet, _("Application"), PAINT_NORMAL, a->application_no);
    sheet_pair(w->sheet, _("Kind"), PAINT_NORMAL, word(w, &document_kinds[a->kind]));
    sheet_pair(w->sheet, _("Specialties"), PAINT_NORMAL, list);
    pair_day(w, _("Submitted"), a->submitted_on);
    if (a->accepted_on == DAY_NONE)
        sheet_pair(w->sheet, _("Accepted"), PAINT_NORMAL, _("not yet; the deadline counts from submission"));
    else
        sheet_pair_format(w->sheet, _("Accepted"), PAINT_NORMAL, "%s  %s", day_format(a->accepted_on, date),
                          w->record->accepted_by_name[0] != '\0' ? w->record->accepted_by_name
                          : a->accepted_by != NULL               ? a->accepted_by
                                                                 : "");
    write_deadline(w);
}

/* "CE-HOURS 继续教育学时（市政公用工程）" */
static char *check_title(const struct writer *w, const struct check *check, char *out, size_t size) {
    const struct rule *rule = &rules[check->rule];
    const char *title = w->language == LANGUAGE_ZH ? rule->title_zh : rule->title_en;
    if (check->item == CHECK_WHOLE)
        snprintf(out, size, "%s  %s", rule->name, title);
    else
        snprintf(out, size, w->language == LANGUAGE_ZH ? "%s  %s〔%s〕" : "%s  %s [%s]", rule->name, title,
                 specialty(w, w->application->specialties[check->item].specialty));
    return out;
}

static const char *basis(const struct writer *w, const struct check *check) {
    return w->language == LANGUAGE_ZH ? rules[check->rule].basis_zh : rules[check->rule].basis_en;
}

static void write_against(const struct writer *w) {
    const struct verdict *v = &w->record->verdict;
    char title[TEXT_SIZE], reason[PHRASE_SIZE];
    size_t failed = 0;
    sheet_section(w->sheet, _("What speaks against it"));
    for (size_t i = 0; i < v->check_count; i++) {
        const struct check *check = &v->checks[i];
        if (check->result != CHECK_FAIL)
            continue;
        failed++;
        sheet_format(w->sheet, 0, PAINT_BAD, "✗ %s", check_title(w, check, title, sizeof title));
        sheet_text(w->sheet, 2, PAINT_NORMAL, phrase_format(&check->reason, w->language, reason, sizeof reason));
        sheet_format(w->sheet, 2, PAINT_LABEL, _("Basis: %s"), basis(w, check));
    }
    if (failed == 0)
        sheet_text(w->sheet, 0, PAINT_GOOD, _("✓ nothing: every rule passes"));
}

static void write_failed_titles(const struct writer *w, rule_set failed, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (enum rule_id id = 0; id < RULE_COUNT && used < size; id++)
        if ((failed >> id & 1U) != 0)
            used += (size_t)snprintf(out + used, size - used, "%s%s",
                                     used == 0                    ? ""
                                     : w->language == LANGUAGE_ZH ? "、"
                                                                  : ", ",
                                     w->language == LANGUAGE_ZH ? rules[id].title_zh : rules[id].title_en);
}

static void write_items(const struct writer *w) {
    const struct verdict *v = &w->record->verdict;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE], titles[TEXT_SIZE];
    for (size_t i = 0; i < v->item_count; i++) {
        const struct verdict_item *item = &v->items[i];
        if (item->approvable) {
            sheet_format(w->sheet, 0, PAINT_GOOD, _("✓ %s: granted, valid %s to %s"), specialty(w, item->specialty),
                         day_format(item->valid_from, from), day_format(item->valid_to, to));
            continue;
        }
        write_failed_titles(w, item->failed, titles, sizeof titles);
        sheet_format(w->sheet, 0, PAINT_BAD, _("✗ %s: refused (%s)"), specialty(w, item->specialty), titles);
    }
}

void case_sheet_effect(struct sheet *sheet, const struct record *record, enum language language) {
    struct writer w = {sheet, record, record->application, language};
    write_items(&w);
}

static void write_effect(const struct writer *w) {
    const struct verdict *v = &w->record->verdict;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    sheet_section(w->sheet, _("What an approval today would give"));
    if (v->outcome == OUTCOME_BLOCKED) {
        sheet_text(w->sheet, 0, PAINT_BAD, _("✗ nothing can be approved"));
        return;
    }
    write_items(w);
    sheet_pair_format(w->sheet, _("Certificate"), PAINT_NORMAL, _("may be used %s to %s"),
                      day_format(v->window_from, from), day_format(v->window_to, to));
}

static void write_advisories(const struct writer *w) {
    char text[PHRASE_SIZE];
    if (w->record->advisory_count == 0)
        return;
    sheet_section(w->sheet, _("To be noted"));
    for (size_t i = 0; i < w->record->advisory_count; i++) {
        phrase_format(&w->record->advisories[i].phrase, w->language, text, sizeof text);
        sheet_format(w->sheet, 0, PAINT_PART, "· %s", text);
    }
}

static void write_checks(const struct writer *w) {
    static const struct {
        const char *sign;
        enum paint paint;
    } looks[] = {
        [CHECK_NOT_APPLICABLE] = {" ", PAINT_NORMAL},
        [CHECK_NOT_EVALUATED] = {"-", PAINT_PART},
        [CHECK_PASS] = {"✓", PAINT_GOOD},
        [CHECK_FAIL] = {"✗", PAINT_BAD},
    };
    const struct verdict *v = &w->record->verdict;
    char title[TEXT_SIZE], required[PHRASE_SIZE], found[PHRASE_SIZE];
    sheet_section(w->sheet, _("All checks"));
    for (size_t i = 0; i < v->check_count; i++) {
        const struct check *check = &v->checks[i];
        phrase_format(&check->required, w->language, required, sizeof required);
        phrase_format(&check->found, w->language, found, sizeof found);
        sheet_format(w->sheet, 0, looks[check->result].paint, "%s %s", looks[check->result].sign,
                     check_title(w, check, title, sizeof title));
        sheet_format(w->sheet, 2, PAINT_NORMAL, _("Required: %s"), required);
        sheet_format(w->sheet, 2, PAINT_NORMAL, _("Found: %s"), found);
        sheet_format(w->sheet, 2, PAINT_LABEL, _("Basis: %s"), basis(w, check));
    }
}

static const struct check *hours_check(const struct writer *w, size_t item) {
    const struct verdict *v = &w->record->verdict;
    for (size_t i = 0; i < v->check_count; i++)
        if (v->checks[i].rule == RULE_CE_HOURS && v->checks[i].item == (int)item)
            return &v->checks[i];
    return NULL;
}

static void write_specialties(const struct writer *w) {
    const struct application *a = w->application;
    char date[DAY_TEXT_SIZE];
    sheet_section(w->sheet, _("Qualification and hours"));
    for (size_t i = 0; i < a->specialty_count; i++) {
        const struct applied_specialty *s = &a->specialties[i];
        const struct check *check = hours_check(w, i);
        sheet_text(w->sheet, 0, PAINT_NORMAL, specialty(w, s->specialty));
        if (s->certificate_no != NULL)
            sheet_format(w->sheet, 2, PAINT_NORMAL, _("certificate %s, issued %s"), s->certificate_no,
                         day_format(s->certificate_issued, date));
        if (check != NULL && check->required.id == PHRASE_HOURS)
            sheet_format(w->sheet, 2, check->result == CHECK_FAIL ? PAINT_BAD : PAINT_NORMAL,
                         _("hours: compulsory %d of %d, elective %d of %d"), s->compulsory_hours, check->required.a,
                         s->elective_hours, check->required.b);
        else
            sheet_format(w->sheet, 2, PAINT_NORMAL, _("hours: compulsory %d, elective %d; not required here"),
                         s->compulsory_hours, s->elective_hours);
    }
}

static void write_pledge(const struct writer *w) {
    const struct pledge *p = &w->application->pledge;
    char date[DAY_TEXT_SIZE];
    sheet_section(w->sheet, _("Pledge"));
    if (!p->present)
        sheet_text(w->sheet, 0, PAINT_NORMAL, _("none was submitted"));
    else if (!p->is_signed)
        sheet_text(w->sheet, 0, PAINT_NORMAL, _("submitted, not signed"));
    else
        sheet_format(w->sheet, 0, PAINT_NORMAL, _("signed by %s on %s"), p->signer == NULL ? "?" : p->signer,
                     p->signed_on == DAY_NONE ? _("no stated day") : day_format(p->signed_on, date));
}

static void write_stated(const struct writer *w) {
    const struct application *a = w->application;
    if (a->disqualification_count > 0)
        sheet_section(w->sheet, _("Grounds for refusal reported"));
    for (size_t i = 0; i < a->disqualification_count; i++)
        sheet_format(w->sheet, 0, PAINT_BAD, "✗ %s",
                     document_disqualification_text(a->disqualifications[i], w->language == LANGUAGE_ZH));
    if (a->other_count > 0)
        sheet_section(w->sheet, _("Other practising certificates"));
    for (size_t i = 0; i < a->other_count; i++)
        sheet_format(w->sheet, 0, PAINT_NORMAL, _("%s, with employer %s"), a->others[i].certificate,
                     a->others[i].employer_code);
    sheet_section(w->sheet, _("Materials"));
    if (a->material_count == 0)
        sheet_text(w->sheet, 0, PAINT_NORMAL, _("none listed"));
    for (size_t i = 0; i < a->material_count; i++) {
        sheet_format(w->sheet, 0, PAINT_NORMAL, "%zu. %s", i + 1, a->materials[i].name);
        if (a->materials[i].sha256 != NULL)
            sheet_format(w->sheet, 3, PAINT_LABEL, "SHA-256 %s", a->materials[i].sha256);
    }
}

/* A continuation applied for in time and not decided yet keeps the specialty from lapsing (许可法 art. 50). */
static bool awaits_continuation(const struct writer *w, const struct held_specialty *held, enum standing standing) {
    const struct queue_row *row = &w->record->row;
    return row->state == STATE_PENDING && row->kind == KIND_CONTINUATION && row->submitted_on <= held->valid_to &&
           (row->specialties >> held->specialty & 1U) != 0 &&
           (standing == STANDING_EXPIRED || standing == STANDING_LAPSED);
}

static void write_entry(const struct writer *w, const struct constructor *entry) {
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    sheet_pair(w->sheet, _("Name"), PAINT_NORMAL, entry->person.name);
    if (entry->number != NULL)
        sheet_pair(w->sheet, _("Reg. number"), PAINT_NORMAL, entry->number);
    if (entry->paper_number != NULL)
        sheet_pair(w->sheet, _("Paper number"), PAINT_NORMAL, entry->paper_number);
    sheet_pair_format(w->sheet, _("Employer"), PAINT_NORMAL, "%s  %s", entry->employer.name,
                      entry->employer.credit_code);
    for (size_t i = 0; i < entry->specialty_count; i++) {
        const struct held_specialty *held = &entry->specialties[i];
        enum standing standing = standing_on(held, w->record->on);
        sheet_format(w->sheet, 0, standing == STANDING_VALID ? PAINT_NORMAL : PAINT_PART, _("%s: %s, %s to %s%s"),
                     specialty(w, held->specialty),
                     awaits_continuation(w, held, standing) ? _("continuation pending")
                                                            : word(w, &standing_words[standing]),
                     day_format(held->valid_from, from), day_format(held->valid_to, to), i == 0 ? _(" (main)") : "");
    }
}

static void write_register(const struct writer *w) {
    const struct constructor *person = w->record->by_person, *number = w->record->by_number;
    sheet_section(w->sheet, _("In the register"));
    if (person == NULL)
        sheet_text(w->sheet, 0, PAINT_NORMAL, _("the applicant is not in the register"));
    else
        write_entry(w, person);
    if (number == NULL || number == person ||
        strcmp(number->person.id_number, w->application->applicant.id_number) == 0)
        return;
    sheet_section(w->sheet, _("The stated number belongs to another person"));
    write_entry(w, number);
}

static void write_decisions(const struct writer *w) {
    char date[DAY_TEXT_SIZE];
    sheet_section(w->sheet, _("Earlier decisions on this person"));
    if (w->record->decision_count == 0)
        sheet_text(w->sheet, 0, PAINT_NORMAL, _("none"));
    for (size_t i = 0; i < w->record->decision_count; i++) {
        const struct record_decision *d = &w->record->decisions[i];
        const char *what =
            strcmp(d->action, "revoke") == 0 ? _("revoked") : message_word(&queue_states[d->outcome], w->language);
        /* TRANSLATORS: day, decision number, kind, outcome, application number, reviewer */
        sheet_format(w->sheet, 0, PAINT_NORMAL, _("%s  no. %lld  %s: %s  (%s, %s)"), day_format(d->decided_on, date),
                     (long long)d->decision_no, word(w, &document_kinds[d->kind]), what, d->application_no,
                     d->decided_by_name);
    }
}

void case_sheet_write(struct sheet *sheet, const struct record *record, const char *id_number, enum language language,
                      int cols) {
    struct writer w = {sheet, record, record->application, language};
    sheet_start(sheet, cols, case_sheet_labels(cols, language));
    write_who(&w, id_number);
    write_asked(&w);
    /* what the rules say today of a case that is closed would only mislead: the register has moved on */
    bool open = record->row.state == STATE_PENDING;
    if (open) {
        write_against(&w);
        write_effect(&w);
        write_advisories(&w);
        write_checks(&w);
    } else {
        write_decisions(&w);
    }
    write_specialties(&w);
    write_pledge(&w);
    write_stated(&w);
    write_register(&w);
    if (open)
        write_decisions(&w);
}

void case_sheet_short(struct sheet *sheet, const struct record *record, enum language language, int cols) {
    struct writer w = {sheet, record, record->application, language};
    sheet_start(sheet, cols, case_sheet_labels(cols, language));
    write_who(&w, NULL);
    write_asked(&w);
    write_against(&w);
    write_effect(&w);
    write_advisories(&w);
}
