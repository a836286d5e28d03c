/* Whether sshd's configuration has the block of tui/service/sshd.conf. What is in force, with all that other lines and
 * defaults add, only sshd itself can say, and only to root: the finding names the command. */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tui/doctor_say.h"
#include "tui/message.h"

#define CONFIG "/etc/ssh/sshd_config"
#define BLOCK "/etc/ssh/sshd_config.d/yijian.conf"

enum { DEPTH_MAX = 4 };

/* What the block must say, and no other value. */
static const struct {
    const char *name, *value;
} wanted[] = {
    {"AuthorizedKeysFile", DOCTOR_KEYS},
    {"AuthorizedKeysCommand", "none"},
    {"AuthenticationMethods", "publickey"},
    {"PasswordAuthentication", "no"},
    {"KbdInteractiveAuthentication", "no"},
    {"ExposeAuthInfo", "yes"},
    {"SetEnv", "YIJIAN_AUTHORIZED_KEYS=" DOCTOR_KEYS},
    {"DisableForwarding", "yes"},
    {"PermitTunnel", "no"},
    {"PermitUserRC", "no"},
};

enum { WANTED = sizeof wanted / sizeof wanted[0] };

struct reading {
    const struct doctor *doctor;
    bool in_block; /* of the line at hand */
    bool found_block;
    bool denied;
    char where[PATH_MAX];
    char values[WANTED][256]; /* the first value of each, which is the one that counts; "" where there is none */
};

static bool names_account(const char *criteria) {
    char word[256];
    const char *rest = criteria + strspn(criteria, " \t");
    return sscanf(rest, "%*[Uu]%*[Ss]%*[Ee]%*[Rr] %255s", word) == 1 && strcmp(word, DOCTOR_ACCOUNT) == 0;
}

static void read_file(struct reading *reading, const char *path, int depth);

static void include(struct reading *reading, const char *pattern, int depth) {
    char whole[PATH_MAX];
    glob_t found = {0};
    snprintf(whole, sizeof whole, "%s%s%.1000s", reading->doctor->root, pattern[0] == '/' ? "" : "/etc/ssh/", pattern);
    if (depth < DEPTH_MAX && glob(whole, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            read_file(reading, found.gl_pathv[i], depth + 1);
    globfree(&found);
}

static void take_value(struct reading *reading, const char *name, const char *value) {
    for (size_t i = 0; reading->in_block && i < WANTED; i++)
        if (strcasecmp(name, wanted[i].name) == 0 && reading->values[i][0] == '\0')
            snprintf(reading->values[i], sizeof reading->values[i], "%s", value);
}

static void take_line(struct reading *reading, const char *path, char *line, int depth) {
    line += strspn(line, " \t");
    char *value = line + strcspn(line, " \t=");
    char *end = value + strlen(value);
    while (end > line && strchr(" \t\r", end[-1]) != NULL)
        *--end = '\0';
    if (*line == '#' || *line == '\0' || *value == '\0')
        return;
    *value++ = '\0';
    value += strspn(value, " \t=");
    if (strcasecmp(line, "Include") == 0) {
        include(reading, value, depth);
    } else if (strcasecmp(line, "Match") == 0) {
        reading->in_block = names_account(value);
        if (reading->in_block && !reading->found_block)
            snprintf(reading->where, sizeof reading->where, "%s", path);
        reading->found_block = reading->found_block || reading->in_block;
    } else {
        take_value(reading, line, value);
    }
}

/* A Match that a file begins ends with the file. */
static void read_file(struct reading *reading, const char *path, int depth) {
    bool before = reading->in_block;
    char *text = doctor_read(path), *rest = text, *line;
    reading->denied = reading->denied || (text == NULL && errno == EACCES);
    while (rest != NULL && (line = strsep(&rest, "\n")) != NULL)
        take_line(reading, path, line, depth);
    free(text);
    reading->in_block = before;
}

static void look_values(struct doctor *doctor, const struct reading *reading) {
    size_t before = doctor->count;
    for (size_t i = 0; i < WANTED; i++)
        if (strcmp(reading->values[i], wanted[i].value) != 0)
            doctor_say(doctor, DOCTOR_FAULT,
                       reading->values[i][0] == '\0'
                           ? DOCTOR_FORMAT(_("%s: the block has no %s"), reading->where, wanted[i].name)
                           : DOCTOR_FORMAT("%s: %s %s", reading->where, wanted[i].name, reading->values[i]),
                       DOCTOR_FORMAT("%s %s", wanted[i].name, wanted[i].value), "rm " BLOCK " && yijian-setup");
    if (doctor->count == before)
        doctor_say(doctor, DOCTOR_OK,
                   DOCTOR_FORMAT(_("%s; what is in force: sshd -T -C user=%s,host=localhost,addr=127.0.0.1"),
                                 reading->where, DOCTOR_ACCOUNT),
                   "", "");
}

void doctor_look_sshd(struct doctor *doctor) {
    const char *path = DOCTOR_PATH(doctor, CONFIG);
    struct stat info;
    struct reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL)
        return;
    reading->doctor = doctor;
    if (!doctor->service) {
        doctor_say(doctor, DOCTOR_ABSENT, _("this database does not serve SSH"), "", "");
    } else if (lstat(path, &info) != 0 && errno == ENOENT) {
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("there is no %s"), path), _("an installed sshd"),
                   "apt-get install openssh-server && yijian-setup");
    } else {
        read_file(reading, path, 0);
        if (reading->found_block)
            look_values(doctor, reading);
        else if (reading->denied)
            doctor_say(doctor, DOCTOR_UNKNOWN, DOCTOR_FORMAT(_("%s may not be looked at by you"), path), "",
                       "sudo yijian doctor");
        else
            doctor_say(doctor, DOCTOR_FAULT,
                       DOCTOR_FORMAT(_("no block \"Match User %s\" in %s or what it includes"), DOCTOR_ACCOUNT, path),
                       "Include /etc/ssh/sshd_config.d/*.conf", "yijian-setup");
    }
    free(reading);
}
