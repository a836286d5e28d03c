#include "tui/database.h"

#include <errno.h>
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
    struct sigaction action = {.sa_handler = on_signal}, before;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
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

/* $XDG_DATA_HOME/yijian, where the variable may be believed and is absolute. */
static void data_folder(const struct app *app, char *out, size_t size) {
    const char *data = app->remote ? NULL : getenv("XDG_DATA_HOME");
    const char *home = app->remote ? NULL : getenv("HOME");
    errno = 0;
    const struct passwd *entry = getpwuid(getuid());
    if (home == NULL || home[0] != '/')
        home = entry != NULL && entry->pw_dir != NULL ? entry->pw_dir : "/";
    if (data != NULL && data[0] == '/')
        snprintf(out, size, "%s/yijian", data);
    else
        snprintf(out, size, "%s/.local/share/yijian", home);
}

/* Makes the folder and those above it. What cannot be made shows when the database is. */
static void make_folders(char *folder) {
    for (char *slash = folder; (slash = strchr(slash + 1, '/')) != NULL;) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    mkdir(folder, 0700);
}

const char *database_path(const struct app *app, char out[PATH_MAX], bool make_folder) {
    const char *given = app->remote ? NULL : getenv("YIJIAN_DB");
    char folder[PATH_MAX - 16];
    if (app->db != NULL)
        return app->db;
    if (given != NULL && given[0] != '\0')
        return given;
    if (is_folder(SERVICE_FOLDER))
        return SERVICE_FOLDER "/yijian.db";
    data_folder(app, folder, sizeof folder);
    if (make_folder)
        make_folders(folder);
    snprintf(out, PATH_MAX, "%s/yijian.db", folder);
    return out;
}

const char *database_login(char *out, size_t size) {
    errno = 0;
    const struct passwd *entry = getpwuid(getuid());
    if (entry == NULL)
        return NULL;
    if (strlen(entry->pw_name) >= size) { /* cut short it would be somebody else's */
        errno = ERANGE;
        return NULL;
    }
    snprintf(out, size, "%s", entry->pw_name);
    return out;
}

static int open_store(struct app *app, bool by_reviewer) {
    char path[PATH_MAX], login[PEOPLE_LOGIN_SIZE];
    struct err err = {0};
    if (app->store != NULL)
        return STATUS_OK;
    if (!message_has_locale()) {
        output_note(
            _("no UTF-8 locale can be loaded: C.UTF-8 of the system is missing, or memory is short; nothing was "
              "done"));
        return STATUS_CONFIG;
    }
    const char *who = app->login != NULL ? app->login : database_login(login, sizeof login);
    if (who == NULL && errno == ENOMEM)
        return output_no_memory();
    struct store_options options = {
        .path = database_path(app, path, false),
        .login = who == NULL ? "" : who,
        .fingerprint = app->key[0] == '\0' ? NULL : app->key,
        .today = app->today,
        .quit = database_quit,
    };
    if (store_open(&options, &app->store, &err) != STATUS_OK)
        return output_err(&err);
    const struct reviewer *reviewer = store_reviewer(app->store);
    if (!by_reviewer || (reviewer->role != ROLE_NONE && reviewer->active))
        return STATUS_OK;
    if (who == NULL)
        return output_not_allowed(_("the system has no login for your user number"));
    return output_not_allowed(_("%s is not an active reviewer of this database; "
                                "ask a supervisor: yijian reviewer add %s --name NAME --role ROLE"),
                              options.login, options.login);
}

/* What was found out so far is all there is to look up: from here on the program works on what is in the database. */
static int enter_sandbox(struct app *app, int status) {
    char database[PATH_MAX], home_terminfo[PATH_MAX];
    const char *terminfo = app->remote ? NULL : getenv("TERMINFO"), *home = app->remote ? NULL : getenv("HOME");
    if (status != STATUS_OK || app->boxed)
        return status;
    sandbox_keep(&app->keep, database_path(app, database, false), SANDBOX_WRITE_NEAR);
    if (terminfo != NULL)
        sandbox_keep(&app->keep, terminfo, SANDBOX_READ);
    if (home != NULL && snprintf(home_terminfo, sizeof home_terminfo, "%s/.terminfo", home) < PATH_MAX)
        sandbox_keep(&app->keep, home_terminfo, SANDBOX_READ);
    message_load();
    if (!sandbox_enter(&app->keep, NULL))
        return output_no_memory();
    app->boxed = true;
    return STATUS_OK;
}

int database_open(struct app *app) {
    return enter_sandbox(app, open_store(app, true));
}

int database_open_to_look(struct app *app) {
    return enter_sandbox(app, open_store(app, app->remote));
}

int database_open_to_ask(struct app *app) {
    return open_store(app, true);
}
