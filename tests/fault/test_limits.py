"""Too little of everything: disk, file size, descriptors, memory. A command ends in order, what it said is so, and once
there is enough again the work goes on (SPEC 14)."""

import multiprocessing
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import points  # noqa: E402
from commands import COMMANDS, DB  # noqa: E402
from place import (EVERYTHING, IO, OK, PROGRAM, SANITIZED, Database, Skip, contains, documents,  # noqa: E402
                   environment, equal, main, ndjson, screen, settle, some, test)

# What prlimit sets, and to what: from far too little to just enough.
LIMITS = {
    "--fsize": [0, 1, 512, 4096, 4196, 8192, 32768, 65536, 131072, 200000, 262144, 400000, 600000],
    "--nofile": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12],
    "--as": [20 << 20, 24 << 20, 26 << 20, 28 << 20, 30 << 20, 32 << 20, 34 << 20, 38 << 20, 48 << 20],
}
CANNOT_START = 127  # the loader's own, where it cannot even map the libraries


def under(name):
    """Faults of one command under every limit."""
    command = points.Command(name, os.path.join(os.getcwd(), name.replace(" ", "")))
    faults = []
    for limit, values in LIMITS.items():
        if limit == "--as" and SANITIZED:
            continue
        for value in some(values, 6):
            command.fresh()
            code, out, err, _ = points.launch(command.folder, ["prlimit", f"{limit}={value}", PROGRAM, *DB, *command.words])
            try:
                hold(command, code, out, err)
            except AssertionError as fault:
                faults.append(f"{name} under {limit}={value}: {fault}")
    return faults


def hold(command, code, out, err):
    state, whole = command.hold(thorough=False)
    points.check(code in points.EXIT_CODES or code in (1, CANNOT_START), f"ended with {code}: {out}{err}")
    points.check(code == 0 or "yijian: " in err or code == CANNOT_START, f"ended with {code} without a word: {out}")
    points.check(points.litter(command.folder) == [], f"left behind {points.litter(command.folder)}")
    if code == 0:
        points.check(state == len(command.states) - 1 or command.states[0] == command.states[-1], "said done and is not")
        points.check(whole, "said done and a file is missing")
    told = sum(line.startswith("A0") for line in out.splitlines())
    points.check(state >= min(told, len(command.states) - 1), f"{told} told, {state} there")


@test
def every_command_under_every_limit():
    with multiprocessing.Pool(2) as pool:
        faults = [fault for found in pool.imap(under, list(COMMANDS)) for fault in found]
    equal(faults, [], "faults")


MOUNT = """
mount -t tmpfs -o size=%dk none /mnt && exec "$0" "$@"
"""
INSIDE = "FULL_DISK_IS_MOUNTED"


def on_a_small_disk(kilobytes):
    """Begins this test again where /mnt is a disk of that size; true there."""
    if INSIDE in os.environ:
        return True
    unshare = ["unshare", "--mount", "--propagation", "private", "sh", "-c", MOUNT % kilobytes]
    if os.getuid() != 0 or subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode != 0:
        raise Skip("nothing may be mounted here")
    result = subprocess.run([*unshare, sys.executable, __file__, sys._getframe(1).f_code.co_name], capture_output=True,
                            env={**os.environ, INSIDE: "1"}, check=False)
    equal(result.returncode, 0, result.stdout.decode() + result.stderr.decode())
    return False


def fill(name="/mnt/filler"):
    """Takes every free byte."""
    with open(name, "ab", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


@test
def a_disk_that_is_full():
    if not on_a_small_disk(2048):
        return
    database = Database("/mnt/yijian.db")
    database.add("li.hua", "李华")
    database.feed(documents(0, 6))
    database.run("approve", "A0000000000", expect=OK)
    settle(database.path)
    result = database.run("import", "-", stdin=ndjson(documents(10, 989)))
    equal(result.code, IO, "an import that does not fit")
    contains(result.err, "the disk is full")
    equal(os.path.getsize("/mnt/yijian.db-wal"), 0, "the room that the import took is given back")
    fill()
    before = database.run("ledger", "--json", expect=OK).out
    for words in (["approve", "A0000000001"], ["refuse", "A0000000002", "--reason", "材料虚假"], ["export", "-o", "/mnt/out.json"],
                  ["backup", "/mnt/copy.db"], ["calendar", "load", "/mnt/2027.json"]):
        result = database.run(*words)
        if result.code == OK or not result.err.startswith("yijian: "):
            raise AssertionError(f"{words}: {result.code} {result.out}{result.err}")
    equal(database.run("ledger", "--json", expect=OK).out, before, "the ledger")
    for words in (["list"], ["show", "A0000000001"], ["check"], ["search", "A0"], ["export"], ["verify"], ["stats"]):
        database.run(*words, expect=OK)
    equal(sorted(name for name in os.listdir("/mnt") if ".part-" in name or name in ("out.json", "copy.db")), [], "left behind")
    os.unlink("/mnt/filler")
    database.run("approve", "A0000000001", expect=OK)
    database.run("verify", expect=OK)


@test
def a_disk_that_fills_under_a_list():
    """What is reported of a bulk approval is what is there, wherever in it the disk was full."""
    if not on_a_small_disk(8192):
        return
    database = Database("/mnt/yijian.db")
    count = 400
    database.feed(documents(0, count))
    fill()
    os.truncate("/mnt/filler", os.path.getsize("/mnt/filler") - (700 << 10))
    numbers = "".join(f"A{serial:010d}\n" for serial in range(count))
    result = database.run("--json", "approve", "-", "--confirm", str(count), stdin=numbers)
    report = result.json()
    os.unlink("/mnt/filler")
    equal(report["done"] + report["refused"] + report["not_tried"], count, "the sum")
    if not 0 < report["not_tried"] < count:
        raise AssertionError(f"the disk was not full on the way: {result.err[-300:]}")
    decided = database.run("export", expect=OK).json()["decisions"]
    equal([one["application_no"] for one in report["applications"] if one["done"]],
          [one["application_no"] for one in decided], "what was told as done")
    database.run("verify", expect=OK)


@test
def the_screen_on_a_full_disk():
    if not on_a_small_disk(1024):
        return
    database = Database("/mnt/yijian.db")
    database.feed(documents(0, 3))
    settle(database.path)
    terminal = screen(database, "--lang", "en", rows=30, cols=100)
    terminal.see("A0000000000")
    terminal.press("\r", "A approve")
    fill()
    terminal.press("A", "capital Y")
    terminal.press("Y", "disk is full")
    database.run("verify", expect=OK)
    os.unlink("/mnt/filler")
    terminal.press("q", "")
    terminal.press("A", "capital Y")
    terminal.press("Y", "Decision no. 1")
    terminal.kill()
    equal(len(database.run("export", expect=OK).json()["decisions"]), 1, "decisions")


if __name__ == "__main__":
    main()
