#include "tui/doctor_say.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/message.h"

enum { FILE_MAX = 1024 * 1024, FIRST_CAPACITY = 32 };

void doctor_say(struct doctor *doctor, enum doctor_result result, const char *found, const char *expected,
                const char *remedy) {
    if (doctor->count == doctor->capacity) {
        size_t capacity = doctor->capacity == 0 ? FIRST_CAPACITY : 2 * doctor->capacity;
        struct doctor_finding *more = realloc(doctor->findings, capacity * sizeof *more);
        if (more == NULL)
            return;
        doctor->findings = more;
        doctor->capacity = capacity;
    }
    struct doctor_finding *finding = &doctor->findings[doctor->count++];
    finding->check = doctor->check;
    finding->result = result;
    snprintf(finding->found, sizeof finding->found, "%s", found);
    snprintf(finding->expected, sizeof finding->expected, "%s", expected);
    snprintf(finding->remedy, sizeof finding->remedy, "%s", remedy);
}

char *doctor_format(char out[DOCTOR_TEXT], const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out, DOCTOR_TEXT, format, arguments);
    va_end(arguments);
    return out;
}

char *doctor_path(char out[PATH_MAX], const struct doctor *doctor, const char *path) {
    snprintf(out, PATH_MAX, "%s%s", doctor->root, path);
    return out;
}

char *doctor_quoted(char out[DOCTOR_TEXT], const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:@%";
    size_t used = 0;
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        snprintf(out, DOCTOR_TEXT, "%s", word);
        return out;
    }
    out[used++] = '\'';
    for (; *word != '\0' && used < DOCTOR_TEXT - 8; word++) {
        if (*word == '\'') /* ends the quotes, stands alone, begins them again */
            used += (size_t)snprintf(out + used, DOCTOR_TEXT - used, "%s", "'\\'");
        out[used++] = *word;
    }
    snprintf(out + used, DOCTOR_TEXT - used, "'");
    return out;
}

char *doctor_command(char out[DOCTOR_TEXT], const struct doctor *doctor, const char *words) {
    snprintf(out, DOCTOR_TEXT, "%syijian --db %s %s", doctor->service ? "runuser -u " DOCTOR_ACCOUNT " -- " : "",
             DOCTOR_QUOTED(doctor->database), words);
    return out;
}

bool doctor_stat(struct doctor *doctor, const char *path, struct stat *info) {
    if (lstat(path, info) == 0)
        return true;
    if (errno == EACCES)
        doctor_say(doctor, DOCTOR_UNKNOWN, DOCTOR_FORMAT(_("%s may not be looked at by you"), path), "",
                   "sudo yijian doctor");
    return false;
}

bool doctor_check_mode(struct doctor *doctor, const char *path, const struct stat *info, mode_t forbidden,
                       mode_t wanted) {
    bool good = true;
    if (doctor->owner_known && info->st_uid != doctor->owner) {
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("%s belongs to user number %u"), path, (unsigned)info->st_uid),
                   doctor->owner_name, DOCTOR_FORMAT("chown %s: %s", doctor->owner_name, DOCTOR_QUOTED(path)));
        good = false;
    }
    if ((info->st_mode & forbidden) != 0 || (info->st_mode & wanted) != wanted) {
        doctor_say(doctor, DOCTOR_FAULT,
                   DOCTOR_FORMAT(_("%s has the mode %04o"), path, (unsigned)(info->st_mode & 07777)),
                   DOCTOR_FORMAT("%04o", (unsigned)wanted),
                   DOCTOR_FORMAT("chmod %04o %s", (unsigned)wanted, DOCTOR_QUOTED(path)));
        good = false;
    }
    return good;
}

char *doctor_read(const char *path) {
    struct stat info;
    size_t length = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return NULL;
    char *text = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) ? malloc(FILE_MAX + 1) : NULL;
    ssize_t n = 1;
    while (text != NULL && n > 0 && length < FILE_MAX) {
        n = read(fd, text + length, FILE_MAX - length);
        length += n > 0 ? (size_t)n : 0;
    }
    if (text != NULL)
        text[length] = '\0';
    close(fd);
    return text;
}
