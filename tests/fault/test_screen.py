"""A screen on which an application is being approved, with a signal, an error of the disk or kill -9 at the system calls of
it: what stood on the screen is in the file, it ends at once and the terminal is as before (SPEC 14). A spread of the calls;
FAULT=all takes more."""

import contextlib
import fcntl
import os
import resource
import shutil
import struct
import subprocess
import sys
import termios

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import (BUILD, EVERYTHING, NO, PROGRAM, SANITIZED, TODAY, Skip, Terminal, decided, environment, equal, main, office,  # noqa: E402
                   settle, some, test, wait_for, whole)
from points import CALL, EXIT_CODES, Point, asan_quiet, check  # noqa: E402

WORDS = ["--db", "yijian.db", "--today", TODAY, "--lang", "en"]
STEPS = (("", NO), ("\r", "A approve"), ("A", "capital Y"), ("Y", "Decision no. 1"))
FAILED = (" error", "disk is full", "is not known")  # what stands there instead
SOON = 2  # seconds: one, and what a busy machine adds
CPU_LIMIT = 4.0  # seconds: of the program, strace beside it and all drawing
CALLS = ("pwrite64", "fdatasync", "openat", "read", "write", "flock", "fcntl", "poll", "ppoll", "pselect6", "lseek", "dup2")
HOW_MANY = 60 if EVERYTHING else 8


class Run:
    """One screen, as far as it comes."""

    def __init__(self, *strace, env=None):
        shutil.rmtree("point", ignore_errors=True)
        shutil.copytree("base", "point")
        self.trace = os.path.abspath("trace")
        os.chdir("point")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        under = ["strace", "-f", "-o", self.trace, *strace] if env is None else []
        self.terminal = Terminal([*under, PROGRAM, *WORDS], environment(TERM="linux", **asan_quiet(), **(env or {})), 30, 100)
        self.seen = ""
        self.come = sum(1 for keys, text in STEPS if self.step(keys, text))
        self.goes_on = env is None and self.was_struck() and not wait_for(lambda: self.terminal.ended(0), 60)
        self.end()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        os.chdir("..")
        self.struck = env is None and self.was_struck()

    def calls(self):
        with open(self.trace, encoding="utf-8", errors="replace") as file:
            return file.read()

    def was_struck(self):
        return any(word in self.calls() for word in ("--- SIGHUP", "--- SIGTERM"))

    def step(self, keys, text):
        """True where that stands on the screen now."""
        if keys:
            wait_for(lambda: self.terminal.ended(0), 0.15)  # as a hand does it
        self.type(keys)
        wait_for(lambda: any(word in self.terminal.text() for word in (text, *FAILED)) or self.terminal.ended(0), 60)
        self.seen += self.terminal.text() + "\n"
        return text in self.terminal.text()

    def type(self, keys):
        with contextlib.suppress(OSError):  # it may just have ended
            os.write(self.terminal.fd, keys.encode())

    def end(self):
        """Leaves as a hand does, where it has not ended by itself."""
        for _ in range(60):
            if self.terminal.ended(0.3):
                break
            self.type("q")
        check(self.terminal.code is not None, f"does not end:\n{self.terminal.text()}")
        modes = termios.tcgetattr(self.terminal.fd)[3]
        self.restored = modes & termios.ECHO and modes & termios.ICANON
        self.code = self.terminal.wait()


def base():
    os.makedirs("base", exist_ok=True)
    os.chdir("base")
    settle(office(2).path)
    os.chdir("..")


def points():
    """Of an undisturbed run, those of a kind evenly spread."""
    run = Run()
    equal((run.come, run.code), (len(STEPS), 0), "an undisturbed run")
    counts, found = {}, {}
    for line in run.calls().splitlines():
        match = CALL.match(line)
        if match and match.group(1) in CALLS:
            call = match.group(1)
            counts[call] = counts.get(call, 0) + 1
            found.setdefault(call, []).append(Point(call, counts[call], 0, match.group(2)))
    return found


def hold(run, about, killed=False):
    told = "Decision no. 1" in run.seen
    there = decided("point/yijian.db")
    check(there in ([], [NO]), f"{about}: decided: {there}")
    check(there == [NO] or not told, f"{about}: stood on the screen and is not there")
    whole("point/yijian.db", about)
    if killed:
        return
    check(run.code in EXIT_CODES or run.code in (-1, -15), f"{about}: ended with {run.code}: {run.seen}")
    check(run.restored, f"{about}: the terminal is not as before")
    check(run.cpu < CPU_LIMIT or SANITIZED, f"{about}: computed for {run.cpu:.1f} s")


@test
def a_signal_at_any_call():
    base()
    found = points()
    late = 0
    for name in ("HUP", "TERM"):
        everywhere = [point for call in CALLS for point in found.get(call, [])]
        for point in some(everywhere, HOW_MANY):
            run = Run("-e", f"inject={point.call}:signal={name}:when={point.number}")
            hold(run, f"SIG{name} at {point}")
            check(not run.goes_on, f"SIG{name} at {point}: goes on")
            late += 0 if run.struck else 1
    check(late < HOW_MANY, f"{late} points were not reached")


def detached(ignored):
    """A screen in a terminal that is not its own, which sends no signal when it goes; as behind some multiplexers."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    process = subprocess.Popen(["env", *ignored, PROGRAM, *WORDS], env=environment(TERM="linux"), stdin=slave, stdout=slave,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    os.close(slave)
    seen = b""
    while NO.encode() not in seen:
        seen += os.read(master, 65536)
    return process, master


def own(ignored):
    terminal = Terminal(["env", *ignored, PROGRAM, *WORDS], environment(TERM="linux"), 30, 100)
    terminal.see(NO)
    return terminal


@test
def a_terminal_that_is_gone():
    """Its own, with SIGHUP ignored by whoever started it, or one that sends no signal: it ends at once, and does not spin."""
    base()
    os.chdir("base")
    for ignored in ([], ["--ignore-signal=HUP"]):
        terminal = own(ignored)
        os.close(terminal.fd)
        terminal.fd = -1
        check(terminal.ended(SOON), f"its own terminal, {ignored}: still there")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process, master = detached(ignored)
        os.close(master)
        try:
            process.wait(SOON)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"another's terminal, {ignored}: still there") from None
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        check(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SOON or SANITIZED, f"{ignored}: spun")
    whole("yijian.db", "the terminal is gone")
    os.chdir("..")


@test
def an_error_of_the_disk_at_any_call():
    """Before anything is drawn it is told on standard error; after that on the screen."""
    base()
    found = points()
    for call, error in (("fdatasync", "EIO"), ("pwrite64", "EIO"), ("pwrite64", "ENOSPC")):
        for point in some(found[call], HOW_MANY // 2):
            about = f"{error} of {point}"
            run = Run("-e", f"inject={call}:error={error}:when={point.number}")
            hold(run, about)
            unsure = "is not known" in run.seen
            check(("Decision no. 1" in run.seen) == (decided("point/yijian.db") == [NO]) or unsure, f"{about}: {run.seen}")


@test
def killed_at_any_call():
    base()
    found = points()
    writing = [point for call in ("pwrite64", "fdatasync", "write") for point in found[call]]
    for point in some(writing, HOW_MANY):
        hold(Run("-e", f"inject={point.call}:signal=KILL:when={point.number}"), f"killed at {point}", killed=True)


def failing(shared, fail):
    """A screen of which the `fail`-th call fails, 0: none, counted there."""
    with open(shared, "wb") as file:
        file.write(bytes(8))
    library = os.path.join(BUILD, "tests", "call.so")
    return Run(env={"LD_PRELOAD": ":".join(filter(None, [library, os.environ.get("LD_PRELOAD")])), "CALL_COUNT": shared,
                    "CALL_FAIL": str(fail)})


@test
def any_call_that_fails():
    """Of those the program makes itself (tests/guard/call.c)."""
    if SANITIZED:
        raise Skip("the sanitizers' library wants to be the first")
    base()
    shared = os.path.abspath("count")
    equal(failing(shared, 0).come, len(STEPS), "an undisturbed run")
    with open(shared, "rb") as file:
        (total,) = struct.unpack("q", file.read(8))
    check(total > 100, f"{total} calls were seen")
    for number in some(range(1, total + 1), HOW_MANY):
        run = failing(shared, number)
        hold(run, f"call {number} of {total}")
        check("damaged" not in run.seen, f"call {number} of {total}: {run.seen}")


if __name__ == "__main__":
    main()
