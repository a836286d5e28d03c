#include <stdio.h>
#include <string.h>

#include "store/events.h"
#include "tui/command/command.h"
#include "tui/database.h"

enum { KEY_CELLS = 14 }; /* enough to tell keys apart; a pipe has all of it */

struct printing {
    const struct app *app;
    int64_t count;
};

static void print_json(const struct event_row *row) {
    struct json json = {0};
    json_object(&json, NULL);
    json_integer(&json, "seq", row->seq);
    json_text(&json, "event", row->event);
    json_text(&json, "at", row->at);
    json_text(&json, "by", row->by);
    json_text(&json, "by_name", row->by_name);
    json_text(&json, "key", row->key[0] == '\0' ? NULL : row->key);
    json_text(&json, "application_no", row->application_no[0] == '\0' ? NULL : row->application_no);
    if (row->decision_no != 0)
        json_integer(&json, "decision_no", row->decision_no);
    else
        json_null(&json, "decision_no");
    json_raw(&json, "detail", row->detail[0] == '\0' ? "null" : row->detail);
    json_object_end(&json);
    output_json(&json);
}

static bool print_event(void *data, const struct event_row *row) {
    struct printing *printing = data;
    char number[32] = "";
    printing->count++;
    if (printing->app->json) {
        print_json(row);
        return !output_failed();
    }
    snprintf(number, sizeof number, "%lld", (long long)row->seq);
    output_cell(number, 8);
    output_cell(row->at, 20);
    output_cell(row->by_name, 8);
    output_cell(row->event, 9);
    output_cell(row->application_no, 17);
    number[0] = '\0';
    if (row->decision_no != 0)
        snprintf(number, sizeof number, _("no. %lld"), (long long)row->decision_no);
    output_cell(number, 9);
    output_cell(row->key, KEY_CELLS);
    output_text(stdout, row->detail);
    fputc('\n', stdout);
    return !output_failed();
}

int command_ledger(struct app *app, int argc, char **argv) {
    struct events_filter filter = {.from = DAY_NONE, .to = DAY_NONE};
    const struct option_spec specs[] = {{"application", OPTION_TEXT, &filter.application_no, false},
                                        {"person", OPTION_TEXT, &filter.id_number, false},
                                        {"reviewer", OPTION_TEXT, &filter.actor, false},
                                        {"event", OPTION_TEXT, &filter.event, false},
                                        {"from", OPTION_DAY, &filter.from, false},
                                        {"to", OPTION_DAY, &filter.to, false},
                                        {"since", OPTION_NUMBER, &filter.after, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    struct printing printing = {.app = app};
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 0)
        return output_usage(_("ledger takes options only, not \"%s\""), argv[0]);
    if (filter.application_no != NULL && filter.id_number != NULL)
        return output_usage(_("--application and --person do not go together"));
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (events_each(app->store, &filter, print_event, &printing, &err) != STATUS_OK)
        return output_err(&err);
    if (printing.count > 0)
        return STATUS_OK;
    output_note(_("no event of the ledger is so"));
    return STATUS_NEGATIVE;
}
