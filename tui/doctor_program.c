/* The program itself: its texts, and the sandbox the kernel gives it. */
#include <langinfo.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tui/doctor_say.h"
#include "tui/message.h"
#include "tui/sandbox.h"

void doctor_look_locale(struct doctor *doctor) {
    char path[PATH_MAX];
    bool there = message_catalogue(path);
    bool unicode = message_has_locale();
    if (!unicode)
        doctor_say(doctor, DOCTOR_FAULT,
                   DOCTOR_FORMAT(_("the system has no UTF-8 locale, only %s"), nl_langinfo(CODESET)), "C.UTF-8",
                   "apt-get install --reinstall libc-bin");
    if (!there)
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("there is no %s"), path),
                   _("the Chinese texts, where the program was installed"),
                   _("make install, or install the package anew"));
    if (there && unicode)
        doctor_say(doctor, DOCTOR_OK, path, "", "");
}

/* A child enters one and says what it got: nothing else proves it. */
static bool try_sandbox(struct sandbox_report *report) {
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        struct sandbox_keep keep = {.count = 0};
        sandbox_enter(&keep, report);
        _exit(write(ends[1], report, sizeof *report) != sizeof *report);
    }
    close(ends[1]);
    bool told = child > 0 && read(ends[0], report, sizeof *report) == sizeof *report;
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return told;
}

void doctor_look_sandbox(struct doctor *doctor) {
    struct sandbox_report report = {.filter = false};
    if (!try_sandbox(&report)) {
        doctor_say(doctor, DOCTOR_UNKNOWN, _("it could not be tried"), "", "");
        return;
    }
    const char *found =
        DOCTOR_FORMAT(_("no new privileges: %s; system calls: %s; files (Landlock %d): %s"),
                      report.privileges ? _("in force") : _("no"), report.filter ? _("in force") : _("no"),
                      report.landlock, report.landlock > 0 ? _("in force") : _("no"));
    if (report.lenient)
        doctor_say(doctor, DOCTOR_NOTICE, found, _("a build for service: this one is for tests"), "make build");
    else if (report.privileges && report.filter && report.landlock > 0)
        doctor_say(doctor, DOCTOR_OK, found, "", "");
    else
        doctor_say(doctor, DOCTOR_NOTICE, found, _("all three"),
                   _("a kernel from 5.13 on with seccomp and, in lsm=, landlock; the program works without"));
}
