"""Errors, signals and short writes at the system calls of every command that writes, and a kill in the midst of the start
after a kill: what a command says is what is in the file, and it ends in order (SPEC 14). A spread; all with FAULT=all."""

import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import points  # noqa: E402
from commands import DB  # noqa: E402
from place import BUILD, EVERYTHING, PROGRAM, SANITIZED, some  # noqa: E402
from points import CPU_LIMIT, EXIT_CODES, Command, check, each_command, launch, litter, parts, record, tables  # noqa: E402

# What a call may answer, and at how many of its uses that is tried in `make test`. Where a call is made by the loader and the
# C library too, those uses count that may change something outside the process.
ERRORS = (
    ("fdatasync", "EIO", 4), ("fsync", "EIO", 4), ("pwrite64", "ENOSPC", 3), ("pwrite64", "EIO", 1), ("write", "ENOSPC", 2),
    ("ftruncate", "EIO", 1), ("rename", "EIO", 1), ("renameat2", "ENOSPC", 1), ("openat", "ENOSPC", 1), ("mmap", "ENOMEM", 1),
    ("pread64", "EIO", 2), ("flock", "ENOLCK", 1), ("fcntl", "ENOLCK", 1), ("fchmod", "EPERM", 1), ("mkdir", "ENOSPC", 1),
    ("read", "EIO", 3),
)
INTERRUPTED = ("write", "pwrite64", "pread64", "read", "fdatasync", "fsync", "ftruncate", "flock", "fcntl", "openat")
ONLY_CHANGES = ("openat", "mmap")
ALL_USES = {("init", "fcntl")}  # one of them is the lock of the checkpoint without which the new file is empty
DISK = ("fdatasync", "fsync", "ftruncate", "pwrite64")  # where the disk is gone all of it fails
SIGNALS = ("HUP", "TERM")
SHORT = os.path.join(BUILD, "tests", "short.so")
CANNOT_START = 127  # the loader's own, where it cannot even read the libraries
NEXT = ["approve", "A0000000001"]  # who comes after a kill
FIRST = ("approve --confirm", "import", "restore")
LISTED = ("accept", "approve", "refuse", "return", "withdraw", "extend")
LAST_WORD = ("is not known", "could not be written in full", "the folder")  # what was done is done, and it says what failed


def told(command, outcome):
    """How many steps it said are done: those that take a list name each, the others say so at their end."""
    named = sum(line.startswith("A0") for line in outcome.out.splitlines())
    return named if command.words[0] in LISTED else min(1, len(outcome.out))


def hold(command, point, outcome, thorough=False):
    """What it said is what is in the file."""
    state, whole = command.hold(thorough)
    said = told(command, outcome)
    mute = point.call == "write" and point.text.startswith("2,")  # the word itself could not be written
    check(outcome.code in EXIT_CODES | {CANNOT_START}, f"ended with {outcome.code}: {outcome.out}{outcome.err}")
    check(litter(command.folder) == [] or point.call == "unlink", f"left behind {litter(command.folder)}")
    if outcome.code in command.codes:
        check(whole, f"said done and is not: {outcome.out}{outcome.err}")
        return
    word = "yijian: " in outcome.err or "not tried" in outcome.out
    check(word or mute or outcome.code == CANNOT_START, f"ended with {outcome.code} without a word")
    last = len(command.states) - 1
    check(state >= min(said, last), f"{said} told, {state} there: {outcome.err}")
    if not mute and not any(word in outcome.err for word in LAST_WORD):
        check(state == min(said, last) or command.states[0] == command.states[-1], f"{said} told, {state} there: {outcome.out}{outcome.err}")


def uses(command, call, count):
    chosen = [point for point in command.points if point.call == call and (call not in ONLY_CHANGES or point.changes)]
    if (command.name, call) in ALL_USES:
        return chosen
    return some(chosen, count) if count > 1 or EVERYTHING else chosen[-1:]


def errors(command):
    for call, error, count in ERRORS:
        for point in uses(command, call, count):
            yield point, f"{error} of {point}", f"error={error}", point.number
    for call in INTERRUPTED:
        for point in uses(command, call, 1):
            yield point, f"EINTR of {point}", "error=EINTR", point.number


def at_errors(command):
    for point, about, fault, when in errors(command):
        yield about, lambda p=point, f=fault, w=when: hold(command, p, command.strike((p.call, f, w)))


def gone(command, point):
    """The disk is gone from that point on."""
    later = [next((p for p in command.points if p.call == call and p.at >= point.at), None) for call in DISK]
    hold(command, point, command.strike(*((p.call, "error=EIO", f"{p.number}+") for p in later if p is not None)))


def at_disk(command):
    for point in uses(command, "fdatasync", 2):
        yield f"the disk is gone from {point}", lambda p=point: gone(command, p)


def hold_signal(command, point, number, outcome):
    killed = outcome.code in (-number, 128 + number)
    check(outcome.cpu < CPU_LIMIT or SANITIZED, f"computed for {outcome.cpu:.2f} s")
    if not killed:
        hold(command, point, outcome)
        return
    state, _ = command.hold(False)
    check(litter(command.folder) == [], f"left behind {litter(command.folder)}")
    check(state >= min(told(command, outcome), len(command.states) - 1), f"told: {outcome.out}, {state} there")


def at_signals(command):
    for name in SIGNALS:
        number = {"HUP": 1, "TERM": 15}[name]
        chosen = [point for point in command.points if point.call not in ("execve", "exit_group")]
        for point in some(chosen if EVERYTHING else [point for point in chosen if point.changes], 4):
            yield (f"SIG{name} at {point}", lambda p=point, s=name, n=number:
                   hold_signal(command, p, n, command.strike((p.call, f"signal={s}", p.number))))


def short(command):
    """Every write takes in half of what it was given, as on a disk that just gets full, and goes on."""
    command.fresh()
    code, out, err, cpu = launch(command.folder, [PROGRAM, *DB, *command.words], {"LD_PRELOAD": SHORT})
    hold(command, command.points[0], points.Outcome(code, out, err, "", cpu))
    check(code in command.codes, f"ended with {code}: {err}")


def at_short(command):
    if not SANITIZED:  # whose library wants to be the first
        yield "short writes", lambda: short(command)


class After:
    """The next command after one that was killed: from each state it was left in, where it leads."""

    def __init__(self, command):
        self.command, self.left, self.leads = command, os.path.join(command.home, "left"), {}

    def leave(self, point):
        """Kills the first command; what is left stays aside."""
        self.command.strike((point.call, "signal=KILL", point.number))
        state, _ = self.command.progress()
        shutil.rmtree(self.left, ignore_errors=True)
        shutil.copytree(self.command.folder, self.left)
        if state not in self.leads:
            before = tables(os.path.join(self.command.folder, "yijian.db"))
            code = self.command.clean(NEXT)[0]
            self.leads[state] = (before, tables(os.path.join(self.command.folder, "yijian.db")), code)
        self.lay()
        self.points = record(self.command.folder, NEXT)
        return state

    def lay(self):
        shutil.rmtree(self.command.folder)
        shutil.copytree(self.left, self.command.folder)

    def strike(self, state, point):
        self.lay()
        folder, path = self.command.folder, os.path.join(self.command.folder, "yijian.db")
        before, after, code = self.leads[state]
        outcome = points.strike(folder, NEXT, (point.call, "signal=KILL", point.number))
        found = tables(path)
        check(found in (before, after), "the database is neither before nor after it")
        check(outcome.out == "" or found == after, f"told and not there: {outcome.out}")
        again = launch(folder, [PROGRAM, *DB, *NEXT])
        check(again[0] == code or found == after, f"run again: {again[0]}, not {code}: {again[2]}")
        check(tables(path) == after, "run again: something else came of it")
        verified = launch(folder, [PROGRAM, *DB, "verify"])
        check(verified[0] == 0, f"verify: {verified[2]}")


def each_call(chosen, count):
    """The last use of each call, and so many spread over all."""
    if EVERYTHING:
        return chosen
    return sorted({*{point.call: point for point in chosen}.values(), *some(chosen, count)}, key=lambda point: point.at)


def at_recovery(command):
    if command.name not in FIRST:
        return
    after = After(command)
    for first in some([point for point in command.points if point.changes], 3):
        state = after.leave(first)
        for point in each_call([point for point in after.points if point.changes], 2):
            yield f"killed at {first}, then at {point}", lambda p=point, s=state: after.strike(s, p)


KINDS = {"errors": at_errors, "disk": at_disk, "signals": at_signals, "short": at_short, "recovery": at_recovery}


def meddle(name):
    """(faults, how many points of each kind)."""
    command = Command(name, os.path.join(os.getcwd(), name.replace(" ", "")))
    faults, tried = [], {}
    for kind, all_of in KINDS.items():
        for about, strike in all_of(command):
            tried[kind] = tried.get(kind, 0) + 1
            try:
                strike()
            except AssertionError as fault:
                faults.append(f"{about}: {fault}")
    return faults, ", ".join(f"{kind} {count}" for kind, count in tried.items())


if __name__ == "__main__":
    each_command(meddle)
