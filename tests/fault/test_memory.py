"""Memory runs out at any allocation: for whom it was meant, the program itself or a library, it ends in order or goes on
without; what it said is so (SPEC 14).

A form lets one allocation fail, the other each one from there on. An allocation is tried once for each way of calls by
which it is asked for: some of them, spread evenly, and with FAULT=all every one."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import points  # noqa: E402
from commands import COMMANDS, READING  # noqa: E402
from counted import CANNOT_START, Counted, each  # noqa: E402
from place import SANITIZED, Skip, equal, main, some, test  # noqa: E402

OUT_OF_MEMORY = {3, 69, 70, 73, 74, 78, CANNOT_START}  # what a command may end with that otherwise ends with another code
POINTS = int(os.environ.get("MEMORY_POINTS", "12"))  # of each command that writes and each form; FAULT=all: all
MORE = 4  # times as many where nothing is written: quick ones, whose words are all there is to them


class Memory(Counted):
    """Its kinds are the ways of calls."""

    what, most = "memory", 1 << 16

    def hold(self, code, out, err, codes=OUT_OF_MEMORY):
        points.check(code != self.clean[0] or out == self.clean[1], f"said something else: {out}")
        super().hold(code, out, err, codes)


def run_out(name):
    """Faults of one command, wherever memory runs out."""
    memory = Memory(name)
    chosen = some([uses[0] for uses in memory.uses()], POINTS * (MORE if name in READING else 1))
    return memory.strike(chosen) + memory.strike(chosen, MEMORY_ON="1")


@test
def every_command_with_memory_run_out_anywhere():
    if SANITIZED:
        raise Skip("the sanitizers have an allocator of their own")
    equal([fault for found in each(run_out, [*COMMANDS, *READING]) for fault in found], [], "faults")


if __name__ == "__main__":
    main()
