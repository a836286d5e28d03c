#include "tui/doctor.h"

#include <stdio.h>
#include <string.h>

#include "store/path.h"
#include "tui/command/command.h"
#include "tui/database.h"

enum { TITLE_CELLS = 24 };

#define SERVICE_DATABASE "/var/lib/yijian/yijian.db"

/* A word for programs, a sign for people; colour would say nothing more. */
static const struct {
    const char *word, *sign;
} results[DOCTOR_RESULTS] = {[DOCTOR_OK] = {"ok", "✓"},
                             [DOCTOR_ABSENT] = {"absent", "-"},
                             [DOCTOR_NOTICE] = {"notice", "!"},
                             [DOCTOR_UNKNOWN] = {"unknown", "?"},
                             [DOCTOR_FAULT] = {"fault", "✗"}};

static int print_json(const struct doctor *doctor) {
    struct json json = {0};
    json_array(&json, NULL);
    for (size_t i = 0; i < doctor->count; i++) {
        const struct doctor_finding *finding = &doctor->findings[i];
        json_object(&json, NULL);
        json_text(&json, "id", doctor_checks[finding->check].id);
        json_text(&json, "result", results[finding->result].word);
        json_text(&json, "found", finding->found[0] == '\0' ? NULL : finding->found);
        json_text(&json, "expected", finding->expected[0] == '\0' ? NULL : finding->expected);
        json_text(&json, "remedy", finding->remedy[0] == '\0' ? NULL : finding->remedy);
        json_object_end(&json);
    }
    json_array_end(&json);
    return output_json(&json);
}

/* The first finding of a check that is as bad as its worst: what its line says. */
static const struct doctor_finding *finding_of(const struct doctor *doctor, size_t check) {
    for (size_t i = 0; i < doctor->count; i++)
        if (doctor->findings[i].check == check && doctor->findings[i].result == doctor_worst(doctor, check))
            return &doctor->findings[i];
    return NULL;
}

static void print_checks(const struct doctor *doctor) {
    for (size_t check = 0; check < doctor_check_count; check++) {
        const struct doctor_finding *finding = finding_of(doctor, check);
        if (finding == NULL)
            continue;
        printf("%s ", results[finding->result].sign);
        output_labelled(_(doctor_checks[check].title), TITLE_CELLS, finding->found);
    }
}

static void print_part(const char *label, const char *text) {
    if (text[0] == '\0')
        return;
    fputs("  ", stdout);
    output_labelled(label, TITLE_CELLS, text);
}

static void print_remedies(const struct doctor *doctor) {
    for (size_t i = 0; i < doctor->count; i++) {
        const struct doctor_finding *finding = &doctor->findings[i];
        if (finding->result < DOCTOR_NOTICE)
            continue;
        fputc('\n', stdout);
        output_line("%s %s", results[finding->result].sign, _(doctor_checks[finding->check].title));
        print_part(_("found"), finding->found);
        print_part(_("expected"), finding->expected);
        print_part(_("to mend it"), finding->remedy);
    }
}

static size_t count_of(const struct doctor *doctor, enum doctor_result result) {
    size_t count = 0;
    for (size_t i = 0; i < doctor->count; i++)
        count += doctor->findings[i].result == result;
    return count;
}

static int report(const struct app *app, const struct doctor *doctor) {
    size_t faults = count_of(doctor, DOCTOR_FAULT), unknown = count_of(doctor, DOCTOR_UNKNOWN);
    int status = faults > 0 ? STATUS_NEGATIVE : unknown > 0 ? STATUS_NOT_ALLOWED : STATUS_OK;
    if (app->json) {
        int printed = print_json(doctor);
        return printed == STATUS_OK ? status : printed;
    }
    print_checks(doctor);
    print_remedies(doctor);
    printf("\n");
    if (status == STATUS_OK)
        puts(_("all is well"));
    else
        printf(_("to be mended: %zu, could not be looked at: %zu\n"), faults, unknown);
    return status;
}

int command_doctor(struct app *app, int argc, char **argv) {
    const char *root = "";
    const struct option_spec specs[] = {{"root", OPTION_FILE, &root, true}, {NULL, OPTION_FLAG, NULL, false}};
    char chosen[PATH_MAX], service[PATH_MAX];
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 0)
        return output_usage(_("doctor takes no words, not \"%s\""), argv[0]);
    struct doctor doctor = {.root = root, .today = app->today};
    snprintf(service, sizeof service, "%s" SERVICE_DATABASE, root);
    const char *path = root[0] != '\0' && app->db == NULL ? service : database_path(app, chosen, false);
    if (path_absolute(path, doctor.database, &err) != STATUS_OK)
        return output_err(&err);
    if (path_absolute(service, chosen, &err) == STATUS_OK)
        doctor.service = strcmp(doctor.database, chosen) == 0;
    doctor_run(&doctor);
    status = report(app, &doctor);
    doctor_free(&doctor);
    return status;
}
