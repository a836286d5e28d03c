#include "tui/screen/screen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/key_file.h"

enum { FAULTS_SIZE = 1024 };

/* The keys of whoever acts. What is wrong with their file goes into `faults`, behind its name. */
static void read_keys(const struct app *app, struct keys *keys, char *faults, size_t size) {
    char path[PATH_MAX], login[PEOPLE_LOGIN_SIZE];
    const char *who = app->login != NULL ? app->login : database_login(login, sizeof login);
    keys_open(keys);
    key_file_find(app, who == NULL ? "" : who, path);
    int used = snprintf(faults, size, "%.200s:\n", path);
    if (path[0] == '\0' || key_file_read(keys, path, faults + used, size - (size_t)used))
        faults[0] = '\0';
}

int command_screen(struct app *app) {
    const char *no_colour = getenv("NO_COLOR");
    char faults[FAULTS_SIZE];
    struct keys keys;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return output_usage(_("the screen needs a terminal; without one, name a command"));
    read_keys(app, &keys, faults, sizeof faults); /* before the database: with it open no other file is looked at */
    int status = app->store == NULL ? database_open(app) : STATUS_OK;
    struct screen_options options = {
        .language = app->language,
        .colour = no_colour == NULL || no_colour[0] == '\0',
        .idle_seconds = app->idle_seconds,
        .keys = &keys,
        .key_faults = faults,
    };
    return status == STATUS_OK ? screen_run(app->store, &options) : status;
}
