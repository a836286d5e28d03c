#include <stdio.h>

#include "store/record.h"
#include "store/verdict_json.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/row_text.h"

struct checking {
    const struct app *app;
    bool explain;
    int64_t counts[OUTCOME_COUNT];
    struct json json;
};

static const char *specialty_of(const struct checking *checking, const struct verdict *verdict, int item) {
    return message_word(&document_specialties[verdict->items[item].specialty], checking->app->language);
}

static void print_checks(const struct checking *checking, const struct verdict *verdict) {
    static const char signs[] = {
        [CHECK_NOT_APPLICABLE] = ' ', [CHECK_NOT_EVALUATED] = '?', [CHECK_PASS] = '+', [CHECK_FAIL] = 'x'};
    enum language language = checking->app->language;
    char required[PHRASE_SIZE], found[PHRASE_SIZE];
    for (size_t i = 0; i < verdict->check_count; i++) {
        const struct check *check = &verdict->checks[i];
        bool whole = check->item == CHECK_WHOLE;
        output_line(_("    %c %s%s%s: required %s; found %s"), signs[check->result], rules[check->rule].name,
                    whole ? "" : " ", whole ? "" : specialty_of(checking, verdict, check->item),
                    phrase_format(&check->required, language, required, sizeof required),
                    phrase_format(&check->found, language, found, sizeof found));
    }
}

static void print_item(const struct checking *checking, const struct verdict *verdict, int index) {
    const struct verdict_item *item = &verdict->items[index];
    const char *names[RULE_COUNT];
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    size_t failed = review_failed_names(item->failed, names);
    if (item->approvable) {
        output_line(_("  + %s: valid %s to %s"), specialty_of(checking, verdict, index),
                    day_format(item->valid_from, from), day_format(item->valid_to, to));
        return;
    }
    printf(_("  x %s: fails"), specialty_of(checking, verdict, index));
    for (size_t n = 0; n < failed; n++)
        printf(" %s", names[n]);
    fputc('\n', stdout);
}

static void print_verdict(struct checking *checking, const char *application_no, const struct verdict *verdict) {
    checking->counts[verdict->outcome]++;
    if (checking->app->json) {
        json_reset(&checking->json);
        verdict_json(&checking->json, application_no, verdict, checking->explain);
        if (checking->json.failed)
            output_lost();
        else
            puts(checking->json.data);
        return;
    }
    output_line("%s %s %s", row_outcome_sign(verdict->outcome), application_no,
                message_word(&outcome_words[verdict->outcome], checking->app->language));
    for (size_t i = 0; i < verdict->item_count; i++)
        print_item(checking, verdict, (int)i);
    if (checking->explain)
        print_checks(checking, verdict);
}

static bool each(void *data, const struct queue_row *row, const struct verdict *verdict) {
    print_verdict(data, row->application_no, verdict);
    return !ferror(stdout);
}

static int check_pending(struct checking *checking, day on) {
    struct err err = {0};
    if (queue_review_all(checking->app->store, on, each, checking, &err) != STATUS_OK)
        return output_err(&err);
    if (!checking->app->json && !output_failed())
        output_note(_("%lld approvable, %lld in part, %lld blocked"), (long long)checking->counts[OUTCOME_APPROVABLE],
                    (long long)checking->counts[OUTCOME_PARTLY], (long long)checking->counts[OUTCOME_BLOCKED]);
    return STATUS_OK;
}

/* By number: a blocked verdict is a negative answer. */
static int check_named(struct checking *checking, const char *application_no, day on) {
    struct record *record = NULL;
    struct err err = {0};
    if (record_read(checking->app->store, application_no, on, &record, &err) != STATUS_OK)
        return output_err(&err);
    print_verdict(checking, record->row.application_no, &record->verdict);
    int status = record->verdict.outcome == OUTCOME_BLOCKED ? STATUS_NEGATIVE : STATUS_OK;
    record_free(record);
    return status;
}

int command_check(struct app *app, int argc, char **argv) {
    struct checking checking = {.app = app};
    day on = DAY_NONE;
    const struct option_spec specs[] = {{"on", OPTION_DAY, &on, false},
                                        {"explain", OPTION_FLAG, &checking.explain, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status == STATUS_OK)
        status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if (on == DAY_NONE)
        on = store_today(app->store);
    if (argc == 0)
        status = check_pending(&checking, on);
    for (int i = 0; i < argc; i++) {
        int one = check_named(&checking, argv[i], on);
        status = one > status ? one : status;
    }
    json_free(&checking.json);
    return status;
}
