#include "store/decision.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/arena.h"
#include "store/inside.h"
#include "store/json_read.h"

struct whole {
    struct decision decision;
    struct arena arena;
    bool failed; /* out of memory, or the stored JSON is not what was written */
};

static const char *text_of(struct whole *whole, const cJSON *object, const char *member) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, member));
    if (text == NULL)
        return NULL;
    const char *copy = arena_text(&whole->arena, text);
    whole->failed = whole->failed || copy == NULL;
    return copy;
}

/* A text that every decision has. */
static const char *needed_text(struct whole *whole, const cJSON *object, const char *member) {
    const char *text = text_of(whole, object, member);
    whole->failed = whole->failed || text == NULL;
    return text;
}

static day day_of(const cJSON *object, const char *member) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, member));
    day d = DAY_NONE;
    if (text != NULL)
        day_parse(text, &d);
    return d;
}

static int word_of(struct whole *whole, const cJSON *object, const char *member, const struct document_word *words,
                   size_t count) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, member));
    int index = text == NULL ? -1 : document_word_find(words, count, text);
    whole->failed = whole->failed || index < 0;
    return index < 0 ? 0 : index;
}

static void read_item(struct whole *whole, const cJSON *node) {
    struct decision *d = &whole->decision;
    struct decision_item *item = &d->items[d->item_count++];
    const cJSON *reasons = cJSON_GetObjectItemCaseSensitive(node, "reasons");
    item->specialty = (enum specialty)word_of(whole, node, "specialty", document_specialties, SPECIALTY_COUNT);
    item->outcome = needed_text(whole, node, "outcome");
    item->valid_from = day_of(node, "valid_from");
    item->valid_to = day_of(node, "valid_to");
    struct decision_reason *list = arena_alloc(&whole->arena, ((size_t)cJSON_GetArraySize(reasons) + 1) * sizeof *list);
    whole->failed = whole->failed || list == NULL;
    for (const cJSON *reason = reasons == NULL ? NULL : reasons->child; list != NULL && reason != NULL;
         reason = reason->next) {
        list[item->reason_count].text = needed_text(whole, reason, "text");
        list[item->reason_count++].basis = text_of(whole, reason, "basis");
    }
    item->reasons = list;
}

static void read_tree(struct whole *whole, const cJSON *tree) {
    struct decision *d = &whole->decision;
    const cJSON *person = cJSON_GetObjectItemCaseSensitive(tree, "person");
    const cJSON *employer = cJSON_GetObjectItemCaseSensitive(tree, "employer");
    json_whole(cJSON_GetObjectItemCaseSensitive(tree, "supersedes"), &d->supersedes);
    d->action = needed_text(whole, tree, "action");
    d->outcome = needed_text(whole, tree, "outcome");
    d->application_no = needed_text(whole, tree, "application_no");
    d->kind = (enum kind)word_of(whole, tree, "kind", document_kinds, KIND_COUNT);
    d->submitted_on = day_of(tree, "submitted_on");
    d->decided_on = day_of(tree, "decided_on");
    d->decided_by_name = needed_text(whole, tree, "decided_by_name");
    d->remedies = text_of(whole, tree, "remedies");
    d->note = text_of(whole, tree, "note");
    d->name = needed_text(whole, person, "name");
    d->id_number = needed_text(whole, person, "id_number");
    d->id_type = (enum id_type)word_of(whole, person, "id_type", document_id_types, ID_TYPE_COUNT);
    d->registration_number = text_of(whole, person, "registration_number");
    d->former_number = text_of(whole, person, "former_number");
    d->employer = needed_text(whole, employer, "name");
    d->credit_code = needed_text(whole, employer, "credit_code");
    const cJSON *items = cJSON_GetObjectItemCaseSensitive(tree, "items");
    const cJSON *item = items == NULL ? NULL : items->child;
    for (; item != NULL && d->item_count < SPECIALTY_COUNT; item = item->next)
        read_item(whole, item);
    whole->failed = whole->failed || d->item_count == 0 || item != NULL;
}

struct decision *decision_parse(int64_t decision_no, const char *json, bool entered) {
    errno = 0;
    struct whole *whole = calloc(1, sizeof *whole);
    cJSON *tree = cJSON_Parse(json);
    if (whole != NULL) {
        whole->failed = tree == NULL;
        whole->decision.decision_no = decision_no;
        read_tree(whole, tree);
        whole->decision.number_is_new = entered || whole->decision.former_number != NULL;
    }
    cJSON_Delete(tree);
    if (whole == NULL || !whole->failed)
        return whole == NULL ? NULL : &whole->decision;
    decision_free(&whole->decision);
    return NULL;
}

enum status decision_read(struct store *store, int64_t decision_no, struct decision **out, struct err *err) {
    static const char sql[] =
        "SELECT json, action = 'approve' AND register_before IS NULL FROM decision WHERE decision_no = :no";
    bool row;
    sqlite3_stmt *s = db_statement(store->db, sql, err);
    if (s == NULL)
        return err->status;
    db_bind_integer(s, ":no", decision_no);
    enum status status = db_step(store->db, s, &row, err);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return err_set(err, STATUS_NEGATIVE, N_("there is no decision %1"), err_number(decision_no).text, NULL);
    struct decision *decision = decision_parse(decision_no, db_column_text(s, 0), sqlite3_column_int(s, 1) != 0);
    db_done(s);
    if (decision == NULL)
        return err_of_data(err, STATUS_IO, N_("decision %1 in the database is damaged; run `yijian verify`"),
                           err_number(decision_no).text, NULL);
    *out = decision;
    return STATUS_OK;
}

void decision_free(struct decision *decision) {
    if (decision == NULL)
        return;
    struct whole *whole = (struct whole *)decision;
    arena_free(&whole->arena);
    free(whole);
}
