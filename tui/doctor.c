#include "tui/doctor.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/look.h"
#include "tui/doctor_say.h"
#include "tui/message.h"

const struct doctor_check doctor_checks[] = {
    {"database", N_("database file"), doctor_look_file},
    {"folder", N_("folder of the database"), doctor_look_folder},
    {"modes", N_("files beside it"), doctor_look_modes},
    {"content", N_("content"), doctor_look_content},
    {"space", N_("disk space"), doctor_look_space},
    {"people", N_("reviewers"), doctor_look_people},
    {"calendar", N_("working-day notices"), doctor_look_calendar},
    {"clock", N_("clock"), doctor_look_clock},
    {"backup", N_("last backup"), doctor_look_backup},
    {"verify", N_("last verify"), doctor_look_verify},
    {"locale", N_("Chinese texts"), doctor_look_locale},
    {"account", N_("service account"), doctor_look_account},
    {"key-file", N_("file of the keys"), doctor_look_key_file},
    {"keys", N_("keys"), doctor_look_keys},
    {"sshd", N_("sshd"), doctor_look_sshd},
    {"sandbox", N_("sandbox"), doctor_look_sandbox},
};

const size_t doctor_check_count = sizeof doctor_checks / sizeof doctor_checks[0];

static void take_account(struct doctor *doctor, const struct passwd *entry) {
    doctor->has_account = true;
    snprintf(doctor->shell, sizeof doctor->shell, "%s", entry->pw_shell);
    if (!doctor->service)
        return;
    doctor->owner = entry->pw_uid;
    doctor->owner_known = true;
    snprintf(doctor->owner_name, sizeof doctor->owner_name, "%s", entry->pw_name);
}

/* In another root the account is the one its own list has. */
static void find_account(struct doctor *doctor) {
    struct passwd *entry;
    if (doctor->root[0] == '\0') {
        entry = getpwnam(DOCTOR_ACCOUNT);
        if (entry != NULL)
            take_account(doctor, entry);
        return;
    }
    FILE *file = fopen(DOCTOR_PATH(doctor, "/etc/passwd"), "re");
    while (file != NULL && (entry = fgetpwent(file)) != NULL)
        if (strcmp(entry->pw_name, DOCTOR_ACCOUNT) == 0)
            take_account(doctor, entry);
    if (file != NULL)
        fclose(file);
}

/* A database of one's own is one's own; root, who looks at somebody's, takes the owner of the folder. */
static void find_owner(struct doctor *doctor) {
    struct stat info;
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", doctor->database);
    char *slash = strrchr(folder, '/');
    if (doctor->owner_known || slash == NULL)
        return;
    slash[slash == folder ? 1 : 0] = '\0';
    doctor->owner = getuid();
    if (getuid() == 0 && stat(folder, &info) == 0)
        doctor->owner = info.st_uid;
    doctor->owner_known = true;
    const struct passwd *entry = getpwuid(doctor->owner);
    if (entry != NULL)
        snprintf(doctor->owner_name, sizeof doctor->owner_name, "%s", entry->pw_name);
    else
        snprintf(doctor->owner_name, sizeof doctor->owner_name, "%u", (unsigned)doctor->owner);
}

void doctor_run(struct doctor *doctor) {
    find_account(doctor);
    find_owner(doctor);
    for (doctor->check = 0; doctor->check < doctor_check_count; doctor->check++)
        doctor_checks[doctor->check].look(doctor);
}

enum doctor_result doctor_worst(const struct doctor *doctor, size_t check) {
    enum doctor_result worst = DOCTOR_OK;
    for (size_t i = 0; i < doctor->count; i++)
        if (doctor->findings[i].check == check && doctor->findings[i].result > worst)
            worst = doctor->findings[i].result;
    return worst;
}

void doctor_free(struct doctor *doctor) {
    free(doctor->findings);
    store_close(doctor->store);
}
