#include "store/verify_review.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "core/review.h"
#include "store/document_json.h"
#include "store/verdict_json.h"

static const char *member(const cJSON *object, const char *name) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text == NULL ? "" : text;
}

static bool says(const cJSON *object, const char *name, const char *expected) {
    return strcmp(member(object, name), expected) == 0;
}

/* Rule, specialty and result of each check, and which items were granted. What was found is left out where another
 * person's entry was looked at: that entry is not kept with the decision. */
static bool same_results(const cJSON *stored, const cJSON *again) {
    static const char *const members[] = {"rule", "specialty", "result"};
    const cJSON *a = stored == NULL ? NULL : stored->child, *b = again->child;
    for (; a != NULL && b != NULL; a = a->next, b = b->next)
        for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
            if (!says(a, members[i], member(b, members[i])))
                return false;
    return a == NULL && b == NULL;
}

/* One item of a decision that is no revocation: what is granted has its days, what is refused has none. */
static bool same_item(const cJSON *item, const struct verdict_item *again, bool approves) {
    char from[DAY_TEXT_SIZE] = "", to[DAY_TEXT_SIZE] = "";
    bool granted = approves && again->approvable;
    if (granted) {
        day_format(again->valid_from, from);
        day_format(again->valid_to, to);
    }
    return says(item, "specialty", document_specialties[again->specialty].code) &&
           says(item, "outcome", granted ? "approved" : "refused") && says(item, "valid_from", from) &&
           says(item, "valid_to", to);
}

static bool same_grants(const cJSON *decision, const struct verdict *verdict) {
    bool approves = says(decision, "action", "approve");
    const cJSON *items = cJSON_GetObjectItemCaseSensitive(decision, "items");
    const cJSON *item = items == NULL ? NULL : items->child;
    for (size_t i = 0; i < verdict->item_count; i++, item = item->next)
        if (item == NULL || !same_item(item, &verdict->items[i], approves))
            return false;
    return item == NULL;
}

static bool holds_number(const struct constructor *entry, const char *number) {
    return number != NULL && ((entry->number != NULL && strcmp(entry->number, number) == 0) ||
                              (entry->paper_number != NULL && strcmp(entry->paper_number, number) == 0));
}

static bool review_again(const struct store *store, const cJSON *decision, const char *document, const char *before,
                         struct arena *arena, struct verdict *verdict) {
    struct document application, entry;
    day decided_on;
    if (!document_read_stored(document, arena, &application) || application.type != DOCUMENT_APPLICATION ||
        (before != NULL && (!document_read_stored(before, arena, &entry) || entry.type != DOCUMENT_CONSTRUCTOR)) ||
        !day_parse(member(decision, "decided_on"), &decided_on) ||
        !says(decision, "application_no", application.as.application.application_no))
        return false;
    const struct constructor *own = before == NULL ? NULL : &entry.as.constructor;
    bool by_number = own != NULL && holds_number(own, application.as.application.registration_number);
    struct review_case c = {
        .application = &application.as.application,
        .entries = {.by_number = by_number ? own : NULL, .by_person = own},
        .calendar = &store->calendar,
        .decided_on = decided_on,
    };
    review_run(&c, verdict);
    return true;
}

bool verify_review_agrees(const struct store *store, const char *decision_text, const char *document,
                          const char *before, struct arena *arena) {
    cJSON *decision = cJSON_Parse(decision_text);
    struct verdict *verdict = arena_alloc(arena, sizeof *verdict);
    struct json checks = {0};
    bool agrees = decision != NULL && verdict != NULL;
    if (agrees && !says(decision, "action", "revoke")) {
        agrees = review_again(store, decision, document, before, arena, verdict);
        if (agrees)
            verdict_json_checks(&checks, NULL, verdict);
        cJSON *again = agrees && !checks.failed ? cJSON_Parse(checks.data) : NULL;
        agrees = again != NULL && same_results(cJSON_GetObjectItemCaseSensitive(decision, "checks"), again) &&
                 same_grants(decision, verdict);
        cJSON_Delete(again);
    }
    json_free(&checks);
    cJSON_Delete(decision);
    return agrees;
}
