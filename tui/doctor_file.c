/* The database as a file: what it is, whose it is, who may read it, whether there is room. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "store/path.h"
#include "store/stamp.h"
#include "tui/doctor_say.h"
#include "tui/message.h"

enum { ROOM_LEAST = 64 * 1024 * 1024 };

/* What mends a file that is not as it must be. */
static char *remedy_of(struct doctor *doctor, char out[DOCTOR_TEXT]) {
    struct stat info;
    const char *path = DOCTOR_QUOTED(doctor->database);
    if (lstat(doctor->database, &info) != 0)
        return doctor->service
                   ? doctor_format(out, "%s", _("yijian-setup --supervisor LOGIN --name NAME --key FILE.pub"))
                   : doctor_format(out, "yijian --db %s init", path);
    if (S_ISLNK(info.st_mode))
        return doctor_format(out,
                             "f=\"$(readlink -f %s)\"; rm %s; for s in '' -wal -shm -gate -seats; do "
                             "[ ! -e \"$f$s\" ] || mv \"$f$s\" %s\"$s\"; done",
                             path, path, path);
    if (S_ISREG(info.st_mode) && info.st_nlink > 1)
        return doctor_format(out, _("find / -xdev -samefile %s   # then remove the other names with rm"), path);
    return doctor_format(out, _("mv %s %s.wrong && yijian --db %s restore BACKUP --confirm"), path, path, path);
}

void doctor_look_file(struct doctor *doctor) {
    struct path_identity identity;
    struct err err = {0};
    char text[DOCTOR_TEXT], remedy[DOCTOR_TEXT];
    enum status status = path_check(doctor->database, &identity, &err);
    if (status == STATUS_OK)
        status = path_check_header(doctor->database, &err);
    if (status == STATUS_OK)
        doctor_say(doctor, DOCTOR_OK, doctor->database, "", "");
    else if (status == STATUS_NOT_ALLOWED)
        doctor_say(doctor, DOCTOR_UNKNOWN, message_err(&err, text, sizeof text), "", "sudo yijian doctor");
    else
        doctor_say(doctor, DOCTOR_FAULT, message_err(&err, text, sizeof text),
                   _("a database of this program: a regular file with one name on a local disk"),
                   remedy_of(doctor, remedy));
}

void doctor_look_folder(struct doctor *doctor) {
    char folder[PATH_MAX];
    struct stat info;
    snprintf(folder, sizeof folder, "%s", doctor->database);
    char *slash = strrchr(folder, '/');
    slash[slash == folder ? 1 : 0] = '\0';
    size_t before = doctor->count;
    if (!doctor_stat(doctor, folder, &info)) {
        if (doctor->count == before)
            doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("there is no %s"), folder), _("a folder of mode 0700"),
                       doctor->service ? "yijian-setup prepare"
                                       : DOCTOR_FORMAT("mkdir -m 0700 %s", DOCTOR_QUOTED(folder)));
        return;
    }
    if (!S_ISDIR(info.st_mode))
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("%s is a link or no folder"), folder),
                   _("a folder of mode 0700"), _("move the files into a folder of this very name"));
    else if ((info.st_mode & S_ISVTX) != 0) /* /tmp and its like stay as they are */
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("%s is a folder for everybody"), folder),
                   _("a folder of mode 0700"),
                   DOCTOR_FORMAT("mkdir -m 0700 %s/yijian && mv %s* %s/yijian/", DOCTOR_QUOTED(folder),
                                 DOCTOR_QUOTED(doctor->database), DOCTOR_QUOTED(folder)));
    else if (doctor_check_mode(doctor, folder, &info, 07077, 0700))
        doctor_say(doctor, DOCTOR_OK, DOCTOR_FORMAT("%s, 0700, %s", folder, doctor->owner_name), "", "");
}

/* The database and one of the files beside it: true where nothing is wrong with it. */
static bool look_at(struct doctor *doctor, const char *suffix) {
    char path[PATH_MAX + 16];
    struct stat info;
    snprintf(path, sizeof path, "%s%s", doctor->database, suffix);
    if (!doctor_stat(doctor, path, &info))
        return true;
    if (S_ISREG(info.st_mode) && info.st_nlink == 1)
        return doctor_check_mode(doctor, path, &info, 07077, 0600);
    doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("%s is a link or not a regular file"), path),
               _("a regular file with one name"), DOCTOR_FORMAT("rm %s", DOCTOR_QUOTED(path)));
    return false;
}

/* Where what is half written is kept. */
static void look_at_drafts(struct doctor *doctor) {
    char path[PATH_MAX + 16];
    struct stat info;
    snprintf(path, sizeof path, "%s-drafts", doctor->database);
    if (!doctor_stat(doctor, path, &info))
        return;
    if (S_ISDIR(info.st_mode))
        doctor_check_mode(doctor, path, &info, 07077, 0700);
    else
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("%s is a link or no folder"), path),
                   _("a folder of mode 0700"), DOCTOR_FORMAT("rm %s", DOCTOR_QUOTED(path)));
}

void doctor_look_modes(struct doctor *doctor) {
    size_t before = doctor->count;
    struct stat info;
    if (lstat(doctor->database, &info) == 0 && S_ISREG(info.st_mode))
        doctor_check_mode(doctor, doctor->database, &info, 07077, 0600);
    for (size_t i = 0; i < PATH_BESIDE; i++)
        look_at(doctor, path_beside[i]);
    for (size_t i = 0; i < STAMP_COUNT; i++)
        look_at(doctor, stamp_suffixes[i]);
    look_at_drafts(doctor);
    if (doctor->count == before)
        doctor_say(doctor, DOCTOR_OK, DOCTOR_FORMAT("0600, %s", doctor->owner_name), "", "");
}

static uint64_t size_of(const char *path, const char *suffix) {
    char whole[PATH_MAX + 16];
    struct stat info;
    snprintf(whole, sizeof whole, "%s%s", path, suffix);
    return lstat(whole, &info) == 0 ? (uint64_t)info.st_size : 0;
}

void doctor_look_space(struct doctor *doctor) {
    struct statvfs info;
    uint64_t size = size_of(doctor->database, "") + size_of(doctor->database, "-wal");
    if (size == 0 || statvfs(doctor->database, &info) != 0) {
        doctor_say(doctor, DOCTOR_UNKNOWN, _("there is no database to measure"), "", "");
        return;
    }
    uint64_t free_bytes = (uint64_t)info.f_bavail * info.f_frsize, least = ROOM_LEAST + size / 10;
    enum { MIB = 1024 * 1024 };
    const char *found = DOCTOR_FORMAT(_("%llu MiB free, the database takes %llu MiB"),
                                      (unsigned long long)(free_bytes / MIB), (unsigned long long)(size / MIB));
    const char *remedy =
        DOCTOR_FORMAT(_("df -h %s   # then free some space or move to a larger disk"), DOCTOR_QUOTED(doctor->database));
    if (free_bytes < least)
        doctor_say(doctor, DOCTOR_FAULT, found,
                   DOCTOR_FORMAT(_("at least %llu MiB free"), (unsigned long long)(least / MIB)), remedy);
    else if (free_bytes < size + ROOM_LEAST)
        doctor_say(doctor, DOCTOR_NOTICE, found, _("room for a second copy of the database"), remedy);
    else
        doctor_say(doctor, DOCTOR_OK, found, "", "");
}
