"""The rules, written a second time from the text of the specification alone (SPEC 5 to 7, the verdict of 11).

Nothing here looks at the program's sources; what it shares with them is only the page both were written from."""

import days
import numbering

PASS, FAIL, OPEN = "pass", "fail", "not_evaluated"

# What the notices set.
PAPER_VOID = LAPSE_FROM = days.number("2022-01-01")
LAST_LATE_DAY = days.number("2021-12-15")
DAYS_BEFORE_EXPIRY = 30
YEARS_VALID = 3
YEARS_FRESH = 3
OLDEST = 65
USE_DAYS = 180
HOURS_MAIN, HOURS_OTHER = 60, 30
WORKING_DAYS = {"initial": 20, "added_specialty": 20, "re_registration": 20, "continuation": 10}

INITIAL, ADDED, AGAIN, CONTINUED = "initial", "added_specialty", "re_registration", "continuation"
ALL = (INITIAL, ADDED, AGAIN, CONTINUED)


class Held:
    """A specialty in the register."""

    __slots__ = ("specialty", "end", "cancelled")

    def __init__(self, document):
        self.specialty = document["specialty"]
        self.end = days.number(document["valid_to"])
        self.cancelled = document.get("status") == "cancelled"

    def standing(self, day):
        if self.cancelled:
            return "cancelled"
        if day <= self.end:
            return "valid"
        return "expired" if day < LAPSE_FROM else "lapsed"


class Entry:
    """A person in the register."""

    __slots__ = ("person", "employer", "held")

    def __init__(self, document):
        self.person = numbering.normal(document["id"]["number"])
        self.employer = numbering.normal(document["employer"]["credit_code"])
        self.held = {one["specialty"]: Held(one) for one in document["specialties"]}


class Register:
    def __init__(self, constructors):
        self.by_number = {}
        self.persons = set()
        for document in constructors:
            entry = Entry(document)
            self.persons.add(entry.person)
            for number in document["registration"].values():
                self.by_number[numbering.normal(number)] = entry


class Case:
    """One application on one day: what the rules look at."""

    def __init__(self, application, register, day):
        self.application = application
        self.kind = application["kind"]
        self.day = day
        self.submitted = days.number(application["submitted_on"])
        self.applicant = application["applicant"]
        self.person = numbering.normal(self.applicant["id"]["number"])
        self.employer = numbering.normal(application["employer"]["credit_code"])
        self.number = numbering.normal(application.get("registration_number", ""))
        self.resident = self.applicant["id"]["type"] == "resident"
        self.birth = numbering.resident_birth(self.person) if self.resident else days.number(self.applicant["birth_date"])
        self.last_birthday = None if self.birth is None else days.years_after(self.birth, OLDEST)
        self.known = self.person in register.persons
        self.entry = register.by_number.get(self.number) if self.kind != INITIAL else None
        if self.entry and self.entry.person != self.person:
            self.entry = None  # somebody else's says nothing of the applicant
        self.main = application["specialties"][0]["specialty"]
        if self.entry and self.kind in (ADDED, CONTINUED):
            self.main = next(iter(self.entry.held))


def failing(wrong):
    return FAIL if wrong else PASS


# Rules for the whole application.

def id_number(case):
    return failing(case.resident and case.birth is None)


def employer_code(case):
    return failing(not numbering.code_valid(case.employer))


def disqualified(case):
    return failing(case.application.get("disqualifications"))


def submitted(case):
    return failing(case.submitted > case.day)


def age_65(case):
    return OPEN if case.birth is None else failing(case.day > case.last_birthday)


def one_employer(case):
    elsewhere = any(numbering.normal(other["employer_code"]) != case.employer
                    for other in case.application.get("other_registrations", ()))
    moved = case.kind in (ADDED, CONTINUED) and case.entry is not None and case.entry.employer != case.employer
    return failing(elsewhere or moved)


def not_registered(case):
    return failing(case.known)


def reg_number(case):
    form = numbering.registration_form(case.number)
    return failing(form is None or (form == "paper" and case.submitted >= PAPER_VOID))


def holder(case):
    return failing(case.entry is None)


def registered(case):
    if case.entry is None:
        return OPEN
    return failing(not any(held.standing(case.submitted) == "valid" for held in case.entry.held.values()))


def lapsed(case):
    if case.entry is None:
        return OPEN
    return failing(any(held.standing(case.submitted) not in ("lapsed", "cancelled") for held in case.entry.held.values()))


# Rules for each specialty.

def issued(item):
    return days.number(item["qualification"]["issued_on"]) if "qualification" in item else None


def qualification(case, item):
    day = issued(item)
    return failing(day is None or day > case.submitted)


def held_on_submission(case, item):
    held = case.entry.held.get(item["specialty"])
    return held.standing(case.submitted) if held else None


def not_held(case, item):
    return OPEN if case.entry is None else failing(held_on_submission(case, item) in ("valid", "expired"))


def held(case, item):
    return OPEN if case.entry is None else failing(held_on_submission(case, item) in (None, "cancelled"))


def deadline(case, item):
    one = case.entry.held.get(item["specialty"]) if case.entry else None
    if one is None or one.cancelled:  # HELD says so; no last valid day to go by
        return OPEN
    if case.submitted <= one.end:
        return failing(case.submitted > one.end - DAYS_BEFORE_EXPIRY)
    return failing(case.submitted > LAST_LATE_DAY)


def education_due(case, item):
    """Whether CE-HOURS and PLEDGE apply to this specialty."""
    if case.kind in (AGAIN, CONTINUED):
        return True
    day = issued(item)
    return day is not None and case.submitted > days.years_after(day, YEARS_FRESH)


def ce_hours(case, item):
    stated = item.get("education", {})
    needed = HOURS_MAIN if item["specialty"] == case.main else HOURS_OTHER
    return failing(stated.get("compulsory_hours", 0) < needed or stated.get("elective_hours", 0) < needed)


def pledge(case, item):
    one = case.application.get("pledge")
    return failing(not one or not one["signed"] or "signed_on" not in one or days.number(one["signed_on"]) > case.submitted
                   or one.get("signer") != case.applicant["name"])


WHOLE = (
    ("ID-NUMBER", ALL, id_number),
    ("EMPLOYER-CODE", ALL, employer_code),
    ("DISQUALIFIED", ALL, disqualified),
    ("SUBMITTED", ALL, submitted),
    ("AGE-65", ALL, age_65),
    ("ONE-EMPLOYER", ALL, one_employer),
    ("NOT-REGISTERED", (INITIAL,), not_registered),
    ("REG-NUMBER", (ADDED, AGAIN, CONTINUED), reg_number),
    ("HOLDER", (ADDED, AGAIN, CONTINUED), holder),
    ("REGISTERED", (ADDED,), registered),
    ("LAPSED", (AGAIN,), lapsed),
)
EACH = (
    ("QUALIFICATION", (INITIAL, ADDED, AGAIN), qualification),
    ("NOT-HELD", (ADDED,), not_held),
    ("HELD", (CONTINUED,), held),
    ("DEADLINE", (CONTINUED,), deadline),
)
EDUCATION = (("CE-HOURS", ce_hours), ("PLEDGE", pledge))
WHOLE_OF = {kind: [(name, rule) for name, kinds, rule in WHOLE if kind in kinds] for kind in ALL}
EACH_OF = {kind: [(name, rule) for name, kinds, rule in EACH if kind in kinds] for kind in ALL}


# What an approval gives.

def capped(day, case):
    return day if case.last_birthday is None else min(day, case.last_birthday)


def validity_end(case):
    leap = days.text(case.day)[5:] == "02-29"
    return capped(days.years_after(case.day, YEARS_VALID) - (0 if leap else 1), case)


def window_end(case, granted, end):
    """To what day a certificate of the granted specialties and the others valid on the day may be used."""
    last = capped(min(case.day + USE_DAYS, end), case)
    others = case.entry.held.values() if case.entry else ()
    for one in others:
        if one.specialty not in granted and one.standing(case.day) == "valid":
            last = min(last, one.end)
    return last


def quoted(names):
    return ",".join(f'"{name}"' for name in names)


def verdict(application, register, day, calendar):
    """The line `check --json` prints for it, without its last brace, and {(rule, specialty or None): result}."""
    case = Case(application, register, day)
    checks = {(name, None): rule(case) for name, rule in WHOLE_OF[case.kind]}
    whole = [name for (name, _), result in checks.items() if result is FAIL]
    end = validity_end(case)
    dates = f'"valid_from":"{days.text(day)}","valid_to":"{days.text(end)}"'
    granted, items = set(), []
    for item in application["specialties"]:
        specialty = item["specialty"]
        own = {name: rule(case, item) for name, rule in EACH_OF[case.kind]}
        if education_due(case, item):
            own.update({name: rule(case, item) for name, rule in EDUCATION})
        checks.update({(name, specialty): result for name, result in own.items()})
        failed = sorted(whole + [name for name, result in own.items() if result is FAIL])
        if not failed:
            granted.add(specialty)
        items.append(f'{{"specialty":"{specialty}","approvable":{"false" if failed else "true"},"failed":[{quoted(failed)}],'
                     + ('"valid_from":null,"valid_to":null}' if failed else dates + "}"))
    outcome = "blocked" if not granted else "approvable" if len(granted) == len(items) else "partly_approvable"
    window = "null"
    if granted:
        window = f'{{"from":"{days.text(day)}","to":"{days.text(window_end(case, granted, end))}"}}'
    accepted = application.get("accepted_on", application["submitted_on"])
    decide_by, provisional = calendar.deadline(days.number(accepted), WORKING_DAYS[case.kind])
    line = (f'{{"application_no":"{application["application_no"]}","outcome":"{outcome}","specialties":[{",".join(items)}],'
            f'"usage_window":{window},"decide_by":"{days.text(decide_by)}",'
            f'"decide_by_provisional":{"true" if provisional else "false"}')
    return line, checks


# What each rule can say: without an entry in the register some have nothing to look at.
RESULTS = {name: (PASS, FAIL) for name, _, _ in WHOLE + EACH + tuple((name, ALL, rule) for name, rule in EDUCATION)}
RESULTS.update({name: (PASS, FAIL, OPEN) for name in ("AGE-65", "REGISTERED", "LAPSED", "NOT-HELD", "HELD", "DEADLINE")})
