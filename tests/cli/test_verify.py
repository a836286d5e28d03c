"""verify finds every change made behind the program's back, and a cut tail by an earlier export (SPEC 9, 14.4)."""

import os
import shutil
import sqlite3

from lib import BAD_DATA, NEGATIVE, NO_INPUT, OK, Database, application, blocked, constructor, contains, equal, main, test


def decided():
    database = Database()
    database.feed([constructor(i) for i in range(4)] + [application(0), blocked(1), application(2), application(3)])
    database.run("approve", "A0000000000", expect=OK)
    database.run("refuse", "A0000000001", expect=OK)
    database.run("export", "-o", "early.json", expect=OK)
    database.run("approve", "A0000000002", expect=OK)
    database.run("export", "--format", "ndjson", "-o", "late.ndjson", expect=OK)
    return database


def tamper(database, *statements):
    """Does it without the program: triggers dropped first, put back after."""
    connection = sqlite3.connect(database.path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        if connection.execute(statement).rowcount == 0:
            raise AssertionError(f"changed nothing: {statement}")
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


TAMPERED = {
    "an_event": ["UPDATE ledger SET json = replace(json, '\"event\":\"approve\"', '\"event\":\"refuse\"') WHERE event = 'approve'"],
    "an_actor": ["UPDATE ledger SET json = replace(json, '\"at\":\"2', '\"at\":\"3') WHERE seq = 2"],
    "an_actor_column": ["UPDATE ledger SET actor = 'li.hua' WHERE seq = 3"],
    "a_hash": ["UPDATE ledger SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE seq = 2"],
    "an_event_gone": ["DELETE FROM ledger WHERE seq = 2"],
    "two_swapped": ["UPDATE ledger SET seq = -2 WHERE seq = 2", "UPDATE ledger SET seq = 2 WHERE seq = 3",
                    "UPDATE ledger SET seq = 3 WHERE seq = -2"],
    "a_decision": ["UPDATE decision SET json = replace(json, '2029-11-24', '2029-12-24') WHERE decision_no = 1"],
    "a_decision_outcome": ["UPDATE decision SET outcome = 1 WHERE decision_no = 2"],
    "a_decision_gone": ["DELETE FROM decision WHERE decision_no = 2"],
    "a_document": ["UPDATE document SET json = replace(json, '\"elective_hours\": 60', '\"elective_hours\": 66') WHERE id = 1"],
    "an_undecided_document": ["UPDATE document SET json = replace(json, '王建国', '王健国') WHERE id = 4"],
    "a_register_entry": ["UPDATE constructor SET entry = replace(entry, '2029', '2039') WHERE entry IS NOT NULL"],
    "a_kept_entry": ["UPDATE decision SET register_before = replace(register_before, '2027', '2028') WHERE decision_no = 1"],
    "a_state": ["UPDATE application SET state = 0 WHERE application_no = 'A0000000001'"],
    "an_approval_by_hand": ["UPDATE application SET state = 1 WHERE application_no = 'A0000000003'"],
    "the_counts": ["UPDATE queue_day SET n = n + 1"],
}


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def check_tampering(name, statements):
    database = decided()
    database.run("verify", "--against", "early.json", expect=OK)
    tamper(database, *statements)
    result = database.run("verify")
    equal(result.code, NEGATIVE, f"{name}: {result.out}{result.err}")
    equal(database.run("--json", "verify", expect=NEGATIVE).json()["consistent"], False, name)
    if not result.err.strip():
        raise AssertionError("no word about it")


for _name, _statements in TAMPERED.items():
    def tampered(name=_name, statements=_statements):
        check_tampering(name, statements)
    tampered.__name__ = "finds_" + _name
    test(tampered)


@test
def nothing_wrong_is_found_where_nothing_is():
    database = decided()
    result = database.run("--lang", "en", "verify", expect=OK)
    contains(result.out, "consistent, not anchored")
    for words in (["early.json"], ["late.ndjson"], ["early.json", "--against", "late.ndjson"]):
        contains(database.run("--lang", "en", "verify", "--against", *words, expect=OK).out, "consistent, anchored")
    before = database.dump()
    database.run("verify", expect=OK)
    equal(database.dump(), before, "verify only reads")


@test
def a_cut_tail_shows_against_an_export():
    """What is left is consistent, as an earlier copy of the file is: only an export of after it knows better."""
    database = Database()
    database.feed([constructor(i) for i in range(3)] + [application(i) for i in range(3)])
    database.run("approve", "A0000000000", expect=OK)
    database.run("export", "-o", "early.json", expect=OK)
    connection = sqlite3.connect(database.path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(database.path, "copy.db")
    database.run("approve", "A0000000001", expect=OK)
    database.run("export", "--format", "ndjson", "-o", "late.ndjson", expect=OK)
    for suffix in ("-wal", "-shm"):
        os.unlink(database.path + suffix)
    shutil.copy("copy.db", database.path)
    contains(database.run("--lang", "en", "verify", expect=OK).out, "consistent, not anchored")
    contains(database.run("--lang", "en", "verify", "--against", "early.json", expect=OK).out, "consistent, anchored")
    contains(database.run("--lang", "en", "verify", "--against", "late.ndjson", expect=NEGATIVE).err, "the ledger was cut")


@test
def exports_of_others_do_not_anchor():
    database = decided()
    other = Database("other.db")
    other.run("export", "-o", "other.json", expect=OK)
    equal(database.run("verify", "--against", "other.json").code, NEGATIVE, "another database")
    write("torn.json", open("early.json", encoding="utf-8").read()[:200])
    equal(database.run("verify", "--against", "torn.json").code, BAD_DATA, "torn")
    equal(database.run("verify", "--against", "nothing.json").code, NO_INPUT, "missing")
    text = open("early.json", encoding="utf-8").read()
    for member in ("head", "hash"):
        place = text.index(f'"{member}":"') + len(member) + 4
        write("changed.json", text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1:])
        result = database.run("--lang", "en", "verify", "--against", "changed.json", expect=NEGATIVE)
        contains(result.err, "is not the one that changed.json knows")
        for wrong in ("0" * 63, "G" + "0" * 63, "0" * 65):
            write("changed.json", text[:place] + wrong + text[place + 64:])
            database.run("verify", "--against", "changed.json", expect=BAD_DATA)


@test
def an_export_of_any_length_anchors():
    database = decided()
    text = open("early.json", encoding="utf-8").read()
    for size in (65535, 65536, 131071, 131072, 131073, 400000):
        write("long.json", text + " " * (size - len(text.encode())))
        equal(os.path.getsize("long.json"), size, "size")
        database.run("verify", "--against", "long.json", expect=OK)


@test
def a_byte_of_the_file_is_noticed():
    """A page that nothing but SQLite itself can find wrong."""
    database = decided()
    database.run("verify", expect=OK)
    connection = sqlite3.connect(database.path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root, size = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'application_name'").fetchone()[0], \
        connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with open(database.path, "r+b") as file:
        file.seek((root - 1) * size + size - 12)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    equal(database.run("verify").code, NEGATIVE, "a changed byte")


if __name__ == "__main__":
    main()
