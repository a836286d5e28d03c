#!/usr/bin/python3
"""Measures the program beside what a user would take instead, on this machine, in one run (README.md).

bench.py [SIZE …]: so many pending applications and so many persons in the register each. ONLY=word keeps rows."""

import datetime
import json
import os
import platform
import resource
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import peers  # noqa: E402
from ours import BUILD, Ours, many_screens  # noqa: E402
from table import Table, median  # noqa: E402

RUNS = 5
LONG = 3  # of what takes longer than ten seconds
LARGEST_WHOLE = 1000000  # of what is larger only our own curve is wanted: import, start, rows, search, filters
RESULT = os.path.join(BUILD, "bench", "result.json")
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
DAY = str(datetime.datetime.now(SHANGHAI).date())
ONLY = os.environ.get("ONLY", "")


def wanted(name):
    return ONLY in name


def documents(folder, size):
    """(all documents, the applications as lines of columns) of this size, made by the project's own generator."""
    everything, lines = os.path.join(folder, "documents.ndjson"), os.path.join(folder, "lines.txt")
    if not os.path.exists(lines):
        with open(everything, "wb") as file:
            persons = min(size, LARGEST_WHOLE)
            subprocess.run([os.path.join(BUILD, "sample"), "--persons", str(persons), "--applications", str(size), "--day", DAY],
                           stdout=file, check=True)
        with open(everything, encoding="utf-8") as source, open(lines + ".new", "w", encoding="utf-8") as file:
            for line in source:
                document = json.loads(line)
                if document["type"] == "application":
                    file.write(f"{document['application_no']}\t{document.get('registration_number', '')}\t"
                               f"{document['applicant']['name']}\t{document['kind']}\n")
        os.rename(lines + ".new", lines)
    return everything, lines


def importing(table, ours, everything, size):
    runs = RUNS if size <= 100000 else 1 if size > 1000000 else LONG
    if not wanted("importing"):
        ours.fill(everything)
        return
    table.add("import, as many persons too, a million at most", size, "s", median(ours.fill(everything) for _ in range(runs)),
              {} if size > LARGEST_WHOLE else
              {"sqlite3": peers.import_with_shell(ours.folder, everything, runs),
               "python": peers.import_with_python(ours.folder, everything, 1),
               "floor": peers.floor_import(ours.folder, everything, runs),
               "cJSON alone": peers.floor_parse(everything, runs)},
              "< 0.7 × sqlite3", lambda mine, other: mine < 0.7 * other.get("sqlite3", 0))


def screens(table, ours, lines, size):
    with open(lines, encoding="utf-8") as file:
        numbers = [line.split("\t")[1] for line in file if line.split("\t")[1]]
    number = numbers[len(numbers) // 2]
    others = () if size > LARGEST_WHOLE else (*peers.SCREENS, peers.floor_screen(ours.folder))
    found = {peer.name: peer.measure(lines, number, LONG) for peer in others}
    of = lambda key: {name: figures.get(key) for name, figures in found.items()}  # noqa: E731
    ms, memory = ours.start(RUNS)
    table.add("start to a complete first screen", size, "ms", ms, of("start"), "< 1 × tig", lambda o, p: o < p.get("tig", 0))
    table.add("memory at the first screen", size, "MB", memory, of("memory"), "< 20 MB", lambda o, p: o < 20)
    for what, keys, peer, limit in (("row", "j", "lnav", 1.0), ("page", "\x1b[6~", "tig", 0.7)):
        for where, before in (("", ""), (" near the end", "G")):
            ms, size_ = ours.moves("k" if before and what == "row" else "\x1b[5~" if before else keys, 21, before)
            table.add(f"a {what} down{where}: bytes", size, "bytes", size_, of(what + "_bytes"), f"< {limit} × {peer}",
                      lambda o, p, limit=limit, peer=peer: o < limit * p.get(peer, 0))
            table.add(f"a {what} down{where}: time", size, "ms", ms, of(what + "_ms"))
    searching(table, ours, number, size, of("search_ms"))


def searching(table, ours, number, size, others):
    name = json.loads(ours.run("list", "--limit", "1", "--json").stdout)["applications"][0]["name"]
    if size <= LARGEST_WHOLE:
        median_us, p99_us = peers.floor("search", peers.floor_database(ours.folder))
        table.add("40 rows of a range, SQLite alone, median", size, "ms", median_us / 1000)
        table.add("40 rows of a range, SQLite alone, p99", size, "ms", p99_us / 1000)
    texts = {"number": number, "digits": number[1:], "suffix": number[-6:], "name": name[:2], "application": "A2026"}
    for what, text in texts.items():
        ms, worst, _ = ours.search(text)
        table.add(f"search, a key of a {what}", size, "ms", ms, others, "< 2 ms, < fzf / 40",
                  lambda o, p: o < 2 and o < p.get("fzf", 1e9) / 40)
        table.add(f"search, the slowest key of a {what}", size, "ms", worst)


def filters(table, ours, size):
    for words in (["--outcome", "partly_approvable"], ["--outcome", "blocked"], ["--specialty", "民航机场工程"],
                  ["--kind", "re_registration"]):
        table.add(f"first page, {' '.join(words)}: whole process", size, "ms",
                  1000 * median(ours.seconds("list", "--limit", "40", *words) for _ in range(RUNS)), {}, "< 20 ms",
                  lambda o, p: o < 20)


def judging(table, ours, size):
    s = median(ours.seconds("check", "--json") for _ in range(LONG))
    table.add("check of all that is pending", size, "verdicts/s", size / s, {}, "> 300,000", lambda o, p: o > 300000)


def deciding(table, ours, size):
    table.add("a decision on the screen, key to list", size, "ms", ours.decide(11),
              {"fdatasync": 1000 / peers.fdatasync_rate(ours.folder)}, "< 10 ms beyond the commit",
              lambda o, p: o - p["fdatasync"] < 10)
    count = min(30000, size // 3)
    numbers = "\n".join(ours.numbers(count)).encode()
    count = len(numbers.split())
    s = ours.seconds("approve", "-", "--confirm", count, input=numbers, check=False)
    table.add(f"bulk approval of {count:,}", size, "decisions/s", count / s,
              {"fdatasync": peers.fdatasync_rate(ours.folder), "floor": peers.floor_commits(ours.folder, 1)}, "> 20,000", lambda o, p: o > 20000)
    table.add("one decision by command, whole process", size, "ms",
              1000 * ours.seconds("approve", ours.numbers(1)[0], check=False))


def exporting(table, ours, size):
    target = os.path.join(ours.folder, "export.json")
    s = median(ours.seconds("export", "-o", target, "--force") for _ in range(RUNS))
    with open(target, encoding="utf-8") as file:
        exported = json.load(file)
    events = exported["ledger"]["seq"]
    table.add(f"export of {exported['count']:,} decisions", size, "s", s,
              {"json_object": peers.export_with_shell(ours.database, RUNS), "jq": peers.export_with_jq(target, LONG),
               "floor": peers.floor_rows(ours.folder, LONG)},
              "< 2 × json_object, < 0.15 × jq",
              lambda o, p: o < 2 * p["json_object"] and o < 0.15 * p["jq"])
    s = median(ours.seconds("verify") for _ in range(LONG))
    table.add(f"verify of {events:,} events and all documents", size, "s", s, {}, "< 10 s for 1,000,000 events",
              lambda o, p: o < 10 * events / 1000000)


def together(table, ours, size):
    (key, key99), (one, one99) = many_screens(ours, 64, 30)
    floor = {"floor": 1000 / peers.floor_commits(ours.folder, 64)}
    table.add("64 screens: a key, median", size, "ms", key)
    table.add("64 screens: a key, p99", size, "ms", key99, {}, "< 20 ms", lambda o, p: o < 20)
    table.add("64 screens: a decision, key to list, median", size, "ms", one, floor)
    table.add("64 screens: a decision, key to list, p99", size, "ms", one99, floor, "< 50 ms", lambda o, p: o < 50)
    table.add("an idle screen", size, "% of a CPU", ours.idle(60), {}, "< 0.1 %", lambda o, p: o < 0.1)


def measure(table, size):
    folder = os.path.join(BUILD, "bench", str(size))
    os.makedirs(folder, exist_ok=True)
    everything, lines = documents(folder, size)
    ours = Ours(folder, DAY)
    importing(table, ours, everything, size)
    if size <= LARGEST_WHOLE and not os.path.exists(peers.floor_database(folder)):
        peers.floor_import(folder, everything, 1)
    for group in (screens, filters, judging, deciding, exporting, together):
        if not wanted(group.__name__) or size > LARGEST_WHOLE and group not in (screens, filters):
            continue
        try:
            group(table, ours, *([lines] if group is screens else []), size)
        except (OSError, subprocess.SubprocessError, TimeoutError) as fault:
            print(f"{group.__name__} at {size:,}: {fault}")
        table.save(RESULT, {})


def main():
    table = Table()
    for size in [int(word) for word in sys.argv[1:]] or [1000, 100000, 1000000]:
        measure(table, size)
    machine = {"cpus": os.cpu_count(), "kernel": platform.release(), "load": os.getloadavg()[0],
               "children": resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, "day": DAY}
    table.save(RESULT, machine)
    print(f"{len(table.rows)} rows; goals missed: {sum(row['reached'] is False for row in table.rows)}; {RESULT}")


if __name__ == "__main__":
    main()
