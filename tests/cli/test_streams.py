"""Streams that are closed, full or broken; no control character on a terminal, by no path (SPEC 11, 14)."""

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import time

from lib import IO, LIMIT, OK, PROGRAM, Database, application, constructor, contains, environment, equal, main, ndjson, queue, test


def shell(database, script, **more):
    """The script's exit status; $yijian is the program with its database."""
    words = " ".join(database.words())
    return subprocess.run(["bash", "-c", script], env=environment(yijian=f"{PROGRAM} {words}"), capture_output=True,
                          timeout=LIMIT, check=False, **more)


@test
def a_full_disk_is_told():
    database = Database()
    queue(database, 3)
    database.run("approve", "A0000000000", expect=OK)
    for command in ("list", "check", "show A0000000000", "export", "search A0", "reviewer list", "rules", "help", "--version",
                    "check --json", "export --schema"):
        result = shell(database, f"$yijian {command} > /dev/full")
        equal(result.returncode, IO, command)
        if not result.stderr:
            raise AssertionError(f"{command}: no word about it")


@test
def a_limit_of_file_size_is_told():
    database = Database()
    queue(database, 3)
    for command in ("list", "approve A0000000000", "export -o decisions.json", "backup copy.db"):
        result = shell(database, f"ulimit -f 1; $yijian {command}")
        if result.returncode < 0 or result.returncode > 128:
            raise AssertionError(f"{command}: killed by a signal ({result.returncode})")
        equal(result.returncode == 0 or bool(result.stderr), True, f"{command}: no word about it")
    database.run("verify", expect=OK)


def with_a_reader(database, words, size):
    """The exit code and stderr of a command whose reader takes so many bytes and leaves; the pipe holds one page."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    if size == 0:
        os.close(reading)
    with subprocess.Popen([PROGRAM, *database.words(), *words.split()], env=environment(), stdout=writing,
                          stderr=subprocess.PIPE) as process:
        os.close(writing)
        if size > 0:
            os.read(reading, size)
            os.close(reading)
        _, words = process.communicate(timeout=60)
        return process.returncode, words


@test
def a_reader_that_leaves_is_no_fault_to_shout_about():
    database = Database()
    documents = [constructor(i) for i in range(300)] + [application(i) for i in range(300)]
    database.feed(documents)
    for command in ("list --limit 300", "check", "check --json --explain", "export --schema",
                    "list --json --limit 300"):
        for size in (0, 10):
            code, words = with_a_reader(database, command, size)
            equal(words, b"", f"{command}, read {size}")
            if code < 0:
                raise AssertionError(f"{command}, read {size}: killed by {code}")


@test
def closed_descriptors_never_become_the_database():
    database = Database()
    queue(database, 4)
    for number, closed in enumerate(("<&-", ">&-", "2>&-", "<&- >&- 2>&-")):
        shell(database, f"$yijian approve A000000000{number} {closed}")
        shell(database, f"$yijian import - {closed}")
        shell(database, f"$yijian check A9 {closed}")
        equal(shell(database, f"{PROGRAM} key new k{number} {closed}").returncode in (OK, IO), True, closed)
        for name, kind in ((f"k{number}", "PRIVATE"), (f"k{number}.pub", "PUBLIC")):
            with open(name, encoding="utf-8") as file:
                text = file.read()
            equal((text.startswith(f"-----BEGIN {kind} KEY"), text.endswith(f"END {kind} KEY-----\n")), (True, True), f"{name}: {text}")
    with open(database.path, "rb") as file:
        equal(file.read(16), b"SQLite format 3\x00", "the file's head")
    equal(os.path.getsize(database.path + "-gate"), 0, "nothing was said into the gate file")
    database.run("verify", expect=OK)
    equal(len(database.run("export", expect=OK).json()["decisions"]), 4, "decisions")
    shell(database, "$yijian init --training 2>&- >&- <&-")


@test
def results_and_the_rest_are_apart():
    database = Database()
    queue(database, 2)
    for words in (["list"], ["export"], ["show", "A0000000000"], ["search", "A0"], ["approve", "A0000000000"], ["verify"]):
        result = database.run(*words, expect=OK)
        equal(result.err, "", f"{words}: on standard error")
        if not result.out:
            raise AssertionError(f"{words}: nothing on standard output")
    for words in (["show", "A9"], ["approve", "A9"], ["list", "--kind", "x"], ["nothing"], ["export", "--since", "x"]):
        result = database.run(*words)
        equal(result.out, "", f"{words}: on standard output")
        if not result.err.startswith("yijian: "):
            raise AssertionError(f"{words}: {result.err}")


HOSTILE = "王\x1b]0;x\x07\x1b[31m\x9b2J\u202e\u200b\u2066\ufeff\U000e0041国"


def spoil(database):
    """Puts a hostile name into the database by hand."""
    connection = sqlite3.connect(database.path)
    connection.create_function("hostile", 1, lambda text: text.replace("王建国", HOSTILE) if text else text)
    connection.create_function("hostile_json", 1,
                               lambda text: text.replace("王建国", json.dumps(HOSTILE)[1:-1]) if text else text)
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE application SET name = hostile(name)")
    connection.execute("UPDATE constructor SET name = hostile(name)")
    connection.execute("UPDATE register_document SET json = hostile_json(json)")
    connection.execute("UPDATE document SET json = hostile_json(json)")
    connection.execute("UPDATE reviewer SET name = hostile('王建国')")
    connection.commit()
    connection.close()


def no_control(text, about):
    for character in text:
        code = ord(character)
        if (code < 32 and character != "\n") or 127 <= code < 160 or code in (0x202e, 0x200b, 0x2066, 0xfeff, 0xe0041):
            raise AssertionError(f"{about}: U+{code:04X} in {text!r}")


@test
def hostile_data_never_reaches_a_terminal():
    database = Database()
    queue(database, 2)
    spoil(database)
    for words in (["list"], ["show", "A0000000000"], ["search", "A0"], ["check", "--explain"], ["approve", "A0000000000"],
                  ["accept", "A0000000000"], ["reviewer", "list"], ["search", HOSTILE], ["show", HOSTILE], ["import", HOSTILE],
                  [HOSTILE], ["list", "--kind", HOSTILE], ["--lang", "zh", "approve", "A0000000000"]):
        result = database.run(*words)
        no_control(result.out + result.err, words)
    for words in (["list", "--json"], ["show", "A0000000001", "--json"], ["check", "--json", "--explain"], ["search", "A0", "--json"]):
        for line in database.run(*words).out.splitlines():
            json.loads(line)


@test
def an_import_that_is_interrupted_leaves_nothing():
    database = Database()
    before = database.dump()
    text = ndjson([constructor(i) for i in range(1000)])
    process = database.start("import", "-")
    process.stdin.write(text.encode())
    process.stdin.flush()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=LIMIT)
    if process.returncode == OK:
        raise AssertionError("taken for whole")
    equal(database.dump(), before, "the database")


@test
def signals_end_a_list_between_two_items():
    database = Database()
    numbers = queue(database, 200)
    process = database.start("--json", "approve", "-", "--confirm", "200")
    process.stdin.write("\n".join(numbers).encode())
    process.stdin.close()
    process.stdin = None
    deadline = time.monotonic() + LIMIT
    while not decided(database) and time.monotonic() < deadline:
        pass
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=LIMIT)
    report = json.loads(out)
    done = decided(database)
    equal(report["done"] + report["refused"] + report["not_tried"], 200, "the sum")
    equal(report["done"], done, "done is what was decided")
    database.run("verify", expect=OK)


def decided(database):
    connection = sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)
    count = connection.execute("SELECT count(*) FROM decision").fetchone()[0]
    connection.close()
    return count


@test
def no_prompt_and_no_screen_without_a_terminal():
    database = Database()
    result = database.run()
    equal(result.code, 64, "exit code")
    contains(result.err, "yijian: ")


@test
def columns_do_not_shift():
    """Every row of the list ends its columns in the same cells, whatever the name is made of."""
    import unicodedata
    database = Database()
    names = ["王建国", "欧阳上官建", "Müller", "é" * 5, "a\u0301b", "𠀋田", "王"]
    documents = [constructor(i, name=name) for i, name in enumerate(names)]
    for i, name in enumerate(names):
        document = application(i)
        document["applicant"]["name"] = document["pledge"]["signer"] = name
        documents.append(document)
    database.feed(documents)

    def cells(text):
        return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

    for language in ("zh", "en"):
        rows = database.run("--lang", language, "list", expect=OK).out.splitlines()
        columns = {cells(row[:row.index("京1112")]) for row in rows if "京1112" in row}
        equal(len(columns), 1, f"{language}: columns of the number")


if __name__ == "__main__":
    main()
