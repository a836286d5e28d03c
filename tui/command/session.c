#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/screen/screen.h"

enum { COMMAND_MAX = 4096, WORDS_MAX = 512 };

/* Printable UTF-8 only. */
static bool printable(const char *text) {
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (c == TEXT_INVALID || text_is_control(c) || text_is_bidi_control(c))
            return false;
    }
    return true;
}

/* Splits in place, quotes and backslash understood, nothing expanded. -1 where a quote is not closed. */
static int split(char *text, char *words[WORDS_MAX]) {
    int count = 0;
    char *out = text;
    while (*text != '\0') {
        while (*text == ' ')
            text++;
        if (*text == '\0')
            break;
        if (count == WORDS_MAX - 1)
            return -1;
        words[count++] = out;
        char quote = '\0';
        for (; *text != '\0' && (quote != '\0' || *text != ' '); text++) {
            if (quote == '\0' && (*text == '\'' || *text == '"'))
                quote = *text;
            else if (quote != '\0' && *text == quote)
                quote = '\0';
            else if (*text == '\\' && quote != '\'' && text[1] != '\0')
                *out++ = *++text;
            else
                *out++ = *text;
        }
        if (quote != '\0')
            return -1;
        if (*text == ' ')
            text++;
        *out++ = '\0';
    }
    return count;
}

static int run_words(struct app *app, int count, char **words) {
    const struct command *command = count > 0 ? command_find(words[0]) : NULL;
    if (command == NULL || !command->remote)
        return output_not_allowed(_("this command cannot be called over SSH: %s"), count > 0 ? words[0] : "");
    int argc = count - 1;
    const char *db = app->db; /* what the forced command names stands; the client may not choose */
    int status = options_take_common(app, &argc, words + 1);
    if (status != STATUS_OK)
        return status;
    if (app->db != db)
        return output_not_allowed(_("the database cannot be chosen over SSH%s"), "");
    return command_run(app, command, argc, words + 1);
}

int command_session(struct app *app, int argc, char **argv) {
    const char *reviewer = NULL;
    char line[COMMAND_MAX + 1], *words[WORDS_MAX];
    const struct option_spec specs[] = {{"reviewer", OPTION_TEXT, &reviewer}, {NULL, OPTION_FLAG, NULL}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (reviewer == NULL || argc > 0)
        return output_usage(_("session takes --reviewer LOGIN and nothing else%s%s"), "", "");
    app->login = reviewer;
    const char *asked = getenv("SSH_ORIGINAL_COMMAND");
    if (asked == NULL || asked[0] == '\0') {
        status = database_open(app);
        struct screen_options options = {.language = app->language, .colour = getenv("NO_COLOR") == NULL};
        return status == STATUS_OK ? screen_run(app->store, &options) : status;
    }
    if (strlen(asked) > COMMAND_MAX || !printable(asked))
        return output_not_allowed(_("the command is longer than 4 KiB or not printable text%s"), "");
    snprintf(line, sizeof line, "%s", asked);
    int count = split(line, words);
    if (count < 0)
        return output_not_allowed(_("a quote in the command is not closed%s"), "");
    app->remote = true;
    return run_words(app, count, words);
}
