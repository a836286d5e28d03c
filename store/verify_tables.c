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
    {"SELECT c.id FROM constructor c WHERE c.name IS NOT json_extract(coalesce(c.entry, c.document), '$.name')"
     " OR (c.entry IS NOT NULL AND (c.id_number IS NOT json_extract(c.entry, '$.id.number') OR c.number IS NOT"
     " json_extract(c.entry, '$.registration.number') OR c.paper_number IS NOT"
     " json_extract(c.entry, '$.registration.paper_number'))) ORDER BY c.id LIMIT 1",
     N_("the person in row %1 of the register is filed under something else than the entry says")},
    {NULL, NULL},
};
