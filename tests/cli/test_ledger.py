"""The ledger and what is read from it: filters, figures, masked ids, and consumers of a moving export (SPEC 8, 9)."""

import collections
import json
import threading

from lib import (NEGATIVE, NOT_ALLOWED, OK, USAGE, Database, application, blocked, constructor, contains, equal, id_number, main,
                 partly, queue, test)

DAYS = ["2026-11-24", "2026-11-25", "2026-12-01", "2026-12-02"]


def busy():
    """Four days of three people's work over every action; ends on the last of DAYS."""
    database = Database(today=DAYS[0])
    for login, name, role in (("li.hua", "李华", "reviewer"), ("zhang.wei", "张薇", "reviewer"), ("wu.min", "吴敏", "auditor")):
        database.add(login, name, role)
    kinds = [application(0), partly(1), blocked(2), application(3), application(4, "initial"), application(5, "added_specialty"),
             application(6), application(7), application(8)]
    database.feed([constructor(i) for i in range(9) if i != 4] + kinds)
    steps = [
        (0, "li.hua", "accept A0000000000"), (0, "zhang.wei", "approve A0000000000"),
        (0, "li.hua", "approve A0000000001 --partial"),
        (0, "zhang.wei", 'return A0000000007 --items "劳动合同缺页"'),
        (1, "zhang.wei", "refuse A0000000002"), (1, "li.hua", "approve A0000000004"),
        (2, "li.hua", "approve A0000000005"), (2, "li.hua", 'withdraw A0000000006 --reason "申请人撤回"'),
        (2, None, ["extend", "A0000000008", "--reason", "需核实"]),
        (3, None, ["revoke", "1", "--reason", "申请材料虚假", "--ground", "许可法第六十九条第二款"]),
        (3, "zhang.wei", 'refuse A0000000003 --reason "聘用单位资质已注销"'), (3, "li.hua", "approve A0000000000"),
    ]
    for day, login, command in steps[:-1]:
        if login is None:
            database.run(*command, today=DAYS[day], expect=OK)
        else:
            database.session(login, command, today=DAYS[day], expect=OK)
    database.session("zhang.wei", "approve A0000000000", today=DAYS[3], expect=OK)  # li.hua accepted it
    database.today = DAYS[3]
    return database


def events(database, *words, expect=OK):
    return database.run("ledger", "--json", *words, expect=expect).lines()


@test
def filters_narrow_and_add_up():
    database = busy()
    every = events(database)
    equal([e["seq"] for e in every], list(range(1, len(every) + 1)), "numbered without gaps")
    equal([e["seq"] for e in events(database, "--since", "10")], list(range(11, len(every) + 1)), "since")
    for key, option in (("event", "--event"), ("by", "--reviewer")):
        for value in {e[key] for e in every}:
            equal(events(database, option, value), [e for e in every if e[key] == value], value)
    for application_no in {e["application_no"] for e in every} - {None}:
        own = [e for e in every if e["application_no"] == application_no]
        equal(events(database, "--application", application_no), own, application_no)
        equal(events(database, "--person", id_number(int(application_no[1:]))), own, "its person")
    equal([e["event"] for e in events(database, "--application", "A0000000000")], ["accept", "approve", "revoke", "approve"], "one")
    equal(events(database, "--application", "ａ０００００００００１"), events(database, "--application", "A0000000001"), "any spelling")
    counts = [len(events(database, "--from", day, "--to", day)) for day in (DAYS[0], DAYS[1], DAYS[2], DAYS[3])]
    equal(sum(counts), len(every), "each day")
    equal(counts[1:], [2, 3, 3], "days")
    equal(events(database, "--from", DAYS[1], "--to", DAYS[2]), every[counts[0]:-counts[3]], "both days included")
    equal([e["event"] for e in events(database, "--reviewer", "li.hua", "--from", DAYS[2], "--event", "approve")], ["approve"], "and")
    for words in (["--event", "nothing"], ["--reviewer", "%"], ["--application", "A_000000000"], ["--since", "999"],
                  ["--from", "2026-12-03"], ["--to", "2026-11-23"]):
        database.run("ledger", *words, expect=NEGATIVE)
    for words in (["--application", "x", "--person", "y"], ["--from", "2026-02-30"], ["--since", "x"], ["word"]):
        database.run("ledger", *words, expect=USAGE)
    equal(len(database.run("ledger", expect=OK).out.splitlines()), len(every), "a line an event")
    equal(len(database.session("wu.min", "ledger --json", expect=OK).lines()), len(every), "an auditor reads")


@test
def events_are_told_in_words():
    database = busy()

    def told(event, lang, which=-1):
        lines = database.run("--lang", lang, "ledger", "--event", event, expect=OK).out.splitlines()
        for line in lines:
            if "{" in line or '"' in line:
                raise AssertionError(f"JSON: {line}")
        return lines[which]

    contains(told("accept", "zh"), "李华", "受理", "A0000000000", "决定期限：2026-12-08")
    contains(told("extend", "zh"), "延期", "（原 ", "；理由：需核实")
    contains(told("extend", "en"), "deadline extended", "Decide by: ", "(before: ", "; Reason: 需核实")
    contains(told("return", "zh"), "退回补正", "补正内容：劳动合同缺页")
    contains(told("withdraw", "zh"), "撤回", "理由：申请人撤回")
    contains(told("approve", "zh", 0), "第 1 号，延续注册：准予", "✓ 建筑工程：准予，有效期 2026-11-24 至 2029-11-23", "注册编号：京")
    contains(told("approve", "zh", 1), "部分准予", "✓ ", "✗ ", "：不予；选修学时 28，要求 30，缺 2（通知")
    contains(told("approve", "en", 1), "partly approved", ": granted, valid ", ": refused; ")
    contains(told("approve", "zh", 2), "初始注册：准予", "（新编）")
    contains(told("refuse", "zh"), "✗ ", "聘用单位资质已注销")
    contains(told("revoke", "zh"), "第 6 号，撤销第 1 号", "申请材料虚假（许可法第六十九条第二款）")
    contains(told("reviewer", "zh"), "人员设置", "登录名：wu.min；姓名：吴敏；角色：审计人员；状态：启用")
    contains(told("import", "zh"), "导入", "读入：17；收入：17；未变：0；退出：0")
    contains(told("init", "zh"), "建库", "性质：训练库")
    database.session("li.hua", 'show A0000000003 --reveal --reason "电话核实"', expect=OK)
    contains(told("reveal", "zh"), "查看完整证件号码", "理由：电话核实")
    database.run("announce", expect=OK)
    contains(told("announce", "zh"), "公告", "批次：1；自决定号：1；至决定号：8")
    moved = database.run("ledger", "--event", "extend", "--json", expect=OK).lines()[0]["detail"]
    equal(sorted(moved), ["decide_by", "decide_by_before", "reason"], "what an extension says")
    contains(told("extend", "zh"), f"决定期限：{moved['decide_by']}（原 {moved['decide_by_before']}）")


def counted(decisions, key):
    """Per key: approved, partly, refused, revoked."""
    table = collections.defaultdict(lambda: [0, 0, 0, 0])
    column = {"approved": 0, "partly_approved": 1, "refused": 2, "revoked": 3}
    for decision in decisions:
        for one in key(decision):
            table[one[0]][column[one[1]]] += 1
    return sorted((name, *figures) for name, figures in table.items())


KEYS = {
    "kind": lambda d: [(d["kind"], d["outcome"])],
    "reviewer": lambda d: [(d["decided_by"], d["outcome"])],
    "month": lambda d: [(d["decided_on"][:7], d["outcome"])],
    "day": lambda d: [(d["decided_on"], d["outcome"])],
    "hour": lambda d: [(f"{(int(d['decided_at'][11:13]) + 8) % 24:02d}", d["outcome"])],
    "specialty": lambda d: [(item["specialty"], item["outcome"]) for item in d["items"]],
}


@test
def figures_are_those_of_the_export():
    database = busy()
    decisions = database.run("export", expect=OK).json()["decisions"]
    equal(len(decisions), 8, "decisions")
    spans = [(None, None), (DAYS[1], DAYS[2]), (DAYS[2], None), (None, DAYS[1]), (DAYS[3], DAYS[3]), ("2027-01-01", None)]
    for by, key in KEYS.items():
        for first, last in spans:
            words = (["--from", first] if first else []) + (["--to", last] if last else [])
            figures = database.run("stats", "--by", by, *words, "--json", expect=OK).json()
            equal((figures["by"], figures["from"], figures["to"]), (by, first, last), "what was asked")
            chosen = [d for d in decisions if (first or "0") <= d["decided_on"] <= (last or "9")]
            equal(sorted((r["key"], r["approved"], r["partly_approved"], r["refused"], r["revoked"]) for r in figures["rows"]),
                  counted(chosen, key), f"{by} {first} {last}")
            for row in figures["rows"]:
                own = [one["decided_at"] for one in chosen if row["key"] in {name for name, _ in key(one)}]
                equal((row["first"], row["last"]), (min(own), max(own)), f"{by} first and last")
                hours = [(int(at[11:13]) + 8) % 24 for at in own]
                if by != "specialty":  # which counts an item, not a decision
                    equal(row["hours"], [hours.count(hour) for hour in range(24)], f"{by} hours")
    pending = database.run("stats", "--json", expect=OK).json()["pending"]
    equal({kind: counts["pending"] for kind, counts in pending.items()},
          {"initial": 0, "added_specialty": 0, "re_registration": 0, "continuation": 1}, "pending now")
    spans = database.run("stats", "--json", expect=OK).json()["pending_by_workdays_left"]
    equal([(s["from"], s["to"]) for s in spans if s["approvable"] + s["partly_approvable"] + s["blocked"] > 0], [(11, 20)], "extended")
    equal((spans[0]["from"], spans[-1]["to"], [s["overdue"] for s in spans]), (None, None, [True] * 2 + [False] * 8), "bounds")
    for words in (["--by", "person"], ["--from", "x"], ["kind"]):
        database.run("stats", *words, expect=USAGE)
    contains(database.run("--lang", "zh", "stats", "--by", "specialty", expect=OK).out, "建筑工程")


@test
def full_numbers_are_nowhere():
    """No output has an id number whole but the one command that says so to the ledger."""
    database = busy()
    numbers = [id_number(i) for i in range(9)]
    commands = [["list"], ["list", "--counts"], ["search", numbers[0]], ["search", "王建国"], ["check", "--explain", "--json"], ["export"],
                ["export", "--format", "ndjson"], ["ledger"], ["ledger", "--person", numbers[0]], ["stats"], ["announce"],
                ["announce", "--batch", "1", "--format", "csv"], ["verify"], ["reviewer", "list"],
                ["certificate", "京1112011201100000"], ["certificate", "京1112011201100000", "--qr"]]
    commands += [["show", f"A{i:010d}"] for i in range(9)] + [["notice", n] for n in range(1, 9)]
    for command in commands:
        for form in ([], ["--json"]):
            result = database.run(*command, *form)
            text = result.out + result.err
            if command[0] == "search":  # which says what was typed
                text = text.replace(f'"{command[1]}"', "")
            for number in numbers:
                if number in text:
                    raise AssertionError(f"{command} {form} shows {number}: {text[:500]}")
    before = len(events(database))
    for words in (["--reveal"], ["--reveal", "--reason", " \u3000 "], ["--reason", "x"]):
        if numbers[3] in database.run("show", "A0000000003", *words).out:
            raise AssertionError("revealed without a reason")
    equal(len(events(database)), before, "no event")
    contains(database.session("li.hua", 'show A0000000003 --reveal --reason "电话核实"', expect=OK).out, numbers[3])
    event = events(database)[-1]
    equal((event["event"], event["application_no"], event["by"], event["decision_no"]), ("reveal", "A0000000003", "li.hua", None), "event")
    contains(json.dumps(event["detail"], ensure_ascii=False), "电话核实")
    database.run("show", "A0000000003", "--document", expect=OK)
    equal(len(events(database)), before + 2, "the document has it, too")
    equal([numbers[3] in line for line in database.run("ledger", expect=OK).out.splitlines()[-2:]], [False, False], "the ledger has not")
    equal(database.session("wu.min", "show A0000000003 --reveal --reason x").code in (OK, NOT_ALLOWED), True, "an auditor")
    database.run("verify", expect=OK)


def consume(database, results, go_on):
    """Asks for what is new, again and again; once more after the work is over."""
    seen, since = [], 0
    while True:
        last_time = not go_on.is_set()
        lines = database.run("export", "--since", since, "--format", "ndjson", expect=OK).lines()
        head, tail, decisions = lines[0], lines[-1], lines[1:-1]
        if head["since"] != since or tail.get("count", len(decisions)) != len(decisions):
            raise AssertionError(f"{head} {tail}")
        seen += decisions
        since = decisions[-1]["decision_no"] if decisions else since
        if last_time:
            break
    results.append(seen)


def consumer(database, results, faults, go_on):
    try:
        consume(database, results, go_on)
    except Exception as fault:  # told by the test, not by the thread
        faults.append(repr(fault))


@test
def consumers_miss_nothing_while_work_goes_on():
    count, writers = 240, 3
    database = Database()
    numbers = queue(database, count)
    go_on, results, faults = threading.Event(), [], []
    go_on.set()
    threads = [threading.Thread(target=consumer, args=(database, results, faults, go_on)) for _ in range(4)]
    for thread in threads:
        thread.start()
    work = [database.start("approve", *numbers[i::writers], "--confirm", count // writers) for i in range(writers)]
    for process in work:
        process.communicate()
    go_on.clear()
    for thread in threads:
        thread.join()
    equal((faults, [process.returncode for process in work]), ([], [OK] * writers), "faults")
    whole = database.run("export", expect=OK).json()["decisions"]
    equal([d["decision_no"] for d in whole], list(range(1, count + 1)), "decisions")
    equal(len(results), 4, "consumers")
    for seen in results:
        equal([d["decision_no"] for d in seen], list(range(1, count + 1)), "no number missed, none twice")
        equal(seen, whole, "the same decisions")


if __name__ == "__main__":
    main()
