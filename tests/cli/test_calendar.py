"""The working days: what is built in, a notice loaded in either format, and the deadlines that follow it (SPEC 5)."""

import datetime
import json

from lib import (BAD_DATA, BUSY, NOT_ALLOWED, NO_INPUT, OK, USAGE, Database, application, constructor, contains, equal, main,
                 test)

OFF = ["2027-01-01", "2027-01-04", "2027-01-05"]
WORKED = ["2027-01-02", "2027-01-10"]
OWN = {"covers": ["2027-01-01", "2027-12-31"], "days_off": OFF, "make_up_workdays": WORKED}
HOLIDAY_CN = {"year": 2027, "papers": ["https://www.gov.cn/"], "days": [{"name": "元旦", "date": day, "isOffDay": True} for day in OFF] +
              [{"name": "元旦", "date": day, "isOffDay": False} for day in WORKED]}


def workdays(day, count, off=(), worked=()):
    """The count-th working day after a day, counted here on its own."""
    day = datetime.date.fromisoformat(day)
    while count > 0:
        day += datetime.timedelta(1)
        text = day.isoformat()
        count -= text in worked or (day.weekday() < 5 and text not in off)
    return day.isoformat()


def write(document, name="notice.json"):
    with open(name, "w", encoding="utf-8") as file:
        file.write(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False))
    return name


def year(database, number):
    return database.run("calendar", "show", number, "--json", expect=OK).json()


def waiting():
    """Four applications: two that run past 2026, one of them extended, one that does not, one decided."""
    database = Database()
    documents = [constructor(i) for i in range(5)]
    documents += [application(i, submitted_on="2026-12-22") for i in range(2)] + [application(2), application(3)]
    database.feed(documents)
    database.run("approve", "A0000000003", expect=OK)
    database.run("extend", "A0000000001", "--reason", "需核实", expect=OK)
    return database


def deadline(database, serial):
    row = database.run("show", f"A{serial:010d}", "--json", expect=OK).json()["application"]
    return row["decide_by"], row["decide_by_provisional"]


def advisories(database, serial):
    shown = database.run("show", f"A{serial:010d}", "--json", expect=OK).json()["advisories"]
    return [one["advisory"] if isinstance(one, dict) else one for one in shown]


@test
def what_is_built_in():
    database = Database()
    shown = year(database, 2026)
    equal((shown["covered"], "2026-10-01" in shown["days_off"], "2026-10-10" in shown["make_up_workdays"]), (True, True, True), "2026")
    equal(year(database, 2027), {"year": 2027, "covered": False, "days_off": [], "make_up_workdays": []}, "2027")
    equal(database.run("calendar", "show", "--json", expect=OK).json()["year"], 2026, "this year")
    equal(database.run("calendar", "show", "--json", today="2027-03-01", expect=OK).json()["year"], 2027, "the training day's")
    contains(database.run("--lang", "en", "calendar", "show", "2027", expect=OK).out, "provisional")
    contains(database.run("--lang", "en", "calendar", "show", "2026", expect=OK).out, "*1", "+10")
    for words in ([], ["show", "x"], ["show", "1899"], ["show", "2200"], ["show", "2026", "2027"], ["load"], ["keep"],
                  ["load", "a", "b"], ["show", ""]):
        database.run("calendar", *words, expect=USAGE)


def check_load(document):
    database = waiting()
    before = [deadline(database, i) for i in range(4)]
    equal(before[:3], [(workdays("2026-12-22", 10), True), (workdays("2026-12-22", 20), True), ("2026-12-04", False)], "before")
    equal(advisories(database, 0), ["CALENDAR"], "advisory")
    loaded = database.run("calendar", "load", write(document), "--json", expect=OK).json()
    equal(loaded, {"first_year": 2027, "last_year": 2027, "days": 5, "deadlines": 2}, "report")
    equal(year(database, 2027), {"year": 2027, "covered": True, "days_off": OFF,
                                 "make_up_workdays": WORKED}, "2027")
    equal([deadline(database, i) for i in range(4)],
          [(workdays("2026-12-22", 10, OFF, WORKED), False), (workdays("2026-12-22", 20, OFF, WORKED), False)] + before[2:], "after")
    equal(advisories(database, 0), [], "no longer provisional")
    equal(database.run("check", "A0000000000", "--json").json()["decide_by_provisional"], False, "check")
    rows = {row["application_no"]: row for row in database.run("list", "--json", expect=OK).json()["applications"]}
    equal(rows["A0000000001"]["decide_by"], workdays("2026-12-22", 20, OFF, WORKED), "list")
    event = database.run("ledger", "--event", "calendar", "--json", expect=OK).lines()
    equal([e["detail"] for e in event], [{"days": 5, "days_off": OFF, "deadlines": 2, "first_year": 2027, "last_year": 2027,
                                          "make_up_workdays": WORKED}], "event")
    again = database.run("calendar", "load", "notice.json", "--json", expect=OK).json()
    equal(again["deadlines"], 0, "the same again")
    database.run("approve", "A0000000001", "--version", "2", today="2026-12-23", expect=BUSY)  # its deadline is another now
    database.run("verify", expect=OK)


@test
def our_own_format():
    check_load(OWN)


@test
def the_holiday_cn_format():
    check_load(HOLIDAY_CN)


@test
def a_correction_replaces_the_year():
    """Also of a year that is built in; the years beside it stay."""
    database = Database()
    neighbour = year(database, 2025)
    database.run("calendar", "load", write({"covers": ["2026-01-01", "2026-12-31"], "days_off": ["2026-12-01"],
                                            "make_up_workdays": ["2026-12-05"]}), expect=OK)
    equal(year(database, 2026), {"year": 2026, "covered": True, "days_off": ["2026-12-01"], "make_up_workdays": ["2026-12-05"]},
          "corrected")
    equal(year(database, 2025), neighbour, "2025")
    database.feed([constructor(1), application(1)])
    equal(deadline(database, 1), (workdays("2026-11-20", 10, ["2026-12-01"], ["2026-12-05"]), False), "counted by it")
    database.run("calendar", "load", write(OWN), expect=OK)
    database.run("calendar", "load", write({"year": 2027, "days": [{"date": "2027-05-03", "isOffDay": True}]}), expect=OK)
    equal(year(database, 2027)["days_off"], ["2027-05-03"], "corrected again")
    database.run("verify", expect=OK)
    both = {"covers": ["2026-01-01", "2027-12-31"], "days_off": ["2026-01-01", "2026-12-31", "2027-12-28"], "make_up_workdays": []}
    database.run("calendar", "load", write(both), expect=OK)
    database.run("verify", expect=OK)
    database.run("calendar", "load", write(OWN), expect=OK)
    database.run("verify", expect=OK)


@test
def a_new_year_that_begins_in_december():
    database = Database()
    database.run("calendar", "load", write({"year": 2027, "days": [{"date": "2026-12-31", "isOffDay": True},
                                                                   {"date": "2027-01-01", "isOffDay": True}]}), expect=OK)
    equal("2026-12-31" in year(database, 2026)["days_off"], True, "the day before")
    equal("2026-10-01" in year(database, 2026)["days_off"], True, "the rest of the year before stays")


@test
def a_new_year_stays_when_the_year_before_is_loaded_after_it():
    """2026-12-31 is off by the notice of 2027: one of 2026 that says nothing of it does not take it back, nor does one of
    2018 take 2018-12-31, off by the notice of 2019, which is built in. Their own notices do."""
    database = Database()
    next_year = {"year": 2027, "days": [{"date": "2026-12-31", "isOffDay": True}, {"date": "2027-01-01", "isOffDay": True}]}
    database.run("calendar", "load", write(next_year), expect=OK)
    for number in (2026, 2018):
        database.run("calendar", "load", write({"year": number, "days": [{"date": f"{number}-05-01", "isOffDay": True}]}), expect=OK)
        equal([day for day in year(database, number)["days_off"] if day >= f"{number}-06-01"], [f"{number}-12-31"], f"{number}")
    database.run("calendar", "load", write({"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": True}]}), expect=OK)
    equal("2026-12-31" in year(database, 2026)["days_off"], False, "taken back by its own notice")
    database.run("calendar", "load", write({"year": 2019, "days": [{"date": "2019-01-01", "isOffDay": True}]}), expect=OK)
    equal((year(database, 2018)["days_off"], year(database, 2018)["make_up_workdays"]), (["2018-05-01"], []), "built in")
    database.run("verify", expect=OK)


def changed(document, **changes):
    return {key: value for key, value in {**document, **changes}.items() if value is not None}


def of(*days):
    return {"year": 2027, "days": list(days)}


BAD = {
    "no such day": changed(OWN, days_off=["2027-02-29"]),
    "no such day worked": changed(OWN, make_up_workdays=["2027-13-01"]),
    "a day of another form": changed(OWN, days_off=["2027-1-1"]),
    "a day that is a number": changed(OWN, days_off=[20270101]),
    "off and worked": changed(OWN, make_up_workdays=["2027-01-04"]),
    "a day of another year": changed(OWN, days_off=["2028-05-01"]),
    "no days off": changed(OWN, days_off=None),
    "no days worked": changed(OWN, make_up_workdays=None),
    "covers nothing": changed(OWN, covers=None),
    "covers one day": changed(OWN, covers=["2027-01-01"]),
    "covers half a year": changed(OWN, covers=["2027-01-01", "2027-06-30"]),
    "covers a day that is none first": changed(OWN, covers=[None, "2027-12-31"]),
    "covers no first day": changed(OWN, covers=["2027-00-01", "2027-12-31"]),
    "covers from the second": changed(OWN, covers=["2027-01-02", "2027-12-31"]),
    "covers to the last but one": changed(OWN, covers=["2027-01-01", "2027-12-30"]),
    "covers to November": changed(OWN, covers=["2027-01-01", "2027-11-30"]),
    "covers from February": changed(OWN, covers=["2027-02-01", "2027-12-31"]),
    "too many days": changed(OWN, days_off=["2027-01-01"] * 20000),
    "a day of the November before": changed(OWN, days_off=["2026-11-30"]),
    "covers backwards": changed(OWN, covers=["2028-01-01", "2027-12-31"]),
    "covers no day": changed(OWN, covers=["2027-01-01", "2027-12-32"]),
    "no year": {"days": HOLIDAY_CN["days"]},
    "a year in words": changed(HOLIDAY_CN, year="2027"),
    "half a year": changed(HOLIDAY_CN, year=2027.5),
    "a year too late": changed(HOLIDAY_CN, year=2200),
    "no days": {"year": 2027},
    "days that are none": changed(HOLIDAY_CN, days={}),
    "no isOffDay": of({"date": "2027-01-01"}),
    "isOffDay in words": of({"date": "2027-01-01", "isOffDay": "yes"}),
    "no date": of({"isOffDay": True}),
    "a date that is none": of({"date": "2027-04-31", "isOffDay": True}),
    "contradicting dates": of({"date": "2027-01-01", "isOffDay": True}, {"date": "2027-01-01", "isOffDay": False}),
    "not JSON": '{"year": 2027, "days": [',
    "empty": "",
    "an array": "[]",
    "trailing text": json.dumps(HOLIDAY_CN) + "x",
}


@test
def bad_notices_change_nothing():
    database = waiting()
    before = database.dump()
    for name, document in BAD.items():
        result = database.run("calendar", "load", write(document))
        equal(result.code, BAD_DATA, f"{name}: {result.out}{result.err}")
        equal(bool(result.err.strip()), True, name)
        equal(database.dump(), before, name)
    database.run("calendar", "load", "nothing.json", expect=NO_INPUT)
    equal(year(database, 2027)["covered"], False, "2027")


@test
def only_supervisors_load():
    database = waiting()
    write(OWN)
    database.add("zhou.qiang", "周强", "supervisor")
    database.add("wu.min", "吴敏", "auditor")
    for login in ("zhou.qiang", "wu.min"):  # no file names over SSH, whoever it is
        database.session(login, "calendar load notice.json", expect=NOT_ALLOWED)
    me = database.run("ledger", "--event", "init", "--json", expect=OK).lines()[0]["by"]
    database.run("reviewer", "add", me, "--name", "张伟", "--role", "reviewer", expect=OK)
    before = database.dump()
    database.run("calendar", "load", "notice.json", expect=NOT_ALLOWED)
    equal(database.dump(), before, "the database")
    database.run("calendar", "show", "2027", expect=OK)
    database.session("zhou.qiang", "calendar show 2027", expect=OK)


if __name__ == "__main__":
    main()
