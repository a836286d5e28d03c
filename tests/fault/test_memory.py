"""Memory runs out at any allocation: for whom it was meant, the program itself or a library, it ends in order or goes on
without; what it said is so (SPEC 14).

A form lets one allocation fail, the other each one from there on. An allocation is tried once for each way of calls by
which it is asked for: some of them, spread evenly, and with FAULT=all every one."""

import multiprocessing
import os
import re
import signal
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import points  # noqa: E402
from commands import COMMANDS, DB, READING  # noqa: E402
from place import BUILD, PROGRAM, SANITIZED, Skip, equal, main, some, test  # noqa: E402

SHIM = os.path.join(BUILD, "tests", "memory.so")
OUT_OF_MEMORY = {3, 69, 70, 73, 74, 78}  # what a command may end with that otherwise ends with another code
CANNOT_START = 127  # the loader's own
# glibc 2.36 ends a program that asks who it is with memory just run out; where there is none at all it cannot say where.
OF_THE_C_LIBRARY = ("nss_database.c", "Unexpected error.")
# A locale that could not be loaded is not tried again by the C library; then marks are shown as codes.
MARKS = re.compile("<(2713|2717)>")
POINTS = int(os.environ.get("MEMORY_POINTS", "12"))  # of each command that writes and each form; FAULT=all: all
MORE = 4  # times as many where nothing is written: quick ones, whose words are all there is to them
MOST = 1 << 16  # allocations of a command


class Memory:
    """One command, and where its allocations are counted."""

    def __init__(self, name):
        self.command = points.Command(name, os.path.join(os.getcwd(), re.sub(r"\W", "", name)))
        self.counter = self.command.folder + ".count"
        self.clean = self.launch(None, False, MOST)
        with open(self.counter, "rb") as file:
            self.total, *ways = struct.unpack(f"{1 + MOST}q", file.read())
        first = {}
        for number, way in enumerate(ways[:self.total], 1):
            first.setdefault(way, number)
        self.points = sorted(first.values())

    def launch(self, fail, on, ways=0):
        self.command.fresh()
        with open(self.counter, "wb") as file:
            file.write(bytes(8 * (1 + ways)))
        env = {"LD_PRELOAD": ":".join(filter(None, [SHIM, os.environ.get("LD_PRELOAD")])), "MEMORY_COUNT": self.counter}
        env.update({"MEMORY_FAIL": str(fail)} if fail else {}, **({"MEMORY_ON": "1"} if on else {}))
        code, out, err, _ = points.launch(self.command.folder, [PROGRAM, *DB, *self.command.words], env)
        return code, MARKS.sub(lambda mark: chr(int(mark.group(1), 16)), points.VARYING.sub("…", out)), err

    def hold(self, code, out, err):
        state, whole = self.command.hold(thorough=False)
        if code == -signal.SIGABRT and any(word in err for word in OF_THE_C_LIBRARY):
            return
        points.check(code in OUT_OF_MEMORY | {self.clean[0], CANNOT_START}, f"ended with {code}: {out}{err}")
        points.check(points.litter(self.command.folder) == [], f"left behind {points.litter(self.command.folder)}")
        last = len(self.command.states) - 1
        if code == self.clean[0]:
            points.check(out == self.clean[1], f"said something else: {out}")
            points.check(state == last or self.command.states[0] == self.command.states[-1], "said done and is not")
            points.check(whole, "said done and a file is missing")
        elif code != CANNOT_START:
            points.check("yijian: " in err, f"ended with {code} without a word: {out}{err}")
        told = sum(line.startswith("A0") for line in out.splitlines())
        if self.command.name not in READING:
            points.check(state >= min(told, last), f"{told} told, {state} there")


def run_out(name):
    """Faults of one command, wherever memory runs out."""
    memory = Memory(name)
    faults = []
    for on in (False, True):
        for fail in some(memory.points, POINTS * (MORE if name in READING else 1)):
            try:
                memory.hold(*memory.launch(fail, on))
            except AssertionError as fault:
                faults.append(f"{name}, allocation {fail} of {memory.total}{' and on' if on else ''}: {fault}")
    return faults


@test
def every_command_with_memory_run_out_anywhere():
    if SANITIZED:
        raise Skip("the sanitizers have an allocator of their own")
    with multiprocessing.Pool(2) as pool:
        faults = [fault for found in pool.imap(run_out, [*COMMANDS, *READING]) for fault in found]
    equal(faults, [], "faults")


if __name__ == "__main__":
    main()
