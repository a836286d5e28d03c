"""Numbers of persons, employers and registrations (SPEC 4)."""

import datetime
import re

PROVINCES = ("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65").split()
REGIONS = frozenset(PROVINCES + ["71", "81", "82", "83"])
CHARACTERS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新军"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_VALUES = {character: value for value, character in enumerate(CODE_ALPHABET)}
CODE_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
CODE = re.compile(f"[{CODE_ALPHABET}]{{18}}")
PLACE = "|".join(PROVINCES + ["99"])
ELECTRONIC = re.compile(f"[{CHARACTERS}]1(?:{PLACE})([0-9]{{4}})([0-9]{{4}})[0-9]{{5}}")
PAPER = re.compile(f"[{CHARACTERS}]1(?:{PLACE})([0-9]{{2}})([0-9]{{2}})[0-9]{{5}}")

WIDE = {ord("０") + i: ord("0") + i for i in range(10)}
WIDE.update({ord("Ａ") + i: ord("A") + i for i in range(26)})
WIDE.update({ord("ａ") + i: ord("A") + i for i in range(26)})
WIDE.update(dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)))  # zero-width


def normal(text):
    """Full-width digits and letters to ASCII, no white space, nothing of zero width, upper case."""
    if text.isalnum() and text.isascii():
        return text.upper()
    return "".join(text.translate(WIDE).split()).upper()


def id_check(body):
    return ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS)) % 11]


def resident_birth(number):
    """The birth date (a day number) of a valid resident id number, else None."""
    if not RESIDENT.fullmatch(number) or number[:2] not in REGIONS or number[6:8] < "19":
        return None
    try:
        birth = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return birth.toordinal() if id_check(number[:17]) == number[17] else None


def code_check(body):
    return CODE_ALPHABET[-sum(CODE_VALUES[one] * weight for one, weight in zip(body, CODE_WEIGHTS)) % 31]


def code_valid(code):
    return CODE.fullmatch(code) is not None and code_check(code[:17]) == code[17]


def registration_form(number):
    """"electronic", "paper", or None for a malformed registration number."""
    for form, shape in (("electronic", ELECTRONIC), ("paper", PAPER)):
        match = shape.fullmatch(number)
        if match and match.group(1) <= match.group(2):
            return form
    return None
