/* accept, approve, refuse, return, withdraw, extend, revoke: one loop, one table. Each item goes through the function
 * that decides one; a list is no more than many of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/act.h"
#include "tui/command/command.h"
#include "tui/database.h"

typedef enum status act_function(struct store *, const struct act_request *, struct act_result *, struct err *);

struct numbers {
    char **list;
    size_t count;
};

struct tally {
    size_t done;
    size_t refused;
    size_t not_tried;
    int worst; /* status of the first failure */
};

static bool add_number(struct numbers *numbers, const char *text) {
    char normalised[NUMBER_SIZE];
    number_normalise(text, normalised, sizeof normalised);
    if (normalised[0] == '\0')
        return true;
    if ((numbers->count & (numbers->count + 1)) == 0) { /* grows at each power of two less one */
        char **list = realloc(numbers->list, 2 * (numbers->count + 1) * sizeof *list);
        if (list == NULL)
            return false;
        numbers->list = list;
    }
    numbers->list[numbers->count] = strdup(normalised);
    return numbers->list[numbers->count++] != NULL;
}

static int compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* How many different applications are named; the order they came in is kept. */
static size_t count_distinct(const struct numbers *numbers) {
    char **sorted = malloc((numbers->count + 1) * sizeof *sorted);
    size_t distinct = 0;
    if (sorted == NULL)
        return 0;
    memcpy(sorted, numbers->list, numbers->count * sizeof *sorted);
    qsort(sorted, numbers->count, sizeof *sorted, compare);
    for (size_t i = 0; i < numbers->count; i++)
        if (i == 0 || strcmp(sorted[i - 1], sorted[i]) != 0)
            distinct++;
    free(sorted);
    return distinct;
}

static void free_numbers(struct numbers *numbers) {
    for (size_t i = 0; i < numbers->count; i++)
        free(numbers->list[i]);
    free(numbers->list);
}

static bool read_stdin(struct numbers *numbers) {
    char *line = NULL;
    size_t size = 0;
    bool good = true;
    while (good && getline(&line, &size, stdin) >= 0)
        good = add_number(numbers, line);
    free(line);
    return good && !ferror(stdin);
}

static int collect(struct numbers *numbers, int argc, char **argv) {
    bool good = true;
    for (int i = 0; good && i < argc; i++)
        good = strcmp(argv[i], "-") == 0 ? read_stdin(numbers) : add_number(numbers, argv[i]);
    if (!good)
        return output_usage(_("standard input cannot be read%s%s"), "", "");
    if (numbers->count == 0)
        return output_usage(_("name at least one application, or - to read numbers from standard input%s%s"), "", "");
    return STATUS_OK;
}

static void print_one(const struct app *app, const char *number, const struct act_result *result) {
    char line[2 * QUEUE_TEXT_SIZE], deadline[DAY_TEXT_SIZE];
    if (app->json)
        return;
    snprintf(line, sizeof line, "%s: %s", number, message_word(&queue_states[result->state], app->language));
    output_text(stdout, line);
    if (result->decision_no != 0)
        printf(_(", decision no. %lld"), (long long)result->decision_no);
    if (result->number_is_new) {
        printf("%s", _(", registration number "));
        output_text(stdout, result->registration_number);
    }
    if (result->decide_by != 0)
        printf(_(", to be decided by %s"), day_format(result->decide_by, deadline));
    fputc('\n', stdout);
}

static void put_result(struct json *json, const char *number, const struct act_result *result, const char *refusal) {
    json_object(json, NULL);
    json_text(json, "application_no", number);
    json_bool(json, "done", refusal == NULL);
    json_text(json, "state", refusal == NULL ? queue_states[result->state].code : NULL);
    if (refusal == NULL && result->decision_no != 0)
        json_integer(json, "decision_no", result->decision_no);
    else
        json_null(json, "decision_no");
    json_text(json, "registration_number",
              refusal == NULL && result->registration_number[0] != '\0' ? result->registration_number : NULL);
    json_text(json, "refusal", refusal);
    json_object_end(json);
}

static void run_all(struct app *app, act_function *act, struct act_request *request, const struct numbers *numbers,
                    struct json *json, struct tally *tally) {
    struct output_progress progress;
    char text[8192];
    output_progress_start(&progress);
    for (size_t i = 0; i < numbers->count; i++) {
        struct act_result result;
        struct err err = {0};
        if (database_quit(NULL)) {
            tally->not_tried = numbers->count - i;
            break;
        }
        request->application_no = numbers->list[i];
        enum status status = act(app->store, request, &result, &err);
        if (status == STATUS_OK) {
            tally->done++;
            print_one(app, numbers->list[i], &result);
        } else {
            tally->refused++;
            tally->worst = tally->worst == STATUS_OK ? (int)status : tally->worst;
            output_progress_end(&progress);
            output_err(&err);
        }
        if (app->json)
            put_result(json, numbers->list[i], &result,
                       status == STATUS_OK ? NULL : message_err(&err, text, sizeof text));
        output_progress_show(&progress, i + 1, numbers->count);
    }
    output_progress_end(&progress);
}

static int report(const struct app *app, const struct numbers *numbers, struct json *json, const struct tally *tally) {
    if (app->json) {
        json_array_end(json);
        json_integer(json, "done", (int64_t)tally->done);
        json_integer(json, "refused", (int64_t)tally->refused);
        json_integer(json, "not_tried", (int64_t)tally->not_tried);
        json_object_end(json);
        output_json(json);
    } else if (numbers->count > 1) {
        printf(_("done %zu, refused %zu, not tried %zu, of %zu\n"), tally->done, tally->refused, tally->not_tried,
               numbers->count);
    }
    if (tally->done == numbers->count)
        return STATUS_OK;
    if (tally->done > 0)
        return STATUS_PARTLY;
    return tally->worst != STATUS_OK ? tally->worst : STATUS_BUSY;
}

static int run_list(struct app *app, act_function *act, struct act_request *request, int64_t confirm, int argc,
                    char **argv) {
    struct numbers numbers = {0};
    struct tally tally = {0};
    struct json json = {0};
    char wanted[24];
    int status = collect(&numbers, argc, argv);
    size_t distinct = status == STATUS_OK ? count_distinct(&numbers) : 0;
    snprintf(wanted, sizeof wanted, "%zu", distinct);
    if (status == STATUS_OK && numbers.count > 1 && (int64_t)distinct != confirm)
        status = output_usage(_("these are %s applications: say --confirm %s to go on; nothing was done"), wanted, wanted);
    else if (status == STATUS_OK && numbers.count > 1 && request->version != 0)
        status = output_usage(_("--version names the state of one application; nothing was done%s%s"), "", "");
    if (status == STATUS_OK) {
        database_catch_signals();
        json_object(&json, NULL);
        json_array(&json, "applications");
        run_all(app, act, request, &numbers, &json, &tally);
        status = report(app, &numbers, &json, &tally);
    }
    json_free(&json);
    free_numbers(&numbers);
    return status;
}

/* The option that carries the text, and whether it must be there, differ by action. */
static int run_action(struct app *app, act_function *act, const char *text_option, int argc, char **argv) {
    struct act_request request = {0};
    int64_t confirm = 0;
    const struct option_spec specs[] = {
        {"confirm", OPTION_NUMBER, &confirm},         {"version", OPTION_NUMBER, &request.version},
        {"partial", OPTION_FLAG, &request.partial},   {"province", OPTION_TEXT, &request.province},
        {text_option, OPTION_TEXT, &request.text},    {NULL, OPTION_FLAG, NULL}};
    int status = options_take(app, specs, &argc, argv);
    return status == STATUS_OK ? run_list(app, act, &request, confirm, argc, argv) : status;
}

int command_accept(struct app *app, int argc, char **argv) {
    return run_action(app, act_accept, "note", argc, argv);
}

int command_approve(struct app *app, int argc, char **argv) {
    return run_action(app, act_approve, "note", argc, argv);
}

int command_refuse(struct app *app, int argc, char **argv) {
    return run_action(app, act_refuse, "reason", argc, argv);
}

int command_return(struct app *app, int argc, char **argv) {
    return run_action(app, act_return, "items", argc, argv);
}

int command_withdraw(struct app *app, int argc, char **argv) {
    return run_action(app, act_withdraw, "reason", argc, argv);
}

int command_extend(struct app *app, int argc, char **argv) {
    return run_action(app, act_extend, "reason", argc, argv);
}

int command_revoke(struct app *app, int argc, char **argv) {
    struct act_request request = {0};
    struct act_result result;
    struct err err = {0};
    const struct option_spec specs[] = {{"reason", OPTION_TEXT, &request.text},
                                        {"ground", OPTION_TEXT, &request.ground},
                                        {NULL, OPTION_FLAG, NULL}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    char *end = NULL;
    request.decision_no = argc == 1 ? strtoll(argv[0], &end, 10) : 0;
    if (request.decision_no <= 0 || *end != '\0')
        return output_usage(_("revoke takes one decision number%s%s"), "", "");
    if (act_revoke(app->store, &request, &result, &err) != STATUS_OK)
        return output_err(&err);
    if (app->json) {
        struct json json = {0};
        json_object(&json, NULL);
        json_integer(&json, "decision_no", result.decision_no);
        json_integer(&json, "supersedes", request.decision_no);
        json_object_end(&json);
        return output_json(&json);
    }
    printf(_("decision no. %lld revokes no. %lld; the application is pending again\n"), (long long)result.decision_no,
           (long long)request.decision_no);
    return STATUS_OK;
}
