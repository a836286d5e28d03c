"""What many reviewers at once were told, held against what is on record.

A worker acts for one reviewer: it runs commands at random on a few applications, so that they meet, and writes down what
it was told and when. explain() then looks for a reason for every answer in the ledger, and for an asker of every event."""

import json
import os
import random
import re
import signal
import subprocess
import time

from lib import PROGRAM, application, environment, ndjson

WINDOW = 40
BUSY_LONG = "others have been writing for 5 seconds"
OF = {"approve": "approve", "refuse": "refuse", "accept": "accept", "withdraw": "withdraw", "return": "return", "extend": "extend",
      "revoke": "revoke"}
DECIDE = ("approve", "refuse")
FIRST = re.compile(r"(A\d+) was (approved|approved in part|refused|returned for correction|withdrawn)[a-z ,]* by ([^,;]*), \d{4}-")
ACCEPTED = re.compile(r"(A\d+) was (accepted)(?: already)? \(([^,;]*), \d{4}-")
OTHERWISE = (BUSY_LONG, "has changed", "has touched the person since", "was extended", "was revoked", "is revoked")
EVENT_OF = {"accepted": "accept", "approved": "approve", "approved in part": "approve", "refused": "refuse", "returned for correction": "return",
            "withdrawn": "withdraw"}
WHY = {"refuse": "--reason 材料虚假", "withdraw": "--reason 申请人来函撤回", "return": "--items 劳动合同缺第3页", "extend": "--reason 需核实"}


class Answer:
    """`items`: {application number: (done, decision number or None)}; None where the process was killed."""

    def __init__(self, login, action, numbers, start, end, code, out, err, killed):
        self.login, self.action, self.numbers = login, action, numbers
        self.start, self.end, self.code, self.out, self.err, self.killed = start, end, code, out, err, killed
        self.items = {}

    def __str__(self):
        return f"{self.login} {self.action} {self.numbers}: {self.code} {self.out[:200]} {self.err[:200]}"


class Worker:
    def __init__(self, database, login, supervisor, seed, count, kills):
        self.database, self.login, self.supervisor = database, login, supervisor
        self.random, self.count, self.kills = random.Random(seed), count, kills
        self.answers = []
        self.low = 0  # all work on the same few applications from here on, and go on together

    def serial(self):
        return self.low + self.random.randrange(min(WINDOW, self.count))

    def number(self):
        return f"A{self.serial():010d}"

    def choose(self):
        """(action, application numbers, command)."""
        roll = self.random.random()
        if roll < 0.12:
            return "export", [], "export --format json"
        if roll < 0.16:
            return "list", [], self.random.choice(["list --json", "check --json", "stats --json"])
        if roll < 0.22:
            return "import", [], "import - --json"
        if roll < 0.32:
            numbers = sorted({self.number() for _ in range(self.random.randrange(2, 12))})
            return "approve", numbers, f"approve {' '.join(numbers)} --confirm {len(numbers)} --json"
        if roll < 0.42 and self.supervisor:
            no = self.random.randrange(1, self.low + 2 * WINDOW)
            return "revoke", [no], f"revoke {no} --reason 材料虚假 --ground 许可法第六十九条"
        action = self.random.choice(["approve", "approve", "refuse", "accept", "withdraw", "return", "extend"])
        if action == "extend" and not self.supervisor:
            action = "approve"
        number = self.number()
        return action, [number], f"{action} {number} {WHY.get(action, '')} --json"

    def run(self, seconds):
        start = time.monotonic()
        while (gone := time.monotonic() - start) < seconds:
            self.low = int(gone / seconds * max(0, self.count - WINDOW))
            self.step(*self.choose())
        return self.answers

    def step(self, action, numbers, command):
        start = time.monotonic()
        process = subprocess.Popen([PROGRAM, *self.database, "session", "--reviewer", self.login], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=environment(SSH_ORIGINAL_COMMAND=command))
        killed = False
        if self.random.random() < self.kills:
            time.sleep(self.random.random() * 0.05)
            process.send_signal(signal.SIGKILL)
        elif self.random.random() < self.kills / 2:
            self.pause(process)
        given = ndjson(self.documents()).encode() if action == "import" else b""
        try:
            out, err = process.communicate(given, timeout=120)
        except BrokenPipeError:
            out, err = process.communicate()
        killed = process.returncode == -signal.SIGKILL
        answer = Answer(self.login, action, numbers, start, time.monotonic(), process.returncode,
                        out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), killed)
        read_items(answer)
        self.answers.append(answer)

    def pause(self, process):
        """As when a laptop is shut for a moment."""
        time.sleep(self.random.random() * 0.03)
        process.send_signal(signal.SIGSTOP)
        time.sleep(self.random.random() * 0.5)
        process.send_signal(signal.SIGCONT)

    def documents(self):
        """Somebody's application once more: rejected, unchanged, or a resubmission of what was returned."""
        return [application(self.serial(), materials=[{"name": f"第{self.random.randrange(1000)}次", "sha256": "0" * 64}])]


def read_items(answer):
    if answer.killed or answer.action in ("export", "list", "import"):
        return
    if answer.action == "revoke":
        answer.items[answer.numbers[0]] = (answer.code == 0, None)
        return
    try:
        report = json.loads(answer.out)["applications"]
    except (ValueError, KeyError):
        report = []
    for item in report:
        answer.items[item["application_no"]] = (item["done"], item["decision_no"])


class Record:
    """The ledger and the decisions as they are at the end. `first`: the events before the work began."""

    def __init__(self, connection, first):
        rows = connection.execute("SELECT seq, json, hash FROM ledger ORDER BY seq").fetchall()
        self.seqs = [row[0] for row in rows]
        self.events = [dict(json.loads(text), hash=hash_) for _, text, hash_ in rows]
        self.first = first
        self.decisions = connection.execute("SELECT decision_no, seq FROM decision ORDER BY decision_no").fetchall()
        self.unasked = {event["seq"]: event for event in self.events[first:]}

    def names(self):
        return {event["by_name"]: event["by"] for event in self.events}

    def take(self, kind, login, number, decision_no):
        """The event of this answer, each once."""
        for seq, event in self.unasked.items():
            if event["event"] != kind or event["by"] != login:
                continue
            if kind != "import" and event.get("application_no") != number:
                continue
            if decision_no is not None and event.get("decision_no") != decision_no:
                continue
            del self.unasked[seq]
            return event
        return None


def check_numbers(record):
    faults = []
    if record.seqs != list(range(1, len(record.seqs) + 1)):
        faults.append("the ledger has gaps")
    if [no for no, _ in record.decisions] != list(range(1, len(record.decisions) + 1)):
        faults.append("the decisions have gaps")
    return faults


def replay(record):
    """Each application's life out of its events alone: nothing is decided twice, by nobody who accepted it."""
    faults, state, acceptor, decided, extended = [], {}, {}, {}, set()
    for event in record.events[record.first:]:
        kind, number = event["event"], event.get("application_no")
        if kind == "import":
            for one in [one for one, is_ in state.items() if is_ == "return"]:
                state[one] = "maybe pending"  # which of them came in again, the event does not tell
            continue
        if kind not in OF:
            continue
        now = state.get(number, "pending")
        if kind == "revoke":
            if now not in ("approve", "refuse"):
                faults.append(f"event {event['seq']} revokes what is {now}")
            state[number] = "pending"
            continue
        if now not in ("pending", "maybe pending"):
            faults.append(f"event {event['seq']}, {kind} of {number}, which is {now} since event {decided.get(number)}")
        if now == "maybe pending":
            acceptor.pop(number, None)
            extended.discard(number)
        if kind == "accept":
            if number in acceptor and now == "pending":
                faults.append(f"event {event['seq']} accepts {number} a second time")
            acceptor[number], state[number] = event["by"], "pending"
        elif kind == "extend":
            if number in extended and now == "pending":
                faults.append(f"event {event['seq']} extends {number} a second time")
            extended.add(number)
            state[number] = "pending"
        else:
            if kind in DECIDE and acceptor.get(number) == event["by"]:
                faults.append(f"event {event['seq']}: {event['by']} decides what they accepted")
            state[number], decided[number] = kind, event["seq"]
    return faults


def explain_successes(record, answers):
    """No lost success: each has its event, and each answer's events come in the order of the answers in time."""
    faults, timed = [], []
    revoked = {event["seq"]: event for event in record.events}
    for answer in answers:
        if answer.killed:
            continue
        if answer.action == "import" and answer.code == 0 and '"accepted":1' in answer.out.replace(" ", ""):
            event = record.take("import", answer.login, None, None)
            if event is None:
                faults.append(f"no event for {answer}")
            else:
                timed.append((event["seq"], answer))
        for number, (done, decision_no) in answer.items.items():
            if not done:
                continue
            event = take_revocation(record, revoked, answer, number) if answer.action == "revoke" else record.take(
                OF[answer.action], answer.login, number, decision_no)
            if event is None:
                faults.append(f"no event for {number} of {answer}")
            else:
                timed.append((event["seq"], answer))
    latest = None
    for seq, answer in sorted(timed, key=lambda one: one[0]):
        if latest is not None and latest.start > answer.end:
            faults.append(f"event {seq} was answered before one with a lower number was asked for: {answer}")
        if latest is None or answer.start > latest.start:
            latest = answer
    return faults


def take_revocation(record, every, answer, no):
    """The revocation of decision `no` is the next decision about its application."""
    of = next((event for event in every.values() if event.get("decision_no") == no), None)
    return None if of is None else record.take("revoke", answer.login, of["application_no"], None)


def explain_refusals(record, answers):
    """Who was told that somebody was first was told the truth. Nobody waited in vain."""
    faults, names = [], record.names()
    done = {(event["event"], event.get("application_no"), event["by"]) for event in record.events}
    for answer in answers:
        named = FIRST.findall(answer.err) + ACCEPTED.findall(answer.err)
        for number, what, name in named:
            if (EVENT_OF[what], number, names.get(name)) not in done:
                faults.append(f"{name} has not {what} {number}: {answer}")
        if not answer.killed and answer.code not in (0, 1, 3, 64, 65, 75, 77):
            faults.append(f"ended with {answer.code}: {answer}")
        if not answer.killed and answer.code == 75 and not named and not any(word in answer.err for word in OTHERWISE):
            faults.append(f"busy, and no word by whom: {answer}")
    return faults


def explain_unasked(record, answers):
    """An event nobody was told of is one whose process was killed, one at the most for each of its applications."""
    killed = [(answer.login, answer.action, list(answer.numbers)) for answer in answers if answer.killed]
    faults = []
    for seq, event in record.unasked.items():
        if event["event"] == "reveal":
            continue
        for login, action, numbers in killed:
            if login != event["by"] or action != event["event"]:
                continue
            if action in ("import", "revoke") or event["application_no"] in numbers:
                if numbers:
                    numbers.remove(event["application_no"] if action != "revoke" else numbers[0])
                break
        else:
            faults.append(f"nobody asked for event {seq}: {event}")
    return faults


def explain_exports(record, answers, final):
    """An export is a beginning of the last one, and has everything that was told before it was asked for."""
    faults, told = [], sorted((answer.end, no) for answer in answers for _, no in answer.items.values() if no)
    hashes = [decision["hash"] for decision in final["decisions"]]
    for answer in answers:
        if answer.action != "export" or answer.killed:
            continue
        document = json.loads(answer.out)
        count = document["count"]
        head = document["ledger"]
        if [decision["hash"] for decision in document["decisions"]] != hashes[:count]:
            faults.append(f"an export of {count} is no beginning of the last one")
        if record.events[head["seq"] - 1]["hash"] != head["head"]:
            faults.append(f"an export states another head for event {head['seq']}")
        before = max((no for end, no in told if end < answer.start), default=0)
        if count < before:
            faults.append(f"an export of {count} lacks decision {before}, told before")
    return faults


def explain(record, answers, final):
    """All faults, in words; none where every answer has its reason."""
    return (check_numbers(record) + replay(record) + explain_successes(record, answers) + explain_refusals(record, answers)
            + explain_unasked(record, answers) + explain_exports(record, answers, final))


def export_text(answers):
    """The exports taken on the way, as texts."""
    return [answer.out for answer in answers if answer.action == "export" and not answer.killed and answer.code == 0]


def processes_left(folder):
    """The program's processes that still work there."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/cwd").startswith(folder) and "yijian" in os.readlink(f"/proc/{pid}/exe"):
                found.append(pid)
        except OSError:
            continue
    return found
