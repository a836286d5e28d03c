"""Days as plain numbers (date.toordinal), legal years, and working days counted from the notices (SPEC 5)."""

import datetime

FIRST, LAST = datetime.date(1900, 1, 1).toordinal(), datetime.date(2199, 12, 31).toordinal()
BEYOND = datetime.date(2210, 12, 31).toordinal()  # deadlines, validity and birthdays reach past LAST


def number(text):
    return datetime.date.fromisoformat(text).toordinal()


def text(day):
    return datetime.date.fromordinal(day).isoformat()


def years_after(day, years):
    """The same day so many years on; where there is none, the last day of that month."""
    date = datetime.date.fromordinal(day)
    if date.month == 2 and date.day == 29:
        following = datetime.date(date.year + years, 3, 1).toordinal()
        return following - 1
    return date.replace(year=date.year + years).toordinal()


class Calendar:
    """Which days are worked. `notices` have the shape of workdays.json and follow one another without a gap."""

    def __init__(self, notices):
        off = {number(day) for notice in notices for day in notice["days_off"]}
        worked = {number(day) for notice in notices for day in notice["make_up_workdays"]}
        self.first_covered = min(number(notice["covers"][0]) for notice in notices)
        self.last_covered = max(number(notice["covers"][1]) for notice in notices)
        self.working = []
        self.before = []  # for each day from FIRST: how many working days there are up to and with it
        for day in range(FIRST, BEYOND):
            weekend = day % 7 in (6, 0)  # ordinal 1 is a Monday
            if day in worked or (not weekend and day not in off):
                self.working.append(day)
            self.before.append(len(self.working))

    def deadline(self, day, count):
        """The count-th working day after a day, and whether the count ran past what the notices cover."""
        last = self.working[self.before[day - FIRST] + count - 1]
        return last, last > self.last_covered
