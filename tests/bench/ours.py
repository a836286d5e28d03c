"""The program itself, driven as the peers are."""

import json
import os
import select
import subprocess
import time

import peers
from probe import Probe
from table import median

BUILD = os.environ["BUILD"]
PROGRAM = os.path.join(BUILD, "yijian")


LOST = 5  # seconds without an answer: the key is pressed again
APPROVABLE = ("f", "j", "\r")  # keys: only what can be approved


class Ours:
    def __init__(self, folder, day):
        self.folder, self.day = folder, day
        self.database = os.path.join(folder, "yijian.db")

    def words(self, *words):
        return [PROGRAM, "--db", self.database, "--today", self.day, "--lang", "zh", *map(str, words)]

    def run(self, *words, check=True, **more):
        return subprocess.run(self.words(*words), check=check, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def seconds(self, *words, **more):
        start = time.perf_counter()
        self.run(*words, **more)
        return time.perf_counter() - start

    def fill(self, file):
        """A new database with these documents; the seconds that the import took."""
        peers.remove(self.database)
        self.run("init", "--training")
        return self.seconds("import", file)

    def numbers(self, count, outcome="approvable"):
        rows = json.loads(self.run("list", "--outcome", outcome, "--limit", count, "--json").stdout)
        return [row["application_no"] for row in rows["applications"]]

    def screen(self, until="1 ", **more):
        probe = Probe(self.words(), **more)
        return probe, probe.start(until)

    def start(self, runs):
        """(ms to the first complete screen, MB)."""
        figures = []
        for _ in range(runs):
            probe, (ms, _) = self.screen()
            figures.append((ms, probe.memory()))
            probe.end()
        return median(ms for ms, _ in figures), median(mb for _, mb in figures)

    def moves(self, keys, count, before=""):
        """(ms, bytes) of one key, the median of so many."""
        probe, _ = self.screen()
        if before:
            probe.key(before)
        figures = [probe.key(keys) for _ in range(count)][1:]
        probe.end()
        return median(ms for ms, _ in figures), median(size for _, size in figures)

    def search(self, text):
        """(median ms, worst ms, median bytes) of each key typed, to the whole list of what is found."""
        probe, _ = self.screen()
        probe.key("/")
        time.sleep(0.2)
        figures = []
        for c in text:
            time.sleep(0.06)  # as a hand types
            figures.append(probe.key(c))
        probe.end()
        return median(ms for ms, _ in figures), max(ms for ms, _ in figures), median(size for _, size in figures)

    def decide(self, count):
        """Milliseconds from the key that confirms to the list drawn again, the median."""
        probe, _ = self.screen()
        for keys in APPROVABLE:
            time.sleep(0.15)
            probe.key(keys)
        figures = []
        for _ in range(count):
            for keys in ("\r", "A"):
                time.sleep(0.15)
                probe.key(keys)
            time.sleep(0.15)
            figures.append(probe.key("Y")[0])
        probe.end()
        return median(figures)

    def idle(self, seconds):
        """Part of a processor that a screen takes at which nobody sits."""
        probe, _ = self.screen()
        before = probe.cpu()
        time.sleep(seconds)
        used = probe.cpu() - before
        probe.end()
        return max(used, 0) / seconds * 100


class Desk:
    """One of many screens: opens, decides, goes on, and types in between. A key is answered with its first byte, a decision
    where the list is back: its title is written then."""

    LIST = "待审队列".encode()

    STEPS = [("j", False), ("k", False), ("j", False), ("\r", False), ("A", False), ("Y", True)]

    def __init__(self, ours, index):
        self.probe = Probe(ours.words(), rows=24, cols=80)
        self.first = [*APPROVABLE, *"j" * (3 * index % 200)]  # each at a place of its own
        self.step, self.due, self.sent, self.said = 0, time.perf_counter() + 2 + index * 0.03, None, b""

    def act(self, now):
        if self.first:
            keys, self.deciding = self.first.pop(0), False
            self.due = now + 0.1
        else:
            keys, self.deciding = self.STEPS[self.step]
            self.step = (self.step + 1) % len(self.STEPS)
            self.due = now + 2 / len(self.STEPS)
        self.sent, self.said = now, b""
        os.write(self.probe.fd, keys.encode())

    def take(self, data):
        """Milliseconds the key took, where it is answered now."""
        self.said += data
        if self.sent is None or self.deciding and self.LIST not in self.said:
            return None
        took, self.sent = (time.perf_counter() - self.sent) * 1000, None
        return took


def many_screens(ours, count, seconds):
    """(p50, p99) ms of a key and of a decision, with so many at once."""
    desks = {desk.probe.fd: desk for desk in (Desk(ours, i) for i in range(count))}
    keys, decisions, end = [], [], time.perf_counter() + seconds + 25
    while time.perf_counter() < end:
        for fd in select.select(list(desks), [], [], 0.002)[0]:
            desk = desks[fd]
            took = desk.take(os.read(fd, 1 << 16))
            if took is not None and not desk.first:
                (decisions if desk.deciding else keys).append(took)
        now = time.perf_counter()
        for desk in desks.values():
            if desk.due <= now and (desk.sent is None or now - desk.sent > LOST):
                desk.act(now)
    for desk in desks.values():
        desk.probe.end()
    return percentiles(keys), percentiles(decisions)


def percentiles(figures):
    figures = sorted(figures) or [0]
    return figures[len(figures) // 2], figures[len(figures) * 99 // 100]
