"""No commit and no checkpoint outside the gate: the guard under every test sees one that is, and whoever is stopped in the
midst of either keeps all others from both (SPEC 14; tests/guard)."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import (BUILD, BUSY, OK, PROGRAM, SANITIZED, Database, Skip, contains, documents, environment,  # noqa: E402
                   equal, main, ndjson, test)
from points import asan_quiet, record  # noqa: E402

GUARD = os.path.join(BUILD, "tests", "guard.so")

# A program called yijian that writes as SQLite does, behind the gate or not.
WRITER = """
import fcntl, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("SELECT count(*) FROM meta").fetchone()
gate = open(sys.argv[1] + "-gate", "r+b")
if "gate" in sys.argv:
    fcntl.flock(gate, fcntl.LOCK_EX)
if "left" in sys.argv:
    fcntl.flock(gate, fcntl.LOCK_UN)
connection.execute("PRAGMA wal_checkpoint" if "fold" in sys.argv else "UPDATE queue_day SET n = n")
connection.close()
"""


def write(database, *how):
    """What the guard reports, and how the writer ended."""
    if os.path.exists("report"):
        os.unlink("report")
    result = subprocess.run(["yijian", "-c", WRITER, database.path, *how], executable="/usr/bin/python3", capture_output=True,
                            env=environment(LD_PRELOAD=GUARD, GUARD_REPORT=os.path.abspath("report")), check=False)
    report = ""
    if os.path.exists("report"):
        with open("report", encoding="utf-8") as file:
            report = file.read()
    return report, result.returncode, result.stderr


@test
def the_guard_sees_who_writes_outside():
    if SANITIZED:
        raise Skip("the sanitizers' library wants to be the first")
    database = Database()
    database.feed(documents(1, 1))
    equal(write(database, "gate"), ("", 0, b""), "behind the gate")
    equal(write(database, "gate", "fold"), ("", 0, b""), "a checkpoint behind the gate")
    database.feed(documents(2, 1))
    for how, word in (([], "writing of"), (["gate", "left"], "writing of"), (["fold"], "writing of")):
        report, code, _ = write(database, *how)
        contains(report, "yijian: ", word, "without its gate")
        equal(code, -signal.SIGABRT, f"{how}: how it ended")


def stopped_at(folder, words, place):
    """Starts the command under strace, which stops it at this one of its system calls."""
    trace = folder + ".stop"
    command = ["strace", "-f", "-o", trace, "-e", f"trace={place.call}", "-e",
               f"inject={place.call}:signal=STOP:when={place.number}", PROGRAM, "--db", "yijian.db", *words]
    process = subprocess.Popen(command, cwd=folder, env=environment(**asan_quiet()), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if os.path.exists(trace):
            with open(trace, encoding="utf-8") as file:
                stopped = re.search(r"^(\d+) +--- stopped by SIGSTOP", file.read(), re.M)
            if stopped:
                return process, int(stopped.group(1))
        time.sleep(0.02)
    raise AssertionError(f"never stopped at {place}")


def events(database):
    connection = sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)
    count = connection.execute("SELECT count(*) FROM ledger").fetchone()[0]
    connection.close()
    return count


def places(database):
    """Of one import: a write of its commit, the sync of it, a write and the sync of the checkpoint that follows."""
    os.mkdir("dry")
    for suffix in ("", "-wal", "-shm", "-gate"):
        if os.path.exists(database.path + suffix):
            with open(database.path + suffix, "rb") as source, open("dry/yijian.db" + suffix, "wb") as target:
                target.write(source.read())
    points = record(os.path.abspath("dry"), ["import", "../many.ndjson"])
    descriptor = {}
    of_wal, of_base, syncs = [], [], []
    for point in points:
        opened = re.match(r'AT_FDCWD, "[^"]*/yijian\.db(-wal)?", O_RDWR.* = (\d+)$', point.text)
        if point.call == "openat" and opened:
            descriptor[opened.group(2)] = opened.group(1) or ""
        first = point.text.split(",")[0].split(")")[0]
        if point.call == "pwrite64" and first in descriptor:
            (of_wal if descriptor[first] else of_base).append(point)
        elif point.call == "fdatasync" and first in descriptor:
            syncs.append((point, descriptor[first]))
    if not of_base:
        raise AssertionError("the import made no checkpoint")
    return [of_wal[len(of_wal) // 2], next(point for point, wal in syncs if wal), of_base[len(of_base) // 2],
            next(point for point, wal in syncs if not wal)]


@test
def who_is_stopped_in_a_commit_or_a_checkpoint_keeps_others_out():
    database = Database()
    database.feed(documents(0, 4))
    with open("many.ndjson", "w", encoding="utf-8") as file:
        file.write(ndjson(documents(100, 800, pages=1)))
    for at, place in enumerate(places(database)):
        folder = f"at{at}"
        os.mkdir(folder)
        os.chdir(folder)
        here = Database()
        here.feed(documents(0, 4))
        before = events(here)
        importer, pid = stopped_at(os.getcwd(), ["--today", here.today, "import", "../many.ndjson"], place)
        waiting = [here.start("--lang", "en", *words) for words in (["approve", "A0000000000"], ["import", "../many.ndjson"])]
        for process in waiting:
            _, err = process.communicate(timeout=60)
            equal(process.returncode, BUSY, f"{place}: {err}")
            contains(err.decode(), "nothing was changed")
        committed = events(here) - before
        os.kill(pid, signal.SIGCONT)
        _, err = importer.communicate(timeout=60)
        equal(importer.returncode, OK, f"{place}: the import: {err}")
        equal((committed in (0, 1), events(here) - before), (True, 1), f"{place}: events")
        here.run("approve", "A0000000000", expect=OK)
        here.run("verify", expect=OK)
        os.chdir("..")


if __name__ == "__main__":
    main()
