#include <stdio.h>

#include "store/record.h"
#include "store/verdict_json.h"
#include "tui/command/command.h"
#include "tui/row_text.h"

struct checking {
    const struct app *app;
    bool explain;
    struct json json;
};

static void print_checks(const struct checking *checking, const struct verdict *verdict) {
    static const char *const signs[] = {
        [CHECK_NOT_APPLICABLE] = " ", [CHECK_NOT_EVALUATED] = "?", [CHECK_PASS] = "+", [CHECK_FAIL] = "x"};
    enum language language = checking->app->language;
    char required[PHRASE_SIZE], found[PHRASE_SIZE], line[3 * PHRASE_SIZE];
    for (size_t i = 0; i < verdict->check_count; i++) {
        const struct check *check = &verdict->checks[i];
        const char *specialty = check->item == CHECK_WHOLE
                                    ? ""
                                    : message_word(&document_specialties[verdict->items[check->item].specialty], language);
        snprintf(line, sizeof line, _("  %s %s %s: required %s; found %s"), signs[check->result],
                 rules[check->rule].name, specialty,
                 phrase_format(&check->required, language, required, sizeof required),
                 phrase_format(&check->found, language, found, sizeof found));
        output_text(stdout, line);
        fputc('\n', stdout);
    }
}

static void print_verdict(struct checking *checking, const char *application_no, const struct verdict *verdict) {
    enum language language = checking->app->language;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE], line[2048];
    if (checking->app->json) {
        json_reset(&checking->json);
        verdict_json(&checking->json, application_no, verdict, checking->explain);
        if (!checking->json.failed)
            puts(checking->json.data);
        return;
    }
    snprintf(line, sizeof line, "%s %s %s", row_outcome_sign(verdict->outcome), application_no,
             message_word(&outcome_words[verdict->outcome], language));
    output_text(stdout, line);
    fputc('\n', stdout);
    for (size_t i = 0; i < verdict->item_count; i++) {
        const struct verdict_item *item = &verdict->items[i];
        const char *names[RULE_COUNT];
        size_t failed = review_failed_names(item->failed, names);
        printf("  %s %s", item->approvable ? "+" : "x", message_word(&document_specialties[item->specialty], language));
        if (item->approvable)
            printf(_(": valid %s to %s"), day_format(item->valid_from, from), day_format(item->valid_to, to));
        for (size_t n = 0; n < failed; n++)
            printf("%s%s", n == 0 ? ": " : " ", names[n]);
        fputc('\n', stdout);
    }
    if (checking->explain)
        print_checks(checking, verdict);
}

static bool each(void *data, const struct queue_row *row, const struct verdict *verdict) {
    print_verdict(data, row->application_no, verdict);
    return !ferror(stdout);
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
    const struct option_spec specs[] = {
        {"on", OPTION_DAY, &on}, {"explain", OPTION_FLAG, &checking.explain}, {NULL, OPTION_FLAG, NULL}};
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (on == DAY_NONE)
        on = store_today(app->store);
    if (argc == 0 && queue_review_all(app->store, on, each, &checking, &err) != STATUS_OK)
        status = output_err(&err);
    for (int i = 0; i < argc; i++) {
        int one = check_named(&checking, argv[i], on);
        status = one > status ? one : status;
    }
    json_free(&checking.json);
    return status;
}
