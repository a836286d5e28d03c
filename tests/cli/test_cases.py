"""The cases of seven days: import, then what the rules say of each application, to the letter."""

import glob
import json
import os

from lib import OK, ROOT, Database, equal, main, test


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def check_day(path):
    day = os.path.basename(path)[:10]
    database = Database(today=day)
    documents = lines(path)
    summary = database.run("--json", "import", path, expect=OK).json()
    equal(summary, {"read": len(documents), "accepted": len(documents), "unchanged": 0, "rejected": 0}, "import")
    found = {verdict["application_no"]: verdict for verdict in database.run("check", "--json", expect=OK).lines()}
    expected = {verdict["application_no"]: verdict for verdict in lines(path[:-6] + "verdicts.ndjson")}
    equal(sorted(found), sorted(expected), "applications")
    for application_no, verdict in expected.items():
        equal(found[application_no], verdict, application_no)
        equal(list(found[application_no]), list(verdict), f"order of members of {application_no}")
    again = database.run("--json", "import", path, expect=OK).json()
    equal(again["unchanged"], len(documents), "second import")


for case in sorted(glob.glob(os.path.join(ROOT, "tests/cases/*-??.ndjson"))):
    def of_the_day(case=case):
        check_day(case)
    of_the_day.__name__ = "cases_of_" + os.path.basename(case)[:10]
    test(of_the_day)

if __name__ == "__main__":
    main()
