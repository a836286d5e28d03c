"""export: the schema it keeps, ranges, framings, files (SPEC 9)."""

import copy
import json
import os
import re
import stat

import jsonschema

from lib import (CANNOT_CREATE, OK, USAGE, Database, application, blocked, constructor, contains, equal, id_number, main, partly,
                 run, test)


def decided(name="yijian.db"):
    """A database with each kind of decision: 1 approve, 2 partly, 3 refuse, 4 initial, 5 revoke of 1, 6 refuse in words."""
    database = Database(name)
    database.add("li.hua", "李华")
    database.feed([constructor(i) for i in range(4)] + [application(0), partly(1), blocked(2), application(3), application(9, "initial")])
    database.run("approve", "A0000000000", "--note", "已核对原件", expect=OK)
    database.session("li.hua", "approve A0000000001 --partial", expect=OK)
    database.run("refuse", "A0000000002", expect=OK)
    database.run("approve", "A0000000009", expect=OK)
    database.run("revoke", "1", "--reason", "申请材料虚假", "--ground", "许可法第六十九条第二款", expect=OK)
    database.session("li.hua", 'refuse A0000000003 --reason "聘用单位资质已注销"', expect=OK)
    return database


def validator():
    schema = run("export", "--schema", expect=OK).json()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@test
def every_export_keeps_the_schema():
    database = decided()
    check = validator()
    for words in ([], ["--since", "2"], ["--until", "3"], ["--since", "6"], ["--kind", "initial"], ["--action", "revoke"],
                  ["--reviewer", "li.hua"], ["--pretty"]):
        check.validate(database.run("export", *words, expect=OK).json())
    empty = Database("empty.db")
    document = empty.run("export", expect=OK).json()
    check.validate(document)
    equal((document["first"], document["last"], document["count"], document["decisions"]), (None, None, 0, []), "empty")


def spoiled(document):
    """The document with one thing wrong, each in turn."""
    def copied(change):
        changed = copy.deepcopy(document)
        change(changed)
        return changed

    first = document["decisions"][0]
    for member in set(document) - {"decisions"}:  # without them it is the first line of ndjson
        yield f"without {member}", copied(lambda d, m=member: d.pop(m))
    for member in first:
        yield f"decision without {member}", copied(lambda d, m=member: d["decisions"][0].pop(m))
    changes = {
        "count as text": lambda d: d.update(count="6"),
        "another type": lambda d: d.update(type="x"),
        "version 2": lambda d: d.update(format_version=2),
        "a member more": lambda d: d["decisions"][0].update(more=1),
        "an unknown action": lambda d: d["decisions"][0].update(action="grant"),
        "an unknown kind": lambda d: d["decisions"][0].update(kind="x"),
        "no items": lambda d: d["decisions"][0].update(items=[]),
        "approved without days": lambda d: d["decisions"][0]["items"][0].update(valid_to=None),
        "refused without reasons": lambda d: d["decisions"][2]["items"][0].update(reasons=[]),
        "a hash cut short": lambda d: d["decisions"][0].update(hash="abc"),
        "number zero": lambda d: d["decisions"][0].update(decision_no=0),
        "a date that is none": lambda d: d["decisions"][0].update(decided_on="25.11.2026"),
        "an instant without zone": lambda d: d["decisions"][0].update(decided_at="2026-11-25T08:00:00"),
    }
    for name, change in changes.items():
        yield name, copied(change)


@test
def the_schema_refuses_what_is_wrong():
    document = decided().run("export", expect=OK).json()
    check = validator()
    passed = [name for name, wrong in spoiled(document) if check.is_valid(wrong)]
    equal(passed, [], "let pass by the schema")


@test
def what_a_decision_says():
    database = decided()
    document = database.run("export", expect=OK).json()
    equal([document[m] for m in ("type", "format_version", "training", "since", "first", "last", "count")],
          ["decision_export", 1, True, 0, 1, 6, 6], "header")
    equal((document["ledger"]["alg"], len(document["ledger"]["head"])), ("SM3", 64), "ledger")
    equal([(d["decision_no"], d["action"], d["outcome"]) for d in document["decisions"]],
          [(1, "approve", "approved"), (2, "approve", "partly_approved"), (3, "refuse", "refused"), (4, "approve", "approved"),
           (5, "revoke", "revoked"), (6, "refuse", "refused")], "decisions")
    first, second, third, fourth, fifth, sixth = document["decisions"]
    equal(first["note"], "已核对原件", "note")
    equal((first["kind_zh"], first["decide_by"], first["decided_on"]), ("延续注册", "2026-12-04", "2026-11-25"), "days")
    equal((first["remedies"], first["supersedes"]), (None, None), "of an approval in full")
    equal((fifth["supersedes"], second["decided_by_name"]), (1, "李华"), "revocation")
    contains(json.dumps(fifth, ensure_ascii=False), "申请材料虚假", "许可法第六十九条第二款")
    failed = [c for c in second["checks"] if c["result"] == "fail"]
    equal([(c["rule"], c["specialty"]) for c in failed], [("CE-HOURS", "公路工程")], "failed checks")
    contains(failed[0]["required"], "30")
    contains(failed[0]["found"], "28")
    contains(third["remedies"], "60")
    contains(second["remedies"], "60")
    equal(sixth["items"][0]["reasons"][0]["text"], "聘用单位资质已注销", "reason")
    equal(fourth["person"]["registration_number"][:3], "京11", "a new number")


@test
def ids_are_masked_everywhere():
    database = decided()
    for words in (["export"], ["export", "--format", "ndjson"], ["show", "A0000000000"], ["show", "A0000000000", "--json"],
                  ["list"], ["list", "--json"], ["search", "王建国"], ["search", "王建国", "--json"], ["check", "--explain"]):
        out = database.run(*words).out
        if re.search(r"11010519\d{9}", out):
            raise AssertionError(f"{words} shows a full id number")
    contains(database.run("export", expect=OK).out, "1101**********")
    before = len(database.dump()["ledger"])
    contains(database.run("show", "A0000000000", "--reveal", "--reason", "电话核实", expect=OK).out, id_number(0))
    equal(len(database.dump()["ledger"]), before + 1, "a ledger event")
    if database.run("show", "A0000000000", "--reveal").code == OK:
        raise AssertionError("revealed without a reason")


def without_the_moment(text):
    document = json.loads(text)
    return {k: v for k, v in document.items() if k not in ("exported_at", "exported_by", "ledger")}


@test
def the_same_range_is_the_same_bytes():
    database = decided()
    first = database.run("export", "--since", "1", "--until", "4", expect=OK).out
    database.run("accept", "A0000000000", expect=OK)
    again = database.session("li.hua", "export --since 1 --until 4", expect=OK).out
    moment = re.compile(r'"exported_at":"[^"]*"|"exported_by":"[^"]*"|"ledger":\{[^}]*\}')
    equal(moment.sub("", first), moment.sub("", again), "bytes")
    equal(without_the_moment(first), without_the_moment(again), "documents")
    if first == again:
        raise AssertionError("exported_by is not the one who exports")


@test
def ranges_are_by_number():
    database = decided()
    for since, until, numbers in ((0, 0, [1, 2, 3, 4, 5, 6]), (3, 0, [4, 5, 6]), (1, 3, [2, 3]), (6, 0, []), (99, 0, []), (2, 3, [3])):
        words = ["--since", since] + (["--until", until] if until else [])
        document = database.run("export", *words, expect=OK).json()
        equal([d["decision_no"] for d in document["decisions"]], numbers, f"{since}-{until}")
        equal((document["since"], document["count"]), (since, len(numbers)), "header")
        equal((document["first"], document["last"]), (numbers[0], numbers[-1]) if numbers else (None, None), "first, last")
    for words in (["--since", "-1"], ["--since", "x"], ["--since", "5", "--until", "2"], ["--format", "xml"], ["--kind", "x"],
                  ["--action", "x"], ["word"], ["--pretty", "--format", "ndjson"]):
        database.run("export", *words, expect=USAGE)
    document = database.run("export", "--kind", "initial", expect=OK).json()
    equal([d["decision_no"] for d in document["decisions"]], [4], "filtered")
    contains(json.dumps(document["filters"]), "initial")


@test
def ndjson_is_header_decisions_trailer():
    database = decided()
    lines = database.run("export", "--format", "ndjson", expect=OK).lines()
    document = database.run("export", expect=OK).json()
    equal(lines[1:-1], document["decisions"], "decisions")
    equal(len(lines), 8, "lines")
    check = validator()
    for line in lines:
        check.validate(line)
    contains(json.dumps(lines[0]), "exported_at", "database")
    contains(json.dumps(lines[-1]), "6")
    pretty = database.run("export", "--pretty", expect=OK)
    equal(without_the_moment(pretty.out), without_the_moment(json.dumps(document)), "pretty")
    if pretty.out.count("\n") < 100:
        raise AssertionError("not laid out")


@test
def files_are_whole_or_not_there():
    database = decided()
    database.run("export", "-o", "out.json", expect=OK)
    equal(stat.S_IMODE(os.stat("out.json").st_mode), 0o640, "mode")
    content = open("out.json", encoding="utf-8").read()
    json.loads(content)
    database.run("export", "--since", "3", "-o", "out.json", expect=CANNOT_CREATE)
    equal(open("out.json", encoding="utf-8").read(), content, "not replaced")
    database.run("export", "--since", "3", "-o", "out.json", "--force", expect=OK)
    equal(json.load(open("out.json", encoding="utf-8"))["since"], 3, "replaced")
    database.run("export", "-o", "no/such/folder/x.json", expect=CANNOT_CREATE)
    equal(sorted(name for name in os.listdir(".") if not name.startswith("yijian.db")), ["out.json"], "no other file")
    equal(json.loads(database.run("export", "-o", "-", expect=OK).out)["count"], 6, "standard output")
    os.symlink("elsewhere.json", "link.json")
    database.run("export", "-o", "link.json", expect=CANNOT_CREATE)


if __name__ == "__main__":
    main()
