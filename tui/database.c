#include "tui/database.h"

#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/message.h"
#include "tui/output.h"

#define SERVICE_FOLDER "/var/lib/yijian"

static volatile sig_atomic_t asked_to_end;

static void on_signal(int signal) {
    (void)signal;
    asked_to_end = 1;
}

void database_catch_signals(void) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        sigaction(signals[i], &action, NULL);
}

bool database_quit(void *data) {
    (void)data;
    return asked_to_end != 0;
}

static bool is_folder(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static const char *home(void) {
    const struct passwd *entry = getpwuid(getuid());
    return entry != NULL && entry->pw_dir != NULL ? entry->pw_dir : "/";
}

const char *database_path(const struct app *app, char out[PATH_MAX], bool make_folder) {
    const char *given = getenv("YIJIAN_DB");
    if (app->db != NULL)
        return app->db;
    if (!app->remote && given != NULL && given[0] != '\0')
        return given;
    if (is_folder(SERVICE_FOLDER))
        return SERVICE_FOLDER "/yijian.db";
    const char *data = getenv("XDG_DATA_HOME");
    char folder[PATH_MAX - 16];
    if (!app->remote && data != NULL && data[0] == '/')
        snprintf(folder, sizeof folder, "%s/yijian", data);
    else
        snprintf(folder, sizeof folder, "%s/.local/share/yijian", home());
    for (char *slash = folder + 1; make_folder && (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    if (make_folder)
        mkdir(folder, 0700);
    snprintf(out, PATH_MAX, "%s/yijian.db", folder);
    return out;
}

const char *database_login(char *out, size_t size) {
    const struct passwd *entry = getpwuid(getuid());
    if (entry == NULL)
        return NULL;
    snprintf(out, size, "%s", entry->pw_name);
    return out;
}

int database_open(struct app *app) {
    char path[PATH_MAX], login[PEOPLE_LOGIN_SIZE];
    struct err err = {0};
    if (app->login == NULL)
        app->login = database_login(login, sizeof login);
    struct store_options options = {
        .path = database_path(app, path, false),
        .login = app->login == NULL ? "" : app->login,
        .fingerprint = NULL,
        .today = app->today,
        .quit = database_quit,
    };
    if (store_open(&options, &app->store, &err) != STATUS_OK)
        return output_err(&err);
    const struct reviewer *reviewer = store_reviewer(app->store);
    app->login = reviewer->login;
    if (reviewer->role == ROLE_NONE || !reviewer->active)
        return output_not_allowed(
            _("%s is not an active reviewer of this database; ask a supervisor: yijian reviewer add"), options.login);
    return STATUS_OK;
}
