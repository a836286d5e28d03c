#include <stdio.h>
#include <stdlib.h>

#include "core/standing.h"
#include "core/text.h"
#include "store/record.h"
#include "store/verdict_json.h"
#include "tui/case_text.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/row_text.h"

enum { LABEL_CELLS_ZH = 12, LABEL_CELLS_EN = 18, INDENT = 2 };

/* How far the printing has come. */
struct printing {
    int label_cells;
    bool begun;
};

static void print_line(void *data, enum case_role role, int indent, const char *label, const char *text) {
    struct printing *printing = data;
    if (role != CASE_HEADING) {
        printf("%*s", INDENT + indent, "");
        if (label[0] != '\0')
            output_labelled(label, printing->label_cells, text);
        else
            output_line("%s", text);
        return;
    }
    if (printing->begun)
        fputc('\n', stdout);
    printing->begun = true;
    output_line("%s", text);
}

static void put_person(struct json *json, const struct person *person) {
    char masked[NUMBER_SIZE];
    number_mask(person->id_number, masked, sizeof masked);
    json_object(json, "applicant");
    json_text(json, "name", person->name);
    json_text(json, "id_type", document_id_types[person->id_type].code);
    json_text(json, "id_number", masked);
    json_day(json, "birth_date", document_birth_date(person));
    json_object_end(json);
}

static void put_employer(struct json *json, const struct employer *employer) {
    json_object(json, "employer");
    json_text(json, "name", employer->name);
    json_text(json, "credit_code", employer->credit_code);
    json_text(json, "province", employer->province);
    json_object_end(json);
}

static void put_register(struct json *json, const struct constructor *entry, day on) {
    if (entry == NULL) {
        json_null(json, "register");
        return;
    }
    json_object(json, "register");
    json_text(json, "number", entry->number);
    json_text(json, "paper_number", entry->paper_number);
    put_employer(json, &entry->employer);
    json_array(json, "specialties");
    for (size_t i = 0; i < entry->specialty_count; i++) {
        const struct held_specialty *held = &entry->specialties[i];
        json_object(json, NULL);
        json_text(json, "specialty", document_specialties[held->specialty].code);
        json_day(json, "valid_from", held->valid_from);
        json_day(json, "valid_to", held->valid_to);
        json_text(json, "standing", standing_words[standing_on(held, on)].code);
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

static void put_advisories(struct json *json, const struct record *record) {
    char text[PHRASE_SIZE];
    json_array(json, "advisories");
    for (size_t i = 0; i < record->advisory_count; i++) {
        json_object(json, NULL);
        json_text(json, "advisory", record_advisory_names[record->advisories[i].id]);
        json_text(json, "text", phrase_format(&record->advisories[i].phrase, LANGUAGE_ZH, text, sizeof text));
        json_object_end(json);
    }
    json_array_end(json);
}

static void put_decisions(struct json *json, const struct record *record) {
    json_array(json, "decisions");
    for (size_t i = 0; i < record->decision_count; i++) {
        const struct record_decision *d = &record->decisions[i];
        json_object(json, NULL);
        json_integer(json, "decision_no", d->decision_no);
        json_text(json, "action", d->action);
        json_text(json, "outcome", queue_states[d->outcome].code);
        json_text(json, "application_no", d->application_no);
        json_text(json, "kind", document_kinds[d->kind].code);
        json_day(json, "decided_on", d->decided_on);
        json_text(json, "decided_by", d->decided_by);
        json_text(json, "decided_by_name", d->decided_by_name);
        json_object_end(json);
    }
    json_array_end(json);
}

static int print_json(const struct record *record) {
    struct json json = {0}, row = {0}, verdict = {0};
    row_json(&row, &record->row);
    verdict_json(&verdict, record->row.application_no, &record->verdict, true);
    bool good = !row.failed && !verdict.failed;
    json_object(&json, NULL);
    json_text(&json, "application_no", record->row.application_no);
    json_raw(&json, "application", good ? row.data : "null");
    put_person(&json, &record->application->applicant);
    put_employer(&json, &record->application->employer);
    json_integer(&json, "revisions", record->revisions);
    json_day(&json, "on", record->on);
    json_raw(&json, "verdict", good ? verdict.data : "null");
    put_advisories(&json, record);
    put_register(&json, record->by_person, record->on);
    put_decisions(&json, record);
    json_object_end(&json);
    json_free(&row);
    json_free(&verdict);
    json.failed = json.failed || !good;
    return output_json(&json);
}

static int print_case(const struct app *app, const struct record *record) {
    struct printing printing = {.label_cells = app->language == LANGUAGE_ZH ? LABEL_CELLS_ZH : LABEL_CELLS_EN};
    case_text_write(record, app->language, print_line, &printing);
    return STATUS_OK;
}

/* Prints what holds the full id number: the ledger says first who saw it, and what for. */
static int reveal(struct app *app, const struct record *record, const char *document, const char *reason) {
    char number[NUMBER_SIZE];
    struct err err = {0};
    if (record_reveal(app->store, record->row.application_no, reason, number, sizeof number, &err) != STATUS_OK)
        return output_err(&err);
    output_note(_("the ledger records that you saw the full id number of %s"), record->row.application_no);
    if (document != NULL)
        printf("%s\n", document);
    else
        output_line("%s", number);
    return STATUS_OK;
}

static int reveal_revision(struct app *app, const struct record *record, int64_t revision, const char *reason) {
    char *document = NULL;
    struct err err = {0};
    if (record_revision(app->store, record->row.id, revision, &document, &err) != STATUS_OK)
        return output_err(&err);
    int status = reveal(app, record, document, reason);
    free(document);
    return status;
}

int command_show(struct app *app, int argc, char **argv) {
    bool document = false, full = false;
    const char *reason = NULL;
    int64_t revision = 0;
    const struct option_spec specs[] = {{"document", OPTION_FLAG, &document, false},
                                        {"reveal", OPTION_FLAG, &full, false},
                                        {"reason", OPTION_TEXT, &reason, false},
                                        {"revision", OPTION_NUMBER, &revision, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    struct err err = {0};
    struct record *record = NULL;
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("show takes one application number"));
    if (full && (reason == NULL || text_is_blank(reason)))
        return output_usage(_("--reveal needs --reason: it is recorded in the ledger"));
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (record_read(app->store, argv[0], DAY_NONE, &record, &err) != STATUS_OK)
        return output_err(&err);
    if (document || revision != 0)
        status = reveal_revision(app, record, revision == 0 ? record->revisions : revision,
                                 reason != NULL ? reason : "show --document");
    else if (full)
        status = reveal(app, record, NULL, reason);
    else
        status = app->json ? print_json(record) : print_case(app, record);
    record_free(record);
    return status;
}
