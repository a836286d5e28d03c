"""What a user would take instead, on the same documents: tig and lnav and fzf for the screen, the sqlite3 shell, Python
and jq for the data."""

import json
import os
import shutil
import sqlite3
import subprocess
import time

from probe import Probe
from table import median

FLOOR = os.path.join(os.environ["BUILD"], "floor")
FIELDS = ("application_no", "kind", "submitted_on", "registration_number", "applicant.name", "applicant.id.number",
          "employer.credit_code")

IMPORT = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
CREATE TABLE document(id INTEGER PRIMARY KEY, {columns}, json TEXT);
CREATE INDEX a ON document(c0); CREATE INDEX b ON document(c3); CREATE INDEX c ON document(c4);
CREATE TEMP TABLE line(text);
.mode ascii
.separator "\\037" "\\n"
.import {file} line
INSERT INTO document({names}, json) SELECT {values}, text FROM line;
"""


def seconds(command, **more):
    start = time.perf_counter()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, **more)
    return time.perf_counter() - start


def remove(database):
    for suffix in ("", "-wal", "-shm", "-gate", "-seats"):
        if os.path.exists(database + suffix):
            os.unlink(database + suffix)


def import_with_shell(folder, file, runs):
    """The sqlite3 shell with its JSON functions: eight columns, three indexes, durable; nothing is judged."""
    times = []
    for _ in range(runs):
        remove(f"{folder}/peer.db")
        script = IMPORT.format(file=file, columns=", ".join(f"c{i}" for i in range(len(FIELDS))),
                               names=", ".join(f"c{i}" for i in range(len(FIELDS))),
                               values=", ".join(f"json_extract(text, '$.{field}')" for field in FIELDS))
        times.append(seconds(["sqlite3", f"{folder}/peer.db"], input=script.encode(), stdout=subprocess.DEVNULL))
    return median(times)


def import_with_python(folder, file, runs):
    """Python's own modules: the same table."""
    times = []
    for _ in range(runs):
        remove(f"{folder}/python.db")
        start = time.perf_counter()
        base = sqlite3.connect(f"{folder}/python.db")
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE document(id INTEGER PRIMARY KEY, no, name, number, json)")
        for name in ("no", "name", "number"):
            base.execute(f"CREATE INDEX by_{name} ON document({name})")
        with open(file, encoding="utf-8") as lines:
            base.executemany("INSERT INTO document(no, name, number, json) VALUES(?, ?, ?, ?)", map(columns, lines))
        base.commit()
        base.close()
        times.append(time.perf_counter() - start)
    return median(times)


def columns(line):
    document = json.loads(line)
    person = document.get("applicant", document)
    return document.get("application_no"), person["name"], document.get("registration_number"), line


EXPORT = """SELECT json_object('decision_no', d.decision_no, 'seq', d.seq, 'action', d.action, 'application_no',
 a.application_no, 'submitted_on', date(a.submitted_on * 86400, 'unixepoch'), 'name', a.name, 'registration_number',
 a.registration_number, 'decided_at', d.decided_at, 'decided_by', d.decided_by, 'items', json(json_extract(d.json, '$.items')),
 'checks', json(json_extract(d.json, '$.checks')), 'hash', l.hash)
 FROM decision d JOIN application a ON a.id = d.application_id JOIN ledger l ON l.seq = d.seq ORDER BY d.decision_no;"""


def export_with_shell(database, runs):
    """One json_object a line out of the same tables."""
    return median(seconds(["sqlite3", "-readonly", database, EXPORT], stdout=subprocess.DEVNULL) for _ in range(runs))


def export_with_jq(exported, runs):
    """jq reading the decisions and writing them again."""
    return median(seconds(["jq", "-c", ".decisions[]", exported], stdout=subprocess.DEVNULL) for _ in range(runs))


def floor(*words):
    """What the bare libraries take (floor/): the figures it prints."""
    return [float(word) for word in subprocess.run([FLOOR, *map(str, words)], check=True, stdout=subprocess.PIPE).stdout.split()]


def floor_import(folder, file, runs):
    """cJSON and SQLite and nothing else; leaves its database for the other floors."""
    times = []
    for _ in range(runs):
        remove(floor_database(folder))
        times.append(seconds([FLOOR, "import", file, floor_database(folder)]))
    return median(times)


def floor_database(folder):
    return f"{folder}/floor.db"


def floor_parse(file, runs):
    return median(seconds([FLOOR, "parse", file]) for _ in range(runs))


def floor_rows(folder, runs):
    return median(seconds([FLOOR, "rows", floor_database(folder)]) for _ in range(runs))


def floor_commits(folder, processes):
    """Durable commits a second of so many processes, one at a time behind a lock."""
    path = f"{folder}/commits.db"
    remove(path)
    rate = floor("commits", path, processes, 3)[0]
    remove(path)
    return rate


def fdatasync_rate(folder, count=500):
    """Bare durable writes of a page a second: the floor of deciding one by one."""
    fd = os.open(f"{folder}/floor", os.O_RDWR | os.O_CREAT, 0o600)
    os.pwrite(fd, b"x" * 4096 * count, 0)
    os.fsync(fd)
    start = time.perf_counter()
    for i in range(count):
        os.pwrite(fd, b"y" * 4096, 4096 * i)
        os.fdatasync(fd)
    took = time.perf_counter() - start
    os.close(fd)
    os.unlink(f"{folder}/floor")
    return count / took


class Screen:
    """A peer on lines of text. `steps`: {what: (keys, how often)}."""

    def __init__(self, name, command, ready, down="j", page=" ", find="/{}\r", stdin=False):
        self.name, self.command, self.ready, self.down, self.page = name, command, ready, down, page
        self.find, self.stdin = find, stdin

    def measure(self, file, number, runs):
        """{start, memory, row_bytes, row_ms, page_bytes, page_ms, search_ms}; {} where it is not installed."""
        if not shutil.which(self.command[0]):
            return {}
        found = {key: [] for key in ("start", "memory", "row_bytes", "row_ms", "page_bytes", "page_ms", "search_ms")}
        for _ in range(runs):
            probe = Probe([word.replace("{}", file) for word in self.command], stdin=file if self.stdin else None)
            try:
                self.once(probe, number, found)
            finally:
                probe.end()
        return {key: median(values) for key, values in found.items() if values}

    def once(self, probe, number, found):
        found["start"].append(probe.start(self.ready)[0])
        rows = [probe.key(self.down) for _ in range(12)][2:]
        pages = [probe.key(self.page) for _ in range(8)][1:]
        found["row_ms"].append(median(ms for ms, _ in rows))
        found["row_bytes"].append(median(count for _, count in rows))
        found["page_ms"].append(median(ms for ms, _ in pages))
        found["page_bytes"].append(median(count for _, count in pages))
        if self.find is None:
            pass
        elif self.find == "{}":  # it follows the typing: each key counts
            found["search_ms"].append(median(probe.key(c)[0] for c in number[:8]))
        else:
            found["search_ms"].append(probe.key(self.find.format(number), number[:6])[0])
        found["memory"].append(probe.memory())


def floor_screen(folder):
    """The bare list of ncurses and SQLite."""
    return Screen("floor", [FLOOR, "list", floor_database(folder)], "A20", page="\x1b[6~", find=None)


SCREENS = [
    Screen("tig", ["tig"], "A20", page="\x1b[6~", stdin=True),
    Screen("lnav", ["lnav", "-q", "{}"], "A20", page="\x1b[6~"),
    Screen("fzf", ["fzf"], "A20", down="\x1b[A", page="\x1b[5~", find="{}", stdin=True),
]
