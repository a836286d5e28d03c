/* What sshd starts for a reviewer: the screen, or one command out of the table. The client is not believed (SPEC 13).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/public_key.h"
#include "tui/command/command.h"
#include "tui/command/words.h"
#include "tui/database.h"

/* A screen without a key for so long ends (SPEC 13). */
enum { IDLE_SECONDS = 1800 };

/* What a role must be able to do to call a command at all; the store asks again where something is written. */
static bool may_call(enum role role, enum remote remote) {
    static const enum right needed[] = {
        [REMOTE_DECIDE] = RIGHT_DECIDE, [REMOTE_IMPORT] = RIGHT_IMPORT, [REMOTE_SUPERVISE] = RIGHT_SUPERVISE};
    return remote == REMOTE_READ || people_may(role, needed[remote]);
}

static int check_role(struct app *app, const struct command *command) {
    if (command->remote == REMOTE_READ)
        return STATUS_OK;
    int status = database_open_to_ask(app);
    if (status != STATUS_OK)
        return status;
    enum role role = store_reviewer(app->store)->role;
    return may_call(role, command->remote) ? STATUS_OK
                                           : output_not_allowed(_("\"%s\" is not for your role (%s)"), command->name,
                                                                message_word(&people_roles[role], app->language));
}

static int run_words(struct app *app, int count, char **words) {
    const struct command *command = count > 0 ? command_find(words[0]) : NULL;
    if (count == 0)
        return output_not_allowed(_("no command was named"));
    if (command == NULL || command->remote == REMOTE_NO)
        return output_not_allowed(_("\"%s\" cannot be called over SSH"), words[0]);
    int status = check_role(app, command);
    return status == STATUS_OK ? command_run(app, command, count - 1, words + 1) : status;
}

static int run_line(struct app *app, const char *line) {
    struct words words;
    const char *complaint = words_split(line, &words);
    return complaint == NULL ? run_words(app, words.count, words.word) : output_not_allowed("%s", complaint);
}

/* Variables of the client's that libraries would read files by. */
static void forget_environment(void) {
    static const char *const unheard[] = {"TERMINFO", "TERMINFO_DIRS", "TERMCAP", "TERMPATH", "HOME", "TMPDIR"};
    for (size_t i = 0; i < sizeof unheard / sizeof unheard[0]; i++)
        unsetenv(unheard[i]);
}

/* The key goes into every event. Where sshd tells none there is none: yijian-shell is where that is a fault. */
static void take_key(struct app *app) {
    struct public_key key;
    const char *told = getenv("SSH_USER_AUTH");
    if (told != NULL && public_key_of_login(told, &key, NULL) == STATUS_OK)
        snprintf(app->key, sizeof app->key, "%s", key.fingerprint);
}

int command_session(struct app *app, int argc, char **argv) {
    const char *reviewer = NULL;
    int64_t idle = IDLE_SECONDS;
    const struct option_spec specs[] = {{"reviewer", OPTION_TEXT, &reviewer, false},
                                        {"idle", OPTION_NUMBER, &idle, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (reviewer == NULL || argc > 0)
        return output_usage(_("session takes --reviewer LOGIN and --idle SECONDS, nothing else"));
    forget_environment();
    take_key(app);
    app->login = reviewer;
    app->remote = true;
    app->idle_seconds = idle;
    const char *line = getenv("SSH_ORIGINAL_COMMAND");
    if (line != NULL)
        return run_line(app, line);
    return command_screen(app);
}
