"""A command under one of the libraries of tests/guard that count what it does, and let one of that fail: what it said is what
is in the file, and it ends in order (SPEC 14)."""

import multiprocessing
import os
import re
import sqlite3
import struct

import points
from commands import DB, READING
from place import BUILD, PROGRAM, ends

CANNOT_START = 127  # the loader's own


class Counted:
    """`what` is counted names the file and its variables: statement.so is told by STATEMENT_COUNT and STATEMENT_FAIL. Of the first
    `most` things that are counted it is known what each was: `kinds`."""

    what, most = "", 0

    def __init__(self, name):
        self.command = points.Command(name, os.path.join(os.getcwd(), re.sub(r"\W", "", name)))
        self.counter = self.command.folder + ".count"
        self.command.fresh()
        self.before = self.rows()
        self.clean = self.launch(None, self.most)
        with open(self.counter, "rb") as file:
            self.total, *kinds = struct.unpack(f"{1 + self.most}q", file.read())
        self.kinds = kinds[:self.total]

    def launch(self, fail, kinds=0, **more):
        """Runs it where it begins; the `fail`-th thing fails, from 1. (code, what it said, its words of error)"""
        self.command.fresh()
        with open(self.counter, "wb") as file:
            file.write(bytes(8 * (1 + kinds)))
        name = self.what.upper()
        shim = os.path.join(BUILD, "tests", self.what + ".so")
        env = {"LD_PRELOAD": ":".join(filter(None, [shim, os.environ.get("LD_PRELOAD")])), name + "_COUNT": self.counter, **more}
        if fail:
            env[name + "_FAIL"] = str(fail)
        code, out, err, _ = points.launch(self.command.folder, [PROGRAM, *DB, *self.command.words], env)
        return code, points.VARYING.sub("…", out), err

    def uses(self):
        """Of each kind, where it was counted."""
        found = {}
        for number, kind in enumerate(self.kinds, 1):
            found.setdefault(kind, []).append(number)
        return found.values()

    def rows(self):
        """How many decisions there are."""
        path = os.path.join(self.command.folder, "yijian.db")
        if not os.path.exists(path):
            return 0
        connection = sqlite3.connect(path)
        found = connection.execute("SELECT count(*) FROM decision").fetchone()[0]
        connection.close()
        return found

    def hold_each(self, code, out, err):
        """Of a list each is done or not by itself, and those behind one that failed go on: as many are there as were told, or more
        where it is said that not all could be told."""
        told, rows = sum(line.startswith("A0") for line in out.splitlines()), self.rows() - self.before
        lost = "could not be written in full" in err
        points.check(rows == told or (lost and rows > told), f"{told} told, {rows} there: {out}{err}")
        verified = points.launch(self.command.folder, [PROGRAM, *DB, "verify"])
        points.check(verified[0] == 0, f"verify: {verified[2]}")
        points.check(code == 0 or "yijian: " in err, f"ended with {code}: {out}{err}")

    def hold(self, code, out, err, codes=points.EXIT_CODES):
        points.check(code in codes | {self.clean[0]}, f"ended with {code}: {out}{err}")
        if len(self.command.states) > 2:
            self.hold_each(code, out, err)
            return
        state, whole = self.command.hold(thorough=False)
        left = points.litter(self.command.folder)
        points.check(left == [] or "unlink at" in err, f"left behind {left}")
        last = len(self.command.states) - 1
        if code == self.clean[0]:
            points.check(state == last or self.command.states[0] == self.command.states[-1], "said done and is not")
            points.check(whole, "said done and a file is missing")
        elif code != CANNOT_START:
            points.check("yijian: " in err or "not tried" in out, f"ended with {code} without a word: {out}{err}")
        told = sum(line.startswith("A0") for line in out.splitlines())
        if self.command.name not in READING:
            points.check(state >= min(told, last), f"{told} told, {state} there")

    def strike(self, chosen, **more):
        """Faults, where each of those fails in turn."""
        faults = []
        for fail in chosen:
            try:
                self.hold(*self.launch(fail, **more))
            except AssertionError as fault:
                faults.append(f"{self.command.name}, {self.what} {fail} of {self.total} {''.join(more)}: {fault}")
        return faults

    def meddle(self):
        """(name, faults where each kind fails at its first use and at its last, how many were tried)."""
        chosen = sorted({number for uses in self.uses() for number in ends(uses)})
        return self.command.name, self.strike(chosen), len(chosen)


def each(meddle, names):
    """What `meddle` finds of every command, two at a time."""
    with multiprocessing.Pool(2) as pool:
        return list(pool.imap(meddle, names))
