#include "tui/ledger_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/decision.h"
#include "tui/message.h"

enum { TEXT_SIZE = 8192 };

struct writer {
    enum language language;
    ledger_emit *emit;
    void *data;
    bool whole; /* memory did not run out */
};

/* A line of any length: what a reviewer wrote is shown whole. */
__attribute__((format(printf, 4, 5))) static void put(struct writer *w, enum case_role role, const char *label,
                                                      const char *format, ...) {
    char *text = NULL;
    va_list list;
    va_start(list, format);
    int length = vasprintf(&text, format, list);
    va_end(list);
    w->whole = w->whole && length >= 0;
    w->emit(w->data, role, label, length < 0 ? _("no memory left: text is missing") : text);
    if (length >= 0)
        free(text);
}

static void write_outcome(struct writer *w, const struct decision *d) {
    if (d->supersedes != 0) {
        put(w, CASE_PLAIN, _("Decision"), _("no. %lld, revokes no. %lld"), (long long)d->decision_no,
            (long long)d->supersedes);
        return;
    }
    int state = document_word_find(queue_states, STATE_COUNT, d->outcome);
    put(w, CASE_PLAIN, _("Decision"), _("no. %lld, %s: %s"), (long long)d->decision_no,
        message_word(&document_kinds[d->kind], w->language),
        state < 0 ? d->outcome : message_word(&queue_states[state], w->language));
}

static void write_item(struct writer *w, const struct decision_item *item, const char *label) {
    static const struct {
        const char *outcome;
        enum case_role role;
        const char *line; /* msgid */
    } looks[] = {
        {"refused", CASE_BAD, N_("✗ %s: refused")},
        {"revoked", CASE_BAD, N_("✗ %s: revoked")},
    };
    const char *specialty = message_word(&document_specialties[item->specialty], w->language);
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    if (item->valid_to != DAY_NONE)
        put(w, CASE_GOOD, label, _("✓ %s: granted, valid %s to %s"), specialty, day_format(item->valid_from, from),
            day_format(item->valid_to, to));
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        char line[TEXT_SIZE];
        if (strcmp(item->outcome, looks[i].outcome) != 0)
            continue;
        snprintf(line, sizeof line, _(looks[i].line), specialty);
        put(w, looks[i].role, label, "%s", line);
    }
    for (size_t r = 0; r < item->reason_count; r++) {
        const struct decision_reason *reason = &item->reasons[r];
        if (reason->basis == NULL)
            put(w, CASE_PLAIN, "", "  %s", reason->text);
        else
            put(w, CASE_PLAIN, "", w->language == LANGUAGE_ZH ? "  %s（%s）" : "  %s (%s)", reason->text,
                reason->basis);
    }
}

static void write_number(struct writer *w, const struct decision *d) {
    bool grants = strcmp(d->action, "approve") == 0;
    if (d->registration_number == NULL)
        return;
    if (grants && d->former_number != NULL)
        put(w, CASE_PLAIN, _("Reg. number"), _("%s, newly given; before: %s"), d->registration_number,
            d->former_number);
    else if (grants && d->number_is_new)
        put(w, CASE_PLAIN, _("Reg. number"), _("%s, newly given"), d->registration_number);
    else
        put(w, CASE_PLAIN, _("Reg. number"), "%s", d->registration_number);
}

static void write_decision(struct writer *w, struct store *store, int64_t decision_no) {
    struct decision *d = NULL;
    struct err err = {0};
    if (decision_read(store, decision_no, &d, &err) != STATUS_OK) {
        char text[TEXT_SIZE];
        w->whole = w->whole && err.status != STATUS_INTERNAL;
        put(w, CASE_BAD, _("Decision"), "%s", message_err(&err, text, sizeof text));
        return;
    }
    write_outcome(w, d);
    for (size_t i = 0; i < d->item_count; i++)
        write_item(w, &d->items[i], i == 0 ? _("Specialties") : "");
    write_number(w, d);
    /* the note of a refusal or revocation is its reasons once more */
    if (d->note != NULL && d->note[0] != '\0' && strcmp(d->action, "approve") == 0)
        put(w, CASE_PLAIN, _("Remark"), "%s", d->note);
    decision_free(d);
}

static const struct event_fact *fact_of(const struct event_row *row, const char *name) {
    for (size_t i = 0; i < row->fact_count; i++)
        if (strcmp(row->facts[i].label->code, name) == 0)
            return &row->facts[i];
    return NULL;
}

/* "2026-12-14 (before: 2026-11-30)": one line, and one day only where acceptance on the day of submission moved
 * nothing. */
static void write_deadline(struct writer *w, const struct event_row *row) {
    const struct event_fact *now = fact_of(row, "decide_by"), *before = fact_of(row, "decide_by_before");
    if (now == NULL)
        return;
    if (before == NULL || strcmp(now->text, before->text) == 0)
        put(w, CASE_PLAIN, _("Decide by"), "%s", now->text);
    else
        put(w, CASE_PLAIN, _("Decide by"), _("%s (before: %s)"), now->text, before->text);
}

/* Deadlines and the number of a decision have a line of their own above. */
static bool is_said(const struct event_fact *fact) {
    return strncmp(fact->label->code, "decide_by", strlen("decide_by")) == 0 ||
           strcmp(fact->label->code, "allocated") == 0;
}

bool ledger_text_write(struct store *store, const struct event_row *row, enum language language, ledger_emit *emit,
                       void *data) {
    struct writer w = {language, emit, data, true};
    if (row->decision_no != 0)
        write_decision(&w, store, row->decision_no);
    write_deadline(&w, row);
    for (size_t i = 0; i < row->fact_count; i++) {
        const struct event_fact *fact = &row->facts[i];
        if (!is_said(fact))
            put(&w, CASE_PLAIN, message_word(fact->label, language), "%s",
                fact->word != NULL ? message_word(fact->word, language) : fact->text);
    }
    if (row->key[0] != '\0')
        put(&w, CASE_FAINT, _("SSH key"), "%s", row->key);
    return w.whole;
}
