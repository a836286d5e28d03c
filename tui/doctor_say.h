/* What the checks of tui/doctor.h are made of. */
#ifndef TUI_DOCTOR_SAY_H
#define TUI_DOCTOR_SAY_H

#include <sys/stat.h>

#include "tui/doctor.h"

#define DOCTOR_ACCOUNT "yijian"
#define DOCTOR_FOLDER "/var/lib/yijian"
#define DOCTOR_KEYS "/etc/yijian/authorized_keys"
#define DOCTOR_SHELL "yijian-shell"

/* Adds a finding of the check that runs. */
void doctor_say(struct doctor *doctor, enum doctor_result result, const char *found, const char *expected,
                const char *remedy);

/* Formats in place, for an argument: DOCTOR_FORMAT(_("…%s…"), …). Good until the end of the block. */
#define DOCTOR_FORMAT(...) doctor_format((char[DOCTOR_TEXT]){0}, __VA_ARGS__)
char *doctor_format(char out[DOCTOR_TEXT], const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The path below the root of the installation. */
#define DOCTOR_PATH(doctor, path) doctor_path((char[PATH_MAX]){0}, (doctor), (path))
char *doctor_path(char out[PATH_MAX], const struct doctor *doctor, const char *path);

/* A word as a shell takes it. */
#define DOCTOR_QUOTED(word) doctor_quoted((char[DOCTOR_TEXT]){0}, (word))
char *doctor_quoted(char out[DOCTOR_TEXT], const char *word);

/* A command the account must run, not root. */
#define DOCTOR_COMMAND(doctor, ...) doctor_command((char[DOCTOR_TEXT]){0}, (doctor), DOCTOR_FORMAT(__VA_ARGS__))
char *doctor_command(char out[DOCTOR_TEXT], const struct doctor *doctor, const char *words);

/* False where it is not there, or (said so already) may not be looked at. */
bool doctor_stat(struct doctor *doctor, const char *path, struct stat *info);

/* Owner and mode of a file or folder that is there; says what is wrong. True where nothing is. */
bool doctor_check_mode(struct doctor *doctor, const char *path, const struct stat *info, mode_t forbidden,
                       mode_t wanted);

/* The whole of a small text file; NULL where it cannot be read, with errno. free() it. */
char *doctor_read(const char *path);

/* The checks. */
void doctor_look_file(struct doctor *doctor);
void doctor_look_folder(struct doctor *doctor);
void doctor_look_modes(struct doctor *doctor);
void doctor_look_content(struct doctor *doctor);
void doctor_look_space(struct doctor *doctor);
void doctor_look_people(struct doctor *doctor);
void doctor_look_calendar(struct doctor *doctor);
void doctor_look_clock(struct doctor *doctor);
void doctor_look_backup(struct doctor *doctor);
void doctor_look_verify(struct doctor *doctor);
void doctor_look_locale(struct doctor *doctor);
void doctor_look_account(struct doctor *doctor);
void doctor_look_key_file(struct doctor *doctor);
void doctor_look_keys(struct doctor *doctor);
void doctor_look_sshd(struct doctor *doctor);
void doctor_look_sandbox(struct doctor *doctor);

#endif
