"""The program and a second implementation, written from the text of the specification alone, say the same of each of many
applications on twenty days: the verdict, and every check of it with its result. OPINION is how many in all: 200,000 unless said."""

import collections
import json
import multiprocessing
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))
sys.path.insert(0, HERE)

import days  # noqa: E402
import people  # noqa: E402
import rules  # noqa: E402
from lib import OK, ROOT, Database, contains, equal, main, ndjson, test  # noqa: E402

COUNT = int(os.environ.get("OPINION", "200000"))
DAYS = ("2021-09-18", "2021-10-01", "2021-12-14", "2021-12-15", "2021-12-16", "2021-12-31", "2022-01-01", "2022-01-29",
        "2022-02-28", "2023-04-23", "2023-12-29", "2024-02-09", "2024-02-29", "2025-01-26", "2025-12-31", "2026-02-14",
        "2026-09-30", "2026-12-15", "2027-03-01", "2028-02-29")
FLOOR = 30  # each result that a rule can have is met so often, in all


def calendar():
    with open(os.path.join(ROOT, "tests/data/workdays.json"), encoding="utf-8") as file:
        read = json.load(file)
    return days.Calendar([read])


def compare(number):
    """One day: the differences, and how often each rule gave each result."""
    day, count = DAYS[number], COUNT // len(DAYS)
    office = people.Office(number, days.number(day))
    for _ in range(count):
        office.apply()
    database = Database(f"{day}.db", today=day)
    database.feed(office.constructors + office.applications)
    said = {line.split('"', 4)[3]: line for line in database.run("check", "--json", "--explain", expect=OK).out.splitlines()}
    os.unlink(database.path)
    register, known = rules.Register(office.constructors), calendar()
    met, differences = collections.Counter(), []
    for application in office.applications:
        line, checks = rules.verdict(application, register, days.number(day), known)
        met.update((rule, result) for (rule, _), result in checks.items())
        found, _, explained = said.pop(application["application_no"], "nothing").partition(',"checks":')
        listed = [((check["rule"], check["specialty"]), check["result"]) for check in json.loads(explained[:-1] or "[]")]
        if application["applicant"]["id"]["type"] != "resident":
            del checks["ID-NUMBER", None]  # which looks at the numbers of residents alone: of others it is not listed
        if found != line or len(listed) != len(checks) or dict(listed) != checks:
            differences.append((day, found, line, listed, list(checks.items()), application))
    differences.extend((day, line, "nothing", None) for line in said.values())
    return differences, met


met_in_all = collections.Counter()


@test
def both_say_the_same_of_every_application():
    differences = []
    with multiprocessing.Pool(min(2, os.cpu_count()), maxtasksperchild=4) as pool:
        for found, met in pool.imap_unordered(compare, range(len(DAYS))):
            differences.extend(found)
            met_in_all.update(met)
    for difference in differences[:5]:
        print("# " + "\n# ".join(json.dumps(part, ensure_ascii=False) if isinstance(part, dict) else str(part)
                                 for part in difference))
    equal(len(differences), 0, f"of {COUNT} applications, so many differ")


@test
def every_rule_was_met_with_every_result():
    table = [(name, rules.OPEN in outcomes) for name, outcomes in rules.RESULTS.items()]
    for name, may_be_open in table:
        for result in (rules.PASS, rules.FAIL) + ((rules.OPEN,) if may_be_open else ()):
            if met_in_all[name, result] < FLOOR * COUNT / 200000:
                raise AssertionError(f"{name}: {result} only {met_in_all[name, result]} times")
    equal(len(table), 17, "rules")
    print("# " + ", ".join(f"{name} {result} {n}" for (name, result), n in sorted(met_in_all.items())))


if __name__ == "__main__":
    main()
