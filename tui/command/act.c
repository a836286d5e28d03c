/* accept, approve, refuse, return, withdraw, extend: one loop, one table. Each item goes through the function that
 * decides one; a list is no more than many of them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "core/text.h"
#include "store/act.h"
#include "tui/command/command.h"
#include "tui/command/numbers.h"
#include "tui/database.h"

enum { REASON_MAX = 64 * 1024, NOT_CONFIRMED = -1 };

enum action { ACCEPT = 1, APPROVE = 2, REFUSE = 4, RETURN = 8, WITHDRAW = 16, EXTEND = 32, ALL = 63 };

/* What the words of one command ask for. */
struct asked {
    struct act_request request;
    const char *reason_file;
    int64_t confirm;
    struct numbers numbers;
    char reason[REASON_MAX + 1];
};

struct tally {
    size_t done;
    size_t refused;
    int first_failure; /* its status */
};

static const struct {
    const char *name;
    enum option_kind kind;
    size_t target; /* in struct asked */
    unsigned actions;
} action_options[] = {
    {"confirm", OPTION_NUMBER, offsetof(struct asked, confirm), ALL},
    {"version", OPTION_NUMBER, offsetof(struct asked, request.version), ALL},
    {"partial", OPTION_FLAG, offsetof(struct asked, request.partial), APPROVE},
    {"province", OPTION_TEXT, offsetof(struct asked, request.province), APPROVE},
    {"note", OPTION_TEXT, offsetof(struct asked, request.text), APPROVE},
    {"reason", OPTION_TEXT, offsetof(struct asked, request.text), REFUSE | WITHDRAW | EXTEND},
    {"reason-file", OPTION_FILE, offsetof(struct asked, reason_file), REFUSE},
    {"items", OPTION_TEXT, offsetof(struct asked, request.text), RETURN},
};

enum { ACTION_OPTIONS = sizeof action_options / sizeof action_options[0] };

static int take_options(struct app *app, enum action action, struct asked *asked, int *argc, char **argv) {
    struct option_spec specs[ACTION_OPTIONS + 1] = {{NULL, OPTION_FLAG, NULL, false}};
    size_t count = 0;
    for (size_t i = 0; i < ACTION_OPTIONS; i++)
        if ((action_options[i].actions & action) != 0)
            specs[count++] = (struct option_spec){action_options[i].name, action_options[i].kind,
                                                  (char *)asked + action_options[i].target, false};
    return options_take(app, specs, argc, argv);
}

/* A reason is lines of UTF-8 text. Carriage returns are another system's line ends. */
static bool clean_reason(char *text, size_t length) {
    size_t kept = 0, used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (c == '\r')
            continue;
        if (c == TEXT_INVALID || text_is_bidi_control(c) || (text_is_control(c) && c != '\n'))
            return false;
        memmove(text + kept, text + at, used);
        kept += used;
    }
    text[kept] = '\0';
    return true;
}

static int read_reason(struct asked *asked) {
    const char *name = asked->reason_file;
    FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
    if (file == NULL) {
        output_note(_("cannot open %s: %s; nothing was done"), name, strerror(errno));
        return STATUS_NO_INPUT;
    }
    size_t length = fread(asked->reason, 1, sizeof asked->reason, file);
    bool failed = ferror(file) != 0;
    if (file != stdin)
        fclose(file);
    if (failed || length > REASON_MAX || !clean_reason(asked->reason, length)) {
        output_note(_("%s cannot be taken as a reason: up to 64 KiB of UTF-8 text; nothing was done"), name);
        return failed ? STATUS_IO : STATUS_BAD_DATA;
    }
    asked->request.text = asked->reason;
    return STATUS_OK;
}

static bool names_stdin(int argc, char **argv) {
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "-") == 0)
            return true;
    return false;
}

static int check_request(struct asked *asked, int argc, char **argv) {
    const char *province = asked->request.province;
    if (province != NULL && (strlen(province) != 2 || number_province_hanzi(province) == NULL))
        return output_usage(_("--province takes a two-digit province code of GB/T 2260, not \"%s\""), province);
    if (asked->reason_file == NULL)
        return STATUS_OK;
    if (asked->request.text != NULL)
        return output_usage(_("--reason and --reason-file exclude each other"));
    if (strcmp(asked->reason_file, "-") == 0 && names_stdin(argc, argv))
        return output_usage(_("standard input cannot be both the numbers and the reason"));
    return read_reason(asked);
}

/* More than one application wants their number said: a slip of a list is noticed before anything is done. */
static int check_count(const struct asked *asked) {
    size_t count = asked->numbers.count;
    if (asked->confirm == NOT_CONFIRMED && count > 1)
        return output_usage(_("these are %zu applications: say --confirm %zu to go on; nothing was done"), count,
                            count);
    if (asked->confirm != NOT_CONFIRMED && (uint64_t)asked->confirm != count)
        return output_usage(_("--confirm %lld does not fit, applications named: %zu; nothing was done"),
                            (long long)asked->confirm, count);
    if (asked->request.version != 0 && count > 1)
        return output_usage(_("--version names the state of one application; nothing was done"));
    return STATUS_OK;
}

static void print_done(const struct app *app, const char *number, const struct act_result *result) {
    char text[QUEUE_TEXT_SIZE + 256], deadline[DAY_TEXT_SIZE];
    if (result->decide_by != 0)
        snprintf(text, sizeof text, _(", to be decided by %s"), day_format(result->decide_by, deadline));
    else if (result->number_is_new)
        snprintf(text, sizeof text, _(", decision no. %lld, new registration number %s"),
                 (long long)result->decision_no, result->registration_number);
    else if (result->decision_no != 0)
        snprintf(text, sizeof text, _(", decision no. %lld"), (long long)result->decision_no);
    else
        text[0] = '\0';
    output_line("%s: %s%s", number, message_word(&queue_states[result->state], app->language), text);
}

/* `refusal` is NULL where it was done. */
static void put_item(struct json *json, const char *number, const struct act_result *result, const char *refusal) {
    bool done = refusal == NULL;
    bool numbered = done && result->registration_number[0] != '\0';
    json_object(json, NULL);
    json_text(json, "application_no", number);
    json_bool(json, "done", done);
    json_text(json, "state", done ? queue_states[result->state].code : NULL);
    if (done && result->decision_no != 0)
        json_integer(json, "decision_no", result->decision_no);
    else
        json_null(json, "decision_no");
    json_text(json, "registration_number", numbered ? result->registration_number : NULL);
    json_day(json, "decide_by", done && result->decide_by != 0 ? result->decide_by : DAY_NONE);
    json_text(json, "refusal", refusal);
    json_object_end(json);
}

static void tell_one(const struct app *app, const struct act_item *item, struct json *json, struct tally *tally) {
    char text[8192];
    const char *number = item->application_no;
    bool done = item->status == STATUS_OK;
    tally->done += done ? 1 : 0;
    tally->refused += done ? 0 : 1;
    if (!done && tally->first_failure == STATUS_OK)
        tally->first_failure = (int)item->status;
    const char *refusal = done ? NULL : message_err(&item->err, text, sizeof text);
    if (!done && strstr(refusal, number) != NULL)
        output_note("%s", refusal);
    else if (!done)
        output_note("%s: %s", number, refusal);
    if (app->json)
        put_item(json, number, &item->result, refusal);
    else if (done)
        print_done(app, number, &item->result);
}

/* What is decided is told before more is begun. */
static void do_all(const struct app *app, act_function *act, const struct asked *asked, struct act_item *items,
                   struct json *json, struct tally *tally) {
    struct output_progress progress;
    struct act_many many = {.act = act, .request = asked->request, .pause = database_quit};
    bool go_on = true;
    output_progress_start(&progress);
    for (size_t done = 0, tried; go_on && done < asked->numbers.count && !database_quit(NULL) && !output_failed();
         done += tried) {
        size_t count = asked->numbers.count - done < ACT_MANY_MAX ? asked->numbers.count - done : ACT_MANY_MAX;
        for (size_t i = 0; i < count; i++)
            items[i] =
                (struct act_item){.application_no = asked->numbers.list[done + i], .version = asked->request.version};
        tried = act_many(app->store, &many, items, count, &go_on);
        output_progress_end(&progress);
        for (size_t i = 0; i < tried; i++)
            tell_one(app, &items[i], json, tally);
        fflush(stdout);
        output_progress_show(&progress, done + tried, asked->numbers.count);
    }
    output_progress_end(&progress);
}

static int report(const struct app *app, const struct asked *asked, struct json *json, const struct tally *tally) {
    size_t count = asked->numbers.count;
    size_t not_tried = count - tally->done - tally->refused;
    if (app->json) {
        json_array_end(json);
        json_integer(json, "done", (int64_t)tally->done);
        json_integer(json, "refused", (int64_t)tally->refused);
        json_integer(json, "not_tried", (int64_t)not_tried);
        json_object_end(json);
        output_json(json);
    } else if (count > 1 || not_tried > 0) {
        printf(_("applications %zu = done %zu + refused %zu + not tried %zu\n"), count, tally->done, tally->refused,
               not_tried);
    }
    if (tally->done == count)
        return STATUS_OK;
    if (tally->done > 0)
        return STATUS_PARTLY;
    return tally->first_failure != STATUS_OK ? tally->first_failure : STATUS_BUSY;
}

static int run_asked(struct app *app, act_function *act, struct asked *asked) {
    struct tally tally = {0};
    struct json json = {0};
    int status = database_open(app);
    if (status != STATUS_OK)
        return status;
    struct act_item *items = calloc(ACT_MANY_MAX, sizeof *items);
    if (items == NULL)
        return output_no_memory();
    if (asked->numbers.repeated > 0)
        output_note(_("numbers named again: %zu; each application is tried once"), asked->numbers.repeated);
    database_catch_signals();
    json_object(&json, NULL);
    json_array(&json, "applications");
    do_all(app, act, asked, items, &json, &tally);
    status = report(app, asked, &json, &tally);
    json_free(&json);
    free(items);
    return status;
}

static int run_action(struct app *app, enum action action, act_function *act, int argc, char **argv) {
    struct asked *asked = calloc(1, sizeof *asked);
    if (asked == NULL)
        return output_no_memory();
    asked->confirm = NOT_CONFIRMED;
    int status = take_options(app, action, asked, &argc, argv);
    if (status == STATUS_OK)
        status = check_request(asked, argc, argv);
    if (status == STATUS_OK)
        status = numbers_collect(&asked->numbers, argc, argv);
    if (status == STATUS_OK)
        status = check_count(asked);
    if (status == STATUS_OK)
        status = run_asked(app, act, asked);
    numbers_free(&asked->numbers);
    free(asked);
    return status;
}

int command_accept(struct app *app, int argc, char **argv) {
    return run_action(app, ACCEPT, act_accept, argc, argv);
}

int command_approve(struct app *app, int argc, char **argv) {
    return run_action(app, APPROVE, act_approve, argc, argv);
}

int command_refuse(struct app *app, int argc, char **argv) {
    return run_action(app, REFUSE, act_refuse, argc, argv);
}

int command_return(struct app *app, int argc, char **argv) {
    return run_action(app, RETURN, act_return, argc, argv);
}

int command_withdraw(struct app *app, int argc, char **argv) {
    return run_action(app, WITHDRAW, act_withdraw, argc, argv);
}

int command_extend(struct app *app, int argc, char **argv) {
    return run_action(app, EXTEND, act_extend, argc, argv);
}
