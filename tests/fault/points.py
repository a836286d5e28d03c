"""Meddles with one command at one of its system calls, and holds what is left to the promises of SPEC 14.

A point is a system call and which of its uses it is, counted as strace counts. README.md tells how a loop goes."""

import hashlib
import multiprocessing
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys

from commands import BESIDE, COMMANDS, DB, FOLDERS, READING
from lib import PROGRAM, environment, run

ALL = os.environ.get("FAULT") == "all"
LIMIT = 60  # seconds: past this a command hangs
CPU_LIMIT = 1.0  # seconds of computing after which a command that was told to end spins
EXIT_CODES = {0, 1, 3, 64, 65, 66, 69, 70, 73, 74, 75, 77, 78}
TEMPORARY = re.compile(r"\.part-")
BESIDE_IT = re.compile(r"-(wal|shm|gate|seats|verified|backed-up)$")
CALL = re.compile(r"^\d+ +(\w+)\((.*)")
VARYING = re.compile(r"\d{4}-\d\d-\d\dT[\d:]{6,8}Z|[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DRAWN = (".key", ".pub", ".sig")  # each time another
SANITIZED = b"__asan_init" in open(PROGRAM, "rb").read()

ALL_COMMANDS = {**COMMANDS, **BESIDE, **{name: ("office", words) for name, words in READING.items()}}

# What may change something that outlives the process, of each call that may.
CHANGES = {
    "write": "", "pwrite64": "", "fsync": "", "fdatasync": "", "ftruncate": "", "unlink": "", "rename": "", "renameat2": "",
    "mkdir": "", "fchmod": "", "fchown": "", "exit_group": "", "openat": "O_CREAT", "mmap": "MAP_SHARED",
}


class Point:
    """`number` counts the uses of `call`; `at` all calls from the start."""

    def __init__(self, call, number, at, text):
        self.call, self.number, self.at, self.text = call, number, at, text
        self.changes = call in CHANGES and CHANGES[call] in text

    def __str__(self):
        return f"{self.call} {self.number} ({self.text[:60]})"


class Outcome:
    def __init__(self, code, out, err, trace, cpu):
        self.code, self.out, self.err, self.cpu = code, out, err, cpu
        self.struck = "(INJECTED)" in trace or "--- SIG" in trace or "+++ killed" in trace


def check(holds, about):
    if not holds:
        raise AssertionError(about)


def asan_quiet():
    """LeakSanitizer cannot work under strace."""
    return {"ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1:verify_asan_link_order=0"} if SANITIZED else {}


def launch(folder, command, env=None):
    """Runs it to its end, its input what stands in "stdin" there; what it said, and the seconds it computed."""
    given, path = b"", os.path.join(folder, "stdin")
    if os.path.exists(path):
        with open(path, "rb") as file:
            given = file.read()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command, cwd=folder, env=environment(**asan_quiet(), **(env or {})), stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            out, err = process.communicate(given, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise AssertionError(f"{command} hangs") from None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), cpu


def strike(folder, words, *injections):
    """The command, with what strace is to inject: (call, fault, which of its uses) each, in strace's words."""
    trace = folder + ".trace"
    calls = ",".join(call for call, _, _ in injections)
    into = [word for call, fault, when in injections for word in ("-e", f"inject={call}:{fault}:when={when}")]
    code, out, err, cpu = launch(folder, ["strace", "-f", "-o", trace, "-e", f"trace={calls}", *into, PROGRAM, *DB, *words])
    with open(trace, encoding="utf-8", errors="replace") as file:
        return Outcome(code, out, err, file.read(), cpu)


def record(folder, words):
    """The points of a clean run there."""
    trace = folder + ".trace"
    launch(folder, ["strace", "-f", "-s", "256", "-o", trace, PROGRAM, *DB, *words])
    points, counts = [], {}
    with open(trace, encoding="utf-8", errors="replace") as file:
        for line in file:
            match = CALL.match(line)
            if match:
                call, text = match.groups()
                counts[call] = counts.get(call, 0) + 1
                points.append(Point(call, counts[call], len(points), text))
    return points


def tables(path):
    """All rows of a database, but for what differs from run to run; read from a copy. None where there is none."""
    if not os.path.exists(path):
        return None
    with_wal = [suffix for suffix in ("", "-wal") if os.path.exists(path + suffix)]
    for suffix in with_wal:
        shutil.copyfile(path + suffix, path + ".look" + suffix)
    connection = sqlite3.connect(path + ".look")
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    rows = [(name, connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()) for name in names]
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(path + ".look" + suffix):
            os.unlink(path + ".look" + suffix)
    return VARYING.sub("…", repr(rows))


def files(folder):
    """The files below it, by name."""
    return sorted(os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names)


def parts(folder):
    """What stands under each final name, comparable: {"yijian.db": rows, "decisions.json": text …}."""
    found = {}
    for name in files(folder):
        path, called = os.path.join(folder, name), VARYING.sub("…", name)
        if TEMPORARY.search(name) or BESIDE_IT.search(name):
            continue
        if name.endswith(".db"):
            found[called] = tables(path)
        else:
            with open(path, encoding="utf-8", errors="replace") as file:
                found[called] = "…" if name.endswith(DRAWN) else VARYING.sub("…", file.read())
    return found


def litter(folder):
    return [name for name in files(folder) if TEMPORARY.search(name)]


class Command:
    """One of those in commands.py, where it begins, and what it leads to. `home` is the folder to work in."""

    def __init__(self, name, home):
        folder, self.words, *steps = ALL_COMMANDS[name]
        self.name, self.home = name, home
        self.base = os.path.join(home, "base-" + folder)
        self.folder = os.path.join(home, "point")
        self.seen = set()
        if not os.path.isdir(self.base):
            os.makedirs(self.base)
            within(self.base, FOLDERS[folder])
        self.words = [self.read(word[1:]) if word.startswith("@") else word for word in self.words]
        self.fresh()
        self.states = [parts(self.folder)]
        self.codes = {0}  # what the command may end with
        for step in steps[0] if steps else [self.words]:
            self.codes.add(self.clean(step)[0])
            self.states.append(parts(self.folder))
        self.again = []  # of each state: the code and the outcome of running the command there
        for state in range(len(self.states)):
            self.fresh()
            for step in (steps[0] if steps else [self.words])[:state]:
                self.clean(step)
            code = self.clean(self.words)[0]
            self.again.append((code, parts(self.folder)))
        self.fresh()
        self.points = record(self.folder, self.words)

    def read(self, name):
        with open(os.path.join(self.base, name), encoding="utf-8") as file:
            return file.read()

    def fresh(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.base, self.folder)

    def clean(self, words):
        return launch(self.folder, [PROGRAM, *DB, *words])

    def strike(self, *injections):
        self.fresh()
        return strike(self.folder, self.words, *injections)

    def progress(self):
        """How far the database has come and whether all else has: (state, whole). Anything in between is an error."""
        found, first, last = parts(self.folder), self.states[0], self.states[-1]
        for name in set(found) | set(first) | set(last):
            allowed = [state.get(name) for state in self.states]
            check(found.get(name) in allowed, f"{name} is neither what it was nor what it was to become")
        if found in self.states:
            return self.states.index(found), found == last
        return [state.get("yijian.db") for state in self.states].index(found.get("yijian.db")), False

    def digest(self):
        summed = hashlib.sha256()
        for name in files(self.folder):
            with open(os.path.join(self.folder, name), "rb") as file:
                summed.update(re.sub(r"\d+", "", name).encode() + b"\0" + file.read())
        return summed.digest()

    def hold(self, thorough):
        """The invariant. Bytes that were looked at before are not looked at again; `thorough` has the command run again."""
        state, whole = self.progress()
        digest = self.digest()
        if digest in self.seen:
            return state, whole
        self.seen.add(digest)
        if os.path.exists(os.path.join(self.folder, "yijian.db")):
            code, _, err, _ = launch(self.folder, [PROGRAM, *DB, "verify"])
            check(code == 0, f"verify: {code} {err}")
        if thorough:
            self.run_again(state, whole)
        return state, whole

    def run_again(self, state, whole):
        code, _, err, _ = self.clean(self.words)
        expected, outcome = self.again[state]
        codes = {expected}
        if state == len(self.states) - 1 and not whole:  # the database is done, a file beside it is not
            codes |= self.codes
        check(code in codes, f"run again: {code}, not {expected}: {err}")
        check(parts(self.folder) == outcome, "run again: something else came of it")
        if code == 0:  # one that refuses touches nothing
            check(litter(self.folder) == [], f"run again: left behind {litter(self.folder)}")


def within(folder, function):
    here = os.getcwd()
    os.chdir(folder)
    try:
        function()
    finally:
        os.chdir(here)


def each_command(meddle):
    """TAP for `meddle` with every command of COMMANDS, or those named on the command line; it answers (faults, what was
    tried, in words)."""
    names = sys.argv[1:] or list(COMMANDS)
    print(f"1..{len(names)}")
    failed = False
    with multiprocessing.Pool(2) as pool:
        for number, (name, (faults, tried)) in enumerate(zip(names, pool.imap(meddle, names)), 1):
            failed = failed or bool(faults)
            print(f"{'not ok' if faults else 'ok'} {number} - {name}: {tried}")
            print("".join(f"# {fault[:600]}\n" for fault in faults), end="", flush=True)
    sys.exit(1 if failed else 0)
