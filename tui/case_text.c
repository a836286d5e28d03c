#include "tui/case_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/law.h"
#include "core/number.h"
#include "core/standing.h"
#include "core/validity.h"
#include "tui/message.h"

struct writer {
    const struct record *record;
    enum language language;
    case_emit *emit;
    void *data;
};

enum { LINE_SIZE = 2 * PHRASE_SIZE };

__attribute__((format(printf, 4, 5))) static void put(const struct writer *w, enum case_role role, const char *label,
                                                      const char *format, ...) {
    char text[LINE_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    w->emit(w->data, role, label, text);
}

static const char *word(const struct writer *w, const struct document_word *of) {
    return message_word(of, w->language);
}

static const char *name_of(const struct writer *w, enum specialty specialty) {
    return word(w, &document_specialties[specialty]);
}

static void write_who(const struct writer *w) {
    const struct application *a = w->record->application;
    char masked[NUMBER_SIZE], birth[DAY_TEXT_SIZE];
    day born = document_birth_date(&a->applicant);
    put(w, CASE_HEADING, "", "%s", _("Applicant"));
    put(w, CASE_PLAIN, _("name"), "%s", a->applicant.name);
    number_mask(a->applicant.id_number, masked, sizeof masked);
    put(w, CASE_PLAIN, _("id"), "%s %s", word(w, &document_id_types[a->applicant.id_type]), masked);
    if (born != DAY_NONE) {
        char limit[DAY_TEXT_SIZE];
        put(w, CASE_PLAIN, _("born"), _("%s, turns 65 on %s"), day_format(born, birth),
            day_format(validity_birthday_65(born), limit));
    }
    if (a->registration_number != NULL)
        put(w, CASE_PLAIN, _("registration no."), "%s", a->registration_number);
    put(w, CASE_PLAIN, _("employer"), "%s (%s)", a->employer.name, a->employer.credit_code);
}

static void write_asked(const struct writer *w) {
    const struct record *r = w->record;
    const struct application *a = r->application;
    char submitted[DAY_TEXT_SIZE], accepted[DAY_TEXT_SIZE], deadline[DAY_TEXT_SIZE];
    put(w, CASE_HEADING, "", _("Application %s"), a->application_no);
    put(w, CASE_PLAIN, _("kind"), "%s", word(w, &document_kinds[a->kind]));
    for (size_t i = 0; i < a->specialty_count; i++)
        put(w, CASE_PLAIN, i == 0 ? _("specialty") : "", "%s", name_of(w, a->specialties[i].specialty));
    put(w, CASE_PLAIN, _("submitted"), "%s", day_format(a->submitted_on, submitted));
    if (a->accepted_on == DAY_NONE)
        put(w, CASE_PLAIN, _("accepted"), "%s", _("not yet"));
    else
        put(w, CASE_PLAIN, _("accepted"), "%s %s", day_format(a->accepted_on, accepted),
            r->accepted_by_name[0] != '\0' ? r->accepted_by_name : a->accepted_by == NULL ? "" : a->accepted_by);
    if (r->row.state == STATE_PENDING && r->row.workdays_left < 0)
        put(w, CASE_FAIL, _("decide by"), _("%s, OVERDUE by %d working days"), day_format(r->row.decide_by, deadline),
            -r->row.workdays_left);
    else if (r->row.state == STATE_PENDING)
        put(w, r->row.workdays_left <= LAW_DUE_SOON_WORKDAYS ? CASE_NOTICE : CASE_PLAIN, _("decide by"),
            _("%s, %d working days left"), day_format(r->row.decide_by, deadline), r->row.workdays_left);
    else
        put(w, CASE_NOTICE, _("state"), "%s", word(w, &queue_states[r->row.state]));
}

static const char *item_name(const struct writer *w, const struct check *check) {
    return check->item == CHECK_WHOLE ? "" : name_of(w, w->record->verdict.items[check->item].specialty);
}

static const char *basis(const struct writer *w, const struct check *check) {
    return w->language == LANGUAGE_ZH ? rules[check->rule].basis_zh : rules[check->rule].basis_en;
}

static void write_against(const struct writer *w) {
    const struct verdict *v = &w->record->verdict;
    char reason[PHRASE_SIZE];
    bool none = true;
    put(w, CASE_HEADING, "", "%s", _("What speaks against it"));
    for (size_t i = 0; i < v->check_count; i++) {
        const struct check *check = &v->checks[i];
        if (check->result != CHECK_FAIL)
            continue;
        none = false;
        put(w, CASE_FAIL, item_name(w, check), "x %s",
            phrase_format(&check->reason, w->language, reason, sizeof reason));
        put(w, CASE_FAINT, "", "  %s  [%s]", basis(w, check), rules[check->rule].name);
    }
    if (none)
        put(w, CASE_GOOD, "", "+ %s", _("nothing: every rule passes"));
}

static void write_gives(const struct writer *w) {
    const struct verdict *v = &w->record->verdict;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    put(w, CASE_HEADING, "", _("What approving on %s would give"), day_format(w->record->on, from));
    for (size_t i = 0; i < v->item_count; i++) {
        const struct verdict_item *item = &v->items[i];
        if (item->approvable)
            put(w, CASE_GOOD, name_of(w, item->specialty), _("+ valid %s to %s"), day_format(item->valid_from, from),
                day_format(item->valid_to, to));
        else
            put(w, CASE_FAIL, name_of(w, item->specialty), "x %s", _("cannot be approved"));
    }
    if (v->window_from != DAY_NONE)
        put(w, CASE_PLAIN, _("certificate"), _("may be used %s to %s"), day_format(v->window_from, from),
            day_format(v->window_to, to));
}

static void write_advisories(const struct writer *w) {
    char text[PHRASE_SIZE];
    if (w->record->advisory_count > 0)
        put(w, CASE_HEADING, "", "%s", _("Mind"));
    for (size_t i = 0; i < w->record->advisory_count; i++)
        put(w, CASE_NOTICE, "", "* %s",
            phrase_format(&w->record->advisories[i].phrase, w->language, text, sizeof text));
}

static void write_register(const struct writer *w) {
    const struct constructor *entry = w->record->by_person;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    put(w, CASE_HEADING, "", "%s", _("Register entry"));
    if (entry == NULL) {
        put(w, CASE_PLAIN, "", "%s", _("none: the person is not in the register"));
        return;
    }
    put(w, CASE_PLAIN, _("registration no."), "%s%s%s", entry->number, entry->paper_number == NULL ? "" : " / ",
        entry->paper_number == NULL ? "" : entry->paper_number);
    put(w, CASE_PLAIN, _("employer"), "%s (%s)", entry->employer.name, entry->employer.credit_code);
    for (size_t i = 0; i < entry->specialty_count; i++) {
        const struct held_specialty *held = &entry->specialties[i];
        const struct application *a = w->record->application;
        enum standing standing = standing_on(held, w->record->on);
        bool asked = a->kind == KIND_CONTINUATION && (w->record->row.specialties >> held->specialty & 1U) != 0 &&
                     w->record->row.state == STATE_PENDING && a->submitted_on <= held->valid_to;
        const char *shown = asked && standing != STANDING_VALID && standing != STANDING_CANCELLED
                                ? _("continuation pending")
                                : word(w, &standing_words[standing]);
        put(w, CASE_PLAIN, name_of(w, held->specialty), _("%s to %s, %s%s"), day_format(held->valid_from, from),
            day_format(held->valid_to, to), shown, i == 0 ? _(" (main specialty)") : "");
    }
}

static void write_checks(const struct writer *w) {
    static const char *const signs[] = {
        [CHECK_NOT_APPLICABLE] = " ", [CHECK_NOT_EVALUATED] = "?", [CHECK_PASS] = "+", [CHECK_FAIL] = "x"};
    static const enum case_role roles[] = {[CHECK_NOT_APPLICABLE] = CASE_FAINT,
                                           [CHECK_NOT_EVALUATED] = CASE_FAINT,
                                           [CHECK_PASS] = CASE_PLAIN,
                                           [CHECK_FAIL] = CASE_FAIL};
    const struct verdict *v = &w->record->verdict;
    char required[PHRASE_SIZE], found[PHRASE_SIZE];
    put(w, CASE_HEADING, "", "%s", _("All checks"));
    for (size_t i = 0; i < v->check_count; i++) {
        const struct check *check = &v->checks[i];
        const struct rule *rule = &rules[check->rule];
        put(w, roles[check->result], item_name(w, check), _("%s %s: required %s; found %s"), signs[check->result],
            w->language == LANGUAGE_ZH ? rule->title_zh : rule->title_en,
            phrase_format(&check->required, w->language, required, sizeof required),
            phrase_format(&check->found, w->language, found, sizeof found));
        put(w, CASE_FAINT, "", "  %s  [%s]", basis(w, check), rule->name);
    }
}

static void write_papers(const struct writer *w) {
    const struct application *a = w->record->application;
    char on[DAY_TEXT_SIZE];
    put(w, CASE_HEADING, "", "%s", _("Papers"));
    if (a->pledge.present)
        put(w, CASE_PLAIN, _("pledge"), "%s %s %s", a->pledge.is_signed ? _("signed") : _("not signed"),
            a->pledge.signer == NULL ? "" : a->pledge.signer, day_format(a->pledge.signed_on, on));
    else
        put(w, CASE_PLAIN, _("pledge"), "%s", _("none"));
    for (size_t i = 0; i < a->specialty_count; i++) {
        const struct applied_specialty *s = &a->specialties[i];
        put(w, CASE_PLAIN, name_of(w, s->specialty), _("certificate %s %s; hours: compulsory %d, elective %d"),
            s->certificate_no == NULL ? "-" : s->certificate_no, day_format(s->certificate_issued, on),
            s->compulsory_hours, s->elective_hours);
    }
    for (size_t i = 0; i < a->material_count; i++)
        put(w, CASE_PLAIN, i == 0 ? _("materials") : "", "%s %s", a->materials[i].name,
            a->materials[i].sha256 == NULL ? "" : a->materials[i].sha256);
}

static void write_decisions(const struct writer *w) {
    char on[DAY_TEXT_SIZE];
    put(w, CASE_HEADING, "", "%s", _("Earlier decisions on this person"));
    for (size_t i = 0; i < w->record->decision_count; i++) {
        const struct record_decision *d = &w->record->decisions[i];
        bool revoked = strcmp(d->action, "revoke") == 0;
        put(w, CASE_PLAIN, day_format(d->decided_on, on), _("no. %lld, %s %s, %s, by %s"), (long long)d->decision_no,
            d->application_no, word(w, &document_kinds[d->kind]),
            revoked ? _("revoked") : word(w, &queue_states[d->outcome]), d->decided_by_name);
    }
    if (w->record->decision_count == 0)
        put(w, CASE_PLAIN, "", "%s", _("none"));
}

void case_write(const struct record *record, enum language language, case_emit *emit, void *data) {
    static void (*const parts[])(const struct writer *) = {
        write_who,      write_asked,  write_against, write_gives,     write_advisories,
        write_register, write_checks, write_papers,  write_decisions,
    };
    struct writer writer = {.record = record, .language = language, .emit = emit, .data = data};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        parts[i](&writer);
}
