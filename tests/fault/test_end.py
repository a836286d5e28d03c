"""A signal in the midst of long work: it ends soon, says so, and leaves nothing (SPEC 14.1). What is counted is the calls
it still makes, not the time."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import BUILD, BUSY, OK, PROGRAM, TODAY, Database, contains, environment, equal, main, picture, differs, test  # noqa: E402
from points import asan_quiet, check  # noqa: E402

MANY = "6000"  # persons, and applications


def sample():
    with open("many.ndjson", "wb") as file:
        subprocess.run([os.path.join(BUILD, "sample"), "--persons", MANY, "--applications", MANY, "--day", TODAY], stdout=file,
                       check=True)


def traced(database, call, words, *strace):
    """How it ended, and the lines of strace about that call."""
    command = ["strace", "-f", "-o", "trace", "-e", f"trace={call}", *strace, PROGRAM, *database.words(), "--lang", "en", *words]
    result = subprocess.run(command, env=environment(**asan_quiet()), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    with open("trace", encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    os.unlink("trace")
    return result, lines


def end(database, call, at, words, own):
    """Asked to end at the `at`-th use of a call for the work itself; `own` are those uses when nobody asks."""
    before, number = picture(), own[at]
    result, lines = traced(database, call, words, "-e", f"inject={call}:signal=TERM:when={number}")
    struck = next((i for i, line in enumerate(lines) if "--- SIGTERM" in line), None)
    check(struck is not None, f"{words}: no use {number} of {call}")
    left = sum(is_own(line, call) for line in lines[struck:])
    check(left < (len(own) - at) // 2, f"{words}: of {len(own)} {call} {left} after the signal at {at}")
    equal(result.returncode, BUSY, f"{words}: {result.stderr}")
    contains(result.stderr.decode(), "ended as asked; nothing was changed")
    changed = [name for name in differs(before, picture()).split(", ") if name and not name.startswith("yijian.db-")]
    equal(changed, [], f"{words}: what is changed")


def is_own(line, call):
    """A use of the call for the work itself: what is imported is read a quarter of a megabyte at a time, and the loader and
    others who read do not."""
    return f" {call}(" in line and (call != "read" or ", 262144)" in line)


def uses(database, call, words):
    """Those for the work itself, each as which use of the call it is."""
    result, lines = traced(database, call, words)
    equal(result.returncode, OK, f"{words}: {result.stderr}")
    lines = [line for line in lines if f" {call}(" in line]
    return [number for number, line in enumerate(lines, 1) if is_own(line, call)]


@test
def long_work_ends_soon():
    sample()
    database, other = Database(), Database("other.db")
    words = ["import", "many.ndjson"]
    own = uses(other, "read", words)
    ledger = database.run("ledger", "--json", expect=OK).out
    for at in (len(own) // 4, len(own) * 5 // 8):  # in the first reading, and in the second
        end(database, "read", at, words, own)
    equal(database.run("ledger", "--json", expect=OK).out, ledger, "the ledger")
    database.run(*words, expect=OK)
    listed = database.run("list", "--outcome", "approvable", "--limit", "800", "--json").json()["applications"]
    numbers = [row["application_no"] for row in listed]
    database.run("approve", "-", "--confirm", str(len(numbers)), stdin="\n".join(numbers))
    for call, making in (("pwrite64", ["backup", "copy"]), ("write", ["export", "-o", "copy"])):
        own = uses(database, call, making)
        os.unlink("copy")
        end(database, call, len(own) // 8, making, own)
    own = uses(database, "pwrite64", ["backup", "copy"])
    end(database, "pwrite64", len(own) // 8, ["restore", "copy", "--confirm"], own)
    database.run("verify", expect=OK)


@test
def nohup_keeps_its_word():
    sample()
    database, other = Database(), Database("other.db")
    own = uses(other, "read", ["import", "many.ndjson"])
    number = own[len(own) * 5 // 8]
    strike = ["-e", f"inject=read:signal=HUP:when={number}", "env", "--ignore-signal=HUP"]
    result, lines = traced(database, "read", ["import", "many.ndjson"], *strike)
    equal(result.returncode, OK, f"ignored: {result.stderr}")
    contains("\n".join(lines), "--- SIGHUP")


if __name__ == "__main__":
    main()
