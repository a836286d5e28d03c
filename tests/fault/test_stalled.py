"""Whoever does not read, or is stopped, holds up nobody: screens whose output nobody takes, stopped processes, readers of
an export that dawdle (SPEC 14.2, no statement open across a wait)."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import termios
import struct
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import OK, PROGRAM, environment, equal, main, office, screen, test  # noqa: E402

PATIENCE = 4  # seconds: less than the 5 after which one who waits gives up


def approve(database, serial):
    """An approval beside what stands still: it must come through without waiting for it."""
    start = time.monotonic()
    database.run("approve", f"A{serial:010d}", expect=OK)
    took = time.monotonic() - start
    if took > PATIENCE:
        raise AssertionError(f"an approval took {took:.1f} s")


@test
def stopped_in_every_screen():
    """Ctrl-Z, or a laptop shut: in the queue, a record, a box, a search, the reasons, the help."""
    database = office(8)
    places = {"queue": [], "record": [("\r", "A approve")], "box": [("\r", "A approve"), ("A", "capital Y")],
              "search": [("/", "Search")], "reasons": [("\r", "A approve"), ("R", "reason")], "help": [("?", "Enter")]}
    for serial, (name, keys) in enumerate(places.items()):
        terminal = screen(database, "--lang", "en")
        terminal.see("A0000000007")
        for pressed, text in keys:
            terminal.press(pressed, text)
        os.kill(terminal.pid, signal.SIGSTOP)
        approve(database, serial)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.kill()
    database.run("verify", expect=OK)


@test
def a_terminal_that_takes_nothing():
    """Output that piles up, as over a line that is dead but not cut, with the window changing size all the time."""
    database = office(8)
    terminal = screen(database, "--lang", "en")
    terminal.see("A0000000007")
    for i in range(400):
        rows, cols = 20 + i % 20, 60 + i % 60
        fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        os.kill(terminal.pid, signal.SIGWINCH)
    for serial in range(4):
        approve(database, serial)
    terminal.kill()
    database.run("verify", expect=OK)


@contextlib.contextmanager
def dawdling(database, *words):
    """A command into a pipe that takes little: (the process, where it is read). It goes with whoever started it."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen([PROGRAM, *database.words(), *words], env=environment(), stdout=writing)
    os.close(writing)
    try:
        yield process, reading
        os.close(reading)
        equal(process.wait(), OK, f"{words}")
    finally:
        process.kill()
        process.wait()


@test
def a_reader_of_an_export_who_dawdles():
    database = office(300)
    database.run("approve", *(f"A{serial:010d}" for serial in range(250)), "--confirm", "250", expect=OK)
    with dawdling(database, "export", "--format", "ndjson") as (_, reading):
        read = os.read(reading, 100)
        for serial in range(250, 260):
            approve(database, serial)
        while data := os.read(reading, 1 << 16):
            read += data
    equal(read.count(b'"type":"decision"'), 250, "decisions, as they were when it began")
    database.run("verify", expect=OK)


@test
def stopped_while_it_lists_or_judges():
    database = office(300)
    for serial, words in enumerate((["check", "--json", "--explain"], ["list", "--limit", "300", "--json"])):
        with dawdling(database, *words) as (process, reading):
            os.read(reading, 100)
            process.send_signal(signal.SIGSTOP)
            approve(database, serial)
            process.send_signal(signal.SIGCONT)
            while os.read(reading, 1 << 16):
                pass


if __name__ == "__main__":
    main()
