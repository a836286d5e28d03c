#include "core/review.h"

#include <string.h>

#include "core/law.h"
#include "core/standing.h"
#include "core/validity.h"

const struct document_word outcome_words[OUTCOME_COUNT] = {
    [OUTCOME_BLOCKED] = {"blocked", "不可准予", "blocked"},
    [OUTCOME_PARTLY] = {"partly_approvable", "部分可准予", "partly approvable"},
    [OUTCOME_APPROVABLE] = {"approvable", "可准予", "approvable"},
};

struct workday_count review_decide_by(const struct application *application, bool extended,
                                      const struct workday_calendar *calendar) {
    day from = application->accepted_on == DAY_NONE ? application->submitted_on : application->accepted_on;
    int workdays = application->kind == KIND_CONTINUATION ? LAW_DECISION_WORKDAYS_CONTINUATION : LAW_DECISION_WORKDAYS;
    return workday_add(calendar, from, extended ? workdays + LAW_EXTENSION_WORKDAYS : workdays);
}

static struct rule_case make_case(const struct review_case *review) {
    const struct application *a = review->application;
    const struct constructor *by_number = review->entries.by_number;
    bool own = by_number != NULL && strcmp(by_number->person.id_number, a->applicant.id_number) == 0;
    struct rule_case c = {
        .application = a,
        .entry = own ? by_number : NULL,
        .by_number = by_number,
        .by_person = review->entries.by_person,
        .decided_on = review->decided_on,
        .birthday_65 = validity_birthday_65(document_birth_date(&a->applicant)),
        .main = a->specialties[0].specialty,
    };
    bool main_is_held = a->kind == KIND_ADDED_SPECIALTY || a->kind == KIND_CONTINUATION;
    if (main_is_held && c.entry != NULL && c.entry->specialty_count > 0)
        c.main = c.entry->specialties[0].specialty;
    return c;
}

/* Runs one rule, keeps the check where it applies, and answers whether it failed. */
static bool run_rule(const struct rule_case *c, enum rule_id id, int item, struct verdict *verdict) {
    struct check *check = &verdict->checks[verdict->check_count];
    memset(check, 0, sizeof *check);
    check->rule = id;
    check->item = item;
    rules[id].run(c, item == CHECK_WHOLE ? 0 : (size_t)item, check);
    if (check->result != CHECK_NOT_APPLICABLE)
        verdict->check_count++;
    return check->result == CHECK_FAIL;
}

static rule_set run_scope(const struct rule_case *c, enum rule_scope scope, int item, struct verdict *verdict) {
    rule_set failed = 0;
    for (enum rule_id id = 0; id < RULE_COUNT; id++)
        if (rules[id].scope == scope && (rules[id].kinds >> c->application->kind & 1U) != 0 &&
            run_rule(c, id, item, verdict))
            failed |= (rule_set)1 << id;
    return failed;
}

static bool granted(const struct verdict *verdict, enum specialty specialty) {
    for (size_t i = 0; i < verdict->item_count; i++)
        if (verdict->items[i].specialty == specialty)
            return verdict->items[i].approvable;
    return false;
}

/* F = D, over the specialties granted and the others valid on D. */
static void set_window(const struct rule_case *c, struct verdict *verdict) {
    day valid_to = validity_last(c->decided_on, c->birthday_65); /* of each specialty granted */
    for (size_t i = 0; c->entry != NULL && i < c->entry->specialty_count; i++) {
        const struct held_specialty *held = &c->entry->specialties[i];
        if (!granted(verdict, held->specialty) && standing_on(held, c->decided_on) == STANDING_VALID &&
            held->valid_to < valid_to)
            valid_to = held->valid_to;
    }
    verdict->window_from = c->decided_on;
    verdict->window_to = validity_window_last(c->decided_on, valid_to, c->birthday_65);
}

static void set_outcome(const struct rule_case *c, struct verdict *verdict) {
    size_t approvable = 0;
    for (size_t i = 0; i < verdict->item_count; i++) {
        struct verdict_item *item = &verdict->items[i];
        item->approvable = item->failed == 0;
        item->valid_from = item->approvable ? c->decided_on : DAY_NONE;
        item->valid_to = item->approvable ? validity_last(c->decided_on, c->birthday_65) : DAY_NONE;
        if (item->approvable)
            approvable++;
    }
    verdict->outcome = approvable == 0                     ? OUTCOME_BLOCKED
                       : approvable == verdict->item_count ? OUTCOME_APPROVABLE
                                                           : OUTCOME_PARTLY;
    verdict->window_from = verdict->window_to = DAY_NONE;
    verdict->short_validity = false;
    if (approvable == 0)
        return;
    verdict->short_validity = validity_last(c->decided_on, DAY_NONE) != validity_last(c->decided_on, c->birthday_65);
    set_window(c, verdict);
}

void review_run(const struct review_case *review, struct verdict *verdict) {
    struct rule_case c = make_case(review);
    const struct application *a = review->application;
    verdict->check_count = 0;
    verdict->item_count = a->specialty_count;
    rule_set whole = run_scope(&c, SCOPE_WHOLE, CHECK_WHOLE, verdict);
    for (size_t i = 0; i < a->specialty_count; i++) {
        verdict->items[i].specialty = a->specialties[i].specialty;
        verdict->items[i].failed = whole | run_scope(&c, SCOPE_SPECIALTY, (int)i, verdict);
    }
    set_outcome(&c, verdict);
    struct workday_count count = review_decide_by(a, review->extended, review->calendar);
    verdict->decide_by = count.last;
    verdict->decide_by_provisional = count.provisional;
}

struct outlook review_outlook(const struct review_case *review) {
    day birthday_65 = validity_birthday_65(document_birth_date(&review->application->applicant));
    struct outlook outlook = {
        .first = review->application->submitted_on,
        .last = birthday_65 == DAY_NONE ? DAY_MAX : birthday_65,
    };
    /* On the first day no rule that depends on the day fails, unless the span is empty and every day is blocked. */
    struct review_case on_first = *review;
    on_first.decided_on = outlook.first;
    struct verdict verdict;
    review_run(&on_first, &verdict);
    outlook.outcome = verdict.outcome;
    return outlook;
}

enum outcome review_outcome_on(const struct outlook *outlook, day on) {
    return on < outlook->first || on > outlook->last ? OUTCOME_BLOCKED : outlook->outcome;
}

size_t review_failed_names(rule_set failed, const char *names[RULE_COUNT]) {
    size_t count = 0;
    for (enum rule_id id = 0; id < RULE_COUNT; id++) {
        if ((failed >> id & 1U) == 0)
            continue;
        size_t at = count++;
        for (; at > 0 && strcmp(names[at - 1], rules[id].name) > 0; at--)
            names[at] = names[at - 1];
        names[at] = rules[id].name;
    }
    return count;
}
