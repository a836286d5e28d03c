"""What the tests of faults share: a folder to the byte, a screen that is looked at, the forms for `make test` and FAULT=all."""

import contextlib
import os
import sqlite3
import stat
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(_HERE, "..", "cli"), os.path.join(_HERE, "..", "ssh")]

from lib import (BAD_DATA, BUILD, BUSY, CONFIG, IO, NEGATIVE, NO_DATABASE, NOT_ALLOWED, OK, PROGRAM, TODAY, Database, Skip, application,  # noqa: E402,F401
                 blocked, constructor, contains, environment, equal, main, ndjson, run, start, test)
from office import Terminal, wait_for  # noqa: E402,F401

EVERYTHING = os.environ.get("FAULT") == "all"
SANITIZED = "asan" in BUILD
NO = "A0000000000"  # the first application


def some(items, count):
    """All of them with FAULT=all, else so many, evenly spread, the first and the last among them."""
    items = list(items)
    if EVERYTHING or len(items) <= count:
        return items
    return [items[i * (len(items) - 1) // (count - 1)] for i in range(count)]


def ends(items):
    """The first and the last of them, which may be one; all with FAULT=all."""
    return items if EVERYTHING else sorted({items[0], items[-1]})


def picture(folder="."):
    """Every name in the folder with what it is: kind, mode, and its bytes, or where it leads."""
    seen = {}
    for path, folders, files in os.walk(folder):
        for name in folders + files:
            full = os.path.join(path, name)
            info = os.lstat(full)
            content = None
            if stat.S_ISLNK(info.st_mode):
                content = os.readlink(full)
            elif stat.S_ISREG(info.st_mode):
                with open(full, "rb") as file:
                    content = file.read()
            seen[os.path.relpath(full, folder)] = (info.st_mode, info.st_nlink, content)
    return seen


def differs(before, after):
    """The names that are new, gone or of other content, in words."""
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return ", ".join(f"{name} {'is new' if name not in before else 'is gone' if name not in after else 'is changed'}" for name in names)


@contextlib.contextmanager
def by_hand(path):
    """The database as somebody opens it who goes round the program: no trigger is left while they are at it."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@contextlib.contextmanager
def folder(name):
    """A folder of its own to work in."""
    os.mkdir(name)
    os.chdir(name)
    try:
        yield
    finally:
        os.chdir("..")


def settle(path):
    """Brings the WAL into the file: what is left is one file."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def told(result, about):
    """The command failed in order: an exit code of the program's own, and a word for it."""
    if result.code < 0 or result.code > 78 or result.code == OK:
        raise AssertionError(f"{about}: exit code {result.code}: {result.out}{result.err}")
    if not result.err.startswith("yijian: "):
        raise AssertionError(f"{about}: exit code {result.code} and no word: {result.out!r}{result.err!r}")


def whole(path, about=""):
    """The invariant: each decision with its event and its effect, all or none; nothing left beside the database."""
    result = run("--db", path, "verify")
    equal(result.code, OK, f"{about}: verify: {result.out}{result.err}")
    litter = [name for name in os.listdir(os.path.dirname(os.path.abspath(path))) if ".part-" in name]
    equal(litter, [], f"{about}: left behind")


def decided(path):
    """The application numbers decided on, in order."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = connection.execute("SELECT application_no FROM decision JOIN application ON application.id = application_id"
                              " ORDER BY decision_no").fetchall()
    connection.close()
    return [row[0] for row in rows]


def screen(database, *words, rows=24, cols=80, env=None, session=None):
    """The full screen in a terminal."""
    as_ = ["session", "--reviewer", session] if session else []
    extra = {"TERM": "linux", **(env or {})}
    return Terminal([PROGRAM, *database.words(), *as_, *words], environment(**extra), rows, cols)


def documents(first, count, pages=0):
    """So many persons with an application each that can be approved; `pages` of a list of materials make it long."""
    more = {"materials": [{"name": "材料" * 50, "sha256": "0" * 64}] * (10 * pages)} if pages else {}
    serials = range(first, first + count)
    return [constructor(i) for i in serials] + [application(i, **more) for i in serials]


def office(count=4, **more):
    """A training database with so many applications that can be approved, and li.hua beside the supervisor."""
    database = Database(**more)
    database.add("li.hua", "李华")
    database.feed(documents(0, count))
    return database
