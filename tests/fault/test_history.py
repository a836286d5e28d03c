"""Many reviewers at once, some of them killed or stopped on the way: every answer anybody was given has its reason on
record (SPEC 14.1, 14.2; history.py). FAULT=all: 64 of them for three minutes."""

import concurrent.futures
import os
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import EVERYTHING, OK, Database, documents, equal, main, test  # noqa: E402
import history  # noqa: E402

SECONDS = int(os.environ.get("HISTORY_SECONDS", "180" if EVERYTHING else "12"))
WORKERS = int(os.environ.get("HISTORY_WORKERS", "64" if EVERYTHING else "8"))
COUNT = min(900, 30 * SECONDS)  # applications


def work(seed, kills):
    database = Database()
    database.feed(documents(0, COUNT))
    workers = []
    for i in range(WORKERS):
        login, role = f"r{i}", "supervisor" if i % 3 == 0 else "reviewer"
        database.add(login, f"审查员{i}", role)
        words = [*database.words(), "--lang", "en"]
        workers.append(history.Worker(words, login, role == "supervisor", seed * 1000 + i, COUNT, kills))
    first = history_length(database)
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        answers = [answer for told in pool.map(lambda worker: worker.run(SECONDS), workers) for answer in told]
    return database, answers, first


def history_length(database):
    connection = sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)
    count = connection.execute("SELECT count(*) FROM ledger").fetchone()[0]
    connection.close()
    return count


def look(database, answers, first):
    connection = sqlite3.connect(f"file:{database.path}?mode=ro", uri=True)
    record = history.Record(connection, first)
    connection.close()
    exported = database.run("export", expect=OK)
    faults = history.explain(record, answers, exported.json())
    equal(faults[:20], [], f"{len(faults)} answers without a reason")
    database.run("verify", expect=OK)
    texts = history.export_text(answers)
    for text in texts[::max(1, len(texts) // 5)] + [exported.out]:
        with open("earlier.json", "w", encoding="utf-8") as file:
            file.write(text)
        database.run("verify", "--against", "earlier.json", expect=OK)
    equal(history.processes_left(os.getcwd()), [], "processes left")
    return record


def tell(record, answers, first):
    done = sum(done for answer in answers for done, _ in answer.items.values())
    waits = sorted(answer.end - answer.start for answer in answers if not answer.killed)
    long = sum(history.BUSY_LONG in answer.err + answer.out for answer in answers)
    print(f"# {len(answers)} commands of {WORKERS} reviewers, {len(record.events) - first} events, {done} told as done,"
          f" {sum(answer.killed for answer in answers)} killed; command time median {waits[len(waits) // 2]:.2f} s,"
          f" 99 % {waits[len(waits) * 99 // 100]:.2f} s, longest {waits[-1]:.2f} s; {long} gave up after 5 s")
    return done, long


@test
def every_answer_has_its_reason():
    database, answers, first = work(1, kills=0)
    record = look(database, answers, first)
    done, _ = tell(record, answers, first)
    if done < WORKERS:
        raise AssertionError(f"only {done} things were done: {answers[0]}")


@test
def though_some_are_killed_and_stopped():
    database, answers, first = work(2, kills=0.15)
    record = look(database, answers, first)
    tell(record, answers, first)
    if not any(answer.killed for answer in answers):
        raise AssertionError("nobody was killed")


if __name__ == "__main__":
    main()
