"""Thousands of decisions in one go, ended by a signal in the middle: what is told adds up to what was done (SPEC 11, 14)."""

import signal
import subprocess

from lib import BUSY, OK, PARTLY, USAGE, Database, application, equal, id_number, main, test

COUNT = 3000


def beginner(serial):
    """A person of their own; every tenth has not signed the pledge that a certificate of 2019 calls for, and is refused."""
    born = f"198{serial // 1000}0307"
    made = application(serial, "initial", applicant={"name": "王建国", "id": {"type": "resident", "number": id_number(serial, born)}})
    del made["specialties"][1]
    if serial % 10 == 9:
        made["specialties"][0]["qualification"]["issued_on"] = "2019-06-01"
        made["pledge"]["signed"] = False
    return made


def waiting():
    database = Database()
    documents = [beginner(i) for i in range(COUNT)]
    database.feed(documents)
    return database, [document["application_no"] for document in documents]


def pending(database):
    counts = database.run("stats", "--json", expect=OK).json()["pending"]
    return sum(kind["pending"] for kind in counts.values())


@test
def a_signal_in_the_middle():
    """The report goes into a pipe that is read to the two hundredth line only when the signal comes, and holds less than
    all of it: so it comes in the middle, whatever the speed."""
    database, numbers = waiting()
    database.run("approve", "-", "--confirm", COUNT - 1, stdin="\n".join(numbers), expect=USAGE)
    equal(pending(database), COUNT, "nothing is done before the count is right")
    work = database.start("--lang", "en", "approve", "-", "--confirm", COUNT, stderr=subprocess.DEVNULL)
    work.stdin.write("\n".join(numbers).encode())
    work.stdin.close()
    lines = [work.stdout.readline() for _ in range(200)]
    work.send_signal(signal.SIGTERM)
    lines += work.stdout.read().splitlines(keepends=True)
    equal(work.wait(), PARTLY, "exit code")
    done = [line.split(b":")[0].decode() for line in lines if b": approved" in line]
    equal(lines[-1].decode().strip(), report(lines, done), "the last line")
    decisions = database.run("export", expect=OK).json()["decisions"]
    equal([d["application_no"] for d in decisions], done, "what was told is what was done")
    equal([d["decision_no"] for d in decisions], list(range(1, len(done) + 1)), "decisions")
    equal(pending(database), COUNT - len(done), "the rest is pending")
    database.run("verify", expect=OK)
    go_on(database, numbers, len(done))


def report(lines, done):
    """What the sum must be: those before the last one done were refused or done, the others never tried."""
    last = int(done[-1][1:])
    refused = sum(1 for i in range(last + 1) if i % 10 == 9)
    tail = lines[-1].decode()
    if f"refused {refused + 1} " in tail and (last + 1) % 10 == 9:  # the one behind the last done was refused before the end
        refused += 1
    if not 199 <= len(done) < COUNT * 9 // 10:
        raise AssertionError(f"{len(done)} done: not in the middle")
    return f"applications {COUNT} = done {len(done)} + refused {refused} + not tried {COUNT - len(done) - refused}"


def go_on(database, numbers, done):
    """The same list again does the rest; what was decided is refused as decided."""
    result = database.run("--json", "approve", "-", "--confirm", COUNT, stdin="\n".join(numbers), expect=PARTLY)
    again = result.json()
    good = COUNT * 9 // 10
    equal((again["done"], again["refused"], again["not_tried"]), (good - done, COUNT - good + done, 0), "the rest")
    equal(pending(database), COUNT - good, "those that cannot be approved")
    decisions = database.run("export", expect=OK).json()["decisions"]
    equal(len({d["application_no"] for d in decisions}), good, "each once")
    equal(len({d["person"]["registration_number"] for d in decisions}), good, "a number each")
    database.run("verify", expect=OK)
    equal(database.run("approve", numbers[0]).code, BUSY, "decided")


@test
def a_signal_before_the_first():
    database = Database()
    database.feed([beginner(i) for i in range(3)])
    before = database.dump()
    work = database.start("approve", "-", "--confirm", "3")
    work.send_signal(signal.SIGTERM)
    work.communicate()
    equal(database.dump(), before, "the database")


if __name__ == "__main__":
    main()
