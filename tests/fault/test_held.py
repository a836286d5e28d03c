"""Another program holds the database, with SQLite's own lock and without asking at the gate, for as long as it likes: who
reads goes on, who writes is told after five seconds, and may leave before (SPEC 14.2)."""

import contextlib
import os
import signal
import sqlite3
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import BUSY, NO, OK, Database, application, contains, decided, equal, main, ndjson, office, screen, test  # noqa: E402

WAIT = (4.5, 8.0)  # seconds: five, and what a busy machine adds
AT_ONCE = 1.5
WRITING = (["approve", NO], ["refuse", NO, "--reason", "材料虚假"], ["accept", NO], ["import", "-"], ["announce"],
           ["reviewer", "add", "zhao.lin", "--name", "赵琳", "--role", "auditor"])


@contextlib.contextmanager
def held(database):
    """As the sqlite3 shell holds it that somebody left open."""
    connection = sqlite3.connect(database.path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("UPDATE queue_day SET n = n")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def between(seconds, limits, about):
    if not limits[0] <= seconds <= limits[1]:
        raise AssertionError(f"{about}: {seconds:.1f} s")


@test
def who_writes_is_told_after_five_seconds():
    database = office()
    before = database.run("ledger", "--json", expect=OK).out
    with held(database):
        start = time.monotonic()
        waiting = [database.start("--lang", "en", *words) for words in WRITING]
        time.sleep(0.5)  # they read their input only when there is any
        for process, words in zip(waiting, WRITING):
            _, err = process.communicate(ndjson([application(9)]).encode() if words[0] == "import" else b"")
            equal(process.returncode, BUSY, f"{words}: {err}")
            contains(err.decode(), "nothing was changed")
            between(time.monotonic() - start, (WAIT[0], 5 * len(WRITING) + WAIT[1]), words)
    equal(database.run("ledger", "--json", expect=OK).out, before, "the ledger")
    database.run("approve", NO, expect=OK)
    database.run("verify", expect=OK)


@test
def who_reads_goes_on():
    database = office()
    with held(database):
        start = time.monotonic()
        for words in (["list"], ["show", NO], ["search", "A0"], ["check"], ["export"], ["stats"], ["verify"], ["ledger"]):
            database.run(*words, expect=OK)
        between(time.monotonic() - start, (0, WAIT[0]), "eight commands")


@test
def a_signal_ends_the_wait():
    database = office()
    with held(database):
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            process = database.start("--lang", "en", "approve", NO)
            time.sleep(1)
            start = time.monotonic()
            process.send_signal(number)
            _, err = process.communicate()
            between(time.monotonic() - start, (0, AT_ONCE), number)
            equal(process.returncode, BUSY, f"{number}: {err}")
            contains(err.decode(), "nothing was changed")
    equal(decided(database.path), [], "decided")


def asked(database):
    """A screen on which a decision waits for the one who holds the database."""
    terminal = screen(database, "--lang", "en")
    terminal.see(NO)
    for keys, text in (("\r", "A approve"), ("A", "capital Y")):
        terminal.press(keys, text)
    return terminal


@test
def the_screen_says_so_and_can_be_left():
    database = office()
    terminals = [asked(database) for _ in range(3)]
    with held(database):
        told, left, hung_up = terminals
        told.press("Y", "another program holds the database")
        left.press("Y", "writing")
        start = time.monotonic()
        left.press("q", "Nothing was decided")
        between(time.monotonic() - start, (0, AT_ONCE), "q")
        hung_up.press("Y", "writing")
        start = time.monotonic()
        os.close(hung_up.fd)
        hung_up.fd = -1
        hung_up.ended(WAIT[1])
        between(time.monotonic() - start, (0, AT_ONCE), "the line was cut")
    equal(decided(database.path), [], "decided")
    told.press("q", NO)
    told.press("A", "capital Y")
    told.press("Y", "Decision no. 1")
    for terminal in (told, left):
        terminal.kill()
    database.run("verify", expect=OK)


if __name__ == "__main__":
    main()
