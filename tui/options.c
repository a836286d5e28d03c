#include "tui/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tui/message.h"
#include "tui/output.h"

static bool take_number(const char *text, int64_t *out) {
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < 0 || text[0] < '0' || text[0] > '9')
        return false;
    *out = value;
    return true;
}

static int set_value(const struct app *app, const struct option_spec *spec, const char *value) {
    switch (spec->kind) {
    case OPTION_NUMBER:
        return take_number(value, spec->target)
                   ? STATUS_OK
                   : output_usage(_("--%s takes a whole number, not \"%s\""), spec->name, value);
    case OPTION_DAY:
        return day_parse(value, spec->target)
                   ? STATUS_OK
                   : output_usage(_("--%s takes a date YYYY-MM-DD that exists, not \"%s\""), spec->name, value);
    case OPTION_FILE:
        if (app->remote && strcmp(value, "-") != 0)
            return output_not_allowed(_("file names are not taken over SSH; use - (--%s)"), spec->name);
        *(const char **)spec->target = value;
        return STATUS_OK;
    default:
        *(const char **)spec->target = value;
        return STATUS_OK;
    }
}

static const struct option_spec *find(const struct option_spec *specs, const char *name, size_t length) {
    for (; specs->name != NULL; specs++)
        if (strlen(specs->name) == length && memcmp(specs->name, name, length) == 0)
            return specs;
    return NULL;
}

/* Takes the option at argv[*at], its value behind "=" or in the next word. */
static int take_option(const struct app *app, const struct option_spec *specs, bool all, int argc, char **argv,
                       int *at, bool *taken) {
    const char *word = argv[*at];
    const char *name = word + (word[1] == '-' ? 2 : 1);
    const char *equals = word[1] == '-' ? strchr(name, '=') : NULL;
    size_t length = equals == NULL ? strlen(name) : (size_t)(equals - name);
    const struct option_spec *spec = find(specs, name, length);
    *taken = spec != NULL;
    if (spec == NULL)
        return all ? output_usage(_("there is no option \"%s\" here%s"), word, "") : STATUS_OK;
    if (spec->kind == OPTION_FLAG) {
        *(bool *)spec->target = true;
        return equals == NULL ? STATUS_OK : output_usage(_("--%s takes no value%s"), spec->name, "");
    }
    if (equals == NULL && *at + 1 >= argc)
        return output_usage(_("--%s needs a value%s"), spec->name, "");
    return set_value(app, spec, equals == NULL ? argv[++*at] : equals + 1);
}

/* `all`: an option that is not among the specs is a fault; else it is left where it is. */
static int take_all(const struct app *app, const struct option_spec *specs, bool all, int *argc, char **argv) {
    int kept = 0;
    bool words_only = false;
    for (int i = 0; i < *argc; i++) {
        bool taken = false;
        char *word = argv[i];
        if (!words_only && strcmp(word, "--") == 0) {
            words_only = true;
            taken = all;
        } else if (!words_only && word[0] == '-' && word[1] != '\0') {
            int status = take_option(app, specs, all, *argc, argv, &i, &taken);
            if (status != STATUS_OK)
                return status;
        }
        if (!taken)
            argv[kept++] = word;
    }
    *argc = kept;
    return STATUS_OK;
}

int options_take(struct app *app, const struct option_spec *specs, int *argc, char **argv) {
    return take_all(app, specs, true, argc, argv);
}

int options_take_common(struct app *app, int *argc, char **argv) {
    const struct option_spec common[] = {
        {"db", OPTION_FILE, &app->db},
        {"today", OPTION_DAY, &app->today},
        {"lang", OPTION_TEXT, &app->lang},
        {"json", OPTION_FLAG, &app->json},
        {NULL, OPTION_FLAG, NULL},
    };
    return take_all(app, common, false, argc, argv);
}
