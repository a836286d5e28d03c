"""Deciding: who may, what holds at the moment of commit, lists, and exactly one decision whoever is first (SPEC 8)."""

import threading

from lib import (BUSY, CONFIG, NEGATIVE, NOT_ALLOWED, OK, OTHER_CODE, PARTLY, USAGE, Database, application, blocked, constructor,
                 contains, equal, main, number, partly, queue, test)

FIRST = "A0000000000"


def people(database):
    database.add("li.hua", "李华")
    database.add("zhang.wei", "张薇")
    database.add("wu.min", "吴敏", "auditor")


def state(database, application_no):
    codes = ["pending", "approved", "partly_approved", "refused", "returned", "withdrawn"]
    return codes[dict((row[1], row[3]) for row in database.dump()["application"])[application_no]]


@test
def approve_changes_the_register():
    database = Database()
    queue(database, 1)
    result = database.run("--json", "approve", FIRST, expect=OK).json()
    equal((result["done"], result["refused"], result["not_tried"]), (1, 0, 0), "report")
    equal(result["applications"][0]["decision_no"], 1, "decision")
    equal(state(database, FIRST), "approved", "state")
    decision = database.run("export", expect=OK).json()["decisions"][0]
    equal([(i["outcome"], i["valid_from"], i["valid_to"]) for i in decision["items"]],
          [("approved", "2026-11-25", "2029-11-24")] * 2, "items")
    equal(decision["use_window"], {"from": "2026-11-25", "to": "2027-05-24"}, "window")
    contains(database.run("show", FIRST, expect=OK).out, "2029-11-24")
    database.run("verify", expect=OK)


@test
def decided_once_is_decided():
    database = Database()
    queue(database, 1)
    database.run("approve", FIRST, expect=OK)
    before = database.dump()
    for action in (["approve"], ["refuse", "--reason", "x"], ["accept"], ["return", "--items", "x"],
                   ["withdraw", "--reason", "x"], ["extend", "--reason", "x"]):
        result = database.run(*action, FIRST)
        equal(result.code, BUSY, action)
        contains(result.err, "张伟", FIRST)
    equal(database.dump(), before, "the database")


@test
def a_clock_set_back_decides_nothing():
    database = Database()
    queue(database, 2)
    database.run("approve", FIRST, expect=OK)
    before = database.dump()
    result = database.run("approve", "A0000000001", today="2026-11-24", expect=CONFIG)
    contains(result.err, "2026-11-24", "2026-11-25")
    equal(database.dump(), before, "the database")
    database.run("approve", "A0000000001", expect=OK)


@test
def a_blocked_one_cannot_be_approved():
    database = Database()
    queue(database, 1, blocked)
    before = database.dump()
    contains(database.run("approve", FIRST, expect=NEGATIVE).err, "PLEDGE")
    contains(database.run("approve", FIRST, "--partial", expect=NEGATIVE).err, "PLEDGE")
    equal(database.dump(), before, "the database")
    database.run("refuse", FIRST, expect=OK)
    decision = database.run("export", expect=OK).json()["decisions"][0]
    equal((decision["action"], decision["outcome"]), ("refuse", "refused"), "decision")
    for item in decision["items"]:
        equal([reason["rule"] for reason in item["reasons"]], ["PLEDGE"], "reasons")
    contains(decision["remedies"], "60", "行政复议", "行政诉讼")


@test
def a_partial_approval_must_be_said():
    database = Database()
    queue(database, 1, partly)
    before = database.dump()
    contains(database.run("approve", FIRST, expect=NEGATIVE).err, "1", "2")
    equal(database.dump(), before, "the database")
    database.run("approve", FIRST, "--partial", expect=OK)
    equal(state(database, FIRST), "partly_approved", "state")
    items = database.run("export", expect=OK).json()["decisions"][0]["items"]
    equal([item["outcome"] for item in items], ["approved", "refused"], "items")
    equal((items[1]["reasons"][0]["rule"], items[1]["valid_to"]), ("CE-HOURS", None), "reason")


@test
def refusing_what_passes_needs_words():
    database = Database()
    queue(database, 1)
    before = database.dump()
    database.run("refuse", FIRST, expect=NEGATIVE)
    database.run("refuse", FIRST, "--reason", " \u3000 ", expect=NEGATIVE)
    equal(database.dump(), before, "the database")
    text = "聘用单位资质已注销，规定第十五条第（九）项"
    database.run("refuse", FIRST, "--reason", text, expect=OK)
    items = database.run("export", expect=OK).json()["decisions"][0]["items"]
    for item in items:
        equal([reason["text"] for reason in item["reasons"]], [text], "reasons")


@test
def the_day_counts_when_it_is_decided():
    database = Database()
    document = application(0, "initial")
    document["applicant"]["id"] = {"type": "passport", "number": "E1"}
    document["applicant"]["birth_date"] = "1961-11-26"
    database.feed([document])
    database.run("approve", FIRST, today="2026-11-27", expect=NEGATIVE)
    contains(database.run("list", "--json", expect=OK).out, FIRST)
    database.run("approve", FIRST, today="2026-11-26", expect=OK)
    equal(database.run("export", expect=OK, today="2026-11-26").json()["decisions"][0]["items"][0]["valid_to"], "2026-11-26",
          "valid to the 65th birthday")
    queue(other := Database("other.db"), 2)
    other.run("approve", FIRST, expect=OK)
    equal(other.run("approve", "A0000000001", today="2026-11-24").code, 78, "a day before the last decision")


@test
def acceptance_separates():
    database = Database()
    people(database)
    queue(database, 1)
    database.session("li.hua", f"accept {FIRST}", expect=OK)
    contains(database.session("li.hua", f"approve {FIRST}", expect=NOT_ALLOWED).err, FIRST)
    database.session("li.hua", f"refuse {FIRST} --reason x", expect=NOT_ALLOWED)
    result = database.session("zhang.wei", f"accept {FIRST}", expect=BUSY)
    contains(result.err, "李华")
    database.run("return", FIRST, "--items", "x", expect=BUSY)
    database.session("zhang.wei", f"approve {FIRST}", expect=OK)
    decision = database.run("export", expect=OK).json()["decisions"][0]
    equal((decision["decided_by"], decision["decided_by_name"], decision["accepted_on"]), ("zhang.wei", "张薇", "2026-11-25"),
          "by")


@test
def roles_are_kept():
    database = Database()
    people(database)
    queue(database, 2)
    database.run("approve", "A0000000001", expect=OK)
    before = database.dump()
    for command in (f"approve {FIRST}", f"refuse {FIRST} --reason x", f"accept {FIRST}", f"return {FIRST} --items x",
                    f"withdraw {FIRST} --reason x", f"extend {FIRST} --reason x", "revoke 1 --reason x --ground y"):
        database.session("wu.min", command, expect=NOT_ALLOWED)
    for command in (f"extend {FIRST} --reason x", "revoke 1 --reason x --ground y"):
        database.session("li.hua", command, expect=NOT_ALLOWED)
    database.session("no.such.reviewer", "list", expect=NOT_ALLOWED)
    equal(database.dump(), before, "the database")
    for command in ("list", "export", "verify", f"show {FIRST}", "check"):
        database.session("wu.min", command, expect=OK)
    database.run("reviewer", "disable", "li.hua", expect=OK)
    database.session("li.hua", f"approve {FIRST}", expect=NOT_ALLOWED)


@test
def a_login_that_begins_like_another_is_another():
    database = Database()
    longest = "a" * 64
    database.run("reviewer", "add", longest, "--name", "长名", "--role", "supervisor", expect=OK)
    database.session(longest, "list", expect=OK)
    for login in (longest + "a", longest[:-1]):
        database.session(login, "list", expect=NOT_ALLOWED)
        database.run("reviewer", "disable", login, expect=NEGATIVE)


@test
def a_deadline_is_extended_once():
    database = Database()
    queue(database, 1)
    before = database.run("list", "--json", expect=OK).out
    database.run("extend", FIRST, "--reason", "需向原发证机关核实", expect=OK)
    contains(database.run("check", FIRST, "--json", expect=OK).out, '"decide_by":"2026-12-18"')
    equal(before.count("2026-12-04") > 0, True, "the deadline before")
    database.run("extend", FIRST, "--reason", "again", expect=NEGATIVE)
    queue_late = Database("late.db")
    queue(queue_late, 1)
    queue_late.run("extend", FIRST, "--reason", "x", today="2026-12-05", expect=NEGATIVE)


@test
def returning_ends_after_five_working_days():
    database = Database()
    queue(database, 2)
    database.run("return", FIRST, "--items", "劳动合同缺页", today="2026-11-28", expect=NEGATIVE)
    database.run("return", FIRST, "--items", "劳动合同缺页", today="2026-11-27", expect=OK)
    equal(state(database, FIRST), "returned", "state")
    database.run("approve", FIRST, today="2026-11-27", expect=BUSY)


@test
def withdrawing_needs_words():
    database = Database()
    queue(database, 1)
    if database.run("withdraw", FIRST).code == OK:
        raise AssertionError("withdrawn without a word")
    database.run("withdraw", FIRST, "--reason", "申请人书面撤回", expect=OK)
    equal(state(database, FIRST), "withdrawn", "state")


@test
def revoking_restores_the_register():
    database = Database()
    queue(database, 2)
    register = database.run("show", FIRST, "--json", expect=OK).out
    database.run("approve", FIRST, expect=OK)
    for words in (["--reason", "x"], ["--ground", "x"], []):
        if database.run("revoke", "1", *words).code == OK:
            raise AssertionError("revoked without reason and ground")
    database.run("revoke", "1", "--reason", "申请材料虚假", "--ground", "许可法第六十九条第二款", expect=OK)
    equal(state(database, FIRST), "pending", "state")
    contains(register, "2027-01-31")
    contains(database.run("check", FIRST, "--json", expect=OK).out, '"approvable"')
    decisions = database.run("export", expect=OK).json()["decisions"]
    equal([(d["action"], d["outcome"], d["supersedes"]) for d in decisions], [("approve", "approved", None), ("revoke", "revoked", 1)],
          "decisions")
    database.run("revoke", "2", "--reason", "x", "--ground", "y", expect=NEGATIVE)
    database.run("revoke", "1", "--reason", "x", "--ground", "y", expect=BUSY)
    database.run("revoke", "99", "--reason", "x", "--ground", "y", expect=NEGATIVE)
    database.run("approve", FIRST, expect=OK)
    database.run("verify", expect=OK)


@test
def a_province_that_cannot_be_told_is_asked_for():
    """The employer is registered with the State, whose code is no province's."""
    database = Database()
    database.feed([application(1, "initial", employer={"name": "x", "credit_code": "91100000MA0000001G"})])
    contains(database.run("--lang", "en", "approve", "A0000000001", expect=USAGE).err, "province", "A0000000001")
    for wrong in ("00", "1", "111", "北京"):
        database.run("approve", "A0000000001", "--province", wrong, expect=USAGE)
    given = database.run("--json", "approve", "A0000000001", "--province", "35", expect=OK).json()["applications"][0]
    equal(given["registration_number"][:4], "闽135", "of the province that was given")
    database.run("verify", expect=OK)


@test
def an_initial_registration_gets_a_number():
    database = Database()
    documents = [application(i, "initial") for i in range(3)]
    documents[1]["employer"] = {"name": "x", "credit_code": OTHER_CODE}
    database.feed(documents)
    numbers = [database.run("--json", "approve", d["application_no"], expect=OK).json()["applications"][0]["registration_number"]
               for d in documents]
    equal(numbers[0][:12], "京11120252026", "province, qualification, year")
    equal((numbers[1][0], numbers[1][2:4]), ("闽", "35"), "province from the credit code")
    equal(len(set(numbers)), 3, "numbers")
    equal(len(numbers[0]), 17, "length")
    contains(database.run("search", numbers[2], "--json").out + database.run("show", "A0000000002", expect=OK).out, numbers[2])
    equal(database.run("ledger", expect=OK).out.count(numbers[2]), 1, "the ledger in words says it once")
    event = database.run("ledger", "--json", "--event", "approve", expect=OK).lines()[-1]
    equal(event["detail"], {"allocated": numbers[2]}, "the event vouches for it")
    before = database.dump()
    database.feed([application(7, "initial", application_no="A7", applicant=documents[0]["applicant"])])
    contains(database.run("check", "A7", "--json").out, "NOT-REGISTERED")
    equal(len(database.dump()["constructor"]), len(before["constructor"]), "persons")


@test
def a_paper_number_becomes_electronic():
    database = Database(today="2021-11-25")
    held = [{"specialty": "建筑工程", "valid_from": "2019-02-01", "valid_to": "2022-01-31"}]
    person = constructor(1, registration={"number": "京111050700001"}, specialties=held)
    document = application(1, submitted_on="2021-11-20", registration_number="京111050700001",
                           pledge={"signed": True, "signed_on": "2021-11-20", "signer": "王建国"})
    del document["specialties"][1]
    database.feed([person, document])
    result = database.run("--json", "approve", "A0000000001", expect=OK).json()
    equal(result["applications"][0]["registration_number"], "京1112005200700001", "number")
    person = database.run("export", expect=OK).json()["decisions"][0]["person"]
    equal((person["registration_number"], person["former_number"]), ("京1112005200700001", "京111050700001"), "export")


@test
def an_electronic_number_that_another_holds_is_not_given_twice():
    database = Database(today="2021-11-25")
    held = [{"specialty": "建筑工程", "valid_from": "2019-02-01", "valid_to": "2022-01-31"}]
    document = application(1, submitted_on="2021-11-20", registration_number="京111050700001",
                           pledge={"signed": True, "signed_on": "2021-11-20", "signer": "王建国"})
    del document["specialties"][1]
    database.feed([constructor(1, registration={"number": "京111050700001"}, specialties=held),
                   constructor(2, registration={"number": "京1112005200700001"}, specialties=held), document])
    given = database.run("--json", "approve", "A0000000001", expect=OK).json()["applications"][0]["registration_number"]
    equal((given[:12], len(given), given == "京1112005200700001"), ("京11120052007", 17, False), "a serial of its own")
    database.run("verify", expect=OK)


@test
def what_is_dated_ahead_is_not_accepted_yet():
    database = Database()
    database.feed([constructor(1), application(1, submitted_on="2026-11-26")])
    before = database.dump()
    contains(database.run("--lang", "en", "accept", "A0000000001", expect=NEGATIVE).err, "A0000000001", "after today")
    equal(database.dump(), before, "the database")
    database.run("accept", "A0000000001", today="2026-11-26", expect=OK)


@test
def lists_want_confirmation():
    database = Database()
    numbers = queue(database, 5)
    before = database.dump()
    database.run("approve", *numbers, expect=USAGE)
    database.run("approve", *numbers, "--confirm", "4", expect=USAGE)
    database.run("approve", "-", "--confirm", "6", stdin="\n".join(numbers), expect=USAGE)
    database.run("approve", expect=USAGE)
    equal(database.dump(), before, "the database")
    result = database.run("--json", "approve", "-", "--confirm", "5", stdin="\n".join(numbers) + "\n\n", expect=OK).json()
    equal((result["done"], result["refused"], result["not_tried"]), (5, 0, 0), "report")
    equal(sorted(a["application_no"] for a in result["applications"]), numbers, "applications")


@test
def lists_go_on_after_a_refusal():
    database = Database()
    database.feed([constructor(i) for i in range(4)] + [application(0), blocked(1), application(2), partly(3)])
    words = ["A0000000000", "A0000000001", "A0000000002", "A0000000003", "A9999999999"]
    result = database.run("--json", "approve", *words, "--confirm", "5", expect=PARTLY)
    report = result.json()
    equal((report["done"], report["refused"], report["not_tried"]), (2, 3, 0), "report")
    equal([a["done"] for a in report["applications"]], [True, False, True, False, False], "each")
    contains(result.err, "A0000000001", "PLEDGE", "A0000000003", "A9999999999")
    equal(database.run("approve", "A9999999999").code, NEGATIVE, "unknown")


@test
def a_version_that_changed_is_refused():
    database = Database()
    queue(database, 1)
    version = dict((row[1], row[2]) for row in database.dump()["application"])[FIRST]
    database.run("accept", FIRST, expect=OK)
    contains(database.run("refuse", FIRST, "--reason", "x", "--version", version, expect=BUSY).err, "张伟")


@test
def two_at_once_make_one_decision():
    rounds = 200
    database = Database()
    people(database)
    numbers = queue(database, rounds)
    faults = []

    def one(login, application_no, results):
        results.append((login, database.session(login, f"approve {application_no}")))

    for application_no in numbers:
        results = []
        both = [threading.Thread(target=one, args=(login, application_no, results)) for login in ("li.hua", "zhang.wei")]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        winners = [login for login, result in results if result.code == OK]
        losers = [(login, result) for login, result in results if result.code == BUSY]
        if len(winners) != 1 or len(losers) != 1:
            faults.append([(login, result.code, result.err) for login, result in results])
            continue
        name = {"li.hua": "李华", "zhang.wei": "张薇"}[winners[0]]
        if name not in losers[0][1].err or application_no not in losers[0][1].err:
            faults.append(losers[0][1].err)
    equal(faults, [], "rounds that did not go as they must")
    decisions = database.run("export", expect=OK).json()["decisions"]
    equal(sorted(d["application_no"] for d in decisions), numbers, "decisions")
    equal([d["decision_no"] for d in decisions], list(range(1, rounds + 1)), "numbers")
    database.run("verify", expect=OK)


@test
def many_at_once_lose_nothing():
    database = Database()
    people(database)
    numbers = queue(database, 40)
    working = [database.start("approve", *numbers[i::8], "--confirm", "5") for i in range(8)]
    for process in working:
        process.communicate()
    equal([process.returncode for process in working], [OK] * 8, "exit codes")
    equal(len(database.run("export", expect=OK).json()["decisions"]), 40, "decisions")
    database.run("verify", expect=OK)


def advisories(database, application_no, today=None):
    record = database.run("show", application_no, "--json", expect=OK, today=today).json()
    return {advisory["advisory"] if isinstance(advisory, dict) else advisory for advisory in record["advisories"]}


@test
def advisories_are_shown():
    database = Database()
    ends = [{"specialty": "建筑工程", "valid_from": "2024-02-01", "valid_to": "2026-12-01"}]
    old = application(1, submitted_on="2026-11-02")
    old["pledge"]["signed_on"] = "2026-11-02"
    near_65 = application(3, "initial")
    near_65["applicant"] = {"name": "陈大文", "id": {"type": "passport", "number": "E1"}, "birth_date": "1962-01-01"}
    database.feed([constructor(1), old, application(1, application_no="A2"), constructor(2, specialties=ends), application(2), near_65,
                   application(4, "initial", application_no="A4", accepted_on="2026-12-15", accepted_by="li.hua")])
    equal(advisories(database, "A0000000001"), {"OVERDUE", "DUPLICATE-PENDING"}, "old")
    equal(advisories(database, "A2"), {"DUPLICATE-PENDING"}, "duplicate")
    equal(advisories(database, "A0000000002"), {"EXPIRY-FIRST"}, "expiry")
    equal(advisories(database, "A0000000003"), {"SHORT-VALIDITY"}, "65")
    equal(advisories(database, "A4"), {"CALENDAR"}, "calendar")
    database.add("li.hua", "李华")
    record = database.session("li.hua", "show A4 --json", expect=OK).out
    contains(record, "SEPARATION")


if __name__ == "__main__":
    main()
