"""import: what is taken, what is rejected and how that is said, and that a rejection leaves nothing behind (SPEC 3)."""

import copy
import json
import os

from lib import (BAD_DATA, CANNOT_CREATE, NO_INPUT, OK, OTHER_CODE, PARTLY, USAGE, Database, application, constructor, contains,
                 equal, id_number, main, ndjson, number, run, test)

PERSON = constructor(1)


def text_of(document):
    return json.dumps(document, ensure_ascii=False)


def put(document, path, value):
    """A copy of the document with another value at the path; no value: without it."""
    copied = copy.deepcopy(document)
    node = copied
    for step in path[:-1]:
        node = node[step]
    if value is put:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return copied


NOTHING = put
EDUCATION = ("specialties", 1, "education")
ONE = application(1)

# Per line: pointer, code, the document or its text.
REJECTED = {
    "not_json": (None, "not-json", '{"type":"application",'),
    "no_document": ("", "wrong-type", "42"),
    "trailing_text": ("", "trailing-text", text_of(PERSON) + " x"),
    "unknown_type": ("/type", "unknown-type", put(ONE, ["type"], "letter")),
    "missing_type": ("/type", "missing-member", put(ONE, ["type"], NOTHING)),
    "duplicate": ("/name", "duplicate-member", text_of(PERSON).replace('"name"', '"name":"李","name"', 1)),
    "duplicate_inside": ("/id/number", "duplicate-member", text_of(PERSON).replace('"number"', '"number":"1","number"', 1)),
    "duplicate_unknown": ("/x/y", "duplicate-member", text_of(PERSON)[:-1] + ',"x":{"y":1,"y":1}}'),
    "duplicate_escaped": ("/name", "duplicate-member", text_of(PERSON).replace('"name"', '"n\\u0061me":"李","name"', 1)),
    "null_character": ("/name", "control-character", text_of(put(PERSON, ["name"], "王\\0国")).replace("\\\\0", "\\u0000")),
    "control": ("/name", "control-character", put(PERSON, ["name"], "王\x1b[2J")),
    "raw_control": ("/name", "control-character", text_of(PERSON).replace("王建国", "王\x01国")),
    "c1_control": ("/name", "control-character", put(PERSON, ["name"], "王\x9b2J")),
    "control_in_unknown": ("/remark", "control-character", put(PERSON, ["remark"], "a\x07b")),
    "bidi": ("/employer/name", "bidi-character", put(PERSON, ["employer", "name"], "中建\u202e公司")),
    "bidi_isolate": ("/name", "bidi-character", put(PERSON, ["name"], "王\u2066国")),
    "text_for_object": ("/id", "wrong-type", put(PERSON, ["id"], "110105")),
    "number_for_text": ("/name", "wrong-type", put(PERSON, ["name"], 7)),
    "null_for_text": ("/name", "wrong-type", put(PERSON, ["name"], None)),
    "array_for_text": ("/name", "wrong-type", put(PERSON, ["name"], ["王"])),
    "bool_for_text": ("/name", "wrong-type", put(PERSON, ["name"], True)),
    "number_for_date": ("/submitted_on", "wrong-type", put(ONE, ["submitted_on"], 20261120)),
    "number_for_word": ("/kind", "wrong-type", put(ONE, ["kind"], 1)),
    "number_in_texts": ("/disqualifications/0", "wrong-type", put(ONE, ["disqualifications"], [1])),
    "no_bool": ("/pledge/signed", "missing-member", put(ONE, ["pledge", "signed"], NOTHING)),
    "escaped_pointer": ("/a~1b~0c", "control-character", put(PERSON, ["a/b~c"], "x\x07")),
    "delete_character": ("/name", "control-character", put(PERSON, ["name"], "王\x7f国")),
    "arabic_letter_mark": ("/name", "bidi-character", put(PERSON, ["name"], "王\u061c国")),
    "one_of_many_twice": ("/x/m7", "duplicate-member",
                          text_of(PERSON)[:-1] + ',"x":{' + ",".join(f'"m{i}":{i}' for i in range(40)) + ',"m7":7}}'),
    "date_order": ("/specialties/0/valid_to", "date-order", put(PERSON, ["specialties", 0, "valid_to"], "2001-01-01")),
    "half_a_province": ("/employer/province", "province", put(ONE, ["employer", "province"], "1")),
    "no_such_province": ("/employer/province", "province", put(ONE, ["employer", "province"], "00")),
    "object_for_array": ("/specialties", "wrong-type", put(PERSON, ["specialties"], {})),
    "text_for_bool": ("/pledge/signed", "wrong-type", put(ONE, ["pledge", "signed"], "yes")),
    "text_in_array": ("/specialties/1", "wrong-type", put(ONE, ["specialties", 1], "公路工程")),
    "missing_name": ("/name", "missing-member", put(PERSON, ["name"], NOTHING)),
    "missing_number": ("/registration/number", "missing-member", put(PERSON, ["registration", "number"], NOTHING)),
    "missing_submitted": ("/submitted_on", "missing-member", put(ONE, ["submitted_on"], NOTHING)),
    "missing_birth": ("/applicant/birth_date", "missing-member",
                      put(ONE, ["applicant", "id"], {"type": "passport", "number": "E1"})),
    "no_such_date": ("/submitted_on", "date", put(ONE, ["submitted_on"], "2023-02-29")),
    "other_date_form": ("/submitted_on", "date", put(ONE, ["submitted_on"], "2023/02/28")),
    "date_and_time": ("/submitted_on", "date", put(ONE, ["submitted_on"], "2023-02-28T00:00:00")),
    "year_1899": ("/specialties/0/valid_from", "date", put(PERSON, ["specialties", 0, "valid_from"], "1899-12-31")),
    "year_2200": ("/specialties/0/valid_to", "date", put(PERSON, ["specialties", 0, "valid_to"], "2200-01-01")),
    "negative_hours": ("/specialties/1/education/elective_hours", "hours", put(ONE, [*EDUCATION, "elective_hours"], -1)),
    "fractional_hours": ("/specialties/1/education/compulsory_hours", "hours",
                         put(ONE, [*EDUCATION, "compulsory_hours"], 59.5)),
    "huge_hours": ("/specialties/1/education/compulsory_hours", "hours", put(ONE, [*EDUCATION, "compulsory_hours"], 1e30)),
    "text_hours": ("/specialties/1/education/compulsory_hours", "wrong-type", put(ONE, [*EDUCATION, "compulsory_hours"], "60")),
    "unknown_kind": ("/kind", "unknown-kind", put(ONE, ["kind"], "transfer")),
    "unknown_specialty": ("/specialties/0/specialty", "unknown-specialty", put(ONE, ["specialties", 0, "specialty"], "桥梁工程")),
    "specialty_twice": ("/specialties/1/specialty", "specialty-twice", put(ONE, ["specialties", 1, "specialty"], "建筑工程")),
    "no_specialties": ("/specialties", "empty-array", put(ONE, ["specialties"], [])),
    "long_text": ("/name", "text-length", put(PERSON, ["name"], "王" * 201)),
    "long_unknown": ("/remark", "text-length", put(PERSON, ["remark"], "x" * 201)),
    "deep": ("/x" + "/0" * 31, "nesting", text_of(PERSON)[:-1] + ',"x":' + "[" * 32 + "]" * 32 + "}"),
    "very_deep": ("/x" + "/0" * 31, "nesting", text_of(PERSON)[:-1] + ',"x":' + "[" * 100000 + "}"),
    "leading_zero": ("/specialties/1/education/compulsory_hours", "not-json",
                     text_of(ONE).replace('"compulsory_hours": 60', '"compulsory_hours": 060').replace("060", "60", 1)),
    "empty_number": ("/application_no", "empty", put(ONE, ["application_no"], " \u200b ")),
    "empty_disqualification": ("/disqualifications/0", "empty", put(ONE, ["disqualifications"], [""])),
    "lone_surrogate": (None, "not-json", text_of(PERSON).replace("王建国", "\\ud800")),
}


def check_rejected(name, pointer, code, document):
    database = Database(f"{name}.db")
    line = document if isinstance(document, str) else text_of(document)
    lines = [text_of(constructor(2)), line, text_of(constructor(3))]
    with open(f"{name}.ndjson", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    before = database.dump()
    result = database.run("--json", "import", f"{name}.ndjson", "--report", "report.ndjson")
    equal(result.code, BAD_DATA, name)
    equal(database.dump(), before, f"{name}: the database")
    with open("report.ndjson", encoding="utf-8") as file:
        report = [json.loads(row) for row in file]
    equal(len(report), 1, f"{name}: rejections")
    equal((report[0]["file"], report[0]["line"], report[0]["code"]), (f"{name}.ndjson", 2, code), name)
    if pointer is not None:
        equal(report[0]["pointer"], pointer, name)
    if not report[0]["found"] or not report[0]["expected"] or "%1" in report[0]["found"] + report[0]["expected"]:
        raise AssertionError(f"{name}: {report[0]}")
    contains(result.err, f"{name}.ndjson:2:", pointer or "/", report[0]["found"], report[0]["expected"])
    equal(result.json(), {"read": 3, "accepted": 0, "unchanged": 0, "rejected": 3}, f"{name}: the sum")
    if "\x1b" in result.err or "\u202e" in result.err or "\x9b" in result.err:
        raise AssertionError(f"{name}: a control character on the terminal")


for _name, _row in REJECTED.items():
    def rejected(name=_name, row=_row):
        check_rejected(name, *row)
    rejected.__name__ = "rejected_" + _name
    test(rejected)


@test
def bytes_that_are_not_utf8():
    database = Database()
    before = database.dump()
    good = text_of(PERSON).encode()
    cases = {
        "invalid UTF-8": good.replace("国".encode(), b"\xff\xfe\xfa"),
        "overlong": good.replace("国".encode(), b"\xc0\xaf"),
        "surrogate": good.replace("国".encode(), b"\xed\xa0\x80"),
        "GBK": text_of(PERSON).encode("gb18030"),
        "UTF-16": text_of(PERSON).encode("utf-16"),
        "UTF-16 BE": text_of(PERSON).encode("utf-16-be"),
        "UTF-16 LE": text_of(PERSON).encode("utf-16-le"),
    }
    for name, data in cases.items():
        result = database.run("--lang", "en", "import", "-", stdin=data, expect=BAD_DATA)
        word = name.split()[0] if name.startswith(("GBK", "UTF-16")) else "invalid UTF-8"
        contains(result.err, "<stdin>:1:", word, "UTF-8")
    equal(database.dump(), before, "the database")


@test
def a_line_over_a_mebibyte():
    database = Database()
    long = text_of(PERSON)[:-1] + ',"x":[' + ",".join(['"' + "y" * 190 + '"'] * 6000) + "]}"
    result = database.run("import", "-", "--partial", stdin=long + "\n" + text_of(constructor(2)) + "\n", expect=PARTLY)
    contains(result.err, "<stdin>:1:", "1 MiB")
    result = database.run("import", "-", stdin=long, expect=BAD_DATA)
    contains(result.err, "1 MiB")


@test
def framings():
    documents = [constructor(1), application(1)]
    texts = {
        "lines": ndjson(documents),
        "no newline at the end": ndjson(documents)[:-1],
        "CRLF and blank lines": "\r\n\n" + ndjson(documents).replace("\n", "\r\n\r\n"),
        "BOM": "\ufeff" + ndjson(documents),
        "array": json.dumps(documents),
        "array over lines": "\ufeff" + json.dumps(documents, indent=2, ensure_ascii=False) + "\n\n",
    }
    for name, text in texts.items():
        database = Database(name.replace(" ", "_") + ".db")
        equal(database.run("--json", "import", "-", stdin=text, expect=OK).json()["accepted"], 2, name)
    database = Database("one.db")
    equal(database.run("--json", "import", "-", stdin=json.dumps(PERSON), expect=OK).json()["accepted"], 1, "one")
    equal(database.run("--json", "import", "-", stdin=json.dumps(application(1), indent=2), expect=OK).json()["accepted"], 1,
          "one over lines")
    for empty in ("", "\n", "[]", " [ ] \n"):
        equal(database.run("--json", "import", "-", stdin=empty, expect=OK).json()["read"], 0, repr(empty))


@test
def broken_arrays():
    database = Database()
    before = database.dump()
    for text in ("[", "[" + text_of(PERSON), "[" + text_of(PERSON) + ",]", "[" + text_of(PERSON) + "] x",
                 "[" + text_of(PERSON) + text_of(PERSON) + "]", "[" + text_of(PERSON) + "]]", "[,]"):
        database.run("import", "-", stdin=text, expect=BAD_DATA)
    equal(database.dump(), before, "the database")


@test
def faults_in_an_array_have_their_line():
    database = Database()
    text = json.dumps([constructor(1), put(constructor(2), ["name"], 5)], indent=1, ensure_ascii=False)
    line = next(i for i, row in enumerate(text.splitlines(), 1) if '"name": 5' in row)
    result = database.run("import", "-", "--report", "r.ndjson", stdin=text, expect=BAD_DATA)
    report = json.loads(open("r.ndjson", encoding="utf-8").read())
    equal((report["line"], report["pointer"]), (line, "/name"), result.err)


@test
def partial_takes_the_good_ones():
    database = Database()
    documents = [constructor(1), put(constructor(2), ["name"], 5), constructor(3), application(1), put(ONE, ["kind"], "x")]
    result = database.run("--json", "import", "-", "--partial", "--report", "r.ndjson", stdin=ndjson(documents), expect=PARTLY)
    equal(result.json(), {"read": 5, "accepted": 3, "unchanged": 0, "rejected": 2}, "the sum")
    with open("r.ndjson", encoding="utf-8") as file:
        equal([json.loads(row)["line"] for row in file], [2, 5], "the report")
    equal(len(database.dump()["constructor"]), 2, "constructors")
    database.run("import", "-", "--partial", "--report", "clean.ndjson", stdin=ndjson([constructor(4)]), expect=OK)
    equal(open("clean.ndjson", encoding="utf-8").read(), "", "a report of nothing")


@test
def the_same_again_changes_nothing():
    database = Database()
    documents = [constructor(1), application(1)]
    database.feed(documents)
    before = database.dump()
    reordered = [dict(reversed(list(document.items()))) for document in documents]
    for text in (ndjson(documents), ndjson(reordered), json.dumps(documents, indent=4)):
        result = database.run("--json", "import", "-", stdin=text, expect=OK).json()
        equal(result, {"read": 2, "accepted": 0, "unchanged": 2, "rejected": 0}, "again")
    equal(database.dump(), before, "the database")


@test
def an_application_that_changed_is_rejected():
    database = Database()
    database.feed([constructor(1), application(1)])
    before = database.dump()
    changed = put(ONE, [*EDUCATION, "elective_hours"], 61)
    result = database.feed([changed], "--report", "r.ndjson", expect=BAD_DATA)
    equal(json.loads(open("r.ndjson", encoding="utf-8").read())["code"], "application-changed", result.err)
    equal(database.dump(), before, "the database")


@test
def a_returned_application_may_be_submitted_again():
    database = Database()
    database.feed([constructor(1), application(1)])
    database.run("return", "A0000000001", "--items", "劳动合同缺页", expect=OK)
    equal(database.run("--json", "check", "A0000000001").code, 0, "checked")
    equal(database.run("--json", "list", expect=OK).out.count("A0000000001"), 0, "not in the queue")
    result = database.feed([put(ONE, [*EDUCATION, "elective_hours"], 88)], "--json")
    equal(result.json()["accepted"], 1, "resubmission")
    contains(database.run("--json", "list", expect=OK).out, "A0000000001")
    database.run("approve", "A0000000001", expect=OK)


@test
def the_register_is_replaced_until_a_decision_changes_it():
    database = Database()
    database.feed([constructor(1), application(1)])
    moved = put(PERSON, ["specialties", 0, "valid_to"], "2026-12-01")
    equal(database.feed([moved], "--json").json()["accepted"], 1, "replaced")
    contains(database.run("check", "A0000000001", "--json").out, "DEADLINE")
    database.feed([PERSON])
    database.run("approve", "A0000000001", expect=OK)
    before = database.dump()
    database.feed([moved], "--report", "r.ndjson", expect=BAD_DATA)
    equal(json.loads(open("r.ndjson", encoding="utf-8").read())["code"], "register-conflict", "conflict")
    equal(database.dump(), before, "the database")
    equal(database.feed([PERSON], "--json").json()["unchanged"], 1, "the very same document")


@test
def a_number_belongs_to_one_person():
    database = Database()
    database.feed([PERSON])
    other = constructor(2, registration={"number": number(1)})
    database.feed([other], "--report", "r.ndjson", expect=BAD_DATA)
    report = json.loads(open("r.ndjson", encoding="utf-8").read())
    equal((report["code"], report["pointer"]), ("number-taken", "/registration/number"), "taken")


@test
def what_the_rules_judge_is_taken_in():
    database = Database()
    odd = application(1, employer={"name": "x", "credit_code": "BAD"}, registration_number="粤144202020210001", pledge={"signed": False},
                      disqualifications=["something_new"], applicant={"name": "王", "id": {"type": "resident", "number": "1"}})
    odd["specialties"] = [{"specialty": "建筑工程"}]
    database.feed([odd])
    verdict = database.run("check", "--json", "A0000000001", expect=1).json()
    equal(verdict["specialties"][0]["failed"], ["CE-HOURS", "DISQUALIFIED", "EMPLOYER-CODE", "HOLDER", "ID-NUMBER", "PLEDGE",
                                                "REG-NUMBER"], "failed rules")


@test
def numbers_are_normalised():
    database = Database()
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in number(1))
    document = application(1, application_no=" a００００００００01 ", registration_number=wide)
    document["applicant"]["id"]["number"] = id_number(1)[:6] + " " + id_number(1)[6:] + "\u200b"
    database.feed([PERSON, document])
    equal(database.run("check", "a0000000001", "--json", expect=OK).json()["outcome"], "approvable", "outcome")


@test
def unknown_members_are_kept():
    database = Database()
    document = application(1, note={"来源": ["x", 1.5, None, True]})
    database.feed([PERSON, document])
    contains(database.run("show", "A0000000001", "--document", expect=OK).out, "来源", "1.5")


@test
def inputs_that_are_not_there():
    database = Database()
    database.run("import", "nothing.ndjson", expect=NO_INPUT)
    database.run("import", ".", expect=NO_INPUT)
    database.run("import", expect=USAGE)
    database.run("import", "a", "b", expect=USAGE)
    database.run("import", "-", "--report", "no/such/folder/r", stdin=ndjson([PERSON]), expect=CANNOT_CREATE)
    equal(len(database.dump()["constructor"]), 0, "constructors")
    equal(os.path.exists("no"), False, "folder")


@test
def the_schema_describes_what_is_taken():
    import jsonschema
    schema = run("import", "--schema", expect=OK).json()
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    for document in (PERSON, ONE, application(2, "initial"), application(3, "added_specialty", other_registrations=[
            {"certificate": "cost_engineer", "employer_code": OTHER_CODE}])):
        validator.validate(document)
    for name in ("missing_name", "unknown_kind", "unknown_specialty", "negative_hours", "no_specialties", "text_for_bool",
                 "number_for_text", "missing_birth", "long_text"):
        if validator.is_valid(REJECTED[name][2]):
            raise AssertionError(f"the schema lets pass: {name}")


if __name__ == "__main__":
    main()
