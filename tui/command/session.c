/* What sshd starts for a reviewer: the screen, or one command out of the table. The client is not believed (SPEC 13).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/door.h"

enum { COMMAND_MAX = 4096, WORDS_MAX = COMMAND_MAX / 2 + 1 };

/* Printable UTF-8 is what the door lets through as it is. */
static bool is_printable(const char *text) {
    char *seen = malloc(COMMAND_MAX + 1);
    bool printable = seen != NULL && strcmp(door_text(text, seen, COMMAND_MAX + 1), text) == 0;
    free(seen);
    return printable;
}

/* Takes the next word out of *text into *out: quotes and backslash understood, nothing expanded. False where a quote is
 * not closed. */
static bool take_word(const char **text, char **out) {
    char quote = '\0';
    for (; **text != '\0' && (quote != '\0' || **text != ' '); ++*text) {
        char c = **text;
        if (quote == '\0' && (c == '\'' || c == '"'))
            quote = c;
        else if (quote != '\0' && c == quote)
            quote = '\0';
        else if (c == '\\' && quote != '\'' && (*text)[1] != '\0')
            *(*out)++ = *++*text;
        else
            *(*out)++ = c;
    }
    *(*out)++ = '\0';
    return quote == '\0';
}

/* Splits `text` into words that stand in `room`, as long as the text. -1 where a quote is not closed. */
static int split(const char *text, char *room, char *words[WORDS_MAX]) {
    int count = 0;
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        words[count++] = room;
        if (!take_word(&text, &room))
            return -1;
    }
    return count;
}

static int run_words(struct app *app, int count, char **words) {
    const struct command *command = count > 0 ? command_find(words[0]) : NULL;
    if (count == 0)
        return output_not_allowed(_("no command was named"));
    if (command == NULL || !command->remote)
        return output_not_allowed(_("\"%s\" cannot be called over SSH"), words[0]);
    return command_run(app, command, count - 1, words + 1);
}

static int run_line(struct app *app, const char *line) {
    char room[COMMAND_MAX + 1], *words[WORDS_MAX];
    if (strlen(line) > COMMAND_MAX)
        return output_not_allowed(_("the command is longer than 4 KiB"));
    if (!is_printable(line))
        return output_not_allowed(_("the command is not printable UTF-8 text"));
    int count = split(line, room, words);
    if (count < 0)
        return output_not_allowed(_("a quote in the command is not closed"));
    return run_words(app, count, words);
}

int command_session(struct app *app, int argc, char **argv) {
    static const char *const unheard[] = {"TERMINFO", "TERMINFO_DIRS", "TERMCAP", "TERMPATH", "HOME", "TMPDIR"};
    const char *reviewer = NULL;
    const struct option_spec specs[] = {{"reviewer", OPTION_TEXT, &reviewer, false}, {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (reviewer == NULL || argc > 0)
        return output_usage(_("session takes --reviewer LOGIN and nothing else"));
    for (size_t i = 0; i < sizeof unheard / sizeof unheard[0]; i++)
        unsetenv(unheard[i]);
    app->login = reviewer;
    app->remote = true;
    const char *line = getenv("SSH_ORIGINAL_COMMAND");
    if (line != NULL)
        return run_line(app, line);
    status = database_open(app);
    return status == STATUS_OK ? command_screen(app) : status;
}
