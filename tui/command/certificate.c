#include <stdio.h>
#include <string.h>

#include "core/number.h"
#include "store/holder.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/qr.h"

enum { LABEL_CELLS = 16, QR_TEXT_SIZE = 2048 };

struct asked {
    bool check, qr;
    day from, to, on;
};

/* What the code carries and --check takes: number, holder, window. */
static void qr_text(const struct constructor *entry, const struct certificate *c, char *out, size_t size) {
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    snprintf(out, size, "YIJIAN1|%s|%s|%s|%s", entry->number, entry->person.name, day_format(c->from, from),
             day_format(c->to, to));
}

static void print_line(void *data, const char *line) {
    (void)data;
    puts(line);
}

static int state_json(const struct constructor *entry, const struct certificate *c, bool paper_void) {
    struct json json = {0};
    char masked[NUMBER_SIZE], qr[QR_TEXT_SIZE];
    number_mask(entry->person.id_number, masked, sizeof masked);
    qr_text(entry, c, qr, sizeof qr);
    json_object(&json, NULL);
    json_text(&json, "registration_number", entry->number);
    json_text(&json, "name", entry->person.name);
    json_text(&json, "id_number", masked);
    json_text(&json, "employer", entry->employer.name);
    json_array(&json, "specialties");
    for (size_t i = 0; i < c->count; i++) {
        json_object(&json, NULL);
        json_text(&json, "specialty", document_specialties[c->specialties[i].specialty].code);
        json_day(&json, "valid_from", c->specialties[i].valid_from);
        json_day(&json, "valid_to", c->specialties[i].valid_to);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object(&json, "use_window");
    json_day(&json, "from", c->from);
    json_day(&json, "to", c->to);
    json_object_end(&json);
    json_text(&json, "qr", qr);
    json_bool(&json, "paper_certificate_void", paper_void);
    json_object_end(&json);
    return output_json(&json);
}

static void state_text(const struct app *app, const struct constructor *entry, const struct certificate *c) {
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE], line[256];
    output_labelled(_("number"), LABEL_CELLS, entry->number);
    output_labelled(_("holder"), LABEL_CELLS, entry->person.name);
    output_labelled(_("employer"), LABEL_CELLS, entry->employer.name);
    for (size_t i = 0; i < c->count; i++) {
        snprintf(line, sizeof line, _("valid %s to %s"), day_format(c->specialties[i].valid_from, from),
                 day_format(c->specialties[i].valid_to, to));
        output_labelled(message_word(&document_specialties[c->specialties[i].specialty], app->language), LABEL_CELLS, line);
    }
    snprintf(line, sizeof line, _("%s to %s"), day_format(c->from, from), day_format(c->to, to));
    output_labelled(_("use window"), LABEL_CELLS, line);
}

static int state(struct app *app, const struct holder *holder, const struct asked *asked) {
    struct certificate c;
    char qr[QR_TEXT_SIZE];
    bool paper_void = (certificate_check(holder->entry, DAY_NONE, holder->paper, asked->from, DAY_MAX, asked->from) >>
                           CERTIFICATE_PAPER_VOID &
                       1U) != 0;
    certificate_make(holder->entry, asked->from, &c);
    if (paper_void)
        output_note("%s", message_word(&certificate_faults[CERTIFICATE_PAPER_VOID], app->language));
    if (c.count == 0) {
        output_note("%s", message_word(&certificate_faults[CERTIFICATE_NONE_VALID], app->language));
        return STATUS_NEGATIVE;
    }
    if (app->json)
        return state_json(holder->entry, &c, paper_void);
    state_text(app, holder->entry, &c);
    qr_text(holder->entry, &c, qr, sizeof qr);
    if (asked->qr && !qr_write(qr, print_line, NULL))
        output_note(_("the text is too long for a QR code"));
    return STATUS_OK;
}

static int check(struct app *app, const struct holder *holder, const struct asked *asked) {
    unsigned faults = certificate_check(holder->entry, holder->changed_on, holder->paper, asked->from, asked->to,
                                        asked->on);
    struct json json = {0};
    json_object(&json, NULL);
    json_text(&json, "registration_number", holder->entry->number);
    json_bool(&json, "good", faults == 0);
    json_array(&json, "faults");
    if (!app->json)
        puts(faults == 0 ? _("good, as far as the register tells") : _("not good:"));
    for (int i = 0; i < CERTIFICATE_FAULT_COUNT; i++) {
        if ((faults >> i & 1U) == 0)
            continue;
        json_text(&json, NULL, certificate_faults[i].code);
        if (!app->json)
            printf("  x %s\n", message_word(&certificate_faults[i], app->language));
    }
    json_array_end(&json);
    json_array(&json, "for_eyes");
    if (!app->json)
        puts(_("only eyes can check:"));
    for (const struct document_word *word = certificate_for_eyes; word->code != NULL; word++) {
        json_text(&json, NULL, word->code);
        if (!app->json)
            printf("  ? %s\n", message_word(word, app->language));
    }
    json_array_end(&json);
    json_object_end(&json);
    if (app->json)
        output_json(&json);
    json_free(&json);
    return faults == 0 ? STATUS_OK : STATUS_NEGATIVE;
}

/* A scanned code in place of number, --from and --to. False where it is none of ours. */
static bool take_scanned(char *text, char **number, char **name, struct asked *asked) {
    char *from, *to;
    if (strtok(text, "|") == NULL || (*number = strtok(NULL, "|")) == NULL || (*name = strtok(NULL, "|")) == NULL ||
        (from = strtok(NULL, "|")) == NULL || (to = strtok(NULL, "|")) == NULL)
        return false;
    return day_parse(from, &asked->from) && day_parse(to, &asked->to);
}

static int run(struct app *app, char *number, struct asked *asked) {
    struct holder *holder = NULL;
    struct err err = {0};
    char *name = NULL;
    if (strncmp(number, "YIJIAN1|", 8) == 0 && !take_scanned(number, &number, &name, asked))
        return output_usage(_("this is not the text of a certificate's code"));
    if (asked->check && (asked->from == DAY_NONE || asked->to == DAY_NONE))
        return output_usage(_("--check needs --from and --to, or the scanned text"));
    int status = database_open(app);
    if (status != STATUS_OK)
        return status;
    day today = store_today(app->store);
    asked->from = asked->from == DAY_NONE ? today : asked->from;
    asked->on = asked->on == DAY_NONE ? today : asked->on;
    if (holder_read(app->store, number, &holder, &err) != STATUS_OK)
        return output_err(&err);
    if (name != NULL && strcmp(name, holder->entry->person.name) != 0) {
        output_note(_("the holder's name on it is not the one of the register"));
        status = STATUS_NEGATIVE;
    } else {
        status = asked->check ? check(app, holder, asked) : state(app, holder, asked);
    }
    holder_free(holder);
    return status;
}

int command_certificate(struct app *app, int argc, char **argv) {
    struct asked asked = {.from = DAY_NONE, .to = DAY_NONE, .on = DAY_NONE};
    const struct option_spec specs[] = {
        {"check", OPTION_FLAG, &asked.check, false}, {"qr", OPTION_FLAG, &asked.qr, false},
        {"from", OPTION_DAY, &asked.from, false},    {"to", OPTION_DAY, &asked.to, false},
        {"on", OPTION_DAY, &asked.on, false},        {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("certificate takes one registration number, or a scanned text"));
    return run(app, argv[0], &asked);
}
