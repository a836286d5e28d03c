#include "store/verdict_json.h"

static void write_item(struct json *json, const struct verdict_item *item) {
    const char *names[RULE_COUNT];
    size_t count = review_failed_names(item->failed, names);
    json_object(json, NULL);
    json_text(json, "specialty", document_specialties[item->specialty].code);
    json_bool(json, "approvable", item->approvable);
    json_array(json, "failed");
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, names[i]);
    json_array_end(json);
    json_day(json, "valid_from", item->valid_from);
    json_day(json, "valid_to", item->valid_to);
    json_object_end(json);
}

void verdict_json_checks(struct json *json, const char *key, const struct verdict *verdict) {
    static const char *const results[] = {
        [CHECK_NOT_APPLICABLE] = "not_applicable",
        [CHECK_NOT_EVALUATED] = "not_evaluated",
        [CHECK_PASS] = "pass",
        [CHECK_FAIL] = "fail",
    };
    char text[PHRASE_SIZE];
    json_array(json, key);
    for (size_t i = 0; i < verdict->check_count; i++) {
        const struct check *check = &verdict->checks[i];
        enum specialty specialty = check->item == CHECK_WHOLE ? 0 : verdict->items[check->item].specialty;
        json_object(json, NULL);
        json_text(json, "basis", rules[check->rule].basis_zh);
        json_text(json, "found", phrase_format(&check->found, LANGUAGE_ZH, text, sizeof text));
        json_text(json, "required", phrase_format(&check->required, LANGUAGE_ZH, text, sizeof text));
        json_text(json, "result", results[check->result]);
        json_text(json, "rule", rules[check->rule].name);
        json_text(json, "specialty", check->item == CHECK_WHOLE ? NULL : document_specialties[specialty].code);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_window(struct json *json, const struct verdict *verdict) {
    if (verdict->window_from == DAY_NONE) {
        json_null(json, "usage_window");
        return;
    }
    json_object(json, "usage_window");
    json_day(json, "from", verdict->window_from);
    json_day(json, "to", verdict->window_to);
    json_object_end(json);
}

void verdict_json(struct json *json, const char *application_no, const struct verdict *verdict, bool explain) {
    json_object(json, NULL);
    json_text(json, "application_no", application_no);
    json_text(json, "outcome", outcome_words[verdict->outcome].code);
    json_array(json, "specialties");
    for (size_t i = 0; i < verdict->item_count; i++)
        write_item(json, &verdict->items[i]);
    json_array_end(json);
    write_window(json, verdict);
    json_day(json, "decide_by", verdict->decide_by);
    json_bool(json, "decide_by_provisional", verdict->decide_by_provisional);
    if (explain)
        verdict_json_checks(json, "checks", verdict);
    json_object_end(json);
}
