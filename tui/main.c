/* yijian 一建: reviews registrations of first-class constructors. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/screen/screen.h"

#define VERSION "0.1.0"

/* Descriptors 0-2 are open before any file is: the database must never land on one of them. */
static void open_standard(void) {
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

static int open_screen(struct app *app) {
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return output_usage(_("the screen needs a terminal; without one, name a command%s%s"), "", "");
    int status = database_open(app);
    if (status != STATUS_OK)
        return status;
    const char *no_colour = getenv("NO_COLOR");
    struct screen_options options = {
        .language = app->language,
        .colour = no_colour == NULL || no_colour[0] == '\0',
    };
    return screen_run(app->store, &options);
}

static int run(struct app *app, int argc, char **argv) {
    int status = options_take_common(app, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (app->lang != NULL)
        app->language = message_init(app->lang);
    if (argc > 0 && (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0))
        return command_run(app, command_find("help"), 0, argv);
    if (argc > 0 && strcmp(argv[0], "--version") == 0) {
        puts("yijian " VERSION);
        return output_flush();
    }
    if (argc == 0)
        return open_screen(app);
    const struct command *command = command_find(argv[0]);
    if (command == NULL)
        return output_usage(_("there is no command \"%s\"%s"), argv[0], "");
    return command_run(app, command, argc - 1, argv + 1);
}

/* --lang counts wherever it stands, so that the first complaint already is in the right language. */
static const char *find_lang(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            return argv[i + 1];
        if (strncmp(argv[i], "--lang=", 7) == 0)
            return argv[i] + 7;
    }
    return NULL;
}

int main(int argc, char **argv) {
    open_standard();
    signal(SIGPIPE, SIG_IGN);
    struct app app = {.today = DAY_NONE, .lang = find_lang(argc, argv)};
    app.language = message_init(app.lang);
    int status = run(&app, argc - 1, argv + 1);
    store_close(app.store);
    return status;
}
