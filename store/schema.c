#include "store/schema.h"

#include <stddef.h>

/* Days are day numbers, instants RFC 3339 texts in UTC, identifiers TEXT, words of a closed vocabulary the number of
 * their enum. An application's row is what lists and rules of order need; its document stands in `document`, a
 * constructor's in `register_document`, every revision of either for ever.
 *
 * outcome holds on every day from outcome_first to outcome_last; on any other day the application is blocked
 * (core/review.h, struct outlook). queue_day and queue_tally count the pending ones so that nothing is ever counted by
 * a scan; queue_tally does it by the day of each order (enum queue_order), so that a record's place is known too. What
 * enters the queue anew is counted where it is entered (application_enter.c), what changes there by triggers. */
#define QUEUE_TALLIED(ordering, day)                                                                                   \
    " WHERE ordering = " ordering " AND day = " day " AND kind = old.kind AND specialties = old.specialties"           \
    " AND outcome = old.outcome"
#define QUEUE_TALLY_OUT(ordering, day)                                                                                 \
    "  UPDATE queue_tally SET n = n - 1" QUEUE_TALLIED(ordering, day) ";\n"                                            \
                                                                      "  DELETE FROM queue_tally" QUEUE_TALLIED(       \
                                                                          ordering, day) " AND n = 0;\n"

const char *const schema_sql[] = {
    "PRAGMA application_id = 1498040643;",
    "PRAGMA user_version = 5;",
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    "CREATE TABLE reviewer(\n"
    "  login TEXT PRIMARY KEY, name TEXT NOT NULL, role INTEGER NOT NULL CHECK(role BETWEEN 1 AND 3),\n"
    "  active INTEGER NOT NULL CHECK(active IN (0, 1))) STRICT, WITHOUT ROWID;",
    /* notice: the year whose notice says it; where two speak of a day, the later one holds */
    "CREATE TABLE calendar_day(\n"
    "  day INTEGER NOT NULL, notice INTEGER NOT NULL, off INTEGER NOT NULL, PRIMARY KEY(day, notice)) STRICT, WITHOUT "
    "ROWID;",
    "CREATE TABLE calendar_year(year INTEGER PRIMARY KEY) STRICT;",
    "CREATE TABLE constructor(\n"
    "  id INTEGER PRIMARY KEY, id_number TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE, paper_number TEXT UNIQUE,\n"
    "  name TEXT NOT NULL,\n"
    "  document_id INTEGER,\n" /* the last that came; NULL for a person entered by a decision */
    "  entry TEXT,\n"          /* as the last decision left it; NULL: the document still says it */
    "  decision_no INTEGER\n"  /* the last decision that changed the entry; NULL: none */
    ") STRICT;",
    "CREATE TABLE register_document(\n"
    "  id INTEGER PRIMARY KEY, constructor_id INTEGER NOT NULL REFERENCES constructor(id),\n"
    "  revision INTEGER NOT NULL, import_seq INTEGER NOT NULL, json TEXT NOT NULL,\n"
    "  UNIQUE(constructor_id, revision)) STRICT;",
    "CREATE INDEX register_document_import ON register_document(import_seq, id);",
    /* province of first registration, year of it, serial: what a newly allocated number must not share */
    "CREATE INDEX constructor_serial ON constructor(substr(number, 3, 2) || substr(number, 9))"
    " WHERE length(number) = 17;",
    "CREATE TABLE document(\n"
    "  id INTEGER PRIMARY KEY, application_id INTEGER NOT NULL REFERENCES application(id),\n"
    "  revision INTEGER NOT NULL, import_seq INTEGER NOT NULL, json TEXT NOT NULL,\n"
    "  UNIQUE(application_id, revision)) STRICT;",
    "CREATE INDEX document_import ON document(import_seq, id);",
    "CREATE TABLE application(\n"
    "  id INTEGER PRIMARY KEY, application_no TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, state INTEGER NOT NULL,\n"
    "  document_id INTEGER NOT NULL,\n"
    "  kind INTEGER NOT NULL, specialties INTEGER NOT NULL, first_specialty INTEGER NOT NULL,\n"
    "  submitted_on INTEGER NOT NULL, accepted_on INTEGER, accepted_by TEXT, extended INTEGER NOT NULL DEFAULT 0,\n"
    "  decide_by INTEGER NOT NULL, provisional INTEGER NOT NULL,\n"
    "  outcome INTEGER NOT NULL, outcome_first INTEGER NOT NULL, outcome_last INTEGER NOT NULL,\n"
    "  name TEXT NOT NULL, id_number TEXT NOT NULL, registration_number TEXT NOT NULL,\n"
    "  number_digits TEXT NOT NULL, number_reversed TEXT NOT NULL) STRICT;",
    /* an order runs along one of these from day to day; the other columns are what a filter asks for */
    "CREATE INDEX application_deadline ON application(decide_by, id, kind, specialties, outcome, outcome_first,"
    " outcome_last) WHERE state = 0;",
    "CREATE INDEX application_submitted ON application(submitted_on, id, kind, specialties, outcome, outcome_first,"
    " outcome_last) WHERE state = 0;",
    /* what does not hold today is counted along these, never looked up row by row */
    "CREATE INDEX application_outcome_last ON application(outcome_last, kind, specialties, outcome, decide_by,"
    " submitted_on) WHERE state = 0 AND outcome <> 0;",
    "CREATE INDEX application_outcome_first ON application(outcome_first, outcome_last, kind, specialties, outcome,"
    " decide_by, submitted_on) WHERE state = 0 AND outcome <> 0;",
    "CREATE INDEX application_number ON application(registration_number);",
    "CREATE INDEX application_digits ON application(number_digits);",
    "CREATE INDEX application_reversed ON application(number_reversed);",
    "CREATE INDEX application_name ON application(name);",
    "CREATE INDEX application_person ON application(id_number);",
    "CREATE TABLE queue_day(\n"
    "  kind INTEGER NOT NULL, decide_by INTEGER NOT NULL, outcome INTEGER NOT NULL, n INTEGER NOT NULL,\n"
    "  PRIMARY KEY(kind, decide_by, outcome)) STRICT, WITHOUT ROWID;",
    "CREATE TABLE queue_tally(\n"
    "  ordering INTEGER NOT NULL, day INTEGER NOT NULL, kind INTEGER NOT NULL, specialties INTEGER NOT NULL,\n"
    "  outcome INTEGER NOT NULL, n INTEGER NOT NULL,\n"
    "  PRIMARY KEY(ordering, day, kind, specialties, outcome)) STRICT, WITHOUT ROWID;",
    "CREATE TRIGGER queue_out AFTER UPDATE OF state, kind, specialties, decide_by, submitted_on, outcome ON "
    "application\n"
    "  WHEN old.state = 0 BEGIN\n"
    "  UPDATE queue_day SET n = n - 1 WHERE kind = old.kind AND decide_by = old.decide_by AND outcome = old.outcome;\n"
    "  DELETE FROM queue_day\n"
    "    WHERE kind = old.kind AND decide_by = old.decide_by AND outcome = old.outcome AND n = 0;\n" QUEUE_TALLY_OUT(
        "0", "old.decide_by") QUEUE_TALLY_OUT("1", "old.submitted_on") "END;",
    "CREATE TRIGGER queue_back AFTER UPDATE OF state, kind, specialties, decide_by, submitted_on, outcome ON "
    "application\n"
    "  WHEN new.state = 0 BEGIN\n"
    "  INSERT INTO queue_day VALUES(new.kind, new.decide_by, new.outcome, 1) ON CONFLICT DO UPDATE SET n = n + 1;\n"
    "  INSERT INTO queue_tally VALUES(0, new.decide_by, new.kind, new.specialties, new.outcome, 1),\n"
    "    (1, new.submitted_on, new.kind, new.specialties, new.outcome, 1) ON CONFLICT DO UPDATE SET n = n + 1;\n"
    "END;",
    "CREATE TABLE ledger(\n"
    "  seq INTEGER PRIMARY KEY, event TEXT NOT NULL, actor TEXT NOT NULL, day INTEGER NOT NULL, application_id "
    "INTEGER,\n"
    "  json TEXT NOT NULL, hash TEXT NOT NULL) STRICT;",
    "CREATE INDEX ledger_application ON ledger(application_id, seq) WHERE application_id IS NOT NULL;",
    "CREATE TABLE decision(\n"
    "  decision_no INTEGER PRIMARY KEY, seq INTEGER NOT NULL UNIQUE REFERENCES ledger(seq),\n"
    "  application_id INTEGER NOT NULL REFERENCES application(id), document_id INTEGER NOT NULL REFERENCES "
    "document(id),\n"
    "  id_number TEXT NOT NULL, action TEXT NOT NULL, kind INTEGER NOT NULL, outcome INTEGER NOT NULL,\n"
    "  decided_on INTEGER NOT NULL, decided_at TEXT NOT NULL, decided_by TEXT NOT NULL, supersedes INTEGER,\n"
    "  json TEXT NOT NULL, register_before TEXT, register_after TEXT) STRICT;",
    "CREATE INDEX decision_person ON decision(id_number, decision_no);",
    "CREATE INDEX decision_application ON decision(application_id, decision_no);",
    "CREATE INDEX decision_day ON decision(decided_on);",
    /* announcements (公告): each closes the decisions up to `last` that none before it has */
    "CREATE TABLE announcement(\n"
    "  batch INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL UNIQUE, closed_on INTEGER NOT NULL,\n"
    "  seq INTEGER NOT NULL UNIQUE REFERENCES ledger(seq)) STRICT;",
    /* the last serial allocated: one freed by a revocation is not given to somebody else */
    "CREATE TABLE serial(\n"
    "  province INTEGER NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL,\n"
    "  PRIMARY KEY(province, year)) STRICT, WITHOUT ROWID;",
    /* only a person who was never in the register but by a decision leaves it again, when that decision is revoked */
    "CREATE TRIGGER constructor_kept BEFORE DELETE ON constructor WHEN old.document_id IS NOT NULL\n"
    "  BEGIN SELECT RAISE(ABORT, 'the register is kept'); END;",
    "CREATE TRIGGER ledger_kept BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is kept'); END;",
    "CREATE TRIGGER ledger_whole BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is kept'); END;",
    "CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END;",
    "CREATE TRIGGER decision_whole BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END;",
    "CREATE TRIGGER register_document_kept BEFORE UPDATE ON register_document\n"
    "  BEGIN SELECT RAISE(ABORT, 'documents are kept'); END;",
    "CREATE TRIGGER register_document_whole BEFORE DELETE ON register_document\n"
    "  BEGIN SELECT RAISE(ABORT, 'documents are kept'); END;",
    "CREATE TRIGGER document_kept BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'documents are kept'); END;",
    "CREATE TRIGGER document_whole BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'documents are kept'); END;",
    NULL,
};
