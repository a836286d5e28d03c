"""Words, help, and the exit codes of SPEC 11."""

import json
import os
import shutil
import sqlite3

from lib import (BAD_DATA, BUSY, CANNOT_CREATE, NEGATIVE, NO_DATABASE, NO_INPUT, NOT_ALLOWED, OK, PARTLY, USAGE, Database, application,
                 blocked, constructor, contains, equal, main, ndjson, queue, run, test)

COMMANDS = ("init import list search show check accept approve refuse return withdraw extend revoke export announce notice "
            "certificate stats verify backup restore calendar reviewer ledger rules completion help").split()


@test
def every_command_helps():
    overview = run("help", expect=OK).out
    for command in COMMANDS:
        contains(overview, command)
        for language in ("zh", "en"):
            for words in ((command, "--help"), ("help", command), (command, "-h")):
                result = run("--lang", language, *words, expect=OK)
                first = result.out.splitlines()
                if "yijian " + command not in "\n".join(first[:3]) or result.err:
                    raise AssertionError(f"{words}: does not lead with examples: {first[:3]} {result.err}")
    equal(run("--help", expect=OK).out, overview, "--help")
    contains(run("--version", expect=OK).out, "yijian ")


@test
def help_is_in_the_language():
    english = run("help", env={"LANG": "en_US.UTF-8"}, expect=OK).out
    chinese = run("help", env={"LANG": "zh_CN.UTF-8"}, expect=OK).out
    contains(chinese, "申请")
    if english == chinese:
        raise AssertionError("one language for both")
    equal(run("--lang", "zh", "help", expect=OK).out, chinese, "--lang")
    equal(run("help", "--lang=zh", expect=OK).out, chinese, "--lang behind")
    for command in COMMANDS:
        text = run("--lang", "zh", command, "--help", expect=OK).out
        if not any("\u4e00" <= c <= "\u9fff" for c in text.split("yijian", 2)[-1]):
            raise AssertionError(f"{command}: no Chinese help")


@test
def wrong_words_are_told():
    database = Database()
    for words in (["nothing"], ["list", "--nothing"], ["list", "word"], ["list", "--kind", "x"], ["list", "--limit", "x"],
                  ["search"], ["show"], ["check", "--on", "2026-02-30"], ["export", "--since"], ["approve"],
                  ["--lang", "fr", "list"], ["--today", "x", "list"], ["accept", "--confirm", "-1", "A1"], ["revoke"],
                  ["revoke", "x"], ["reviewer", "add", "x"], ["reviewer", "add", "x", "--name", "y", "--role", "king"],
                  ["reviewer", "nothing"], ["help", "nothing"]):
        result = database.run(*words)
        equal(result.code, USAGE, words)
        if result.out or not result.err.startswith("yijian: "):
            raise AssertionError(f"{words}: {result.out} {result.err}")


@test
def databases_that_are_none():
    os.mkdir("folder")
    open("empty.db", "w", encoding="utf-8").close()
    with open("text.db", "w", encoding="utf-8") as file:
        file.write("not a database, but long enough to be taken for one\n" * 100)
    connection = sqlite3.connect("foreign.db")
    connection.execute("CREATE TABLE t(x)")
    connection.commit()
    connection.close()
    good = Database("good.db")
    shutil.copy("good.db", "newer.db")
    connection = sqlite3.connect("newer.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    os.symlink("good.db", "link.db")
    os.symlink("nowhere.db", "dangling.db")
    shutil.copy("good.db", "hard.db")
    os.link("hard.db", "hard2.db")
    with open("torn.db", "wb") as file:
        file.write(open("good.db", "rb").read()[:5000])
    before = {name: open(name, "rb").read() for name in sorted(os.listdir(".")) if os.path.isfile(name)}
    for name in ("missing.db", "folder", "empty.db", "text.db", "foreign.db", "newer.db", "link.db", "dangling.db", "hard.db",
                 "torn.db", "no/such/folder/x.db", "file:good.db", "file:good.db?mode=memory", ":memory:"):
        result = run("--db", name, "list")
        if result.code not in (NO_DATABASE, 74) or not result.err:
            raise AssertionError(f"{name}: exit code {result.code}: {result.out}{result.err}")
    after = {name: open(name, "rb").read() for name in sorted(os.listdir(".")) if os.path.isfile(name)}
    equal(sorted(after), sorted(before), "files")
    equal([name for name in before if before[name] != after[name]], [], "changed files")
    good.run("list", expect=OK)


@test
def init_touches_nothing_that_is_there():
    database = Database()
    before = open(database.path, "rb").read()
    run("--db", database.path, "init", "--training", expect=CANNOT_CREATE)
    equal(open(database.path, "rb").read(), before, "the database")
    run("--db", "no/such/folder/x.db", "init", expect=CANNOT_CREATE)
    os.symlink("elsewhere", "link.db")
    run("--db", "link.db", "init", expect=CANNOT_CREATE)
    equal(os.path.exists("elsewhere"), False, "through a link")
    equal(os.stat(database.path).st_mode & 0o777, 0o600, "mode")
    equal([name for name in os.listdir(".") if "init" in name], [], "leftovers")


@test
def an_official_database_decides_by_the_clock():
    database = Database("official.db", training=False)
    database.run("import", "-", stdin=ndjson([constructor(1), application(1)]), expect=OK)
    before = database.dump()
    for words in (["accept", "A0000000001"], ["approve", "A0000000001"], ["refuse", "A0000000001", "--reason", "x"], ["import", "-"],
                  ["reviewer", "add", "x", "--name", "y", "--role", "reviewer"]):
        database.run("--today", "2026-11-25", *words, stdin=ndjson([constructor(2)]), expect=NOT_ALLOWED)
    run("--db", "x.db", "--today", "2026-11-25", "init", expect=NOT_ALLOWED)
    equal(database.dump(), before, "the database")
    database.run("check", "--on", "2026-11-25", "A0000000001", expect=OK)
    equal(database.run("export", expect=OK).json()["training"], False, "training")


@test
def where_the_database_is_looked_for():
    database = Database("one.db")
    queue(database, 1)
    contains(run("list", env={"YIJIAN_DB": database.path}, expect=OK).out, "A0000000000")
    run("list", env={"YIJIAN_DB": "missing.db"}, expect=NO_DATABASE)
    contains(run("--db", database.path, "list", env={"YIJIAN_DB": "missing.db"}, expect=OK).out, "A0000000000")
    if os.path.isdir("/var/lib/yijian"):
        return
    data = os.path.join(os.getcwd(), "data")
    run("init", "--training", env={"XDG_DATA_HOME": data}, expect=OK)
    equal(os.path.isfile("data/yijian/yijian.db"), True, "XDG_DATA_HOME")
    run("list", env={"XDG_DATA_HOME": data}, expect=OK)


@test
def exit_codes():
    database = Database()
    numbers = queue(database, 3)
    database.feed([constructor(8), blocked(8)])
    expected = [
        (OK, ["list"], ""), (NEGATIVE, ["search", "京1999"], ""), (NEGATIVE, ["show", "A9"], ""), (NEGATIVE, ["check", "A9"], ""),
        (NEGATIVE, ["check", "A0000000008"], ""), (OK, ["check"], ""), (OK, ["check", numbers[0]], ""),
        (PARTLY, ["approve", numbers[0], "A0000000008", "--confirm", "2"], ""), (USAGE, ["approve", *numbers], ""),
        (BAD_DATA, ["import", "-"], "{"), (NO_INPUT, ["import", "missing"], ""), (BUSY, ["approve", numbers[0]], ""),
        (NOT_ALLOWED, ["session", "--reviewer", "no.such.reviewer"], ""), (CANNOT_CREATE, ["export", "-o", "no/folder/x"], ""),
    ]
    for code, words, stdin in expected:
        env = {"SSH_ORIGINAL_COMMAND": "list"} if words[0] == "session" else {}
        equal(database.run(*words, stdin=stdin, env=env).code, code, words)


@test
def searching_says_what_matched():
    database = Database()
    documents = [constructor(i) for i in range(3)] + [application(i) for i in range(3)]
    database.feed(documents)
    number = documents[4]["registration_number"]
    cases = {number: 1, "１１１２０１１２０１１０００００": 1, number[1:]: 1, number[-5:]: 1, "京1112": 3, "A000000000": 3, "A0000000002": 1,
             documents[4]["applicant"]["id"]["number"]: 1, "王建": 3, " 京 1112011 201100001 ": 1}
    for text, count in cases.items():
        out = database.run("search", text, "--json", expect=OK).json()
        equal(len(out.get("applications", out.get("rows", []))), count, f"{text}: {out}")
    for text in ("%", "_", "京_112", "*", "'", "京9", "", " "):
        if database.run("search", text).code not in (NEGATIVE, USAGE):
            raise AssertionError(f"{text!r} finds something")


@test
def json_on_every_command_that_prints_data():
    database = Database()
    queue(database, 2)
    database.run("approve", "A0000000000", expect=OK)
    for words in (["list"], ["list", "--counts"], ["search", "A0"], ["show", "A0000000000"], ["check"], ["accept", "A0000000001"],
                  ["verify"], ["reviewer", "list"], ["rules"], ["stats"], ["ledger"]):
        out = database.run(*words, "--json", expect=OK).out
        for line in out.splitlines():
            json.loads(line)
        if not out:
            raise AssertionError(f"{words}: nothing")


@test
def any_zone_and_locale():
    database = Database()
    queue(database, 1)
    reference = database.run("check", "--json", "--explain", expect=OK).out
    for env in ({"TZ": "Pacific/Kiritimati"}, {"TZ": "America/Adak"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "LANG": ""}, {"LANG": None},
                {"LC_ALL": "de_DE.UTF-8"}, {"LC_ALL": "xx_YY"}, {"LC_ALL": "zh_CN.GB18030"}):
        equal(database.run("check", "--json", "--explain", env=env, expect=OK).out, reference, env)
        contains(database.run("list", env=env, expect=OK).out, "王建国")


if __name__ == "__main__":
    main()
