#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/events.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/instant.h"
#include "tui/ledger_text.h"

enum { EVENT_CELLS = 17 };

struct printing {
    const struct app *app;
    int64_t count;
    size_t lines; /* of the event being printed */
};

static void print_json(const struct event_row *row) {
    struct json json = {0};
    json_object(&json, NULL);
    json_integer(&json, "seq", row->seq);
    json_text(&json, "event", row->event->code);
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

/* The lines of an event on one line, for grep and the like. */
static void add_line(void *data, enum case_role role, const char *label, const char *text) {
    struct printing *printing = data;
    bool zh = printing->app->language == LANGUAGE_ZH;
    (void)role;
    if (printing->lines++ > 0)
        fputs(zh ? "；" : "; ", stdout);
    if (label[0] != '\0') {
        output_text(stdout, label);
        fputs(zh ? "：" : ": ", stdout);
    }
    for (text += strspn(text, " "); *text != '\0';) {
        size_t length = strcspn(text, "\n");
        char *line = strndup(text, length);
        if (line == NULL)
            output_lost();
        else
            output_text(stdout, line);
        free(line);
        text += length + (text[length] == '\n' ? 1 : 0);
        if (*text != '\0')
            fputs(zh ? "；" : "; ", stdout);
    }
}

static void print_row(struct printing *printing, const struct event_row *row) {
    char number[32] = "", at[INSTANT_TEXT_SIZE];
    snprintf(number, sizeof number, "%lld", (long long)row->seq);
    output_cell(number, 8);
    output_cell(instant_local(row->at, at), 16);
    output_cell(row->by_name, 8);
    output_cell(message_word(row->event, printing->app->language), EVENT_CELLS);
    output_cell(row->application_no, 17);
    printing->lines = 0;
    if (!ledger_text_write(printing->app->store, row, printing->app->language, add_line, printing))
        output_lost();
    fputc('\n', stdout);
}

static bool print_event(void *data, const struct event_row *row) {
    struct printing *printing = data;
    printing->count++;
    if (printing->app->json)
        print_json(row);
    else
        print_row(printing, row);
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
