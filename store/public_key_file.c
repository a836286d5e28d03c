/* The files public keys stand in: one that a person hands over, what sshd says of a login, root's authorized_keys. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/public_key.h"

enum { FILE_MAX = 1024 * 1024 };

/* All of it, ended by a NUL; NULL with errno set. */
static char *read_all(int fd, size_t *length) {
    char *text = malloc(FILE_MAX + 1);
    ssize_t n = 1;
    for (*length = 0; text != NULL && n > 0 && *length<FILE_MAX; *length += n> 0 ? (size_t)n : 0)
        do
            n = read(fd, text + *length, FILE_MAX - *length);
        while (n < 0 && errno == EINTR);
    if (text != NULL && n != 0) {
        int why = n > 0 ? EFBIG : errno;
        free(text);
        errno = why;
        return NULL;
    }
    if (text != NULL)
        text[*length] = '\0';
    return text;
}

enum status public_key_read(const char *path, struct public_key *key, struct err *err) {
    bool standard = strcmp(path, "-") == 0;
    size_t length = 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    char *text = fd < 0 ? NULL : read_all(fd, &length);
    int why = errno;
    if (fd >= 0 && !standard)
        close(fd);
    if (text == NULL)
        return err_set(err, STATUS_NO_INPUT, N_("cannot read %1: %2"), path, strerror(why), NULL);
    bool whole = strlen(text) == length;
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
        text[--length] = '\0';
    enum status status;
    if (length == 0)
        status = err_set(err, STATUS_BAD_DATA, N_("%1 is empty"), path, NULL);
    else if (strncmp(text, "-----BEGIN", strlen("-----BEGIN")) != 0 && (!whole || strpbrk(text, "\r\n") != NULL))
        status = err_set(err, STATUS_BAD_DATA, N_("%1 must hold one public key, one line of text"), path, NULL);
    else
        status = public_key_parse(text, key, err);
    free(text);
    return status;
}

/* A small regular file of ours or of root's that nobody else may write; NULL where it is not. */
static char *read_trusted(const char *path) {
    struct stat info;
    size_t length = 0;
    char *text = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0 &&
        (info.st_uid == 0 || info.st_uid == getuid()))
        text = read_all(fd, &length);
    if (fd >= 0)
        close(fd);
    return text;
}

enum status public_key_of_login(const char *path, struct public_key *key, struct err *err) {
    static const char method[] = "publickey ";
    enum status status = STATUS_CONFIG;
    char *text = read_trusted(path), *rest = text, *line;
    while (status != STATUS_OK && rest != NULL && (line = strsep(&rest, "\n")) != NULL)
        if (strncmp(line, method, strlen(method)) == 0)
            status = public_key_parse(line + strlen(method), key, NULL);
    free(text);
    return status == STATUS_OK ? STATUS_OK
                               : err_set(err, STATUS_CONFIG, N_("sshd does not tell which key logged in"), NULL);
}

/* Where the options of a line of authorized_keys end: at a blank outside quotes. */
static char *end_of_options(char *line) {
    bool quoted = false;
    for (; *line != '\0' && (quoted || strchr(" \t", *line) == NULL); line++) {
        if (line[0] == '\\' && line[1] == '"')
            line++;
        else if (*line == '"')
            quoted = !quoted;
    }
    return line;
}

/* Whether the options at `line`, up to `end`, are or begin with command="…" of this command; as sshd reads them. */
static bool is_command(const char *line, const char *end, const char *command) {
    static const char name[] = "command=\"";
    if ((size_t)(end - line) < strlen(name) || strncasecmp(line, name, strlen(name)) != 0)
        return false;
    for (line += strlen(name); line < end && *line != '"'; line++) {
        if (line[0] == '\\' && line[1] == '"')
            line++;
        if (*command == '\0' || *line != *command++)
            return false;
    }
    return line < end && *command == '\0';
}

static bool options_have(char *line, const char *end, const char *command) {
    bool quoted = false, first = true;
    for (; line < end; line++) {
        if (first && is_command(line, end, command))
            return true;
        first = !quoted && *line == ',';
        if (line[0] == '\\' && line[1] == '"')
            line++;
        else if (*line == '"')
            quoted = !quoted;
    }
    return false;
}

/* Whether the line ends with this key, a comment aside, and has the command among its options. */
static bool line_has(char *line, const struct public_key *key, const char *command) {
    line += strspn(line, " \t");
    char *end = end_of_options(line), *at = end + strspn(end, " \t");
    size_t type = strlen(key->type), body = strlen(key->body);
    if (*line == '#' || strncmp(at, key->type, type) != 0 || strchr(" \t", at[type]) == NULL)
        return false;
    at += type;
    at += strspn(at, " \t");
    return strncmp(at, key->body, body) == 0 && (at[body] == '\0' || strchr(" \t\r", at[body]) != NULL) &&
           options_have(line, end, command);
}

enum status public_key_has_command(const char *path, const struct public_key *key, const char *command,
                                   struct err *err) {
    char *text = read_trusted(path), *rest = text, *line;
    bool found = false;
    if (text == NULL)
        return err_set(err, STATUS_CONFIG, N_("%1 cannot be read, or others than root may write it"), path, NULL);
    while (!found && (line = strsep(&rest, "\n")) != NULL)
        found = line_has(line, key, command);
    free(text);
    return found ? STATUS_OK
                 : err_set(err, STATUS_NOT_ALLOWED,
                           N_("the key that logged in has no line of its own in %1 that says who acts; "
                              "`yijian reviewer key LOGIN FILE.pub` prints one"),
                           path, NULL);
}
