"""Clocks that are wrong: long ago, far ahead, set back over night; and midnight while a screen is open (SPEC 5)."""

import os
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import CONFIG, OK, PROGRAM, SANITIZED, Database, Skip, application, contains, environment, equal, main, ndjson, test  # noqa: E402
from office import Terminal  # noqa: E402

LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


def at(instant, database, *words, stdin=b"", expect=None):
    """The program with the clock at this instant (UTC) when it starts; official databases know no other day."""
    if SANITIZED:
        raise Skip("the sanitizers' library wants to be the first")
    if not shutil.which("faketime"):
        raise Skip("faketime is not installed")
    command = ["faketime", "-f", "@" + instant, PROGRAM, "--db", database.path, "--lang", "en", *words]
    result = subprocess.run(command, input=stdin, env=environment(TZ="UTC", LD_PRELOAD=None), capture_output=True, check=False)
    if expect is not None and result.returncode != expect:
        raise AssertionError(f"{instant} {words}: {result.returncode}: {result.stdout.decode()}{result.stderr.decode()}")
    return result


def official(instant):
    """An official database of that instant, with applications of its day."""
    database = Database.__new__(Database)
    database.path, database.today = os.path.abspath("yijian.db"), None
    at(instant, database, "init", expect=OK)
    filed = instant[:10]
    documents = []
    for serial in range(4):
        paper = application(serial, "initial", submitted_on=filed)
        paper["submitted_on"] = paper["pledge"]["signed_on"] = filed
        documents.append(paper)
    at(instant, database, "import", "-", stdin=ndjson(documents).encode(), expect=OK)
    return database


@test
def years_the_clock_may_show():
    for year in ("2027", "2037", "2039", "2044"):
        if os.path.exists("yijian.db"):
            for suffix in ("", "-wal", "-shm", "-gate"):
                os.unlink("yijian.db" + suffix)
        database = official(f"{year}-11-05 02:00:00")
        at(f"{year}-11-05 02:00:05", database, "approve", "A0000000000", "--province", "11", expect=OK)
        out = at(f"{year}-11-05 02:00:06", database, "export", expect=OK).stdout.decode()
        contains(out, f'"decided_on":"{year}-11-05"', f'"decided_at":"{year}-11-05T02:00:0')
        at(f"{year}-11-05 02:00:07", database, "verify", expect=OK)


@test
def set_back_it_decides_nothing():
    database = official("2026-11-05 02:00:00")
    at("2026-11-05 02:00:00", database, "approve", "A0000000000", expect=OK)
    for instant in ("2026-11-04 02:00:00", "1970-01-02 00:00:00"):
        result = at(instant, database, "approve", "A0000000001")
        equal(result.returncode, CONFIG, f"{instant}: {result.stderr}")
        contains(result.stderr.decode(), "set the clock right first", "2026-11-05")
    at("2026-11-05 03:00:00", database, "approve", "A0000000001", expect=OK)
    connection = sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)
    equal([row[0] for row in connection.execute("SELECT decided_on FROM decision")], [20762, 20762], "days")
    connection.close()
    at("2026-11-05 03:00:01", database, "verify", expect=OK)


@test
def midnight_in_a_session():
    """In Shanghai, whatever the zone of the terminal: the day on the screen changes by itself."""
    database = official("2026-11-05 02:00:00")
    if not os.path.exists(LIBRARY):
        raise Skip("faketime lies elsewhere here")
    env = environment(TERM="linux", TZ="America/New_York", LD_PRELOAD=LIBRARY, FAKETIME="@2026-11-05 15:59:56", FAKETIME_DONT_RESET="1")
    terminal = Terminal([PROGRAM, "--db", database.path, "--lang", "en"], {**env, "TZ": "UTC"}, 24, 80)
    terminal.see("2026-11-05")
    terminal.see("2026-11-06")
    terminal.kill()


if __name__ == "__main__":
    main()
