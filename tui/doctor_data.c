/* What the database holds: which one it is, its people, its notices, what was last done to it; and the clock it needs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/timex.h>
#include <time.h>

#include "store/look.h"
#include "store/stamp.h"
#include "tui/doctor_say.h"
#include "tui/message.h"

enum { NIGHTS_SECONDS = 2 * 86400, SLACK_SECONDS = 60, DECIDERS = 2 };

void doctor_look_content(struct doctor *doctor) {
    struct err err = {0};
    char text[DOCTOR_TEXT];
    enum status status = store_look(doctor->database, doctor->today, &doctor->store, &err);
    if (status == STATUS_OK && doctor->service && store_is_training(doctor->store))
        doctor_say(doctor, DOCTOR_NOTICE, _("a training database: its decisions do not count"),
                   _("an official one, where the work is meant"),
                   DOCTOR_FORMAT(_("mv %s %s.training && yijian-setup --supervisor LOGIN --name NAME --key FILE.pub"),
                                 DOCTOR_QUOTED(doctor->database), DOCTOR_QUOTED(doctor->database)));
    else if (status == STATUS_OK)
        doctor_say(doctor, DOCTOR_OK, store_is_training(doctor->store) ? _("a training database") : _("official"), "",
                   "");
    else if (status == STATUS_BUSY)
        doctor_say(doctor, DOCTOR_UNKNOWN, message_err(&err, text, sizeof text), "",
                   DOCTOR_COMMAND(doctor, "%s", "verify"));
    else
        doctor_say(doctor, status == STATUS_IO ? DOCTOR_FAULT : DOCTOR_UNKNOWN, message_err(&err, text, sizeof text),
                   "", status == STATUS_IO ? DOCTOR_COMMAND(doctor, "%s", "verify") : "");
}

/* Whether there is a database to ask; says so where there is none. */
static bool has_store(struct doctor *doctor) {
    if (doctor->store == NULL)
        doctor_say(doctor, DOCTOR_UNKNOWN, _("the database could not be read"), "", "");
    return doctor->store != NULL;
}

static void say_few(struct doctor *doctor, size_t found, const char *what, const char *expected, const char *role) {
    doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(what, found), expected,
               DOCTOR_FORMAT(_("as a supervisor: yijian reviewer add LOGIN --name NAME --role %s"), role));
}

void doctor_look_people(struct doctor *doctor) {
    struct reviewer *all = NULL;
    size_t count = 0, deciders = 0, supervisors = 0, before = doctor->count;
    struct err err = {0};
    char text[DOCTOR_TEXT];
    if (!has_store(doctor))
        return;
    if (people_list(doctor->store, &all, &count, &err) != STATUS_OK) {
        doctor_say(doctor, DOCTOR_FAULT, message_err(&err, text, sizeof text), "",
                   DOCTOR_COMMAND(doctor, "%s", "verify"));
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        deciders += all[i].active && people_may(all[i].role, RIGHT_DECIDE);
        supervisors += all[i].active && people_may(all[i].role, RIGHT_SUPERVISE);
    }
    free(all);
    if (doctor->count > before)
        return;
    if (supervisors == 0)
        say_few(doctor, supervisors, _("active supervisors: %zu"), _("at least one, who keeps the list of people"),
                "supervisor");
    if (deciders < DECIDERS)
        say_few(doctor, deciders, _("people who may decide: %zu"),
                _("at least two: who accepted an application may not decide it"), "reviewer");
    if (doctor->count == before)
        doctor_say(doctor, DOCTOR_OK, DOCTOR_FORMAT(_("people who may decide: %zu"), deciders), "", "");
}

static void say_year(struct doctor *doctor, enum doctor_result result, int year) {
    doctor_say(doctor, result, DOCTOR_FORMAT(_("no notice of the days off in %d: deadlines are provisional"), year),
               DOCTOR_FORMAT(_("the State Council's notice for %d, which comes out in late autumn"), year),
               DOCTOR_FORMAT(_("as a supervisor: yijian calendar load %d.json"), year));
}

void doctor_look_calendar(struct doctor *doctor) {
    if (!has_store(doctor))
        return;
    struct ymd today = day_to_ymd(store_today(doctor->store));
    const struct workday_calendar *calendar = store_calendar(doctor->store);
    bool now = workday_is_covered(calendar, today.year), next = workday_is_covered(calendar, today.year + 1);
    if (!now)
        say_year(doctor, DOCTOR_FAULT, today.year);
    if (!next && today.month >= 11) /* in November it may not be out yet; in December deadlines run into it */
        say_year(doctor, today.month == 12 ? DOCTOR_FAULT : DOCTOR_NOTICE, today.year + 1);
    if (now && (next || today.month < 11))
        doctor_say(doctor, DOCTOR_OK,
                   next ? DOCTOR_FORMAT(_("%d and %d are covered"), today.year, today.year + 1)
                        : DOCTOR_FORMAT(_("%d is covered"), today.year),
                   "", "");
}

static char *instant(char out[DOCTOR_TEXT], int64_t seconds) {
    struct tm at;
    time_t value = (time_t)(seconds + 8 * 3600); /* Beijing's clock */
    gmtime_r(&value, &at);
    return doctor_format(out, "%04d-%02d-%02d %02d:%02d", at.tm_year + 1900, at.tm_mon + 1, at.tm_mday, at.tm_hour,
                         at.tm_min);
}

#define INSTANT(seconds) instant((char[DOCTOR_TEXT]){0}, (seconds))

void doctor_look_clock(struct doctor *doctor) {
    struct err err = {0};
    struct timex kernel = {0};
    int64_t first, last, now = (int64_t)time(NULL);
    bool known = doctor->store != NULL && store_look_span(doctor->store, &first, &last, &err) == STATUS_OK;
    int state = adjtimex(&kernel);
    if (known && last > now + SLACK_SECONDS) {
        doctor_say(doctor, DOCTOR_FAULT,
                   DOCTOR_FORMAT(_("it is %s, but the ledger was last written at %s"), INSTANT(now), INSTANT(last)),
                   _("a clock that is not before the ledger"), "timedatectl set-ntp true");
        return;
    }
    if (state == TIME_ERROR && (kernel.status & STA_UNSYNC) != 0)
        doctor_say(doctor, DOCTOR_NOTICE, DOCTOR_FORMAT(_("%s, not kept right by a time server"), INSTANT(now)),
                   _("a clock that is kept right"), "timedatectl set-ntp true");
    else if (!known)
        doctor_say(doctor, DOCTOR_UNKNOWN, _("the database could not be read"), "", "");
    else
        doctor_say(doctor, DOCTOR_OK, INSTANT(now), "", "");
}

/* What a nightly timer does: twice missed is a fault, where the database is old enough and decisions count. */
static void look_stamp(struct doctor *doctor, enum stamp_kind kind, const char *never, const char *remedy) {
    struct stamp stamp;
    struct err err = {0};
    int64_t first = 0, last = 0, now = (int64_t)time(NULL);
    if (!has_store(doctor) || store_look_span(doctor->store, &first, &last, &err) != STATUS_OK)
        return;
    bool done = stamp_read(doctor->database, kind, &stamp);
    bool counts = doctor->service && !store_is_training(doctor->store);
    if (done && !stamp.good)
        doctor_say(doctor, DOCTOR_FAULT, DOCTOR_FORMAT(_("%s: a fault was found"), INSTANT(stamp.at)),
                   _("a ledger that is unchanged"),
                   DOCTOR_FORMAT(_("%s   # says where; stop work, then restore a backup"), remedy));
    else if (done && now - stamp.at <= NIGHTS_SECONDS)
        doctor_say(doctor, DOCTOR_OK, DOCTOR_FORMAT(_("%s, %lld events"), INSTANT(stamp.at), (long long)stamp.events),
                   "", "");
    else
        doctor_say(doctor, counts && now - (done ? stamp.at : first) > NIGHTS_SECONDS ? DOCTOR_FAULT : DOCTOR_NOTICE,
                   done ? INSTANT(stamp.at) : never, _("every night"), remedy);
}

void doctor_look_backup(struct doctor *doctor) {
    look_stamp(doctor, STAMP_BACKUP, _("none was made yet"),
               doctor->service
                   ? DOCTOR_FORMAT("%s", "systemctl enable --now yijian-backup.timer && systemctl start yijian-backup")
                   : DOCTOR_COMMAND(doctor, "%s", _("backup FILE")));
}

void doctor_look_verify(struct doctor *doctor) {
    look_stamp(doctor, STAMP_VERIFY, _("it was not verified yet"), DOCTOR_COMMAND(doctor, "%s", "verify"));
}
