#include "store/decision_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/remedies.h"
#include "store/verdict_json.h"

/* A line of the edited text, where it stands: of any length, for what a reviewer wrote is kept whole. */
struct line {
    const char *text;
    size_t length;
};

/* Takes the next line; false behind the last. */
static bool next_line(const char **text, struct line *line) {
    *text += strspn(*text, "\r\n ");
    *line = (struct line){*text, strcspn(*text, "\r\n")};
    *text += line->length;
    return line->length > 0;
}

static bool line_is(const struct line *line, const char *text) {
    return strlen(text) == line->length && memcmp(line->text, text, line->length) == 0;
}

char *decision_sentence(const struct check *check, bool with_basis, char out[DECISION_SENTENCE_SIZE]) {
    char reason[PHRASE_SIZE];
    phrase_format(&check->reason, LANGUAGE_ZH, reason, sizeof reason);
    if (with_basis)
        snprintf(out, DECISION_SENTENCE_SIZE, "%s（%s）", reason, rules[check->rule].basis_zh);
    else
        snprintf(out, DECISION_SENTENCE_SIZE, "%s", reason);
    return out;
}

/* Whether the line is the sentence of the failed check, with or without its basis. */
static bool line_says(const struct line *line, const struct check *check) {
    char sentence[DECISION_SENTENCE_SIZE];
    return check->result == CHECK_FAIL && (line_is(line, decision_sentence(check, false, sentence)) ||
                                           line_is(line, decision_sentence(check, true, sentence)));
}

static bool text_says(const char *text, const struct check *check) {
    struct line line;
    while (next_line(&text, &line))
        if (line_says(&line, check))
            return true;
    return false;
}

static bool is_reason_of_rule(const struct verdict *verdict, const struct line *line) {
    for (size_t i = 0; i < verdict->check_count; i++)
        if (line_says(line, &verdict->checks[i]))
            return true;
    return false;
}

static void write_reason(struct json *json, const char *rule, const char *text, const char *basis) {
    json_object(json, NULL);
    json_text(json, "basis", basis);
    json_text(json, "rule", rule);
    json_text(json, "text", text);
    json_object_end(json);
}

static void write_line(struct json *json, const struct line *line) {
    char *text = strndup(line->text, line->length);
    if (text == NULL)
        json->failed = true;
    else
        write_reason(json, NULL, text, NULL);
    free(text);
}

/* Reasons of one item: the failed rules' sentences that the reviewer left standing, then what the reviewer wrote.
 * Writes nothing where `json` is NULL; returns how many. */
static size_t write_reasons(struct json *json, const struct decision_facts *facts, int item) {
    char text[DECISION_SENTENCE_SIZE];
    struct line line;
    size_t count = 0;
    for (size_t i = 0; i < facts->verdict->check_count; i++) {
        const struct check *check = &facts->verdict->checks[i];
        if (check->result != CHECK_FAIL || (check->item != CHECK_WHOLE && check->item != item))
            continue;
        if (facts->text != NULL && !text_says(facts->text, check))
            continue;
        count++;
        if (json != NULL)
            write_reason(json, rules[check->rule].name, decision_sentence(check, false, text),
                         rules[check->rule].basis_zh);
    }
    const char *rest = facts->text == NULL ? "" : facts->text;
    while (next_line(&rest, &line)) {
        if (is_reason_of_rule(facts->verdict, &line))
            continue;
        count++;
        if (json != NULL)
            write_line(json, &line);
    }
    return count;
}

int decision_lacks_reason(const struct decision_facts *facts) {
    for (size_t i = 0; i < facts->verdict->item_count; i++)
        if (write_reasons(NULL, facts, (int)i) == 0)
            return (int)i;
    return -1;
}

static bool revokes(const struct decision_facts *facts) {
    return facts->supersedes != 0;
}

static bool item_granted(const struct decision_facts *facts, size_t item) {
    return !revokes(facts) && facts->outcome != STATE_REFUSED && facts->verdict->items[item].approvable;
}

static void write_items(struct json *json, const struct decision_facts *facts) {
    json_array(json, "items");
    for (size_t i = 0; i < facts->verdict->item_count; i++) {
        const struct verdict_item *item = &facts->verdict->items[i];
        bool granted = item_granted(facts, i);
        json_object(json, NULL);
        json_text(json, "outcome", revokes(facts) ? "revoked" : granted ? "approved" : "refused");
        json_array(json, "reasons");
        if (revokes(facts))
            write_reason(json, NULL, facts->text, facts->ground);
        else if (!granted)
            write_reasons(json, facts, (int)i);
        json_array_end(json);
        json_text(json, "specialty", document_specialties[item->specialty].code);
        json_day(json, "valid_from", granted ? item->valid_from : DAY_NONE);
        json_day(json, "valid_to", granted ? item->valid_to : DAY_NONE);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_person(struct json *json, const struct decision_facts *facts) {
    const struct person *person = &facts->loaded->application.applicant;
    char masked[NUMBER_SIZE];
    number_mask(person->id_number, masked, sizeof masked);
    json_object(json, "person");
    json_text(json, "former_number", facts->former_number);
    json_text(json, "id_number", masked);
    json_text(json, "id_type", document_id_types[person->id_type].code);
    json_text(json, "name", person->name);
    json_text(json, "registration_number", facts->registration_number);
    json_object_end(json);
}

static void write_window(struct json *json, const struct decision_facts *facts) {
    if (facts->outcome == STATE_REFUSED || revokes(facts)) {
        json_null(json, "use_window");
        return;
    }
    json_object(json, "use_window");
    json_day(json, "from", facts->verdict->window_from);
    json_day(json, "to", facts->verdict->window_to);
    json_object_end(json);
}

void decision_json(struct json *json, const struct decision_facts *facts) {
    const struct application *a = &facts->loaded->application;
    json_object(json, NULL);
    json_day(json, "accepted_on", a->accepted_on);
    json_text(json, "action", facts->action);
    json_text(json, "application_no", a->application_no);
    verdict_json_checks(json, "checks", facts->verdict);
    json_day(json, "decide_by", facts->decide_by);
    json_text(json, "decided_at", facts->decided_at);
    json_text(json, "decided_by", facts->reviewer->login);
    json_text(json, "decided_by_name", facts->reviewer->name);
    json_day(json, "decided_on", facts->decided_on);
    json_integer(json, "decision_no", facts->decision_no);
    json_object(json, "employer");
    json_text(json, "credit_code", a->employer.credit_code);
    json_text(json, "name", a->employer.name);
    json_object_end(json);
    write_items(json, facts);
    json_text(json, "kind", document_kinds[a->kind].code);
    json_text(json, "kind_zh", document_kinds[a->kind].zh);
    json_text(json, "note", facts->note);
    json_text(json, "outcome", revokes(facts) ? "revoked" : queue_states[facts->outcome].code);
    write_person(json, facts);
    json_text(json, "remedies", facts->outcome == STATE_APPROVED ? NULL : remedies_on(facts->decided_on));
    json_integer(json, "seq", facts->seq);
    json_day(json, "submitted_on", a->submitted_on);
    if (revokes(facts))
        json_integer(json, "supersedes", facts->supersedes);
    else
        json_null(json, "supersedes");
    json_text(json, "type", "decision");
    write_window(json, facts);
    json_object_end(json);
}
