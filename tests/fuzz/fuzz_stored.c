/* JSON that lies in the database, where somebody may have changed it by hand: documents, ledger events, decisions.
 * store/document_json.h, store/event_fact.h, store/decision.h, store/verify_review.h. The first line is the decision or
 * event, the second the document, the third the register entry. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "store/decision.h"
#include "store/document_json.h"
#include "store/event_fact.h"
#include "store/verify_review.h"
#include "tests/fuzz/fuzz.h"

/* Every event of the ledger can be shown. */
static void check_facts(const char *detail) {
    struct arena arena = {0};
    const struct event_fact *facts;
    size_t count = 0;
    FUZZ_MUST(event_fact_read(detail, &arena, &facts, &count));
    cJSON *tree = cJSON_Parse(detail);
    size_t said = 0;
    for (const cJSON *member = cJSON_IsObject(tree) ? tree->child : NULL; member != NULL; member = member->next)
        said += cJSON_IsNull(member) ? 0 : 1;
    FUZZ_MUST(count <= said);
    cJSON_Delete(tree);
    for (size_t i = 0; i < count; i++)
        FUZZ_MUST(facts[i].label != NULL && facts[i].label->code != NULL && facts[i].text != NULL);
    arena_free(&arena);
}

/* A decision that can be read has all that its header says is never NULL. */
static void check_decision(const char *json) {
    struct decision *d = decision_parse(7, json, false);
    if (d == NULL)
        return;
    const char *const texts[] = {d->action,    d->outcome,  d->application_no, d->name,
                                 d->id_number, d->employer, d->credit_code,    d->decided_by_name};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        FUZZ_MUST(texts[i] != NULL);
    FUZZ_MUST(d->decision_no == 7 && d->item_count > 0 && d->item_count <= SPECIALTY_COUNT);
    FUZZ_MUST(d->kind < KIND_COUNT && d->id_type < ID_TYPE_COUNT);
    for (size_t i = 0; i < d->item_count; i++) {
        FUZZ_MUST(d->items[i].specialty < SPECIALTY_COUNT && d->items[i].outcome != NULL);
        for (size_t n = 0; n < d->items[i].reason_count; n++)
            FUZZ_MUST(d->items[i].reasons[n].text != NULL);
    }
    decision_free(d);
}

/* What the rules cannot be run on, or leaves a specialty out, does not agree with them. */
static void check_review(const char *decision, const char *document, const char *before) {
    static struct store store;
    static bool counted;
    struct arena arena = {0};
    struct document read;
    if (!counted)
        workday_init(&store.calendar);
    counted = true;
    bool agrees = verify_review_agrees(&store, decision, document, before, &arena);
    cJSON *tree = cJSON_Parse(decision);
    const char *action = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "action"));
    if (agrees && (action == NULL || strcmp(action, "revoke") != 0))
        FUZZ_MUST(document_read_stored(document, &arena, &read) && read.type == DOCUMENT_APPLICATION &&
                  (size_t)cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(tree, "items")) ==
                      read.as.application.specialty_count);
    FUZZ_MUST(!agrees || tree != NULL);
    cJSON_Delete(tree);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = fuzz_text(data, size), *rest = text;
    const char *first = strsep(&rest, "\n"), *second = strsep(&rest, "\n"), *third = strsep(&rest, "\n");
    check_facts(first);
    check_decision(first);
    check_review(first, second == NULL ? "" : second, third);
    free(text);
    return 0;
}
