#include <stdio.h>
#include <string.h>

#include "core/grant.h"
#include "core/text.h"
#include "store/act_inside.h"
#include "store/document_json.h"

static const char *entry_text(const struct act *act) {
    return act->loaded.by_person == NULL ? NULL : act->loaded.by_person->entry_text;
}

static void run_review(struct act *act) {
    struct review_case c = application_case(act->store, &act->loaded, act->today);
    review_run(&c, &act->verdict);
    for (size_t i = 0; i < act->verdict.item_count; i++)
        act->result->granted += act->verdict.items[i].approvable ? 1 : 0;
    act->result->refused = act->verdict.item_count - act->result->granted;
}

static enum status blocked(struct act *act) {
    const char *names[RULE_COUNT];
    char list[ERR_ARG_SIZE] = "";
    rule_set failed = 0;
    for (size_t i = 0; i < act->verdict.item_count; i++)
        failed |= act->verdict.items[i].failed;
    size_t count = review_failed_names(failed, names);
    for (size_t i = 0, used = 0; i < count && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : " ", names[i]);
    return err_set(act->err, STATUS_NEGATIVE, N_("application %1 cannot be approved, it fails %2; nothing was changed"),
                   act->loaded.row.application_no, list, NULL);
}

static enum status allocate(struct act *act, struct registration_number *parts, char number[NUMBER_REGISTRATION_SIZE]) {
    enum status status = register_allocate(act->store, parts, number, act->err);
    if (status == STATUS_OK)
        memcpy(act->allocated, number, sizeof act->allocated);
    return status;
}

static enum status allocate_initial(struct act *act, char number[NUMBER_REGISTRATION_SIZE]) {
    struct registration_number parts;
    if (!grant_new_number(&act->loaded.application, &act->verdict, act->request->province, &parts))
        return err_set(act->err, STATUS_USAGE,
                       N_("the province of %1 cannot be told from employer and credit code: give its two-digit code"),
                       act->loaded.row.application_no, NULL);
    return allocate(act, &parts, number);
}

/* A person known by a paper number only gets the electronic form of it, or a free serial where that is taken. */
static enum status allocate_electronic(struct act *act, char number[NUMBER_REGISTRATION_SIZE]) {
    const struct constructor *entry = &act->loaded.by_person->entry;
    struct registration_number parts;
    bool taken;
    number[0] = '\0';
    if (!grant_needs_electronic(entry) || !grant_electronic(entry->number, &parts))
        return STATUS_OK;
    number_registration_format(&parts, number);
    enum status status = register_number_taken(act->store, number, &taken, act->err);
    return status != STATUS_OK || !taken ? status : allocate(act, &parts, number);
}

static enum status change_register(struct act *act, struct decision_facts *facts) {
    const struct constructor *entry = act->loaded.by_person == NULL ? NULL : &act->loaded.by_person->entry;
    char number[NUMBER_REGISTRATION_SIZE] = "";
    enum status status = entry == NULL ? allocate_initial(act, number) : allocate_electronic(act, number);
    if (status != STATUS_OK)
        return status;
    struct constructor after;
    grant_apply(&act->loaded.application, &act->verdict, entry, number[0] == '\0' ? NULL : number, &after);
    facts->registration_number = after.number;
    facts->former_number = entry != NULL && number[0] != '\0' ? entry->number : NULL;
    act->result->number_is_new = number[0] != '\0';
    snprintf(act->result->registration_number, sizeof act->result->registration_number, "%s", after.number);
    struct json text = {0};
    document_write_constructor(&text, &after);
    status = text.failed ? err_no_memory(act->err) : act_record(act, facts, entry_text(act), text.data);
    if (status == STATUS_OK)
        status = register_put_entry(act->store, &after, text.data, facts->decision_no, act->err);
    if (status == STATUS_OK)
        status = application_refresh(act->store, after.person.id_number, after.number, after.paper_number, act->err);
    json_free(&text);
    return status;
}

static enum status approve_body(struct act *act) {
    enum status status = act_check_separation(act);
    if (status != STATUS_OK)
        return status;
    run_review(act);
    if (act->verdict.outcome == OUTCOME_BLOCKED)
        return blocked(act);
    bool part = act->verdict.outcome == OUTCOME_PARTLY;
    if (part && !act->request->partial)
        return err_set(
            act->err, STATUS_NEGATIVE,
            N_("only %1 of %2 specialties of %3 can be approved: say that it is partial; nothing was changed"),
            err_number((long long)act->result->granted).text, err_number((long long)act->verdict.item_count).text,
            act->loaded.row.application_no, NULL);
    struct decision_facts facts;
    status = act_fill_facts(act, &facts, "approve", part ? STATE_PARTLY_APPROVED : STATE_APPROVED);
    if (status != STATUS_OK)
        return status;
    facts.note = act->request->text;
    return change_register(act, &facts);
}

static enum status refuse_body(struct act *act) {
    enum status status = act_check_separation(act);
    if (status != STATUS_OK)
        return status;
    run_review(act);
    act->result->granted = 0;
    act->result->refused = act->verdict.item_count;
    struct decision_facts facts;
    status = act_fill_facts(act, &facts, "refuse", STATE_REFUSED);
    if (status != STATUS_OK)
        return status;
    bool written = act->request->text != NULL && !text_is_blank(act->request->text);
    facts.text = written ? act->request->text : NULL;
    if (decision_lacks_reason(&facts) >= 0)
        return err_set(
            act->err, STATUS_NEGATIVE,
            N_("some specialty of application %1 passes every rule: refusing it needs the reason and its legal "
               "basis in words (许可法 art. 38); nothing was changed"),
            act->loaded.row.application_no, NULL);
    facts.note = facts.text;
    return act_record(act, &facts, entry_text(act), entry_text(act));
}

enum status act_approve(struct store *store, const struct act_request *request, struct act_result *result,
                        struct err *err) {
    static const struct act_kind kind = {RIGHT_DECIDE, true, approve_body};
    return act_run(store, request, result, &kind, err);
}

enum status act_refuse(struct store *store, const struct act_request *request, struct act_result *result,
                       struct err *err) {
    static const struct act_kind kind = {RIGHT_DECIDE, true, refuse_body};
    return act_run(store, request, result, &kind, err);
}

size_t act_prefill(const struct verdict *verdict, char *out, size_t size) {
    char sentence[DECISION_SENTENCE_SIZE];
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < verdict->check_count; i++) {
        if (verdict->checks[i].result != CHECK_FAIL)
            continue;
        decision_sentence(&verdict->checks[i], true, sentence);
        size_t length = strlen(sentence);
        if (strstr(out, sentence) != NULL || used + length + 2 > size)
            continue;
        used += (size_t)snprintf(out + used, size - used, "%s%s", used == 0 ? "" : "\n", sentence);
    }
    return used;
}

enum specialty act_lacks_reason(const struct verdict *verdict, const char *text) {
    struct decision_facts facts = {.verdict = verdict, .text = text};
    int item = decision_lacks_reason(&facts);
    return item < 0 ? SPECIALTY_COUNT : verdict->items[item].specialty;
}
