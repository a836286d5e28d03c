#include "tui/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "store/input.h"
#include "tui/message.h"
#include "tui/output.h"

enum { COMMON_COUNT = 8 };

/* The options every command has. A command's own of the same name goes before. */
static void common_specs(struct app *app, struct option_spec specs[COMMON_COUNT]) {
    const struct option_spec common[COMMON_COUNT] = {
        {"db", OPTION_FILE, &app->db, true},      {"today", OPTION_DAY, &app->today, true},
        {"lang", OPTION_LANGUAGE, app, false},    {"json", OPTION_FLAG, &app->json, false},
        {"help", OPTION_HELP, NULL, false},       {"h", OPTION_HELP, NULL, false},
        {"version", OPTION_VERSION, NULL, false}, {NULL, OPTION_FLAG, NULL, false},
    };
    memcpy(specs, common, sizeof common);
}

static bool take_number(const char *text, int64_t *out) {
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || *end != '\0' || text[0] < '0' || text[0] > '9')
        return false;
    *out = value;
    return true;
}

/* What may go into the ledger and come back onto a terminal. */
static bool is_text(const char *text) {
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (c == TEXT_INVALID || text_is_bidi_control(c) || (text_is_control(c) && c != '\n'))
            return false;
    }
    return true;
}

static int take_file(struct app *app, const struct option_spec *spec, const char *value) {
    if (app->remote && strcmp(value, "-") != 0)
        return output_not_allowed(_("file names are not taken over SSH (%s%s)"), spec->name[1] == '\0' ? "-" : "--",
                                  spec->name);
    sandbox_keep(&app->keep, value, spec->kind == OPTION_NEW_FILE ? SANDBOX_WRITE_NEAR : SANDBOX_READ);
    if (spec->kind != OPTION_FILES) {
        *(const char **)spec->target = value;
        return STATUS_OK;
    }
    struct option_list *list = spec->target;
    if (list->count == OPTION_LIST_MAX)
        return output_usage(_("--%s may stand %d times at the most"), spec->name, OPTION_LIST_MAX);
    list->items[list->count++] = value;
    return STATUS_OK;
}

void options_take_input(struct app *app, const char *word) {
    bool standard = strcmp(word, "-") == 0;
    sandbox_keep(&app->keep, standard ? input_spool_folder() : word, standard ? SANDBOX_WRITE_IN : SANDBOX_READ);
}

static int take_language(struct app *app, const char *value) {
    if (strcmp(value, "zh") != 0 && strcmp(value, "en") != 0)
        return output_usage(_("there is no language \"%s\": zh, en"), value);
    app->language = message_init(value);
    return STATUS_OK;
}

static int take_value(struct app *app, const struct option_spec *spec, const char *value) {
    switch (spec->kind) {
    case OPTION_NUMBER:
        if (!take_number(value, spec->target))
            return output_usage(_("--%s takes a whole number, not \"%s\""), spec->name, value);
        return STATUS_OK;
    case OPTION_DAY:
        if (!day_parse(value, spec->target))
            return output_usage(_("--%s takes a date YYYY-MM-DD that exists, not \"%s\""), spec->name, value);
        return STATUS_OK;
    case OPTION_FILE:
    case OPTION_FILES:
    case OPTION_NEW_FILE:
        return take_file(app, spec, value);
    case OPTION_LANGUAGE:
        return take_language(app, value);
    default:
        if (!is_text(value))
            return output_usage(_("--%s takes UTF-8 text without control characters"), spec->name);
        *(const char **)spec->target = value;
        return STATUS_OK;
    }
}

static const struct option_spec *find(const struct option_spec *specs, const char *word) {
    const char *name = word + (word[1] == '-' ? 2 : 1);
    size_t length = strcspn(name, word[1] == '-' ? "=" : "");
    for (; specs->name != NULL; specs++)
        if (strlen(specs->name) == length && memcmp(specs->name, name, length) == 0 &&
            (length == 1) == (word[1] != '-'))
            return specs;
    return NULL;
}

/* Takes the option at argv[*at], its value behind "=" or in the next word. */
static int take_option(struct app *app, const struct option_spec *spec, int argc, char **argv, int *at) {
    const char *equals = argv[*at][1] == '-' ? strchr(argv[*at], '=') : NULL;
    if (app->remote && spec->local)
        return output_not_allowed(_("--%s is not taken over SSH"), spec->name);
    if (spec->kind == OPTION_HELP || spec->kind == OPTION_VERSION)
        return spec->kind == OPTION_HELP ? OPTIONS_HELP : OPTIONS_VERSION;
    if (spec->kind == OPTION_FLAG) {
        *(bool *)spec->target = true;
        return equals == NULL ? STATUS_OK : output_usage(_("--%s takes no value"), spec->name);
    }
    if (equals == NULL && *at + 1 >= argc)
        return output_usage(_("%s needs a value"), argv[*at]);
    return take_value(app, spec, equals == NULL ? argv[++*at] : equals + 1);
}

static bool is_option(const char *word) {
    return word[0] == '-' && word[1] != '\0';
}

int options_take(struct app *app, const struct option_spec *specs, int *argc, char **argv) {
    struct option_spec common[COMMON_COUNT];
    int kept = 0, i = 0;
    common_specs(app, common);
    for (; i < *argc && strcmp(argv[i], "--") != 0; i++) {
        if (!is_option(argv[i])) {
            argv[kept++] = argv[i];
            continue;
        }
        const struct option_spec *spec = find(specs, argv[i]);
        if (spec == NULL)
            spec = find(common, argv[i]);
        if (spec == NULL)
            return output_usage(_("there is no option \"%s\" here"), argv[i]);
        int status = take_option(app, spec, *argc, argv, &i);
        if (status != STATUS_OK)
            return status;
    }
    for (i++; i < *argc; i++) /* behind "--" */
        argv[kept++] = argv[i];
    *argc = kept;
    return STATUS_OK;
}

int options_take_leading(struct app *app, int argc, char **argv, int *used) {
    struct option_spec common[COMMON_COUNT];
    common_specs(app, common);
    for (*used = 0; *used < argc && is_option(argv[*used]); ++*used) {
        const struct option_spec *spec = find(common, argv[*used]);
        if (spec == NULL)
            return output_usage(_("there is no option \"%s\" here"), argv[*used]);
        int status = take_option(app, spec, argc, argv, used);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}
