#include <stdio.h>
#include <stdlib.h>

#include "store/decision.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/notice_text.h"

static int print_paper(const struct decision *d, bool training) {
    char *text = notice_text(d, training);
    if (text == NULL)
        return output_no_memory();
    fputs(text, stdout);
    free(text);
    return STATUS_OK;
}

static int print_json(const struct decision *d) {
    struct json json = {0};
    json_object(&json, NULL);
    json_integer(&json, "decision_no", d->decision_no);
    json_text(&json, "action", d->action);
    json_text(&json, "outcome", d->outcome);
    json_text(&json, "application_no", d->application_no);
    json_text(&json, "name", d->name);
    json_text(&json, "registration_number", d->registration_number);
    json_day(&json, "decided_on", d->decided_on);
    json_text(&json, "remedies", d->remedies);
    json_object_end(&json);
    return output_json(&json);
}

int command_notice(struct app *app, int argc, char **argv) {
    static const struct option_spec specs[] = {{NULL, OPTION_FLAG, NULL, false}};
    struct decision *decision = NULL;
    struct err err = {0};
    char *end = NULL;
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    int64_t number = argc == 1 ? strtoll(argv[0], &end, 10) : 0;
    if (number <= 0 || *end != '\0')
        return output_usage(_("notice takes one decision number"));
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (decision_read(app->store, number, &decision, &err) != STATUS_OK)
        return output_err(&err);
    status = app->json ? print_json(decision) : print_paper(decision, store_is_training(app->store));
    decision_free(decision);
    return status;
}
