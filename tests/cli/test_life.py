"""Lives of synthetic persons, a training day at a time; after each step everything that tells of them must agree: show,
the register, the certificate, the ledger, export, notice, announcement, verify (SPEC 7 to 10).

The first person: initial (returned once and handed in again), added specialty (granted in part), continuation (deadline
extended, decision revoked, decided again), a re-registration that comes too early and is refused, and one with another
employer after everything has lapsed. A constructor document cannot cancel an entry that a decision has changed: that is a
conflict, and tested as one. So the first person's specialties lapse by their days, and a second person, whom no decision
has touched, is cancelled by an imported document, and re-registers."""

import jsonschema

from lib import (BAD_DATA, BUSY, NEGATIVE, NOT_ALLOWED, OK, Database, application, constructor, contains, equal, id_number, main,
                 number, run, test)

NAME = "王建国"
ID = id_number(1, "19790615")
OTHER_EMPLOYER = {"name": "福建建工集团有限公司", "credit_code": "91350100M000100Y43", "province": "35"}
REASON, GROUND = "社保缴纳单位与聘用单位不一致", "许可法第六十九条第一款第（四）项"
NOTICE = {"approved": "准予行政许可决定书", "partly_approved": "准予行政许可决定书", "refused": "不予行政许可决定书",
          "revoked": "撤销行政许可决定书"}


def document(application_no, kind, submitted_on, specialties, **changes):
    """An application whose every specialty carries full hours and a qualification of 2019-06-01."""
    made = application(1, kind, application_no=application_no, submitted_on=submitted_on,
                       applicant={"name": NAME, "id": {"type": "resident", "number": ID}},
                       pledge={"signed": True, "signed_on": submitted_on, "signer": NAME},
                       specialties=[{"specialty": name, "qualification": {"certificate_no": f"Q{name}", "issued_on": "2019-06-01"},
                                     "education": {"compulsory_hours": 60, "elective_hours": 60}} for name in specialties])
    made.update(changes)
    return made


def held(specialty, valid_from, valid_to, standing="valid"):
    return {"specialty": specialty, "valid_from": valid_from, "valid_to": valid_to, "standing": standing}


def long_day(day):
    year, month, mday = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{mday}日"


class Life:
    """The database, the day it is, and what is known to have happened; look() holds the program to it."""

    def __init__(self, day):
        self.database = Database(today=day)
        self.day = day
        for login, name in (("li.hua", "李华"), ("zhang.wei", "张薇")):
            self.database.add(login, name)
        self.check = jsonschema.Draft202012Validator(run("export", "--schema", expect=OK).json())
        self.events = [e["event"] for e in self.run("ledger", "--json", expect=OK).lines()]
        self.decisions = []
        self.exports = 0

    def run(self, *words, **more):
        return self.database.run(*words, today=self.day, **more)

    def as_(self, login, command, expect=OK):
        return self.database.session(login, command, today=self.day, expect=expect)

    def feed(self, *documents):
        self.database.today = self.day
        self.database.feed(list(documents))
        self.events.append("import")

    def happened(self, event, decision=None):
        self.events.append(event)
        if decision is not None:
            self.decisions.append({"action": event, "decided_on": self.day, "decision_no": len(self.decisions) + 1, **decision})
        self.look()

    def look(self):
        events = self.run("ledger", "--json", expect=OK).lines()
        equal([event["event"] for event in events], self.events, "events")
        equal([event["seq"] for event in events], list(range(1, len(events) + 1)), "seq")
        export = self.run("export", expect=OK).json()
        self.check.validate(export)
        equal(len(export["decisions"]), len(self.decisions), "decisions")
        for found, expected in zip(export["decisions"], self.decisions):
            equal({key: found[key] for key in expected}, expected, f"decision {found['decision_no']}")
            event = events[found["seq"] - 1]
            equal((event["decision_no"], event["event"], event["application_no"]),
                  (found["decision_no"], found["action"], found["application_no"]), "its event")
            self.notice(found)
        if self.exports > 0:
            self.run("verify", "--against", f"export{self.exports}.json", expect=OK)
        self.exports += 1
        self.run("export", "-o", f"export{self.exports}.json", expect=OK)
        if ID in self.run("ledger", expect=OK).out + str(export):
            raise AssertionError("a full id number")

    def notice(self, decision):
        text = self.run("notice", decision["decision_no"], expect=OK).out
        flat = "".join(line.strip() for line in text.splitlines()).replace(" ", "")
        contains(flat, NOTICE[decision["outcome"]], f"决定第{decision['decision_no']}号", decision["application_no"],
                 long_day(decision["decided_on"]), "1101**********" + decision["person"]["id_number"][-4:], "训练库")
        for item in decision["items"]:
            contains(flat, item["specialty"])
            if item["outcome"] == "approved":
                contains(flat, f"有效期自{long_day(item['valid_from'])}至{long_day(item['valid_to'])}")
            for reason in item["reasons"]:
                contains(flat, reason["text"].replace(" ", ""))
        equal("行政复议" in flat, decision["remedies"] is not None, "remedies on the notice")

    def register(self, application_no, expected, registration_number=None):
        """What the register says of the person, as the record of an application shows it."""
        entry = self.run("show", application_no, "--json", expect=OK).json()["register"]
        if expected is None:
            equal(entry, None, "no entry")
            return
        equal(entry["specialties"], expected, "register")
        if registration_number is not None:
            equal(entry["number"], registration_number, "number")

    def state(self, application_no, state, **more):
        row = self.run("show", application_no, "--json", expect=OK).json()["application"]
        equal({"state": row["state"], **{key: row[key] for key in more}}, {"state": state, **more}, application_no)

    def certificate(self, registration_number, specialties, to):
        stated = self.run("certificate", registration_number, "--json", expect=OK).json()
        equal([(s["specialty"], s["valid_from"], s["valid_to"]) for s in stated["specialties"]], specialties, "certificate")
        equal(stated["use_window"], {"from": self.day, "to": to}, "use window")
        equal(stated["name"], NAME, "holder")
        self.run("certificate", "--check", registration_number, "--from", self.day, "--to", to, expect=OK)

    def announced(self, batch, rows):
        text = self.run("announce", expect=OK).out
        self.events.append("announce")
        equal(self.run("announce", "--batch", batch, expect=OK).out, text, "printed again")
        found = self.run("announce", "--batch", batch, "--json", expect=OK).json()["registrations"]
        equal([(r["decision_no"], r["specialty"], r["valid_to"]) for r in found], rows, "announced")
        self.run("announce", expect=NEGATIVE)
        self.look()


def items(*triples):
    return [{"specialty": specialty, "outcome": outcome, "valid_from": valid_from, "valid_to": valid_to, "reasons": reasons}
            for specialty, outcome, valid_from, valid_to, reasons in triples]


def initial(life):
    """Returned for a pledge that is not signed, handed in again, accepted by one and decided by another."""
    life.day = "2021-03-02"
    first = document("A1", "initial", "2021-03-01", ["建筑工程"], employer={"name": "北京城建有限公司",
                     "credit_code": "91110105101163896D", "province": "11"})
    first["applicant"]["name"] = "王健国"
    life.feed(first)
    life.look()
    life.state("A1", "pending", decide_by="2021-03-29")
    life.register("A1", None)
    life.as_("li.hua", 'return A1 --items "姓名与证件不一致"')
    life.happened("return")
    life.state("A1", "returned")
    life.as_("zhang.wei", "approve A1", expect=BUSY)
    life.day = "2021-03-08"
    again = document("A1", "initial", "2021-03-05", ["建筑工程"], employer=first["employer"])
    life.feed(again)
    life.state("A1", "pending", decide_by="2021-04-02", name=NAME)
    equal(life.run("show", "A1", "--json", expect=OK).json()["revisions"], 2, "revisions")
    life.as_("li.hua", "accept A1")
    life.happened("accept")
    life.state("A1", "pending", accepted_on="2021-03-08", decide_by="2021-04-06")  # 清明 is off
    life.as_("li.hua", "approve A1", expect=NOT_ALLOWED)
    life.day = "2021-03-15"
    life.look()
    report = life.as_("zhang.wei", "approve A1 --json").json()["applications"][0]
    registration = report["registration_number"]
    equal((registration[:-5], len(registration)), ("京11120192021", 17), "number")
    life.happened("approve", {"outcome": "approved", "kind": "initial", "application_no": "A1", "decided_by": "zhang.wei",
                              "accepted_on": "2021-03-08", "submitted_on": "2021-03-05", "remedies": None, "supersedes": None,
                              "use_window": {"from": "2021-03-15", "to": "2021-09-11"},
                              "items": items(("建筑工程", "approved", "2021-03-15", "2024-03-14", []))})
    life.state("A1", "approved")
    life.register("A1", [held("建筑工程", "2021-03-15", "2024-03-14")], registration)
    life.certificate(registration, [("建筑工程", "2021-03-15", "2024-03-14")], "2021-09-11")
    life.announced(1, [(1, "建筑工程", "2024-03-14")])
    return registration


def added(life, registration):
    """Two more, one without its qualification certificate: granted in part."""
    life.day = "2022-05-12"
    more = document("A2", "added_specialty", "2022-05-10", ["机电工程", "矿业工程"], registration_number=registration)
    del more["specialties"][1]["qualification"]
    life.feed(more)
    life.run("approve", "A2", expect=NEGATIVE)
    life.look()
    life.day = "2022-05-20"
    life.as_("li.hua", "approve A2 --partial")
    life.happened("approve", {"outcome": "partly_approved", "kind": "added_specialty", "decided_by": "li.hua", "accepted_on": None,
                              "use_window": {"from": "2022-05-20", "to": "2022-11-16"}})
    decision = life.run("export", "--since", "1", expect=OK).json()["decisions"][0]
    equal([(i["specialty"], i["outcome"], i["valid_to"], [r["rule"] for r in i["reasons"]]) for i in decision["items"]],
          [("机电工程", "approved", "2025-05-19", []), ("矿业工程", "refused", None, ["QUALIFICATION"])], "items")
    contains(decision["remedies"], "第九条")  # the 复议法 before 2024
    life.state("A2", "partly_approved")
    both = [held("建筑工程", "2021-03-15", "2024-03-14"), held("机电工程", "2022-05-20", "2025-05-19")]
    life.register("A2", both, registration)
    life.certificate(registration, [tuple(list(h.values())[:3]) for h in both], "2022-11-16")
    equal(life.run("certificate", "--check", registration, "--from", "2022-01-10", "--to", "2022-07-09", "--json").json()["faults"],
          ["changed"], "one downloaded before")


def continuation(life, registration):
    """On the last day but one for it; extended, approved on 29 February, revoked, approved again."""
    life.day = "2024-02-13"
    life.feed(document("A3", "continuation", "2024-02-12", ["建筑工程"], registration_number=registration),
              document("A4", "continuation", "2024-02-14", ["建筑工程"], registration_number=registration))
    failed = life.run("check", "A4", "--on", "2024-02-20", "--json", expect=NEGATIVE).json()["specialties"][0]["failed"]
    equal(failed, ["DEADLINE"], "30 days before the end are gone")
    life.run("withdraw", "A4", "--reason", "申请人撤回", expect=OK)
    life.happened("withdraw")
    life.as_("li.hua", "accept A3")
    life.happened("accept")
    life.state("A3", "pending", decide_by="2024-02-29")
    life.as_("zhang.wei", "extend A3 --reason x", expect=NOT_ALLOWED)
    life.day = "2024-02-29"
    life.run("extend", "A3", "--reason", "需向原发证机关核实", expect=OK)
    life.happened("extend")
    life.state("A3", "pending", decide_by="2024-03-14")
    life.as_("zhang.wei", "approve A3")
    life.happened("approve", {"outcome": "approved", "kind": "continuation", "decide_by": "2024-03-14",
                              "items": items(("建筑工程", "approved", "2024-02-29", "2027-02-28", []))})
    life.register("A3", [held("建筑工程", "2024-02-29", "2027-02-28"), held("机电工程", "2022-05-20", "2025-05-19")], registration)
    life.certificate(registration, [("建筑工程", "2024-02-29", "2027-02-28"), ("机电工程", "2022-05-20", "2025-05-19")], "2024-08-27")
    revoked(life, registration)
    life.day = "2024-03-08"
    life.as_("zhang.wei", "approve A3")
    life.happened("approve", {"outcome": "approved", "supersedes": None, "items": items(("建筑工程", "approved", "2024-03-08",
                                                                                          "2027-03-07", []))})
    life.announced(2, [(2, "机电工程", "2025-05-19"), (5, "建筑工程", "2027-03-07")])


def revoked(life, registration):
    life.day = "2024-03-05"
    life.as_("zhang.wei", f'revoke 3 --reason "{REASON}" --ground "{GROUND}"', expect=NOT_ALLOWED)
    life.run("revoke", "1", "--reason", REASON, "--ground", GROUND, expect=BUSY)  # later decisions touched the person
    life.run("revoke", "3", "--reason", REASON, "--ground", GROUND, expect=OK)
    life.happened("revoke", {"outcome": "revoked", "supersedes": 3, "application_no": "A3", "note": REASON, "use_window": None,
                             "items": items(("建筑工程", "revoked", None, None, [{"rule": None, "text": REASON, "basis": GROUND}]))})
    contains(life.run("export", "--since", "3", expect=OK).json()["decisions"][0]["remedies"], "第二十条")
    life.state("A3", "pending", decide_by="2024-03-14", accepted_on="2024-02-13")
    life.register("A3", [held("建筑工程", "2021-03-15", "2024-03-14"), held("机电工程", "2022-05-20", "2025-05-19")], registration)
    equal(life.run("certificate", "--check", registration, "--from", "2024-02-29", "--to", "2024-08-27", "--json").json()["faults"],
          ["too_long", "changed"], "the certificate of the revoked decision")


def conflict(life, registration):
    """An imported document cannot cancel what a decision has changed."""
    cancelled = constructor(1, registration={"number": registration}, id={"type": "resident", "number": ID},
                            specialties=[{"specialty": "建筑工程", "valid_from": "2024-03-08", "valid_to": "2027-03-07",
                                          "status": "cancelled"}])
    life.database.today = life.day
    before = life.database.dump()
    contains(life.database.feed([cancelled], expect=BAD_DATA).err, "5")
    equal(life.database.dump(), before, "the database")


def too_early(life, registration):
    life.day = "2026-11-12"
    life.feed(document("A5", "re_registration", "2026-11-10", ["建筑工程"], registration_number=registration, employer=OTHER_EMPLOYER))
    equal(life.run("check", "A5", "--json", expect=NEGATIVE).json()["specialties"][0]["failed"], ["LAPSED"], "still valid")
    life.run("approve", "A5", expect=NEGATIVE)
    life.as_("li.hua", "refuse A5")
    life.happened("refuse", {"outcome": "refused", "kind": "re_registration", "use_window": None,
                             "employer": {key: OTHER_EMPLOYER[key] for key in ("name", "credit_code")}})
    life.register("A5", [held("建筑工程", "2024-03-08", "2027-03-07"), held("机电工程", "2022-05-20", "2025-05-19", "lapsed")])
    life.certificate(registration, [("建筑工程", "2024-03-08", "2027-03-07")], "2027-03-07")
    life.announced(3, [])


def lapsed(life, registration):
    """The day after the last valid one everything is lapsed, and re-registration open; the new main specialty comes first."""
    life.day = "2027-03-07"
    life.certificate(registration, [("建筑工程", "2024-03-08", "2027-03-07")], "2027-03-07")
    life.day = "2027-03-08"
    life.run("certificate", registration, expect=NEGATIVE)
    life.register("A1", [held("建筑工程", "2024-03-08", "2027-03-07", "lapsed"), held("机电工程", "2022-05-20", "2025-05-19", "lapsed")])
    life.feed(document("A6", "continuation", "2027-03-08", ["建筑工程"], registration_number=registration),
              document("A7", "re_registration", "2027-03-08", ["机电工程", "建筑工程"], registration_number=registration,
                       employer=OTHER_EMPLOYER))
    equal(life.run("check", "A6", "--json", expect=NEGATIVE).json()["specialties"][0]["failed"], ["DEADLINE"], "too late")
    life.run("withdraw", "A6", "--reason", "改为重新注册", expect=OK)
    life.happened("withdraw")
    life.state("A7", "pending", decide_by="2027-04-05", decide_by_provisional=True)
    life.day = "2027-03-20"
    life.as_("zhang.wei", "approve A7")
    life.happened("approve", {"outcome": "approved", "kind": "re_registration", "use_window": {"from": "2027-03-20", "to": "2027-09-16"},
                              "items": items(("机电工程", "approved", "2027-03-20", "2030-03-19", []),
                                             ("建筑工程", "approved", "2027-03-20", "2030-03-19", []))})
    life.register("A7", [held("机电工程", "2027-03-20", "2030-03-19"), held("建筑工程", "2027-03-20", "2030-03-19")], registration)
    equal(life.run("show", "A1", "--json", expect=OK).json()["register"]["employer"], OTHER_EMPLOYER, "employer")
    life.certificate(registration, [("机电工程", "2027-03-20", "2030-03-19"), ("建筑工程", "2027-03-20", "2030-03-19")], "2027-09-16")
    life.announced(4, [(7, "机电工程", "2030-03-19"), (7, "建筑工程", "2030-03-19")])


@test
def a_whole_life():
    life = Life("2021-03-01")
    registration = initial(life)
    added(life, registration)
    continuation(life, registration)
    conflict(life, registration)
    too_early(life, registration)
    lapsed(life, registration)
    person = life.run("ledger", "--person", ID, "--json", expect=OK).lines()
    equal([(e["event"], e["application_no"]) for e in person],
          [("return", "A1"), ("accept", "A1"), ("approve", "A1"), ("approve", "A2"), ("withdraw", "A4"), ("accept", "A3"),
           ("extend", "A3"), ("approve", "A3"), ("revoke", "A3"), ("approve", "A3"), ("refuse", "A5"), ("withdraw", "A6"),
           ("approve", "A7")], "ledger of the person")
    shown = life.run("show", "A7", "--json", expect=OK).json()["decisions"]
    equal([d["decision_no"] for d in shown], [7, 6, 5, 4, 3, 2, 1], "decisions, newest first")


@test
def a_cancelled_registration():
    """Imported valid, imported again cancelled; nothing but re-registration is open then."""
    life = Life("2026-11-20")
    entry = constructor(1, id={"type": "resident", "number": ID})
    life.feed(entry, document("A1", "continuation", "2026-11-20", ["建筑工程"], registration_number=number(1)))
    life.register("A1", [held("建筑工程", "2024-02-01", "2027-01-31"), held("公路工程", "2024-02-01", "2027-01-31")], number(1))
    life.certificate(number(1), [(h["specialty"], "2024-02-01", "2027-01-31") for h in entry["specialties"]], "2027-01-31")
    equal(life.run("check", "A1", "--json", expect=OK).json()["outcome"], "approvable", "before")
    for one in entry["specialties"]:
        one["status"] = "cancelled"
    life.day = "2026-11-23"
    life.feed(entry)
    life.look()
    cancelled = [held(name, "2024-02-01", "2027-01-31", "cancelled") for name in ("建筑工程", "公路工程")]
    life.register("A1", cancelled, number(1))
    life.run("certificate", number(1), expect=NEGATIVE)
    equal(life.run("check", "A1", "--json", expect=NEGATIVE).json()["specialties"][0]["failed"], ["HELD"], "after")
    life.run("approve", "A1", expect=NEGATIVE)
    life.as_("li.hua", "refuse A1")
    life.happened("refuse", {"outcome": "refused", "kind": "continuation"})
    life.day = "2026-11-25"
    life.feed(document("A2", "re_registration", "2026-11-24", ["公路工程"], registration_number=number(1)))
    life.as_("zhang.wei", "approve A2")
    life.happened("approve", {"outcome": "approved", "kind": "re_registration",
                              "items": items(("公路工程", "approved", "2026-11-25", "2029-11-24", []))})
    life.register("A2", [held("公路工程", "2026-11-25", "2029-11-24"), cancelled[0]], number(1))
    life.certificate(number(1), [("公路工程", "2026-11-25", "2029-11-24")], "2027-05-24")
    life.announced(1, [(2, "公路工程", "2029-11-24")])
    life.run("revoke", "2", "--reason", REASON, "--ground", GROUND, expect=OK)
    life.happened("revoke", {"outcome": "revoked", "supersedes": 2})
    life.register("A2", cancelled, number(1))
    life.run("certificate", number(1), expect=NEGATIVE)
    life.state("A2", "pending")


if __name__ == "__main__":
    main()
