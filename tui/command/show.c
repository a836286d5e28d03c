#include <stdio.h>

#include "store/record.h"
#include "store/verdict_json.h"
#include "tui/case_text.h"
#include "tui/command/command.h"
#include "tui/row_text.h"

static void print_line(void *data, enum case_role role, const char *label, const char *text) {
    (void)data;
    if (role == CASE_HEADING) {
        fputc('\n', stdout);
        output_text(stdout, text);
        fputc('\n', stdout);
        return;
    }
    fputs("  ", stdout);
    output_line(label, text);
}

static int print_json(const struct record *record) {
    struct json json = {0};
    char masked[NUMBER_SIZE];
    json_object(&json, NULL);
    json_text(&json, "application_no", record->row.application_no);
    number_mask(record->application->applicant.id_number, masked, sizeof masked);
    json_text(&json, "id_number", masked);
    struct json row = {0};
    row_json(&row, &record->row);
    json_raw(&json, "application", row.failed ? "null" : row.data);
    json_free(&row);
    struct json verdict = {0};
    verdict_json(&verdict, record->row.application_no, &record->verdict, true);
    json_raw(&json, "verdict", verdict.failed ? "null" : verdict.data);
    json_free(&verdict);
    json_array(&json, "advisories");
    char text[PHRASE_SIZE];
    for (size_t i = 0; i < record->advisory_count; i++) {
        json_object(&json, NULL);
        json_text(&json, "advisory", record_advisory_names[record->advisories[i].id]);
        json_text(&json, "text", phrase_format(&record->advisories[i].phrase, LANGUAGE_ZH, text, sizeof text));
        json_object_end(&json);
    }
    json_array_end(&json);
    json_array(&json, "decisions");
    for (size_t i = 0; i < record->decision_count; i++) {
        const struct record_decision *d = &record->decisions[i];
        json_object(&json, NULL);
        json_integer(&json, "decision_no", d->decision_no);
        json_text(&json, "action", d->action);
        json_text(&json, "application_no", d->application_no);
        json_day(&json, "decided_on", d->decided_on);
        json_text(&json, "decided_by", d->decided_by);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    return output_json(&json);
}

static int reveal(struct app *app, const char *application_no, const char *reason) {
    char number[NUMBER_SIZE];
    struct err err = {0};
    if (reason == NULL)
        return output_usage(_("--reveal needs --reason: it is recorded in the ledger%s%s"), "", "");
    if (record_reveal(app->store, application_no, reason, number, sizeof number, &err) != STATUS_OK)
        return output_err(&err);
    output_text(stdout, number);
    fputc('\n', stdout);
    return STATUS_OK;
}

int command_show(struct app *app, int argc, char **argv) {
    bool document = false, full = false;
    const char *reason = NULL;
    const struct option_spec specs[] = {{"document", OPTION_FLAG, &document},
                                        {"reveal", OPTION_FLAG, &full},
                                        {"reason", OPTION_TEXT, &reason},
                                        {NULL, OPTION_FLAG, NULL}};
    struct err err = {0};
    struct record *record = NULL;
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("show takes one application number%s%s"), "", "");
    if (full)
        return reveal(app, argv[0], reason);
    if (record_read(app->store, argv[0], DAY_NONE, &record, &err) != STATUS_OK)
        return output_err(&err);
    if (document)
        printf("%s\n", record->document);
    else if (app->json)
        status = print_json(record);
    else
        case_write(record, app->language, print_line, NULL);
    record_free(record);
    return status;
}
