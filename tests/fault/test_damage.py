"""Pages overwritten, files cut off, a WAL that is another's: verify finds it, nothing mends it unseen (SPEC 14.5)."""

import os
import shutil
import sqlite3
import struct

import place
from lib import IO, NEGATIVE, NO_DATABASE, OK, Database, application, contains, equal, main, run, test

REFUSALS = (NEGATIVE, IO, NO_DATABASE)
PAGE = 4096


def settled():
    """A database that is one file, and an export that anchors it."""
    database = place.office(12)
    database.run("approve", place.NO, expect=OK)
    database.run("refuse", "A0000000001", "--reason", "材料不实，《行政许可法》第三十八条", expect=OK)
    database.run("export", "-o", "anchor.json", expect=OK)
    place.settle(database.path)
    for suffix in ("-wal", "-shm", "-gate"):
        if os.path.exists(database.path + suffix):
            os.unlink(database.path + suffix)
    with open(database.path, "rb") as file:
        return database, file.read()


def lay(content, wal=None):
    """damaged.db, alone or with a WAL."""
    for name in os.listdir("."):
        if name.startswith("damaged.db"):
            os.unlink(name)
    with open("damaged.db", "wb") as file:
        file.write(content)
    if wal is not None:
        with open("damaged.db-wal", "wb") as file:
            file.write(wal)


def damaged(*words):
    return run("--db", "damaged.db", "--today", "2026-11-25", "--lang", "en", *words)


def untouched(content, about):
    with open("damaged.db", "rb") as file:
        equal(file.read() == content, True, f"{about}: the file is as it was")


def pages_in_use(path):
    connection = sqlite3.connect(path)
    count = connection.execute("PRAGMA page_count").fetchone()[0]
    free = connection.execute("PRAGMA freelist_count").fetchone()[0]
    connection.close()
    return count, free


@test
def every_overwritten_page_is_found_and_left_as_it_is():
    """A page as a disk loses it: of zeros, of noise, of another place of the file."""
    database, content = settled()
    count, free = pages_in_use(database.path)
    equal(free, 0, "free pages, in which nothing is lost")
    missed = []
    for page in place.some(range(count), 24):
        start = page * PAGE
        kinds = {"zeros": bytes(PAGE), "noise": os.urandom(PAGE), "another": content[(page + 1) % count * PAGE:][:PAGE]}
        for kind, bytes_ in list(kinds.items())[:3 if place.EVERYTHING else 2]:
            spoiled = content[:start] + bytes_ + content[start + PAGE:]
            if spoiled == content:
                continue  # two empty tables
            lay(spoiled)
            result = damaged("verify")
            if result.code not in REFUSALS:
                missed.append((page + 1, kind, result.code, result.err))
            contains(result.err or "yijian: ", "yijian: ")
            for words in (["list"], ["show", place.NO], ["search", "A00"]):
                if damaged(*words).code < 0:
                    raise AssertionError(f"page {page + 1} of {kind}: {words} crashed")
            untouched(spoiled, f"page {page + 1} of {kind}")
    equal(missed, [], "not found")


@test
def a_bit_flipped_anywhere_crashes_nothing():
    """Inside a page it may be a text's: then only the chain knows. What is decided on it is never half."""
    database, content = settled()
    count, _ = pages_in_use(database.path)
    places = [page * PAGE + offset for page in range(count) for offset in (0, 1, 3, 5, 8, 20, 100, 600, 2048, 3000, 4000, 4095)]
    for at in place.some(places, 40):
        spoiled = bytearray(content)
        spoiled[at] ^= 0x40
        lay(bytes(spoiled))
        for words in (["verify"], ["check", "--json"], ["approve", "A0000000002"]):
            result = damaged(*words)
            if result.code < 0 or result.code > 78:
                raise AssertionError(f"byte {at}: {words}: {result.code} {result.err}")
            if result.code != OK and words[0] != "check":
                contains(result.err, "yijian: ")


@test
def a_file_cut_anywhere_is_refused():
    database, content = settled()
    count, _ = pages_in_use(database.path)
    for left in place.some([page * PAGE + more for page in range(count) for more in (0, 1, 2048, 4095)], 24):
        lay(content[:left])
        for words in (["verify"], ["list"], ["approve", "A0000000002"], ["backup", "copy.db"]):
            result = damaged(*words)
            if result.code not in REFUSALS:
                raise AssertionError(f"cut to {left}: {words}: {result.code} {result.out}{result.err}")
            place.told(result, f"cut to {left}: {words}")
        untouched(content[:left], f"cut to {left}")
        equal([name for name in os.listdir(".") if name.startswith(("copy.db", "damaged.db-"))], [], f"cut to {left}: beside it")


def unsettled():
    """A database whose last decisions stand in the WAL only: (file, WAL, an export of after them, those decided)."""
    database, content = settled()
    database.run("approve", "A0000000002", expect=OK)
    database.run("approve", "A0000000003", expect=OK)
    database.run("accept", "A0000000004", expect=OK)
    database.run("export", "-o", "late.json", expect=OK)
    with open(database.path, "rb") as file:
        equal(file.read() == content, True, "nothing was written back")
    with open(database.path + "-wal", "rb") as file:
        return content, file.read(), place.decided(database.path)


def frames(wal):
    return (len(wal) - 32) // (24 + PAGE)


@test
def a_wal_cut_anywhere_loses_whole_transactions_only():
    """What the disk has lost is not there, and what is there is whole; the export knows that something is missing."""
    content, wal, decisions = unsettled()
    for frame in place.some(range(frames(wal) + 1), 16):
        for more in (0, 12, 2048):
            left = 32 + frame * (24 + PAGE) + more
            if left > len(wal):
                continue
            lay(content, wal[:left])
            result = damaged("verify")
            equal(result.code, OK, f"cut to {left}: {result.err}")
            kept = place.decided("damaged.db")
            equal(kept, decisions[:len(kept)], f"cut to {left}: what is kept")
            last = left >= len(wal)
            equal(damaged("verify", "--against", "late.json").code, OK if last else NEGATIVE, f"cut to {left}: against the export")
            equal(damaged("verify", "--against", "anchor.json").code, OK, f"cut to {left}: against the earlier one")


@test
def a_wal_that_is_gone_shows_against_the_export():
    content, _, decisions = unsettled()
    lay(content)
    equal(damaged("verify").code, OK, "what is left is consistent")
    equal(place.decided("damaged.db"), decisions[:2], "what is left")
    result = damaged("verify", "--against", "late.json")
    equal(result.code, NEGATIVE, result.out)
    contains(result.err, "cut")


@test
def frames_changed_in_the_wal_are_not_taken():
    content, wal, decisions = unsettled()
    for frame in place.some(range(frames(wal)), 10):
        for offset in (4, 9, 17, 24, 2000):
            spoiled = bytearray(wal)
            spoiled[32 + frame * (24 + PAGE) + offset] ^= 0x5A
            lay(content, bytes(spoiled))
            equal(damaged("verify").code, OK, f"frame {frame}")
            kept = place.decided("damaged.db")
            equal(kept, decisions[:len(kept)], f"frame {frame}: what is kept")
            equal(damaged("verify", "--against", "late.json").code, NEGATIVE, f"frame {frame}: against the export")


@test
def the_wal_of_another_time_is_no_part_of_it():
    """A WAL of an earlier generation, of another database, a file of noise, one whose salt was changed."""
    content, wal, decisions = unsettled()
    other = Database("other.db")
    other.feed([application(1)])
    with open("other.db-wal", "rb") as file:
        foreign = file.read()
    salted = bytearray(wal)
    salted[16:24] = struct.pack(">II", 1, 2)
    for name, spoiled in {"salted": bytes(salted), "noise": os.urandom(len(wal)), "empty head": bytes(32) + wal[32:],
                          "half a head": wal[:20]}.items():
        lay(content, spoiled)
        equal(damaged("verify").code, OK, name)
        equal(place.decided("damaged.db"), decisions[:2], name)
        equal(damaged("verify", "--against", "late.json").code, NEGATIVE, name)
    lay(content, foreign)
    place.told(damaged("verify"), "another database's WAL")


@test
def an_old_wal_beside_a_newer_file_is_found():
    """Somebody copies file and WAL at different moments; SQLite itself cannot tell. The export always can."""
    database, content = settled()
    database.run("approve", "A0000000002", expect=OK)
    with open(database.path + "-wal", "rb") as file:
        old = file.read()
    for number in range(3, 9):
        database.run("approve", f"A000000000{number}", expect=OK)
    database.run("export", "-o", "late.json", expect=OK)
    place.settle(database.path)
    with open(database.path, "rb") as file:
        lay(file.read(), old)
    place.told(damaged("verify", "--against", "late.json"), "verify")
    for words in (["list"], ["approve", "A0000000009"], ["export"]):
        if damaged(*words).code < 0:
            raise AssertionError(f"{words} crashed")


@test
def noise_for_the_index_of_the_wal_changes_nothing():
    content, wal, decisions = unsettled()
    for noise in (b"", b"\x00" * 32768, os.urandom(32768), os.urandom(100), b"\xff" * 65536):
        lay(content, wal)
        with open("damaged.db-shm", "wb") as file:
            file.write(noise)
        equal(damaged("verify", "--against", "late.json").code, OK, f"{len(noise)} bytes of noise")
        equal(place.decided("damaged.db"), decisions, "decisions")


if __name__ == "__main__":
    main()
