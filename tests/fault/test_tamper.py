"""Whatever is changed behind the program's back, verify names the place; what is cut off, an earlier export (SPEC 9, 14.4)."""

import os
import shutil
import sqlite3

import place
from lib import NEGATIVE, OK, Database, application, blocked, constructor, contains, equal, main, test

# What verify has nothing to say of: the row number of a person to which nothing refers; a deadline called provisional
# which it is not, but which falls on the same day, as an earlier version of the program may have kept it.
MEANS_NOTHING = {"application.provisional", "constructor.id"}


def worked():
    """Every table has rows, of every kind of event there is."""
    database = Database()
    database.add("li.hua", "李华")
    with open("calendar.json", "w", encoding="utf-8") as file:
        file.write('{"year":2027,"days":[{"date":"2027-01-01","isOffDay":true}]}')
    database.run("calendar", "load", "calendar.json", expect=OK)
    database.feed([constructor(i) for i in range(6)] + [application(0), blocked(1), application(2), application(3), application(4)])
    database.feed([application(7, "initial")])
    database.run("approve", "A0000000000", expect=OK)
    database.run("refuse", "A0000000001", expect=OK)
    database.run("approve", "A0000000007", expect=OK)
    database.run("announce", expect=OK)
    database.run("accept", "A0000000003", expect=OK)
    database.run("extend", "A0000000003", "--reason", "需核实", expect=OK)
    database.run("return", "A0000000004", "--items", "缺页", expect=OK)
    database.run("approve", "A0000000002", expect=OK)
    database.run("revoke", "4", "--reason", "材料虚假", "--ground", "许可法第六十九条", expect=OK)
    database.run("export", "-o", "anchor.json", expect=OK)
    place.settle(database.path)
    return database


def columns(path):
    connection = sqlite3.connect(path)
    tables = [name for name, in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = [(table, column[1], column[2], column[5]) for table in tables for column in connection.execute(f"PRAGMA table_info({table})")]
    counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    connection.close()
    return found, counts


def other(column, kind):
    """An expression that is another value of the same type, a plausible one."""
    if kind == "INTEGER":
        return f"coalesce({column}, 0) + 1"
    return f"CASE WHEN {column} IS NULL THEN hex(randomblob(6)) ELSE substr({column}, 1, length({column}) - 1) ||" \
           f" CASE substr({column}, -1) WHEN '1' THEN '2' ELSE '1' END END"


def verify_finds(path, about, *words):
    result = place.run("--db", path, "--lang", "en", "verify", *words)
    equal(result.code, NEGATIVE, f"{about}: {result.out}{result.err}")
    contains(result.err, "yijian: ")
    return result.err


@test
def every_column_of_every_table_is_watched():
    database = worked()
    found, counts = columns(database.path)
    equal([table for table, count in counts.items() if count == 0], [], "tables without a row")
    missed = set()
    for table, column, kind, _ in found:
        shutil.copy(database.path, "changed.db")
        with place.by_hand("changed.db") as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            first = connection.execute(f"SELECT {column} FROM {table} ORDER BY 1 DESC LIMIT 1").fetchone()[0]
            try:
                done = connection.execute(f"UPDATE {table} SET {column} = {other(column, kind)} WHERE {column} IS ?", (first,))
            except sqlite3.IntegrityError:
                done = connection.execute(f"UPDATE {table} SET {column} = {column} - 1 WHERE {column} IS ?", (first,))
            equal(done.rowcount > 0, True, f"{table}.{column}: something is changed")
        result = place.run("--db", "changed.db", "--lang", "en", "verify")
        if result.code != NEGATIVE:
            missed.add(f"{table}.{column}")
    equal(missed, MEANS_NOTHING, "changed and not found")


@test
def what_the_database_is_built_of_is_watched():
    """A trigger dropped lets the ledger be changed; one put in changes what a decision writes."""
    database = worked()
    with place.by_hand(database.path) as connection:
        built = connection.execute("SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'table'").fetchall()
    changes = [(f"DROP {kind} {name}", name) for kind, name in built]
    changes += [("CREATE TRIGGER favour AFTER INSERT ON decision BEGIN DELETE FROM serial; END", "favour"),
                ("CREATE VIEW people AS SELECT * FROM reviewer", "people"), ("ALTER TABLE meta ADD COLUMN more TEXT", "meta")]
    for statement, name in changes:
        shutil.copy(database.path, "changed.db")
        connection = sqlite3.connect("changed.db")
        connection.execute(statement)
        connection.commit()
        connection.close()
        contains(verify_finds("changed.db", statement), name, "not built as it was made")


if __name__ == "__main__":
    main()
