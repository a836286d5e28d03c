/* What lets reviewers in over SSH: the account and its shell, the keys, sshd's block. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "store/public_key.h"
#include "tui/doctor_say.h"
#include "tui/message.h"

/* Whether SSH concerns this installation; says so where it does not. */
static bool serves(struct doctor *doctor) {
    if (!doctor->service)
        doctor_say(doctor, DOCTOR_ABSENT, _("this database does not serve SSH"), "", "");
    return doctor->service;
}

static void say_unreadable(struct doctor *doctor, const char *path, const char *remedy) {
    bool denied = errno == EACCES;
    doctor_say(doctor, denied ? DOCTOR_UNKNOWN : DOCTOR_FAULT,
               denied ? DOCTOR_FORMAT(_("%s may not be looked at by you"), path)
                      : DOCTOR_FORMAT(_("there is no %s"), path),
               "", denied ? "sudo yijian doctor" : remedy);
}

void doctor_look_account(struct doctor *doctor) {
    const char *name = strrchr(doctor->shell, '/');
    if (!serves(doctor))
        return;
    if (!doctor->has_account)
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("the system has no account %s"), DOCTOR_ACCOUNT),
                   _("an account of that name"), "yijian-setup prepare");
    else if (name == NULL || strcmp(name + 1, DOCTOR_SHELL) != 0)
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("its login shell is %s"), doctor->shell),
                   DOCTOR_FORMAT(_("the program itself, under the name %s"), DOCTOR_SHELL),
                   "usermod --shell \"$(command -v " DOCTOR_SHELL ")\" " DOCTOR_ACCOUNT);
    else if (access(DOCTOR_PATH(doctor, doctor->shell), X_OK) != 0)
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("its login shell %s cannot be run"), doctor->shell),
                   _("a link to the program"),
                   DOCTOR_FORMAT("ln -sfn yijian %s && chmod 755 %s", doctor->shell, doctor->shell));
    else
        doctor_say(doctor, DOCTOR_OK, DOCTOR_FORMAT("%s, %s", DOCTOR_ACCOUNT, doctor->shell), "", "");
}

/* Root's alone: whoever writes it, or the folder it is in, names who acts. */
static bool only_root_writes(struct doctor *doctor, const char *path, const struct stat *info) {
    if (info->st_uid == 0 && (info->st_mode & (S_IWGRP | S_IWOTH)) == 0)
        return true;
    doctor_say(doctor, DOCTOR_FAULT,
               DOCTOR_FORMAT(_("%s belongs to user number %u, mode %04o"), path, (unsigned)info->st_uid,
                             (unsigned)(info->st_mode & 07777)),
               _("root's, and nobody else may write it"),
               DOCTOR_FORMAT("chown root:root %s && chmod go-w %s", DOCTOR_QUOTED(path), DOCTOR_QUOTED(path)));
    return false;
}

void doctor_look_key_file(struct doctor *doctor) {
    char folder[PATH_MAX];
    struct stat info;
    const char *path = DOCTOR_PATH(doctor, DOCTOR_KEYS);
    if (!serves(doctor))
        return;
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    bool good = lstat(folder, &info) != 0 || only_root_writes(doctor, folder, &info);
    if (lstat(path, &info) != 0) {
        say_unreadable(doctor, path, "yijian-setup prepare");
        return;
    }
    if (!S_ISREG(info.st_mode))
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("%s is a link or not a regular file"), path),
                   _("a regular file with one name"),
                   DOCTOR_FORMAT("rm %s && yijian-setup prepare", DOCTOR_QUOTED(path)));
    else if (only_root_writes(doctor, path, &info) && good)
        doctor_say(doctor, DOCTOR_OK, path, "", "");
}

/* A line of authorized_keys in parts. */
struct key_line {
    int number;
    bool restricted;
    char command[DOCTOR_TEXT];
    char login[PEOPLE_LOGIN_SIZE]; /* "" where the command names none */
    char opened[64];               /* an option that gives back what `restrict` takes, else "" */
    struct public_key key;
};

/* Ends at an unquoted separator or blank; copies without the quotes. Returns where. */
static const char *take(const char *at, const char *ends, char *out, size_t size) {
    bool quoted = false;
    size_t used = 0;
    for (; *at != '\0' && (quoted || strchr(ends, *at) == NULL); at++) {
        if (*at == '"') {
            quoted = !quoted;
            continue;
        }
        if (at[0] == '\\' && at[1] == '"')
            at++;
        if (used + 1 < size)
            out[used++] = *at;
    }
    out[used] = '\0';
    return at;
}

static void take_option(struct key_line *line, const char *option) {
    static const char *const harmless[] = {"pty", "from=", "expiry-time=", "verify-required", "no-", NULL};
    static const char command[] = "command=", login[] = " --reviewer ";
    if (strcasecmp(option, "restrict") == 0) {
        line->restricted = true;
        return;
    }
    if (strncasecmp(option, command, strlen(command)) == 0) {
        snprintf(line->command, sizeof line->command, "%s", option + strlen(command));
        const char *found = strstr(line->command, login);
        if (found != NULL && strncmp(line->command, "yijian session ", strlen("yijian session ")) == 0)
            take(found + strlen(login), " ", line->login, sizeof line->login);
        return;
    }
    for (size_t i = 0; harmless[i] != NULL; i++)
        if (strncasecmp(option, harmless[i], strlen(harmless[i])) == 0)
            return;
    snprintf(line->opened, sizeof line->opened, "%.*s", (int)strcspn(option, "="), option);
}

/* False with *err where the key itself is none that is taken. */
static bool take_line(const char *text, struct key_line *line, struct err *err) {
    char option[DOCTOR_TEXT];
    if (public_key_parse(text, &line->key, err) == STATUS_OK)
        return true; /* no options at all */
    for (const char *at = text;;) {
        at = take(at, ", \t", option, sizeof option);
        take_option(line, option);
        if (*at != ',')
            return public_key_parse(at + strspn(at, " \t"), &line->key, err) == STATUS_OK;
        at++;
    }
}

static void say_line(struct doctor *doctor, const struct key_line *line, const char *what, const char *expected) {
    const char *path = DOCTOR_PATH(doctor, DOCTOR_KEYS);
    const char *who = line->login[0] != '\0' ? line->login : _("LOGIN");
    doctor_say(
        doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("%s, line %d: %s"), path, line->number, what), expected,
        DOCTOR_FORMAT(_("sed -i %dd %s && yijian-setup add-key %s FILE.pub"), line->number, DOCTOR_QUOTED(path), who));
}

static void look_login(struct doctor *doctor, const struct key_line *line) {
    struct reviewer reviewer;
    struct err err = {0};
    if (doctor->store == NULL)
        return;
    if (people_find(doctor->store, line->login, &reviewer, &err) == STATUS_OK && reviewer.active)
        return;
    doctor_say(doctor, DOCTOR_FAULT,
               DOCTOR_FORMAT(_("%s, line %d: %s is not an active reviewer"), DOCTOR_PATH(doctor, DOCTOR_KEYS),
                             line->number, line->login),
               _("the keys of active reviewers only"), DOCTOR_FORMAT("yijian-setup remove-key %s", line->login));
}

static void look_line(struct doctor *doctor, const char *text, struct key_line *line, struct err *err) {
    char why[DOCTOR_TEXT];
    static const char example[] = "restrict,pty,command=\"yijian session --reviewer LOGIN\" ssh-ed25519 …";
    if (!take_line(text, line, err)) {
        say_line(doctor, line, message_err(err, why, sizeof why), example);
        return;
    }
    if (!line->restricted)
        say_line(doctor, line, _("restrict is missing"), example);
    if (line->login[0] == '\0')
        say_line(doctor, line, _("the command does not say who acts"), example);
    else
        look_login(doctor, line);
    if (line->opened[0] != '\0')
        say_line(doctor, line, DOCTOR_FORMAT(_("the option %s opens what restrict closes"), line->opened), example);
}

struct seen {
    char (*prints)[PUBLIC_KEY_FINGERPRINT_SIZE];
    size_t count;
};

/* One key, one person: else the ledger could not tell two apart. */
static void look_twice(struct doctor *doctor, const struct key_line *line, struct seen *seen) {
    for (size_t i = 0; i < seen->count; i++)
        if (strcmp(seen->prints[i], line->key.fingerprint) == 0)
            say_line(doctor, line, _("the same key stands in an earlier line"),
                     _("a key of their own for each person"));
    void *more = realloc(seen->prints, (seen->count + 1) * sizeof *seen->prints);
    if (more == NULL)
        return;
    seen->prints = more;
    snprintf(seen->prints[seen->count++], sizeof *seen->prints, "%s", line->key.fingerprint);
}

static void look_lines(struct doctor *doctor, char *text) {
    struct seen seen = {0};
    size_t before = doctor->count;
    int number = 1;
    for (char *rest = text, *at; (at = strsep(&rest, "\n")) != NULL; number++) {
        struct key_line line = {.number = number};
        struct err err = {0};
        at += strspn(at, " \t");
        at[strcspn(at, "\r")] = '\0';
        if (*at == '\0' || *at == '#')
            continue;
        look_line(doctor, at, &line, &err);
        if (line.key.fingerprint[0] != '\0')
            look_twice(doctor, &line, &seen);
    }
    if (doctor->count == before && seen.count == 0)
        doctor_say(doctor, DOCTOR_NOTICE, _("there are none: nobody can log in"), "",
                   _("yijian-setup add-key LOGIN FILE.pub"));
    else if (doctor->count == before)
        doctor_say(doctor, DOCTOR_OK, DOCTOR_FORMAT("%zu", seen.count), "", "");
    free(seen.prints);
}

void doctor_look_keys(struct doctor *doctor) {
    const char *path = DOCTOR_PATH(doctor, DOCTOR_KEYS);
    if (!serves(doctor))
        return;
    char *text = doctor_read(path);
    if (text == NULL)
        say_unreadable(doctor, path, "yijian-setup prepare");
    else
        look_lines(doctor, text);
    free(text);
}
