"""What the tests of the command line share: running the program, documents to feed it, TAP."""

import copy
import json
import os
import subprocess
import sys
import tempfile
import traceback

ROOT = os.environ.get("YIJIAN_ROOT", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
BUILD = os.environ.get("YIJIAN_BUILD", os.path.join(ROOT, "build"))
PROGRAM = os.environ.get("YIJIAN_PROGRAM", os.path.join(BUILD, "yijian"))
TODAY = "2026-11-25"
LIMIT = 120  # seconds: past this a command hangs

OK, NEGATIVE, PARTLY = 0, 1, 3
USAGE, BAD_DATA, NO_INPUT, NO_DATABASE, CANNOT_CREATE, IO, BUSY, NOT_ALLOWED, CONFIG = 64, 65, 66, 69, 73, 74, 75, 77, 78

tests = []


class Skip(Exception):
    """Why a test shows nothing here."""


def test(function):
    tests.append(function)
    return function


def main():
    """Runs the tests of the file, or those named on the command line, each in a folder of its own."""
    chosen = [function for function in tests if len(sys.argv) < 2 or function.__name__ in sys.argv[1:]]
    start = os.getcwd() if "YIJIAN_ROOT" in os.environ else tempfile.mkdtemp(prefix="yijian-")  # by hand: out of the way
    failed = 0
    print(f"1..{len(chosen)}")
    for number, function in enumerate(chosen, 1):
        folder = os.path.join(start, function.__name__)
        os.makedirs(folder, exist_ok=True)
        os.chdir(folder)
        try:
            function()
            print(f"ok {number} - {function.__name__}", flush=True)
        except Skip as why:
            print(f"ok {number} - {function.__name__} # SKIP {why}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {number} - {function.__name__}")
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        os.chdir(start)
    sys.exit(1 if failed else 0)


class Result:
    def __init__(self, process, out, err):
        self.code = process.returncode
        self.bytes = out
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


def environment(**extra):
    env = {"PATH": os.environ["PATH"], "HOME": os.getcwd(), "LANG": "C.UTF-8"}
    env.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS") or k in ("LD_PRELOAD", "GUARD_REPORT")})
    env.update(extra)
    return {k: v for k, v in env.items() if v is not None}


def start(*words, env=None, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more):
    return subprocess.Popen([PROGRAM, *map(str, words)], env=environment(**(env or {})), stdin=stdin, stdout=stdout,
                            stderr=stderr, **more)


def run(*words, stdin=b"", env=None, expect=None):
    """Runs the program; `expect` is the exit code it must give."""
    process = start(*words, env=env)
    data = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = process.communicate(data, timeout=LIMIT)
    result = Result(process, out, err)
    if expect is not None and result.code != expect:
        raise AssertionError(f"{words}: exit code {result.code}, not {expect}\n{result.out}{result.err}")
    return result


class Database:
    """A new database in the current folder; a training one unless said otherwise."""

    def __init__(self, name="yijian.db", today=TODAY, training=True, supervisor="张伟"):
        self.path = os.path.abspath(name)
        self.today = today if training else None
        day = ["--today", today] if training else []
        run("--db", self.path, *day, "init", *(["--training"] if training else []), "--name", supervisor, expect=OK)

    def words(self, today=None):
        day = today or self.today
        return ["--db", self.path, *(["--today", day] if day else [])]

    def run(self, *words, today=None, **more):
        return run(*self.words(today), *words, **more)

    def start(self, *words, today=None, **more):
        return start(*self.words(today), *words, **more)

    def session(self, login, command, today=None, env=None, **more):
        """One command of an SSH session of this reviewer."""
        return run(*self.words(today), "session", "--reviewer", login,
                   env={"SSH_ORIGINAL_COMMAND": command, **(env or {})}, **more)

    def add(self, login, name, role="reviewer"):
        self.run("reviewer", "add", login, "--name", name, "--role", role, expect=OK)

    def feed(self, documents, *words, expect=OK):
        return self.run("import", "-", *words, stdin=ndjson(documents), expect=expect)

    def dump(self):
        """Everything in the tables, to compare: nothing else has it open now."""
        import sqlite3
        connection = sqlite3.connect(self.path)
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in sorted(names)}
        connection.close()
        return rows


def ndjson(documents):
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)


def equal(found, expected, about=""):
    if found != expected:
        raise AssertionError(f"{about}: found {found!r}, expected {expected!r}")


def contains(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"no {part!r} in {text!r}")


def id_number(serial, birth="19800307"):
    body = f"110105{birth}{serial % 1000:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]


EMPLOYER = {"name": "中建建设有限公司", "credit_code": "91110105101163896D", "province": "11"}
OTHER_CODE = "91350100M000100Y43"


def number(serial):
    return f"京11120112011{serial:05d}"


def constructor(serial, **changes):
    document = {
        "type": "constructor", "name": "王建国", "id": {"type": "resident", "number": id_number(serial)},
        "employer": dict(EMPLOYER), "registration": {"number": number(serial)},
        "specialties": [
            {"specialty": "建筑工程", "valid_from": "2024-02-01", "valid_to": "2027-01-31"},
            {"specialty": "公路工程", "valid_from": "2024-02-01", "valid_to": "2027-01-31"},
        ],
    }
    document.update(copy.deepcopy(changes))
    return document


def application(serial, kind="continuation", **changes):
    """One that can be approved on TODAY, given constructor(serial) in the register."""
    certificate = {"certificate_no": f"C{serial}", "issued_on": "2025-06-01"}
    names = {"continuation": ["建筑工程", "公路工程"]}.get(kind, ["矿业工程", "机电工程"])
    document = {
        "type": "application", "application_no": f"A{serial:010d}", "kind": kind, "submitted_on": "2026-11-20",
        "applicant": {"name": "王建国", "id": {"type": "resident", "number": id_number(serial)}},
        "employer": dict(EMPLOYER), "registration_number": number(serial),
        "specialties": [{"specialty": name, "qualification": dict(certificate),
                         "education": {"compulsory_hours": 60, "elective_hours": 60}} for name in names],
        "pledge": {"signed": True, "signed_on": "2026-11-20", "signer": "王建国"},
    }
    if kind == "initial":
        del document["registration_number"]
    document.update(copy.deepcopy(changes))
    return document


def partly(serial):
    document = application(serial)
    document["specialties"][1]["education"]["elective_hours"] = 28
    return document


def blocked(serial):
    return application(serial, pledge={"signed": False})


def queue(database, count, make=application):
    """Puts persons 0 … count-1 and their applications in; returns the application numbers."""
    documents = [constructor(i) for i in range(count)] + [make(i) for i in range(count)]
    database.feed(documents)
    return [document["application_no"] for document in documents[count:]]
