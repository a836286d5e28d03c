#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/number.h"
#include "store/holder.h"
#include "store/sign.h"
#include "tui/certificate_text.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/qr.h"

enum { LABEL_CELLS = 16, QR_TEXT_SIZE = CERTIFICATE_TEXT_SIZE };

struct asked {
    bool check, qr;
    day from, to, on;
    const char *key_path; /* signs the code; with --check: the public key that must have signed it */
    struct sign_key *key; /* or NULL */
};

/* What the code carries and --check takes: number, holder, window, and where there is a key its signature over them. */
static int qr_text(const struct constructor *entry, const struct certificate *c, const struct asked *asked, char *out,
                   size_t size) {
    char signature[SIGN_TEXT_SIZE];
    struct err err = {0};
    size_t used = strlen(certificate_text(entry, c, out, size));
    if (asked->key == NULL)
        return STATUS_OK;
    if (sign_text(asked->key, out, signature, &err) != STATUS_OK)
        return output_err(&err);
    snprintf(out + used, size - used, "|%s", signature);
    return STATUS_OK;
}

static void print_line(void *data, const char *line) {
    (void)data;
    puts(line);
}

static int state_json(const struct constructor *entry, const struct certificate *c, const char *qr, bool paper_void) {
    struct json json = {0};
    char masked[NUMBER_SIZE];
    number_mask(entry->person.id_number, masked, sizeof masked);
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
        output_labelled(message_word(&document_specialties[c->specialties[i].specialty], app->language), LABEL_CELLS,
                        line);
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
    int status = qr_text(holder->entry, &c, asked, qr, sizeof qr);
    if (status != STATUS_OK)
        return status;
    if (app->json)
        return state_json(holder->entry, &c, qr, paper_void);
    state_text(app, holder->entry, &c);
    errno = 0;
    if (!asked->qr || qr_write(qr, print_line, NULL))
        return STATUS_OK;
    if (errno == ENOMEM)
        return output_no_memory();
    output_note(_("the text is too long for a QR code"));
    return STATUS_NEGATIVE;
}

static int check(struct app *app, const struct holder *holder, const struct asked *asked) {
    unsigned faults =
        certificate_check(holder->entry, holder->changed_on, holder->paper, asked->from, asked->to, asked->on);
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

/* The parts of a scanned code, cut in place. */
struct scanned {
    char *number, *name, *from, *to;
    char *signature; /* or NULL */
    char signed_text[QR_TEXT_SIZE];
};

/* False where the text is none of ours. */
static bool take_scanned(char *text, struct scanned *scanned) {
    char **const parts[] = {&scanned->number, &scanned->name, &scanned->from, &scanned->to, &scanned->signature};
    enum { NEEDED = 4, PARTS = sizeof parts / sizeof parts[0] };
    size_t count = 0;
    snprintf(scanned->signed_text, sizeof scanned->signed_text, "%s", text);
    while (count < PARTS && (text = strchr(text, '|')) != NULL) {
        *text++ = '\0';
        *parts[count++] = text;
    }
    if (count == PARTS) /* what was signed is everything before the signature */
        scanned->signed_text[strlen(scanned->signed_text) - strlen(scanned->signature) - 1] = '\0';
    return count >= NEEDED;
}

/* Whether what the code says of holder and key is so; else it is said, and *fault is the word for JSON. */
static int check_scanned(const struct scanned *scanned, const struct constructor *entry, const struct asked *asked,
                         const char **fault) {
    struct err err = {0};
    if (strcmp(scanned->name, entry->person.name) != 0) {
        *fault = "name";
        output_note(_("the holder's name on it is not the one of the register"));
        return STATUS_NEGATIVE;
    }
    if (asked->key == NULL)
        return STATUS_OK;
    enum status status = scanned->signature == NULL
                             ? STATUS_NEGATIVE
                             : sign_text_check(asked->key, scanned->signed_text, scanned->signature, &err);
    if (status == STATUS_OK)
        return STATUS_OK;
    if (status != STATUS_NEGATIVE)
        return output_err(&err);
    *fault = "not_signed";
    output_note(_("the code is not signed by this key: it is not one of ours, or was changed"));
    return STATUS_NEGATIVE;
}

/* A code that says something wrong is no certificate: nothing else of it is looked at. */
static int refuse_scanned(const struct app *app, const struct constructor *entry, const char *fault) {
    struct json json = {0};
    if (!app->json)
        return STATUS_NEGATIVE;
    json_object(&json, NULL);
    json_text(&json, "registration_number", entry->number);
    json_bool(&json, "good", false);
    json_array(&json, "faults");
    json_text(&json, NULL, fault);
    json_array_end(&json);
    json_array(&json, "for_eyes");
    json_array_end(&json);
    json_object_end(&json);
    output_json(&json);
    json_free(&json);
    return STATUS_NEGATIVE;
}

static int answer(struct app *app, const char *number, const struct scanned *scanned, struct asked *asked) {
    struct holder *holder = NULL;
    struct err err = {0};
    int status = database_open(app);
    if (status != STATUS_OK)
        return status;
    day today = store_today(app->store);
    asked->from = asked->from == DAY_NONE ? today : asked->from;
    asked->on = asked->on == DAY_NONE ? today : asked->on;
    if (holder_read(app->store, number, &holder, &err) != STATUS_OK)
        return output_err(&err);
    const char *fault = NULL;
    if (scanned != NULL)
        status = check_scanned(scanned, holder->entry, asked, &fault);
    if (fault != NULL)
        status = refuse_scanned(app, holder->entry, fault);
    else if (status == STATUS_OK)
        status = asked->check ? check(app, holder, asked) : state(app, holder, asked);
    holder_free(holder);
    return status;
}

static int run(struct app *app, char *text, struct asked *asked) {
    struct scanned scanned = {0};
    struct err err = {0};
    bool is_scanned = strncmp(text, "YIJIAN1|", 8) == 0;
    if (is_scanned && (!asked->check || !take_scanned(text, &scanned) || !day_parse(scanned.from, &asked->from) ||
                       !day_parse(scanned.to, &asked->to)))
        return output_usage(_("a scanned text goes with --check, and this must be one whole"));
    if (asked->check && (asked->from == DAY_NONE || asked->to == DAY_NONE))
        return output_usage(_("--check needs --from and --to, or the scanned text"));
    if (asked->key_path != NULL && sign_key_load(asked->key_path, asked->check, &asked->key, &err) != STATUS_OK)
        return output_err(&err);
    int status = answer(app, is_scanned ? scanned.number : text, is_scanned ? &scanned : NULL, asked);
    sign_key_free(asked->key);
    return status;
}

int command_certificate(struct app *app, int argc, char **argv) {
    struct asked asked = {.from = DAY_NONE, .to = DAY_NONE, .on = DAY_NONE};
    const struct option_spec specs[] = {{"check", OPTION_FLAG, &asked.check, false},
                                        {"qr", OPTION_FLAG, &asked.qr, false},
                                        {"from", OPTION_DAY, &asked.from, false},
                                        {"to", OPTION_DAY, &asked.to, false},
                                        {"on", OPTION_DAY, &asked.on, false},
                                        {"key", OPTION_FILE, &asked.key_path, true},
                                        {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 1)
        return output_usage(_("certificate takes one registration number, or a scanned text"));
    return run(app, argv[0], &asked);
}
