"""Any statement fails, when it is prepared or when it runs: the command ends in order, and what it said is so (SPEC 14).

Each statement is tried at its first use and at its last; with FAULT=all at every use."""

import multiprocessing
import os
import re
import sqlite3
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import points  # noqa: E402
from commands import COMMANDS, DB, READING  # noqa: E402
from place import BUILD, EVERYTHING, PROGRAM, SANITIZED, Skip, equal, main, test  # noqa: E402

SHIM = os.path.join(BUILD, "tests", "statement.so")
MOST = 1 << 14  # statements of a command


class Statements:
    """One command, and where its statements are counted."""

    def __init__(self, name):
        self.command = points.Command(name, os.path.join(os.getcwd(), re.sub(r"\W", "", name)))
        self.counter = self.command.folder + ".count"
        self.clean = self.launch(None)
        with open(self.counter, "rb") as file:
            self.total, *kinds = struct.unpack(f"{1 + MOST}q", file.read())
        uses = {}
        for number, kind in enumerate(kinds[:self.total], 1):
            uses.setdefault(kind, []).append(number)
        chosen = (numbers if EVERYTHING else {numbers[0], numbers[-1]} for numbers in uses.values())
        self.before = 1  # decisions in an office (commands.py)
        self.points = sorted(number for numbers in chosen for number in numbers)

    def launch(self, fail):
        self.command.fresh()
        with open(self.counter, "wb") as file:
            file.write(bytes(8 * (1 + MOST)))
        env = {"LD_PRELOAD": ":".join(filter(None, [SHIM, os.environ.get("LD_PRELOAD")])), "STATEMENT_COUNT": self.counter}
        env.update({"STATEMENT_FAIL": str(fail)} if fail else {})
        code, out, err, _ = points.launch(self.command.folder, [PROGRAM, *DB, *self.command.words], env)
        return code, points.VARYING.sub("…", out), err

    def hold_each(self, code, out, err):
        """Of a list each is done or not by itself, and those behind one that failed go on: as many are there as were told."""
        rows = sqlite3.connect(os.path.join(self.command.folder, "yijian.db")).execute("SELECT count(*) FROM decision").fetchone()[0]
        told = sum(line.startswith("A0") for line in out.splitlines())
        points.check(rows == self.before + told, f"{told} told, {rows - self.before} there: {out}{err}")
        verified = points.launch(self.command.folder, [PROGRAM, *DB, "verify"])
        points.check(verified[0] == 0, f"verify: {verified[2]}")
        points.check(code in points.EXIT_CODES and (code == 0 or "yijian: " in err), f"ended with {code}: {out}{err}")

    def hold(self, code, out, err):
        if len(self.command.states) > 2:
            self.hold_each(code, out, err)
            return
        state, whole = self.command.hold(thorough=False)
        points.check(code in points.EXIT_CODES, f"ended with {code}: {out}{err}")
        points.check(points.litter(self.command.folder) == [], f"left behind {points.litter(self.command.folder)}")
        last = len(self.command.states) - 1
        if code == self.clean[0]:
            points.check(state == last or self.command.states[0] == self.command.states[-1], "said done and is not")
            points.check(whole, "said done and a file is missing")
        else:
            points.check("yijian: " in err or "not tried" in out, f"ended with {code} without a word: {out}{err}")
        told = sum(line.startswith("A0") for line in out.splitlines())
        if self.command.name not in READING:
            points.check(state >= min(told, last), f"{told} told, {state} there")


def meddle(name):
    """(name, faults of one command whichever of its statements fails, how many were tried)."""
    statements, faults = Statements(name), []
    for fail in statements.points:
        try:
            statements.hold(*statements.launch(fail))
        except AssertionError as fault:
            faults.append(f"{name}, statement {fail} of {statements.total}: {fault}")
    return name, faults, len(statements.points)


@test
def every_command_with_any_statement_failing():
    if SANITIZED:
        raise Skip("the sanitizers' library wants to be the first")
    with multiprocessing.Pool(2) as pool:
        found = list(pool.imap(meddle, [*COMMANDS, *READING]))
    equal([fault for _, faults, _ in found for fault in faults], [], "faults")
    equal([name for name, _, tried in found if tried < 10 and name != "rules"], [], "commands that hardly asked the database")


if __name__ == "__main__":
    main()
