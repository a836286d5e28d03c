"""Backups made while others work, and a restore that never loses what was decided (SPEC 14.4, 14.5)."""

import fcntl
import os
import shutil
import stat
import subprocess
import time

from lib import (BUSY, CANNOT_CREATE, IO, NOT_ALLOWED, NO_DATABASE, OK, USAGE, Database, application, constructor, contains,
                 equal, id_number, main, ndjson, queue, run, start, test)

APPLICATIONS = 1500  # their report is longer than a pipe holds: who does not read it stops the work in the middle


def decisions(path):
    """The decisions of a database file, each whole."""
    return run("--db", path, "export", "--format", "ndjson", expect=OK).out.splitlines()[1:-1]


def beginner(serial):
    """An initial application of a person of their own; id_number() alone has a thousand."""
    born = f"198{serial // 1000}0307"
    return application(serial, "initial", applicant={"name": "王建国", "id": {"type": "resident", "number": id_number(serial, born)}})


def litter():
    return [name for name in os.listdir(".") if ".part-" in name]


@test
def copies_while_another_writes():
    database = Database()
    database.feed([beginner(i) for i in range(APPLICATIONS)])
    numbers = [beginner(i)["application_no"] for i in range(APPLICATIONS)]
    work = database.start("approve", "-", "--confirm", APPLICATIONS, stderr=subprocess.DEVNULL)
    work.stdin.write("\n".join(numbers).encode())
    work.stdin.close()
    told, counts = 0, []
    for i in range(4):
        for _ in range(20):
            told += bool(work.stdout.readline())
        backup = database.start("backup", f"b{i}.db", "--json")
        for _ in range(20):
            told += bool(work.stdout.readline())
        out, err = backup.communicate()
        equal(backup.returncode, OK, err)
        counts.append((told, f"b{i}.db", out))
    equal(work.poll(), None, "the work goes on")
    rest = work.stdout.read()
    equal((work.wait(), told + rest.count(b"\n") >= APPLICATIONS), (OK, True), "the work")
    final = decisions(database.path)
    equal(len(final), APPLICATIONS, "decisions")
    for i, (told, name, out) in enumerate(counts):
        copied = decisions(name)
        if not told - 20 <= len(copied) < APPLICATIONS:
            raise AssertionError(f"{len(copied)} decisions in {name}, {told} were told when it was done")
        equal(copied, final[:len(copied)], "what was decided first")
        contains(out.decode(), f'"decisions":{len(copied)}')
        run("--db", name, "verify", expect=OK)
    equal(litter(), [], "left behind")


@test
def a_backup_is_a_new_private_file():
    os.umask(0o022)
    database = Database()
    queue(database, 1)
    before = set(os.listdir("."))
    database.run("backup", "b.db", expect=OK)
    equal(set(os.listdir(".")) - before, {"b.db", "yijian.db-backed-up"}, "one file, and when it was made")
    equal(stat.S_IMODE(os.stat("b.db").st_mode), 0o600, "mode")
    content = open("b.db", "rb").read()
    database.run("approve", "A0000000000", expect=OK)
    database.run("backup", "b.db", expect=CANNOT_CREATE)
    equal(open("b.db", "rb").read(), content, "not replaced")
    os.symlink("elsewhere.db", "link.db")
    database.run("backup", "link.db", expect=CANNOT_CREATE)
    database.run("backup", "no/folder/b.db", expect=CANNOT_CREATE)
    for words in ([], ["a.db", "c.db"], ["--force", "a.db"]):
        database.run("backup", *words, expect=USAGE)
    equal(set(os.listdir(".")) - before, {"b.db", "yijian.db-backed-up", "link.db"}, "nothing else")


def working():
    """A database with two decisions, a backup of before and one of after the second."""
    database = Database()
    queue(database, 4)
    database.run("approve", "A0000000000", expect=OK)
    database.run("backup", "early.db", expect=OK)
    database.run("approve", "A0000000001", expect=OK)
    database.run("backup", "late.db", expect=OK)
    return database


def restore(database, backup, *words):
    return run("--db", database.path, "restore", backup, *words)


@test
def what_restore_refuses():
    database = working()
    other = Database("other.db")
    other.run("backup", "others.db", expect=OK)
    shutil.copy("early.db", "branch.db")  # another second decision than the one that was made
    run("--db", os.path.abspath("branch.db"), "--today", "2026-11-25", "approve", "A0000000002", expect=OK)
    run("--db", os.path.abspath("branch.db"), "--today", "2026-11-25", "approve", "A0000000003", expect=OK)
    run("--db", os.path.abspath("branch.db"), "backup", "branched.db", expect=OK)
    with open("torn.db", "wb") as file:
        file.write(open("late.db", "rb").read()[:-4096])
    with open("text.db", "w", encoding="utf-8") as file:
        file.write("no database\n" * 1000)
    before, content = database.dump(), open(database.path, "rb").read()
    for backup, words, code in (("early.db", ["--confirm"], NOT_ALLOWED), ("others.db", ["--confirm"], NOT_ALLOWED),
                                ("branched.db", ["--confirm"], NOT_ALLOWED), ("late.db", [], USAGE),
                                ("text.db", ["--confirm"], NO_DATABASE), ("nothing.db", ["--confirm"], NO_DATABASE)):
        result = restore(database, backup, *words)
        equal(result.code, code, f"{backup}: {result.err}")
        equal(bool(result.err.strip()), True, "a word")
        equal(database.dump(), before, backup)
    if restore(database, "torn.db", "--confirm").code == OK:
        raise AssertionError("a torn backup is restored")
    equal(open(database.path, "rb").read(), content, "the file")
    contains(run("--lang", "en", "--db", database.path, "restore", "late.db").err, "--confirm", "good")
    for words in ([], ["early.db", "late.db"]):
        run("--db", database.path, "restore", *words, expect=USAGE)
    equal(litter(), [], "left behind")


@test
def in_the_place_of_a_damaged_database():
    """Whether it holds more than the backup nobody can tell: it is not touched, and moved aside it is in nobody's way."""
    database = working()
    whole = open(database.path, "rb").read()
    for name, damaged in (("its head", b"\0" * 4096 + whole[4096:]), ("all but its head", whole[:4096] + b"\xff" * (len(whole) - 4096))):
        for suffix in ("-wal", "-shm"):
            if os.path.exists(database.path + suffix):
                os.unlink(database.path + suffix)
        with open(database.path, "wb") as file:
            file.write(damaged)
        result = run("--lang", "en", "--db", database.path, "restore", "late.db", "--confirm")
        equal(result.code in (IO, NO_DATABASE), True, f"{name}: {result.code} {result.err}")
        contains(result.err, database.path, "aside", "nothing was changed")
        equal(open(database.path, "rb").read(), damaged, f"{name}: the file")
    os.rename(database.path, "aside.db")
    equal(restore(database, "late.db", "--confirm").code, OK, "restore")
    database.run("verify", expect=OK)
    equal(open("aside.db", "rb").read(), damaged, "what was moved aside")


@test
def what_restore_gives_back():
    database = working()
    export = decisions(database.path)
    restore(database, "late.db", "--confirm")
    equal(decisions(database.path), export, "the same in the place of the same")
    for name in os.listdir("."):
        if name.startswith("yijian.db"):
            os.unlink(name)
    result = restore(database, "late.db", "--confirm", "--json")
    equal((result.code, result.json()["decisions"]), (OK, 2), "where there is none")
    equal(decisions(database.path), export, "decisions")
    equal(stat.S_IMODE(os.stat(database.path).st_mode), 0o600, "mode")
    database.run("verify", expect=OK)
    database.run("approve", "A0000000002", expect=OK)
    equal(restore(database, "late.db", "--confirm").code, NOT_ALLOWED, "newer again")
    database.run("backup", "last.db", expect=OK)
    for name in os.listdir("."):
        if name.startswith("yijian.db-"):
            os.unlink(name)
    shutil.copy("early.db", database.path)
    equal(restore(database, "last.db", "--confirm").code, OK, "an older one goes forward")
    equal(len(decisions(database.path)), 3, "decisions")


@test
def a_session_on_a_replaced_database_ends():
    """One that has it open while it is replaced writes nothing, says why, and leaves the new one alone."""
    database = working()
    waiting = database.start("--lang", "en", "import", "-")
    while not any(os.path.realpath(f"/proc/{waiting.pid}/fd/{fd}").startswith(database.path)
                  for fd in os.listdir(f"/proc/{waiting.pid}/fd")):
        time.sleep(0.01)
    equal(restore(database, "late.db", "--confirm").code, OK, "restore")
    before = database.dump()
    _, err = waiting.communicate(ndjson([constructor(7)]).encode())
    equal(waiting.returncode, NO_DATABASE, err)
    contains(err.decode(), "replaced")
    equal(database.dump(), before, "the database that stands there now")
    database.run("verify", expect=OK)


@test
def a_decision_while_restore_waits_is_kept():
    """Restore looked, found nothing newer, and waits for the gate; a decision comes first or is told of the swap."""
    rounds = 10
    database = Database()
    numbers = queue(database, rounds)
    reported = []
    for i, application_no in enumerate(numbers):
        database.run("backup", f"b{i}.db", expect=OK)
        with open(database.path + "-gate", "rb") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            both = [lambda n=application_no: database.start("approve", n),
                    lambda n=i: start("--db", database.path, "restore", f"b{n}.db", "--confirm")]
            first = both[i % 2]()  # each comes to the gate first in half of the rounds
            time.sleep(0.1)
            second = both[1 - i % 2]()
            deciding, restoring = (first, second) if i % 2 == 0 else (second, first)
            while restoring.poll() is None and not litter():
                time.sleep(0.01)
            time.sleep(0.1)
            fcntl.flock(gate, fcntl.LOCK_UN)
        _, err = deciding.communicate()
        _, refusal = restoring.communicate()
        codes = (deciding.returncode, restoring.returncode)
        if codes not in ((OK, NOT_ALLOWED), (NO_DATABASE, OK), (OK, OK), (BUSY, OK), (OK, BUSY)):
            raise AssertionError(f"{codes} {err} {refusal}")
        reported += [application_no] if deciding.returncode == OK else []
        found = database.run("export", expect=OK).json()["decisions"]
        equal([d["application_no"] for d in found], reported, f"round {i}: {codes}")
    database.run("verify", expect=OK)


if __name__ == "__main__":
    main()
