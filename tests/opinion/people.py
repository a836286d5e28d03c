"""Invented persons, employers and applications, aimed at the boundaries of every rule. The same seed, the same documents."""

import random

import days
import numbering

SPECIALTIES = ("建筑工程", "公路工程", "铁路工程", "民航机场工程", "港口与航道工程", "水利水电工程", "矿业工程", "市政公用工程",
               "通信与广电工程", "机电工程")
KINDS = ("initial", "added_specialty", "re_registration", "continuation")
NEAR = (-400, -181, -180, -31, -30, -29, -1, 0, 1, 29, 30, 31, 179, 180, 181, 400)
HOURS = (0, 29, 30, 31, 59, 60, 61, 120)
LAPSE = days.number("2022-01-01")
EARLIEST = days.number("1995-01-01")


class Office:
    """The documents of one day. `day` is the day on which all of them are judged."""

    def __init__(self, seed, day):
        self.dice = random.Random(seed)
        self.day = day
        self.serial = 0
        self.persons = set()
        self.constructors = []
        self.applications = []

    def one_in(self, n):
        return self.dice.random() * n < 1

    def pick(self, *values):
        return self.dice.choice(values)

    def near(self, day, spread=NEAR):
        """A day at or beside another, or any within some years."""
        if self.one_in(8):
            return day + self.dice.randint(-1500, 1500)
        return day + self.dice.choice(spread)

    def code(self, wrong=False):
        body = f"9111{self.dice.randrange(10 ** 4):04d}{self.dice.choice('M1A9')}{self.dice.randrange(10 ** 8):08d}"
        check = numbering.code_check(body)
        return body + (check if not wrong else "0" if check != "0" else "1")

    def employer(self, wrong=False):
        return {"name": "中建第一工程有限公司", "credit_code": self.code(wrong), "province": self.pick("11", "31", "65")}

    def birth(self):
        """Often such that the 65th birthday falls on or beside the day, the end of three years, or of the use window."""
        goal = self.pick(0, 0, 1, -1, 180, 179, 1094, 1095, 1096, 1461, None, None, None)
        if goal is None:
            return days.number("1960-01-01") + self.dice.randrange(13000)
        return self.years_before(self.day + goal, 65)

    @staticmethod
    def years_before(day, years):
        return days.years_after(day, -years)

    def person(self):
        """Somebody who was not met before: a second entry would take the place of the first."""
        while True:
            applicant = self.somebody()
            identity = numbering.normal(applicant["id"]["number"])
            if identity not in self.persons:
                self.persons.add(identity)
                return applicant

    def somebody(self):
        birth = self.birth()
        kind = self.pick(*["resident"] * 9, "hk_macao_permit", "taiwan_permit", "passport")
        applicant = {"name": self.pick("王建国", "欧阳·买买提", "李华"), "id": {"type": kind}}
        if kind == "resident":
            body = self.pick("110105", "310101", "650102", "710101") + days.text(birth).replace("-", "")
            body += f"{self.dice.randrange(1000):03d}"
            check = numbering.id_check(body)
            if self.one_in(25):
                check = "5" if check != "5" else "6"
            applicant["id"]["number"] = body + (check.lower() if self.one_in(20) else check)
        else:
            applicant["id"]["number"] = f"H{self.serial:09d}"
            applicant["birth_date"] = days.text(birth)
        return applicant

    def registration(self):
        first, second = self.pick(("2011", "2012"), ("2012", "2012"), ("2006", "2018"))
        if self.one_in(12):
            return f"京111{first[2:]}{second[2:]}{self.serial % 100000:05d}"
        if self.one_in(25):
            return self.pick(f"京211{first}{second}", f"粤144{first[1:]}{second}", f"京111{second}{int(first) - 20}") \
                + f"{self.serial % 100000:05d}"
        return f"{self.pick('京', '粤', '军')}1{self.pick('11', '44', '99')}{first}{second}{self.serial % 100000:05d}"

    def held(self, submitted):
        chosen = self.dice.sample(SPECIALTIES, self.pick(1, 1, 2, 3))
        entry = []
        for specialty in chosen:
            end = self.near(self.pick(submitted, self.day, submitted + 30, LAPSE))
            one = {"specialty": specialty, "valid_from": days.text(end - 1095), "valid_to": days.text(end)}
            if self.one_in(8):
                one["status"] = "cancelled"
            elif self.one_in(4):
                one["status"] = "registered"
            entry.append(one)
        return entry

    def constructor(self, applicant, number, submitted):
        document = {"type": "constructor", "name": applicant["name"], "id": dict(applicant["id"]),
                    "employer": self.employer(), "registration": {"number": number}, "specialties": self.held(submitted)}
        if "birth_date" in applicant:
            document["birth_date"] = applicant["birth_date"]
        self.constructors.append(document)
        return document

    def item(self, specialty, submitted):
        item = {"specialty": specialty}
        if not self.one_in(15):
            issued = self.pick(submitted, submitted + 1, submitted - 1, self.years_before(submitted, 3),
                               self.years_before(submitted, 3) - 1, self.years_before(submitted, 3) + 1, submitted - 400,
                               submitted - 3000)
            item["qualification"] = {"certificate_no": f"Z{self.serial}", "issued_on": days.text(issued)}
        if not self.one_in(10):
            good = self.one_in(2)
            item["education"] = {"compulsory_hours": 60 if good else self.dice.choice(HOURS),
                                 "elective_hours": 60 if good else self.dice.choice(HOURS)}
        return item

    def pledge(self, applicant, submitted):
        pledge = {"signed": not self.one_in(12), "signed_on": days.text(submitted - self.pick(0, 0, 1, 30)),
                  "signer": applicant["name"]}
        if self.one_in(20):
            pledge["signed_on"] = days.text(submitted + 1)
        if self.one_in(20):
            pledge["signer"] = "某人"
        if self.one_in(25):
            del pledge[self.pick("signed_on", "signer")]
        return pledge

    def asked(self, kind, entry):
        held = [one["specialty"] for one in entry["specialties"]] if entry else []
        others = [one for one in SPECIALTIES if one not in held]
        if kind == "continuation" and held and not self.one_in(15):
            return self.dice.sample(held, self.dice.randint(1, len(held)))
        if kind == "re_registration" and held and self.one_in(2):
            return self.dice.sample(held, self.dice.randint(1, len(held)))
        if kind == "added_specialty" and self.one_in(5) and held:
            return [self.pick(*held), self.pick(*others)]
        return self.dice.sample(others, self.pick(1, 1, 2))

    def apply(self):
        """One more application, with or without what the register should say of the person."""
        self.serial += 1
        kind = self.pick(*KINDS)
        submitted = max(EARLIEST, self.day - self.pick(0, 0, 1, 5, 10, 30, 60, 300))
        if self.one_in(30):
            submitted = self.day + 1
        applicant, number = self.person(), self.registration()
        entry = None
        if self.one_in(30) if kind == "initial" else not self.one_in(25):
            entry = self.constructor(applicant, number, submitted)
        employer = dict(entry["employer"]) if entry and not self.one_in(12) else self.employer(self.one_in(20))
        document = {"type": "application", "application_no": f"B{self.serial:08d}", "kind": kind,
                    "submitted_on": days.text(submitted), "applicant": applicant, "employer": employer,
                    "specialties": [self.item(one, submitted) for one in self.asked(kind, entry)]}
        self.decorate(document, kind, number, submitted)
        self.applications.append(document)

    def decorate(self, document, kind, number, submitted):
        """The members that may be there or not."""
        if kind != "initial":
            document["registration_number"] = number
            if self.one_in(40) and self.constructors:
                document["registration_number"] = self.pick(*self.constructors[-50:])["registration"]["number"]
        if self.one_in(2):
            document["accepted_on"] = days.text(submitted + self.pick(0, 1, 2, 5, 9))
            document["accepted_by"] = "li.hua"
        if not self.one_in(25):
            document["pledge"] = self.pledge(document["applicant"], submitted)
        if self.one_in(12):
            same = self.one_in(2)
            document["other_registrations"] = [{"certificate": "supervision_engineer", "employer_code":
                                                document["employer"]["credit_code"] if same else self.code()}]
        if self.one_in(20):
            document["disqualifications"] = [self.pick("certificate_revoked_within_2_years", "什么别的")]
        if self.one_in(20):
            document["materials"] = [{"name": "劳动合同", "sha256": "0" * 64}]
