#include "store/verify_tables.h"

#include <stddef.h>

#include "store/err.h"

/* What queue_tally has to say. */
#define TALLIED                                                                                                        \
    "SELECT 0 AS ordering, decide_by AS day, kind, specialties, outcome, count(*) AS n FROM application"               \
    " WHERE state = 0 GROUP BY decide_by, kind, specialties, outcome UNION ALL"                                        \
    " SELECT 1, submitted_on, kind, specialties, outcome, count(*) FROM application"                                   \
    " WHERE state = 0 GROUP BY submitted_on, kind, specialties, outcome"

#define DAY_OF(text) "CAST(julianday(" text ") - 2440587.5 AS INTEGER)"
#define KIND_OF(text)                                                                                                  \
    "CASE " text " WHEN 'initial' THEN 0 WHEN 'added_specialty' THEN 1 WHEN 're_registration' THEN 2"                  \
    " WHEN 'continuation' THEN 3 END"
/* An application and its document, and what the event says with which it was accepted since that document came. */
#define OF_APPLICATION "SELECT a.id FROM application a JOIN document d ON d.id = a.document_id WHERE "
#define ACCEPTED(member)                                                                                               \
    "(SELECT json_extract(l.json, '$." member "') FROM ledger l WHERE l.seq = (SELECT max(x.seq) FROM ledger x"        \
    " WHERE x.application_id = a.id AND x.event = 'accept' AND x.seq > d.import_seq))"
#define ACCEPTED_BY "coalesce(" ACCEPTED("by") ", json_extract(d.json, '$.accepted_by'))"
#define ACCEPTED_ON "coalesce(" DAY_OF(ACCEPTED("day")) ", " DAY_OF("json_extract(d.json, '$.accepted_on')") ")"
/* Of a document, or of a decision: both have their text in d.json. */
#define KIND KIND_OF("json_extract(d.json, '$.kind')")
#define SUBMITTED_ON DAY_OF("json_extract(d.json, '$.submitted_on')")
#define DECIDED_ON DAY_OF("json_extract(d.json, '$.decided_on')")
#define EVENT_DAY DAY_OF("json_extract(l.json, '$.day')")
/* The last event about each person of the staff. */
#define PEOPLE                                                                                                         \
    "(SELECT max(seq) AS seq, json_extract(json, '$.detail.login') AS login, json FROM ledger"                         \
    " WHERE event = 'reviewer' GROUP BY 2)"
/* The last event about an application, and the version it has left; a correction that came since has made one more, and
 * so may every calendar. */
#define EVENT_OF_IT " FROM ledger l WHERE l.application_id = a.id AND l.event <> 'reveal' ORDER BY l.seq DESC LIMIT 1"
#define LAST_EVENT "coalesce((SELECT l.seq" EVENT_OF_IT "), 0)"
#define STATED_VERSION                                                                                                 \
    "(coalesce((SELECT json_extract(l.json, '$.version')" EVENT_OF_IT "), 0) + (SELECT count(*) FROM document d"       \
    " WHERE d.application_id = a.id AND d.import_seq > " LAST_EVENT "))"
/* The notices of working days that were loaded, and what each says that no later one has replaced: a day belongs to the
 * notice of its year, from 25 December on to that of the next (core/workday.h). */
#define WITH_CALENDARS                                                                                                 \
    "WITH calendar(seq, first, last, json) AS MATERIALIZED (SELECT seq, json_extract(json, '$.detail.first_year'),"    \
    " json_extract(json, '$.detail.last_year'), json FROM ledger WHERE event = 'calendar') "
#define NOTICE_OF(text)                                                                                                \
    "min(max(CAST(substr(" text ", 1, 4) AS INTEGER) + (substr(" text ", 6) >= '12-25'), e.first), e.last)"
#define DAYS_OF(member) " FROM calendar e, json_each(e.json, '$.detail." member "') d"
#define SAID(member, off)                                                                                              \
    "SELECT e.seq, " DAY_OF("d.value") " AS day, " NOTICE_OF("d.value") " AS notice, " off " AS off" DAYS_OF(member)
#define SAID_OFF SAID("days_off", "1")
#define SAID_WORKED SAID("make_up_workdays", "0")
#define SAID_LAST                                                                                                      \
    " WHERE NOT EXISTS (SELECT 1 FROM calendar x WHERE x.seq > s.seq AND s.notice BETWEEN x.first AND x.last)"
#define LOADED "SELECT s.day, s.notice, s.off FROM (" SAID_OFF " UNION ALL " SAID_WORKED ") s" SAID_LAST
#define NOT_LOADED N_("the working days of the year %1 are not those that the ledger says were loaded")
/* Registration numbers that were allocated: province and year of first registration, the last serial. */
#define ALLOCATED                                                                                                      \
    "SELECT CAST(substr(n, 3, 2) AS INTEGER) AS province, CAST(substr(n, 9, 4) AS INTEGER) AS year,"                   \
    " max(CAST(substr(n, 13) AS INTEGER)) AS last FROM (SELECT json_extract(json, '$.detail.allocated') AS n"          \
    " FROM ledger WHERE event = 'approve') WHERE n IS NOT NULL GROUP BY 1, 2"
#define NOT_ALLOCATED N_("the registration numbers allocated in province %1 are not those that the ledger says")

const struct verify_table verify_tables[] = {
    {"SELECT l.seq FROM ledger l LEFT JOIN decision d ON d.seq = l.seq"
     " WHERE l.event IN ('approve', 'refuse', 'revoke') AND d.seq IS NULL ORDER BY l.seq LIMIT 1",
     N_("event %1 is a decision, but the decision is gone")},
    {"SELECT c.decision_no FROM constructor c LEFT JOIN decision d ON d.decision_no = c.decision_no"
     " WHERE c.decision_no IS NOT NULL AND c.entry IS NOT d.register_after ORDER BY c.decision_no LIMIT 1",
     N_("the register entry that decision %1 left was changed behind the ledger")},
    {"SELECT a.id FROM application a LEFT JOIN decision d ON d.application_id = a.id"
     " AND d.decision_no = (SELECT max(decision_no) FROM decision x WHERE x.application_id = a.id)"
     " WHERE a.state IN (1, 2, 3) AND d.outcome IS NOT a.state ORDER BY a.id LIMIT 1",
     N_("the state of the application in row %1 is not what its last decision says")},
    {"SELECT a.id FROM application a JOIN decision d ON d.application_id = a.id"
     " AND d.decision_no = (SELECT max(decision_no) FROM decision x WHERE x.application_id = a.id)"
     " WHERE a.state = 0 AND d.action <> 'revoke' ORDER BY a.id LIMIT 1",
     N_("the application in row %1 is pending although it was decided")},
    {"SELECT a.id FROM application a LEFT JOIN document d ON d.id = a.document_id"
     " WHERE d.application_id IS NOT a.id ORDER BY a.id LIMIT 1",
     N_("the application in row %1 has lost its document")},
    {"SELECT a.id FROM application a WHERE a.state IN (4, 5) AND (SELECT l.event FROM ledger l"
     " WHERE l.application_id = a.id AND l.event <> 'reveal' ORDER BY l.seq DESC LIMIT 1)"
     " IS NOT CASE a.state WHEN 4 THEN 'return' ELSE 'withdraw' END ORDER BY a.id LIMIT 1",
     N_("the state of the application in row %1 is not what the ledger says")},
    {"SELECT kind FROM (SELECT kind, decide_by, outcome, count(*) AS n FROM application WHERE state = 0"
     " GROUP BY kind, decide_by, outcome EXCEPT SELECT kind, decide_by, outcome, n FROM queue_day) LIMIT 1",
     N_("the counts of the queue are wrong for kind %1")},
    {"SELECT kind FROM (SELECT kind, decide_by, outcome, n FROM queue_day EXCEPT SELECT kind, decide_by, outcome,"
     " count(*) FROM application WHERE state = 0 GROUP BY kind, decide_by, outcome) LIMIT 1",
     N_("the counts of the queue are wrong for kind %1")},
    {"SELECT kind FROM (" TALLIED " EXCEPT SELECT * FROM queue_tally) LIMIT 1",
     N_("the counts of the queue are wrong for kind %1")},
    {"SELECT kind FROM (SELECT * FROM queue_tally EXCEPT SELECT * FROM (" TALLIED ")) LIMIT 1",
     N_("the counts of the queue are wrong for kind %1")},
    {OF_APPLICATION "a.name IS NOT json_extract(d.json, '$.applicant.name') OR a.kind IS NOT " KIND
                    " OR a.submitted_on IS NOT " SUBMITTED_ON " ORDER BY a.id LIMIT 1",
     N_("the application in row %1 is filed under something else than its document says")},
    {OF_APPLICATION "a.accepted_by IS NOT " ACCEPTED_BY " OR a.accepted_on IS NOT " ACCEPTED_ON
                    " ORDER BY a.id LIMIT 1",
     N_("who accepted the application in row %1, and when, is not what ledger and document say")},
    {OF_APPLICATION "a.extended IS NOT EXISTS(SELECT 1 FROM ledger l WHERE l.application_id = a.id"
                    " AND l.event = 'extend' AND l.seq > d.import_seq) ORDER BY a.id LIMIT 1",
     N_("the extension of the application in row %1 is not what the ledger says")},
    {"SELECT l.seq FROM ledger l LEFT JOIN application a ON a.id = l.application_id"
     " WHERE json_extract(l.json, '$.application_no') IS NOT a.application_no ORDER BY l.seq LIMIT 1",
     N_("event %1 is filed under another application than it says")},
    {"SELECT d.decision_no FROM decision d WHERE d.decided_by IS NOT json_extract(d.json, '$.decided_by')"
     " OR d.decided_at IS NOT json_extract(d.json, '$.decided_at') OR d.decided_on IS NOT " DECIDED_ON
     " OR d.supersedes IS NOT json_extract(d.json, '$.supersedes') OR d.kind IS NOT " KIND
     " ORDER BY d.decision_no LIMIT 1",
     N_("decision %1 is filed under something else than it says")},
    {"SELECT d.decision_no FROM decision d JOIN application a ON a.id = d.application_id"
     " WHERE d.document_id = a.document_id AND d.id_number IS NOT a.id_number ORDER BY d.decision_no LIMIT 1",
     N_("decision %1 is filed under something else than it says")},
    {"SELECT application_id FROM document GROUP BY application_id"
     " HAVING min(revision) <> 1 OR max(revision) <> count(*) ORDER BY application_id LIMIT 1",
     N_("of the documents of the application in row %1 one is missing, or out of order")},
    {"SELECT coalesce(p.seq, 0) FROM reviewer r LEFT JOIN " PEOPLE " p ON p.login = r.login"
     " WHERE p.seq IS NULL OR r.name IS NOT json_extract(p.json, '$.detail.name')"
     " OR r.active IS NOT json_extract(p.json, '$.detail.active')"
     " OR CASE r.role WHEN 1 THEN 'reviewer' WHEN 2 THEN 'supervisor' WHEN 3 THEN 'auditor' END"
     " IS NOT json_extract(p.json, '$.detail.role') ORDER BY 1 LIMIT 1",
     N_("somebody's name, role or right to work is not what event %1, the last about them, says")},
    {"SELECT p.seq FROM " PEOPLE " p LEFT JOIN reviewer r ON r.login = p.login WHERE r.login IS NULL"
     " ORDER BY 1 LIMIT 1",
     N_("the person that event %1 is about is gone")},
    {"SELECT coalesce(a.batch, 0) FROM announcement a LEFT JOIN ledger l ON l.seq = a.seq AND l.event = 'announce'"
     " WHERE a.batch IS NOT json_extract(l.json, '$.detail.batch')"
     " OR a.first IS NOT json_extract(l.json, '$.detail.first')"
     " OR a.last IS NOT json_extract(l.json, '$.detail.last') OR a.closed_on IS NOT " EVENT_DAY " ORDER BY 1 LIMIT 1",
     N_("announcement %1 is not what the ledger says")},
    {"SELECT l.seq FROM ledger l WHERE l.event = 'announce' AND NOT EXISTS (SELECT 1 FROM announcement a"
     " WHERE a.seq = l.seq) ORDER BY l.seq LIMIT 1",
     N_("the announcement of event %1 is gone")},
    {"SELECT l.seq FROM ledger l WHERE l.event = 'init' AND ((SELECT value FROM meta WHERE key = 'uuid') IS NOT"
     " json_extract(l.json, '$.detail.database') OR (SELECT value FROM meta WHERE key = 'training') IS NOT"
     " CAST(json_extract(l.json, '$.detail.training') AS TEXT)) LIMIT 1",
     N_("which database this is, or whether it is for training, is not what event %1 says")},
    {"SELECT c.id FROM constructor c WHERE c.document_id IS NOT (SELECT d.id FROM register_document d"
     " WHERE d.constructor_id = c.id ORDER BY d.revision DESC LIMIT 1)"
     " OR (c.decision_no IS NULL AND c.entry IS NOT NULL) ORDER BY c.id LIMIT 1",
     N_("the person in row %1 of the register does not have the document that came last")},
    {"SELECT constructor_id FROM register_document GROUP BY constructor_id"
     " HAVING min(revision) <> 1 OR max(revision) <> count(*) ORDER BY constructor_id LIMIT 1",
     N_("of the documents of the person in row %1 of the register one is missing, or out of order")},
    {"SELECT d.id FROM register_document d WHERE NOT EXISTS (SELECT 1 FROM constructor c WHERE c.id = d.constructor_id)"
     " ORDER BY d.id LIMIT 1",
     N_("the person whose register document is in row %1 is gone")},
    {WITH_CALENDARS "SELECT a.id FROM application a WHERE a.version - " STATED_VERSION
                    " NOT BETWEEN 0 AND (SELECT count(*) FROM calendar c WHERE c.seq > " LAST_EVENT
                    ") ORDER BY a.id LIMIT 1",
     N_("the version of the application in row %1 is not what the ledger says")},
    {WITH_CALENDARS "SELECT year FROM calendar_year y WHERE NOT EXISTS (SELECT 1 FROM calendar e"
                    " WHERE y.year BETWEEN e.first AND e.last) ORDER BY year LIMIT 1",
     NOT_LOADED},
    {WITH_CALENDARS "SELECT e.first FROM calendar e WHERE (SELECT count(*) FROM calendar_year y"
                    " WHERE y.year BETWEEN e.first AND e.last) <> e.last - e.first + 1 ORDER BY e.seq LIMIT 1",
     NOT_LOADED},
    {WITH_CALENDARS "SELECT notice FROM (SELECT day, notice, off FROM calendar_day EXCEPT " LOADED
                    ") ORDER BY day LIMIT 1",
     NOT_LOADED},
    {WITH_CALENDARS "SELECT notice FROM (" LOADED " EXCEPT SELECT day, notice, off FROM calendar_day)"
                    " ORDER BY day LIMIT 1",
     NOT_LOADED},
    {"SELECT province FROM (SELECT province, year, last FROM serial EXCEPT " ALLOCATED ") ORDER BY 1 LIMIT 1",
     NOT_ALLOCATED},
    {"SELECT province FROM (" ALLOCATED " EXCEPT SELECT province, year, last FROM serial) ORDER BY 1 LIMIT 1",
     NOT_ALLOCATED},
    {NULL, NULL},
};
