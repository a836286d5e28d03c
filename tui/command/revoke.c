#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/act.h"
#include "tui/command/command.h"
#include "tui/database.h"

static bool take_decision_no(const char *text, int64_t *out) {
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    *out = number;
    return errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == '\0' && number > 0;
}

static int revoke(struct app *app, const struct act_request *request) {
    struct act_result result;
    struct err err = {0};
    struct json json = {0};
    int status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (act_revoke(app->store, request, &result, &err) != STATUS_OK)
        return output_err(&err);
    if (!app->json) {
        printf(_("decision no. %lld revokes no. %lld; the application is pending again\n"),
               (long long)result.decision_no, (long long)request->decision_no);
        return STATUS_OK;
    }
    json_object(&json, NULL);
    json_integer(&json, "decision_no", result.decision_no);
    json_integer(&json, "supersedes", request->decision_no);
    json_object_end(&json);
    return output_json(&json);
}

int command_revoke(struct app *app, int argc, char **argv) {
    struct act_request request = {0};
    const struct option_spec specs[] = {{"reason", OPTION_TEXT, &request.text, false},
                                        {"ground", OPTION_TEXT, &request.ground, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1 || !take_decision_no(argv[0], &request.decision_no))
        return output_usage(_("revoke takes one decision number"));
    if (request.text == NULL || request.ground == NULL)
        return output_usage(_("revoke needs --reason and --ground"));
    return revoke(app, &request);
}
