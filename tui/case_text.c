#include "tui/case_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/law.h"
#include "core/standing.h"
#include "core/validity.h"
#include "tui/list.h"
#include "tui/message.h"

enum { TEXT_SIZE = 8192 };

/* What every part needs. */
struct writer {
    const struct record *record;
    const struct application *application;
    enum language language;
    case_emit *emit;
    void *data;
};

static void heading(const struct writer *w, const char *title) {
    w->emit(w->data, CASE_HEADING, 0, "", title);
}

__attribute__((format(printf, 4, 5))) static void line(const struct writer *w, enum case_role role, int indent,
                                                       const char *format, ...) {
    char text[TEXT_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    w->emit(w->data, role, indent, "", text);
}

__attribute__((format(printf, 4, 5))) static void pair(const struct writer *w, enum case_role role, const char *label,
                                                       const char *format, ...) {
    char text[TEXT_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    w->emit(w->data, role, 0, label, text);
}

static const char *word(const struct writer *w, const struct document_word *one) {
    return message_word(one, w->language);
}

static const char *specialty(const struct writer *w, enum specialty which) {
    return word(w, &document_specialties[which]);
}

static int age_on(day birth, day on) {
    struct ymd b = day_to_ymd(birth), o = day_to_ymd(on);
    int years = o.year - b.year;
    return day_add_years(birth, years) > on ? years - 1 : years;
}

char *case_text_outcome(const struct record *record, enum language language, char *out, size_t size) {
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
        pair(w, CASE_PART, _("Born"), "%s", _("not known: the id number is not valid, or none is stated"));
        return;
    }
    day_format(birth, born);
    day_format(validity_birthday_65(birth), limit);
    /* TRANSLATORS: date of birth, age today, 65th birthday */
    pair(w, CASE_PLAIN, _("Born"), _("%s (age %d; 65 on %s)"), born, age_on(birth, w->record->on), limit);
}

/* The number the applicant has: as stated, or as the decision gave it. */
static const char *number_of(const struct record *record) {
    const struct application *a = record->application;
    if (record->decision != NULL && record->decision->registration_number != NULL)
        return record->decision->registration_number;
    return a->registration_number == NULL ? _("none yet") : a->registration_number;
}

static void write_who(const struct writer *w) {
    const struct person *p = &w->application->applicant;
    const struct employer *e = &w->application->employer;
    char masked[NUMBER_SIZE];
    number_mask(p->id_number, masked, sizeof masked);
    heading(w, _("Applicant"));
    pair(w, CASE_PLAIN, _("Name"), "%s  %s %s", p->name, word(w, &document_id_types[p->id_type]), masked);
    write_birth(w);
    const char *hanzi = e->province == NULL || strlen(e->province) != 2 ? NULL : number_province_hanzi(e->province);
    pair(w, CASE_PLAIN, _("Employer"), "%s", e->name);
    pair(w, CASE_PLAIN, _("Credit code"), "%s  %s", e->credit_code, hanzi == NULL ? "" : hanzi);
    pair(w, CASE_PLAIN, _("Reg. number"), "%s", number_of(w->record));
}

static enum case_role deadline_role(const struct queue_row *row) {
    if (row->state != STATE_PENDING || (!row->overdue && row->workdays_left > LAW_DUE_SOON_WORKDAYS))
        return CASE_PLAIN;
    return row->overdue ? CASE_BAD : CASE_SOON;
}

static void write_deadline(const struct writer *w) {
    const struct queue_row *row = &w->record->row;
    char date[DAY_TEXT_SIZE], text[TEXT_SIZE];
    int left = row->workdays_left;
    day_format(row->decide_by, date);
    if (row->state != STATE_PENDING)
        snprintf(text, sizeof text, "%s", date);
    else if (row->overdue)
        snprintf(text, sizeof text, _("! %s, %d working days overdue"), date, -left);
    else
        snprintf(text, sizeof text, _("%s, %d working days left"), date, left);
    pair(w, deadline_role(row), _("Decide by"), "%s%s", text, row->decide_by_provisional ? _(" (provisional)") : "");
}

static void write_asked(const struct writer *w) {
    const struct application *a = w->application;
    char list[TEXT_SIZE] = "", date[DAY_TEXT_SIZE], accepted[DAY_TEXT_SIZE];
    size_t used = 0;
    for (size_t i = 0; i < a->specialty_count && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                 i == 0                       ? ""
                                 : w->language == LANGUAGE_ZH ? "、"
                                                              : ", ",
                                 specialty(w, a->specialties[i].specialty));
    heading(w, _("What is asked"));
    pair(w, CASE_PLAIN, _("Application"), "%s  %s", a->application_no, word(w, &document_kinds[a->kind]));
    pair(w, CASE_PLAIN, _("Specialties"), "%s", list);
    day_format(a->submitted_on, date);
    if (a->accepted_on == DAY_NONE)
        pair(w, CASE_PLAIN, _("Submitted"), _("%s; not accepted yet, the deadline counts from submission"), date);
    else
        pair(w, CASE_PLAIN, _("Submitted"), _("%s; accepted %s  %s"), date, day_format(a->accepted_on, accepted),
             w->record->accepted_by_name[0] != '\0' ? w->record->accepted_by_name
             : a->accepted_by != NULL               ? a->accepted_by
                                                    : "");
    write_deadline(w);
}

/* "继续教育学时〔市政公用工程〕  CE-HOURS" */
static char *check_title(const struct writer *w, const struct check *check, char *out, size_t size) {
    const struct rule *rule = &rules[check->rule];
    const char *title = w->language == LANGUAGE_ZH ? rule->title_zh : rule->title_en;
    if (check->item == CHECK_WHOLE)
        snprintf(out, size, "%s  %s", title, rule->name);
    else
        snprintf(out, size, w->language == LANGUAGE_ZH ? "%s〔%s〕  %s" : "%s [%s]  %s", title,
                 specialty(w, w->application->specialties[check->item].specialty), rule->name);
    return out;
}

static const char *basis(const struct writer *w, const struct check *check) {
    return w->language == LANGUAGE_ZH ? rules[check->rule].basis_zh : rules[check->rule].basis_en;
}

static void write_against(const struct writer *w) {
    const struct verdict *v = &w->record->verdict;
    char title[TEXT_SIZE], reason[PHRASE_SIZE];
    size_t failed = 0;
    heading(w, _("What speaks against it"));
    for (size_t i = 0; i < v->check_count; i++) {
        const struct check *check = &v->checks[i];
        if (check->result != CHECK_FAIL)
            continue;
        failed++;
        line(w, CASE_BAD, 0, "✗ %s", check_title(w, check, title, sizeof title));
        line(w, CASE_PLAIN, 2, "%s", phrase_format(&check->reason, w->language, reason, sizeof reason));
        line(w, CASE_FAINT, 2, _("Basis: %s"), basis(w, check));
    }
    if (failed == 0)
        line(w, CASE_GOOD, 0, "%s", _("✓ nothing: every rule passes"));
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
            line(w, CASE_GOOD, 0, _("✓ %s: granted, valid %s to %s"), specialty(w, item->specialty),
                 day_format(item->valid_from, from), day_format(item->valid_to, to));
            continue;
        }
        write_failed_titles(w, item->failed, titles, sizeof titles);
        line(w, CASE_BAD, 0, _("✗ %s: refused (%s)"), specialty(w, item->specialty), titles);
    }
}

void case_text_effect(const struct record *record, enum language language, case_emit *emit, void *data) {
    struct writer w = {record, record->application, language, emit, data};
    write_items(&w);
}

static void write_effect(const struct writer *w) {
    const struct verdict *v = &w->record->verdict;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    heading(w, _("What an approval today would give"));
    if (v->outcome == OUTCOME_BLOCKED) {
        line(w, CASE_BAD, 0, "%s", _("✗ nothing can be approved"));
        return;
    }
    write_items(w);
    pair(w, CASE_PLAIN, _("Certificate"), _("may be used %s to %s"), day_format(v->window_from, from),
         day_format(v->window_to, to));
}

static void write_advisories(const struct writer *w) {
    char text[PHRASE_SIZE];
    if (w->record->advisory_count == 0)
        return;
    heading(w, _("To be noted"));
    for (size_t i = 0; i < w->record->advisory_count; i++) {
        phrase_format(&w->record->advisories[i].phrase, w->language, text, sizeof text);
        line(w, CASE_PART, 0, "· %s", text);
    }
}

static void write_checks(const struct writer *w) {
    static const struct {
        const char *sign;
        enum case_role role;
    } looks[] = {
        [CHECK_NOT_APPLICABLE] = {" ", CASE_PLAIN},
        [CHECK_NOT_EVALUATED] = {"-", CASE_PART},
        [CHECK_PASS] = {"✓", CASE_GOOD},
        [CHECK_FAIL] = {"✗", CASE_BAD},
    };
    const struct verdict *v = &w->record->verdict;
    char title[TEXT_SIZE], required[PHRASE_SIZE], found[PHRASE_SIZE];
    heading(w, w->record->row.state == STATE_PENDING
                   ? _("All checks")
                   : _("The rules as they see it today, not as they did when it was decided"));
    for (size_t i = 0; i < v->check_count; i++) {
        const struct check *check = &v->checks[i];
        phrase_format(&check->required, w->language, required, sizeof required);
        phrase_format(&check->found, w->language, found, sizeof found);
        line(w, looks[check->result].role, 0, "%s %s  %s", looks[check->result].sign,
             check_title(w, check, title, sizeof title), basis(w, check));
        line(w, CASE_PLAIN, 2, _("required: %s; found: %s"), required, found);
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
    heading(w, _("Qualification and hours"));
    for (size_t i = 0; i < a->specialty_count; i++) {
        const struct applied_specialty *s = &a->specialties[i];
        const struct check *check = hours_check(w, i);
        line(w, CASE_PLAIN, 0, "%s", specialty(w, s->specialty));
        if (s->certificate_no != NULL)
            line(w, CASE_PLAIN, 2, _("certificate %s, issued %s"), s->certificate_no,
                 day_format(s->certificate_issued, date));
        if (check != NULL && check->required.id == PHRASE_HOURS)
            line(w, check->result == CHECK_FAIL ? CASE_BAD : CASE_PLAIN, 2,
                 _("hours: compulsory %d of %d, elective %d of %d"), s->compulsory_hours, check->required.a,
                 s->elective_hours, check->required.b);
        else
            line(w, CASE_PLAIN, 2, _("hours: compulsory %d, elective %d; not required here"), s->compulsory_hours,
                 s->elective_hours);
    }
}

static void write_pledge(const struct writer *w) {
    const struct pledge *p = &w->application->pledge;
    char date[DAY_TEXT_SIZE];
    heading(w, _("Pledge"));
    if (!p->present)
        line(w, CASE_PLAIN, 0, "%s", _("none was submitted"));
    else if (!p->is_signed)
        line(w, CASE_PLAIN, 0, "%s", _("submitted, not signed"));
    else
        line(w, CASE_PLAIN, 0, _("signed by %s on %s"), p->signer == NULL ? "?" : p->signer,
             p->signed_on == DAY_NONE ? _("no stated day") : day_format(p->signed_on, date));
}

static void write_stated(const struct writer *w) {
    const struct application *a = w->application;
    if (a->disqualification_count > 0)
        heading(w, _("Grounds for refusal reported"));
    for (size_t i = 0; i < a->disqualification_count; i++)
        line(w, CASE_BAD, 0, "✗ %s",
             document_word_text(document_disqualifications, a->disqualifications[i], w->language == LANGUAGE_ZH));
    if (a->other_count > 0)
        heading(w, _("Other practising certificates"));
    for (size_t i = 0; i < a->other_count; i++)
        line(w, CASE_PLAIN, 0, _("%s, with employer %s"),
             document_word_text(document_certificates, a->others[i].certificate, w->language == LANGUAGE_ZH),
             a->others[i].employer_code);
    heading(w, _("Materials"));
    if (a->material_count == 0)
        line(w, CASE_PLAIN, 0, "%s", _("none listed"));
    for (size_t i = 0; i < a->material_count; i++) {
        line(w, CASE_PLAIN, 0, "%zu. %s", i + 1, a->materials[i].name);
        if (a->materials[i].sha256 != NULL)
            line(w, CASE_FAINT, 3, "SHA-256 %s", a->materials[i].sha256);
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
    pair(w, CASE_PLAIN, _("Name"), "%s", entry->person.name);
    if (entry->number != NULL)
        pair(w, CASE_PLAIN, _("Reg. number"), "%s", entry->number);
    if (entry->paper_number != NULL)
        pair(w, CASE_PLAIN, _("Paper number"), "%s", entry->paper_number);
    pair(w, CASE_PLAIN, _("Employer"), "%s  %s", entry->employer.name, entry->employer.credit_code);
    for (size_t i = 0; i < entry->specialty_count; i++) {
        const struct held_specialty *held = &entry->specialties[i];
        enum standing standing = standing_on(held, w->record->on);
        line(w, standing == STANDING_VALID ? CASE_PLAIN : CASE_PART, 0, _("%s: %s, %s to %s%s"),
             specialty(w, held->specialty),
             awaits_continuation(w, held, standing) ? _("continuation pending") : word(w, &standing_words[standing]),
             day_format(held->valid_from, from), day_format(held->valid_to, to), i == 0 ? _(" (main)") : "");
    }
}

static void write_register(const struct writer *w) {
    const struct constructor *person = w->record->by_person, *number = w->record->by_number;
    heading(w, _("In the register"));
    if (person == NULL)
        line(w, CASE_PLAIN, 0, "%s", _("the applicant is not in the register"));
    else
        write_entry(w, person);
    if (number == NULL || number == person ||
        strcmp(number->person.id_number, w->application->applicant.id_number) == 0)
        return;
    heading(w, _("The stated number belongs to another person"));
    write_entry(w, number);
}

static void write_decisions(const struct writer *w) {
    char date[DAY_TEXT_SIZE];
    heading(w, _("Earlier decisions on this person"));
    if (w->record->decision_count == 0)
        line(w, CASE_PLAIN, 0, "%s", _("none"));
    for (size_t i = 0; i < w->record->decision_count; i++) {
        const struct record_decision *d = &w->record->decisions[i];
        const char *what =
            strcmp(d->action, "revoke") == 0 ? _("revoked") : message_word(&queue_states[d->outcome], w->language);
        /* TRANSLATORS: day, decision number, kind, outcome, application number, reviewer */
        line(w, CASE_PLAIN, 0, _("%s  no. %lld  %s: %s  (%s, %s)"), day_format(d->decided_on, date),
             (long long)d->decision_no, word(w, &document_kinds[d->kind]), what, d->application_no, d->decided_by_name);
    }
}

static void write_given(const struct writer *w, const struct decision_item *item) {
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    if (item->valid_from != DAY_NONE)
        line(w, CASE_GOOD, 0, _("✓ %s: granted, valid %s to %s"), specialty(w, item->specialty),
             day_format(item->valid_from, from), day_format(item->valid_to, to));
    else
        line(w, CASE_BAD, 0, _("✗ %s: refused"), specialty(w, item->specialty));
    for (size_t i = 0; i < item->reason_count; i++)
        line(w, CASE_PLAIN, 2, "%s", item->reasons[i].text);
}

/* What became of an application that does not wait any more: the first thing said of it. */
static void write_decided(const struct writer *w) {
    const struct decision *d = w->record->decision;
    const char *state = word(w, &queue_states[w->record->row.state]);
    char date[DAY_TEXT_SIZE];
    heading(w, _("What became of it"));
    pair(w, CASE_PLAIN, _("Outcome"), "%s", state);
    if (d == NULL)
        return;
    pair(w, CASE_PLAIN, _("Decision"), _("no. %lld of %s"), (long long)d->decision_no, day_format(d->decided_on, date));
    pair(w, CASE_PLAIN, _("Decided by"), "%s", d->decided_by_name);
    if (d->registration_number != NULL)
        pair(w, CASE_PLAIN, _("Reg. number"), "%s%s%s", d->registration_number,
             d->former_number == NULL ? "" : _("  formerly "), d->former_number == NULL ? "" : d->former_number);
    for (size_t i = 0; i < d->item_count; i++)
        write_given(w, &d->items[i]);
}

static void write_parts(const struct writer *w, void (*const *parts)(const struct writer *)) {
    for (; *parts != NULL; parts++)
        (*parts)(w);
}

void case_text_write(const struct record *record, enum language language, case_emit *emit, void *data) {
    static void (*const waiting[])(const struct writer *) = {
        write_who,         write_asked,  write_against, write_effect,   write_advisories, write_checks,
        write_specialties, write_pledge, write_stated,  write_register, write_decisions,  NULL,
    };
    /* The rules' word of today comes last: the register has moved on since the decision, and it would only mislead. */
    static void (*const closed[])(const struct writer *) = {
        write_decided, write_who,    write_asked,    write_decisions, write_specialties,
        write_pledge,  write_stated, write_register, write_checks,    NULL,
    };
    struct writer w = {record, record->application, language, emit, data};
    write_parts(&w, record->row.state == STATE_PENDING ? waiting : closed);
}

void case_text_short(const struct record *record, enum language language, case_emit *emit, void *data) {
    static void (*const parts[])(const struct writer *) = {
        write_who, write_asked, write_against, write_effect, write_advisories, NULL,
    };
    struct writer w = {record, record->application, language, emit, data};
    write_parts(&w, parts);
}
