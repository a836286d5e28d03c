/* yijian 一建: reviews registrations of first-class constructors. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/command/command.h"

/* Descriptors 0-2 are open before any file is: the database must never land on one of them. */
static void open_standard(void) {
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

/* Variables that would have the libraries read files of somebody's choice. A session has them from the client. */
static void clean_environment(void) {
    static const char *const names[] = {"LOCPATH",      "NLSPATH",         "OUTPUT_CHARSET",
                                        "OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_ENGINES"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unsetenv(names[i]);
}

static int run(struct app *app, int argc, char **argv) {
    int used;
    int status = options_take_leading(app, argc, argv, &used);
    if (status == OPTIONS_HELP)
        return command_run(app, command_find("help"), 0, argv);
    if (status == OPTIONS_VERSION)
        return command_print_version();
    if (status != STATUS_OK)
        return status;
    if (used == argc)
        return command_screen(app);
    const struct command *command = command_find(argv[used]);
    if (command == NULL)
        return output_usage(_("there is no command \"%s\""), argv[used]);
    return command_run(app, command, argc - used - 1, argv + used + 1);
}

/* Under the name yijian-shell the program is a login shell, with a dash before its name where nothing is to be run. */
static bool is_shell(const char *name) {
    const char *slash = name == NULL ? NULL : strrchr(name, '/');
    name = slash != NULL ? slash + 1 : name;
    return name != NULL && strcmp(name + (name[0] == '-' ? 1 : 0), "yijian-shell") == 0;
}

/* --lang counts wherever it stands, so that the first complaint already is in the right language. */
static const char *find_language(int argc, char **argv) {
    const char *found = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            found = argv[i + 1];
        else if (strncmp(argv[i], "--lang=", strlen("--lang=")) == 0)
            found = argv[i] + strlen("--lang=");
    }
    return found;
}

int main(int argc, char **argv) {
    open_standard();
    clean_environment();
    signal(SIGPIPE, SIG_IGN); /* writing fails instead, and the work at hand ends in order */
    signal(SIGXFSZ, SIG_IGN); /* the same past a limit of file size: the write says so */
    struct app app = {.today = DAY_NONE, .language = message_init(find_language(argc, argv))};
    int status = is_shell(argv[0]) ? command_shell(&app, argc - 1, argv + 1) : run(&app, argc - 1, argv + 1);
    store_close(app.store);
    return status;
}
