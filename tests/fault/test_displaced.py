"""The database moved away, replaced or restored under those who work on it: they end and say so, and write nothing, neither
into the old one nor into the new one (SPEC 14)."""

import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import NO, NO_DATABASE, OK, decided, equal, folder, main, office, picture, run, screen, settle, test  # noqa: E402

BESIDE = ("", "-wal", "-shm", "-gate", "-seats")
DATABASES = [name + suffix for name in ("yijian.db", "away") for suffix in ("", "-wal")]


def move_away(path):
    for suffix in BESIDE:
        if os.path.exists(path + suffix):
            os.rename(path + suffix, "away" + suffix)


def unlink(path):
    for suffix in BESIDE:
        if os.path.exists(path + suffix):
            os.unlink(path + suffix)


def replace(path):
    """By a copy of it, as it was a while ago."""
    os.rename("earlier.db", path)


def replace_by_a_folder(path):
    unlink(path)
    os.mkdir(path)


def restore(path):
    os.unlink("yijian.db-wal")  # else it would refuse: the ledger is newer
    os.unlink(path)
    equal(run("--db", path, "restore", "earlier.db", "--confirm").code, OK, "restore")


def lay_over(path):
    """As cp does it: the file is the same, its content is not."""
    with open("earlier.db", "rb") as source, open(path, "r+b") as target:
        target.truncate(0)
        target.write(source.read())


WAYS = (move_away, unlink, replace, replace_by_a_folder, restore, lay_over)
PLACES = {"queue": [], "record": [("\r", "A approve")], "box": [("\r", "A approve"), ("A", "capital Y")],
          "reasons": [("\r", "A approve"), ("R", "reason"), ("half a word", "half a word")]}


def working():
    database = office(3)
    settle(database.path)
    shutil.copy(database.path, "earlier.db")
    database.run("accept", "A0000000002", expect=OK)
    settle(database.path)
    return database


def under_screens(way):
    database = working()
    terminals = {}
    for name, keys in PLACES.items():
        terminals[name] = screen(database, "--lang", "en")
        terminals[name].see(NO)
        for pressed, text in keys:
            terminals[name].press(pressed, text)
    way(database.path)
    there = picture()
    for name, terminal in terminals.items():
        about = f"{way.__name__}, {name}"
        terminal.see("the database was replaced or moved away")
        equal(terminal.wait(), NO_DATABASE, about)
    now = picture()
    equal([name for name in DATABASES if there.get(name) != now.get(name)], [], f"{way.__name__}: changed")
    if way in (replace, restore, lay_over):
        equal(decided(database.path), [], "decided")
        database.run("approve", NO, expect=OK)
        database.run("verify", expect=OK)


@test
def screens_end_and_say_so():
    for way in WAYS:
        with folder(way.__name__):
            under_screens(way)


def under_a_box(way):
    database = working()
    terminal = screen(database, "--lang", "en")
    terminal.see(NO)
    for keys, text in (("\r", "A approve"), ("A", "capital Y")):
        terminal.press(keys, text)
    way(database.path)
    os.write(terminal.fd, b"Y")
    terminal.see("the database was replaced or moved away")
    equal(terminal.wait(), NO_DATABASE, way.__name__)
    for path in (database.path, "away"):
        if os.path.isfile(path):
            equal(decided(path), [], f"{way.__name__}: decided in {path}")


@test
def a_decision_at_that_very_moment_is_not_made():
    """Before the session has looked: the box is open, the file is another one, Y."""
    for way in WAYS:
        with folder(way.__name__):
            under_a_box(way)


if __name__ == "__main__":
    main()
