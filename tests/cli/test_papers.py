"""What leaves on paper or is presented: notices, announcements, certificates and their codes, signatures (SPEC 9, 10)."""

import base64
import csv
import io
import json
import os
import re
import stat
import subprocess
import unicodedata

from lib import (BAD_DATA, CANNOT_CREATE, NEGATIVE, NOT_ALLOWED, NO_INPUT, OK, USAGE, Database, application, blocked, constructor,
                 contains, equal, id_number, main, ndjson, number, partly, run, test)

CELLS = 76
DISTID = "distid:1234567812345678"


def width(line):
    """Cells of a line, by Python's tables: not by the program's."""
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def notice(database, decision_no, today=None):
    """The lines of a notice; none may be too wide or end in blanks that a printer would wrap."""
    lines = database.run("notice", decision_no, today=today, expect=OK).out.splitlines()
    for line in lines:
        if width(line) > CELLS:
            raise AssertionError(f"{width(line)} cells: {line}")
    return lines


def flat(lines):
    return "".join(line.strip() for line in lines)


@test
def notices_of_every_decision():
    database = Database()
    database.feed([constructor(i) for i in range(3)] + [application(0), partly(1), blocked(2), application(9, "initial")])
    database.run("approve", "A0000000000", expect=OK)
    database.run("approve", "A0000000001", "--partial", expect=OK)
    database.run("refuse", "A0000000002", expect=OK)
    database.run("revoke", "1", "--reason", "申请材料虚假", "--ground", "许可法第六十九条第二款", expect=OK)
    texts = [flat(notice(database, n)) for n in range(1, 5)]
    for whole in ("A0000000000", "91110105101163896D", "2026年11月25日"):
        equal(any(whole in line for line in notice(database, 1)), True, f"{whole} in one line")
    for n, text in enumerate(texts, 1):
        contains(text, f"一级建造师注册决定第 {n} 号", f"A000000000{[0, 1, 2, 0][n - 1]}", "1101**********", "91110105101163896D",
                 "2026年11月25日", "2026年11月20日", "住房和城乡建设部（印章）", "【训练库，本件无效】", "延续注册")
        equal(re.findall(r"\d{17}[0-9X]", text.replace("1112011201", "")), [], "full id numbers")
    contains(texts[0], "准予行政许可决定书", "建筑工程：有效期自2026年11月25日至2029年11月24日", "公路工程", f"注册编号：{number(0)}")
    contains(texts[1], "准予行政许可决定书", "建筑工程：有效期自", "公路工程：1. ", "28", "继续教育办法", "行政复议", "行政诉讼")
    equal("公路工程：有效期" in texts[1], False, "what was refused has no validity")
    contains(texts[2], "不予行政许可决定书", "承诺", "60日内", "6个月内")
    equal("准予" in texts[2], False, "a refusal grants nothing")
    contains(texts[3], "撤销行政许可决定书", "撤销第 1 号决定", "申请材料虚假", "许可法第六十九条第二款", "行政复议")
    equal("行政复议" in texts[0], False, "who got everything needs no remedy")
    database.run("notice", "5", expect=NEGATIVE)
    for words in ([], ["x"], ["0"], ["-1"], ["1x"], ["1", "2"]):
        database.run("notice", *words, expect=USAGE)
    document = database.run("notice", "3", "--json", expect=OK).json()
    equal((document["decision_no"], document["outcome"], document["decided_on"]), (3, "refused", "2026-11-25"), "JSON")


@test
def an_official_notice_is_no_training():
    """Refused in words, so that it does not matter which day it is."""
    database = Database(training=False)
    database.feed([application(1, "initial")])
    database.run("refuse", "A0000000001", "--reason", "申请人不符合法定条件，《注册建造师管理规定》第十五条", expect=OK)
    lines = notice(database, 1)
    equal("培训" in flat(lines), False, "mark")
    equal(lines[0].strip(), "住房和城乡建设部", "heading")


@test
def remedies_are_those_of_the_day():
    database = Database(today="2023-12-31")
    old = [application(i, "initial", submitted_on="2023-12-20", pledge={"signed": False}) for i in (1, 2)]
    for document in old:
        for specialty in document["specialties"]:
            specialty["qualification"]["issued_on"] = "2019-01-01"
    database.feed(old)
    database.run("refuse", "A0000000001", expect=OK)
    database.run("refuse", "A0000000002", today="2024-01-01", expect=OK)
    before, after = (flat(notice(database, n, today="2024-01-01")) for n in (1, 2))
    contains(before, "《行政复议法》第九条", "60日", "《行政诉讼法》第四十六条", "6个月")
    contains(after, "《行政复议法》第二十条", "60日", "《行政诉讼法》第四十六条", "6个月")


@test
def the_longest_texts_stay_whole():
    """Names of 200 characters, a reason of thousands: wrapped, not cut, and still UTF-8 everywhere."""
    database = Database()
    name, employer, reason = "阿卜杜热合曼·" * 28 + "买买", "中" * 199 + "a", "a" + "理由不足" * 2500
    long = application(1, applicant={"name": name, "id": {"type": "resident", "number": id_number(1)}})
    long["employer"]["name"] = employer
    database.feed([constructor(1, name=name), long])
    with open("reason.txt", "w", encoding="utf-8") as file:
        file.write(f"第一条：少\n{reason}\n")
    database.run("refuse", "A0000000001", "--reason-file", "reason.txt", expect=OK)
    text = flat(notice(database, 1))
    contains(text, name, employer, "1. 第一条：少", "2. " + reason, "行政诉讼")
    decision = json.loads(database.run("export", expect=OK).bytes.decode("utf-8"))["decisions"][0]
    for item in decision["items"]:
        equal([r["text"] for r in item["reasons"]], ["第一条：少", reason], "reasons")
    database.run("verify", expect=OK)


def announced(database):
    """Batch 1: decisions 1 to 5, of which 1 is revoked by 5; then three more."""
    database.add("wu.min", "吴敏", "auditor")
    odd = application(2)
    odd["applicant"]["name"], odd["pledge"]["signer"] = '=cmd|"x", y', '=cmd|"x", y'
    odd["employer"]["name"] = '中建,"一局"'
    database.feed([constructor(i) for i in range(6)] + [constructor(7, specialties=[
        {"specialty": "建筑工程", "valid_from": "2021-02-01", "valid_to": "2024-01-31"}])] +
        [application(0), partly(1), odd, blocked(3), application(4), application(5), application(7, "re_registration"),
         application(9, "initial")])
    for i in (0, 1, 2):
        database.run("approve", f"A000000000{i}", "--partial", expect=OK)
    database.run("refuse", "A0000000003", expect=OK)
    database.run("revoke", "1", "--reason", "x", "--ground", "y", expect=OK)


def rows(database, batch):
    return database.run("announce", "--batch", batch, "--json", expect=OK).json()


@test
def batches_are_closed_once():
    database = Database()
    database.run("announce", expect=NEGATIVE)
    announced(database)
    database.session("wu.min", "announce", expect=NOT_ALLOWED)
    for batch in ("0", "1"):  # printing one again never closes one
        database.run("announce", "--batch", batch, expect=NEGATIVE)
    text = database.run("announce", expect=OK).out
    before = database.dump()
    database.run("announce", expect=NEGATIVE)
    database.run("announce", "--batch", "2", expect=NEGATIVE)
    equal(database.dump(), before, "the database")
    first = {format: database.run("announce", "--batch", "1", "--format", format, expect=OK).bytes for format in
             ("text", "csv", "json")}
    equal(first["text"].decode(), text, "printed again")
    batch = rows(database, 1)
    equal((batch["batch"], batch["first"], batch["last"], batch["closed_on"]), (1, 1, 5, "2026-11-25"), "batch")
    equal([(r["no"], r["decision_no"], r["specialty"]) for r in batch["registrations"]],
          [(1, 2, "建筑工程"), (2, 3, "建筑工程"), (3, 3, "公路工程")], "refused and revoked ones are left out")
    for application_no in ("A0000000004", "A0000000007", "A0000000009"):
        database.run("approve", application_no, expect=OK)
    database.run("revoke", "2", "--reason", "x", "--ground", "y", expect=OK)
    for format, content in first.items():
        equal(database.run("announce", "--batch", "1", "--format", format, expect=OK, today="2026-11-26").bytes, content, format)
    database.run("announce", expect=OK, today="2026-11-26")
    batch = rows(database, 2)
    equal((batch["first"], batch["last"], batch["closed_on"]), (6, 9, "2026-11-26"), "the next batch")
    equal([(r["kind"], r["decision_no"]) for r in batch["registrations"]],
          [("initial", 8)] * 2 + [("re_registration", 7)] * 2 + [("continuation", 6)] * 2, "grouped by kind")
    equal([r["no"] for r in batch["registrations"]], [1, 2, 3, 4, 5, 6], "序号")
    contains(database.run("announce", "--batch", "2", expect=OK).out, "第 2 批", "初始注册", "重新注册", "延续注册", "序号", "有效期")
    equal(rows(database, 1)["registrations"][0]["decision_no"], 2, "what was announced stays announced")
    database.session("wu.min", "announce --batch 2", expect=OK)
    events = [e["detail"] for e in database.run("ledger", "--event", "announce", "--json", expect=OK).lines()]
    equal(events, [{"batch": 1, "first": 1, "last": 5}, {"batch": 2, "first": 6, "last": 9}], "events")
    database.run("verify", expect=OK)


@test
def announcements_as_csv():
    database = Database()
    announced(database)
    database.run("announce", expect=OK)
    content = database.run("announce", "--batch", "1", "--format", "csv", expect=OK).bytes
    marked = database.run("announce", "--batch", "1", "--format", "csv", "--bom", expect=OK).bytes
    equal(marked, b"\xef\xbb\xbf" + content, "BOM")
    equal(content.count(b"\n"), content.count(b"\r\n"), "line ends of RFC 4180")
    equal(content.endswith(b"\r\n"), True, "the last line ends")
    table = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    equal(table[0], ["序号", "姓名", "聘用企业", "注册专业", "注册编号", "有效期"], "headings")
    equal(table[1], ["1", "王建国", "中建建设有限公司", "建筑工程", number(1), "2026-11-25至2029-11-24"], "a row")
    equal(table[2][:4], ["2", '\'=cmd|"x", y', '中建,"一局"', "建筑工程"], "quotes, and no formula for a spreadsheet")
    registrations = rows(database, 1)["registrations"]
    equal([(row[0], row[3], row[4]) for row in table[1:]],
          [(str(r["no"]), r["specialty"], r["registration_number"]) for r in registrations], "as in JSON")
    equal(registrations[1]["name"], '=cmd|"x", y', "JSON has the name as it is")
    database.run("announce", "--format", "xml", expect=USAGE)


def certificate(database, registration_number, *words, today=None, expect=OK):
    return database.run("certificate", registration_number, *words, "--json", today=today, expect=expect).json()


@test
def what_a_certificate_states():
    database = Database()
    near = {"number": id_number(3, "19620110")}  # 65 on 2027-01-10
    database.feed([constructor(1), constructor(2, specialties=[
        {"specialty": "建筑工程", "valid_from": "2026-01-01", "valid_to": "2028-12-31"},
        {"specialty": "公路工程", "valid_from": "2026-01-01", "valid_to": "2026-11-24"},
        {"specialty": "矿业工程", "valid_from": "2026-01-01", "valid_to": "2027-02-01", "status": "cancelled"},
        {"specialty": "机电工程", "valid_from": "2026-12-01", "valid_to": "2026-12-31"}]),
        constructor(3, id={"type": "resident", **near})])
    equal(certificate(database, number(1))["use_window"], {"from": "2026-11-25", "to": "2027-01-31"}, "capped by validity")
    two = certificate(database, number(2))
    equal(two["use_window"], {"from": "2026-11-25", "to": "2027-05-24"}, "180 days")
    equal([s["specialty"] for s in two["specialties"]], ["建筑工程"], "only what is valid that day")
    equal(certificate(database, number(2), "--from", "2026-11-24")["use_window"]["to"], "2026-11-24", "the last day of one")
    equal(certificate(database, number(2), "--from", "2026-12-01")["use_window"]["to"], "2026-12-31", "of another")
    equal(certificate(database, number(3))["use_window"]["to"], "2027-01-10", "capped by the 65th birthday")
    equal((two["id_number"][:4], "*" in two["id_number"], two["paper_certificate_void"]), ("1101", True, False), "masked")
    for lang, words in (("zh", ("持证人", "2027-05-24")), ("en", ("use window", "2027-05-24"))):
        contains(database.run("--lang", lang, "certificate", number(2), expect=OK).out, number(2), "王建国", *words)
    database.run("certificate", number(2), "--from", "2030-01-01", expect=NEGATIVE)
    database.run("certificate", number(9), expect=NEGATIVE)
    equal(certificate(database, "京１１１２０１１２０１１０ ０００２")["registration_number"], number(2), "any spelling")


@test
def each_fault_of_a_presented_certificate():
    database = Database()
    born = {"type": "resident", "number": id_number(3, "19620110")}
    valid = [{"specialty": "建筑工程", "valid_from": "2026-10-01", "valid_to": "2028-12-31"}]
    database.feed([constructor(1, specialties=valid), constructor(2), application(2),
                   constructor(3, id=born, specialties=valid), constructor(4, specialties=[{**valid[0], "valid_to": "2026-12-31"}])])
    database.run("approve", "A0000000002", expect=OK)
    cases = [
        (1, "2026-11-01", "2027-04-30", "2026-11-01", []),
        (1, "2026-11-01", "2027-04-30", "2027-04-30", []),
        (1, "2026-11-01", "2026-12-01", "2026-11-25", []),
        (1, "2026-11-01", "2027-04-30", "2026-10-31", ["not_yet"]),
        (1, "2026-11-01", "2027-04-30", "2027-05-01", ["over"]),
        (1, "2026-11-01", "2027-05-01", "2026-11-25", ["too_long"]),
        (1, "2026-09-30", "2027-01-01", "2026-11-25", ["none_valid"]),
        (4, "2026-11-01", "2026-12-31", "2026-12-31", []),
        (4, "2026-11-01", "2027-01-01", "2027-01-01", ["too_long", "lapsed"]),
        (3, "2026-11-01", "2027-01-10", "2027-01-10", []),
        (3, "2026-11-01", "2027-01-11", "2027-01-11", ["too_long", "age"]),
        (2, "2026-11-25", "2027-05-24", "2026-11-25", []),
        (2, "2026-11-24", "2027-01-31", "2026-11-25", ["none_valid", "changed"]),
    ]
    for serial, first, last, on, faults in cases:
        words = ["certificate", "--check", number(serial), "--from", first, "--to", last, "--on", on]
        answer = database.run(*words, "--json", expect=NEGATIVE if faults else OK).json()
        equal((answer["good"], answer["faults"]), (not faults, faults), f"{serial} {first} {last} {on}")
        equal(answer["for_eyes"], ["signature", "handwriting"], "for eyes")
        text = database.run("--lang", "zh", *words, expect=NEGATIVE if faults else OK).out
        contains(text, "手写签名")
        equal(text.count("  x "), len(faults), "each fault is said")
    for words in (["--from", "2026-11-01"], ["--to", "2026-11-01"], [], ["--from", "2026-02-30", "--to", "2026-12-01"]):
        database.run("certificate", "--check", number(1), *words, expect=USAGE)


@test
def an_entry_changes_when_another_document_comes_and_when_a_decision_is_revoked():
    """A certificate made before that day does not say what the register says; an entry is not changed by coming in."""
    valid = [{"specialty": "建筑工程", "valid_from": "2026-10-01", "valid_to": "2028-12-31"}]
    database = Database(today="2026-11-20")
    database.feed([constructor(1, specialties=valid), constructor(2), application(2)])
    database.run("import", "-", stdin=ndjson([constructor(1, specialties=[{**valid[0], "valid_to": "2028-12-30"}])]),
                 today="2026-11-22", expect=OK)

    def faults(serial, first):
        words = ["certificate", "--check", number(serial), "--from", first, "--to", "2027-01-31", "--on", "2026-11-25"]
        return database.run(*words, "--json").json()["faults"]

    equal((faults(1, "2026-11-21"), faults(1, "2026-11-22")), (["changed"], []), "another document")
    equal("changed" in faults(2, "2026-11-19"), False, "as it came in")
    database.run("approve", "A0000000002", today="2026-11-23", expect=OK)
    equal(("changed" in faults(2, "2026-11-22"), "changed" in faults(2, "2026-11-23")), (True, False), "approved")
    database.run("revoke", "1", "--reason", "材料虚假", "--ground", "许可法第六十九条", today="2026-11-24", expect=OK)
    equal(("changed" in faults(2, "2026-11-23"), "changed" in faults(2, "2026-11-24")), (True, False), "revoked")
    database.run("verify", today="2026-11-24", expect=OK)


@test
def paper_numbers_are_void_from_2022():
    database = Database(today="2021-12-31")
    paper, electronic = "京111050700001", "京1112005200700001"
    database.feed([constructor(1, registration={"number": electronic, "paper_number": paper}, specialties=[
        {"specialty": "建筑工程", "valid_from": "2021-06-01", "valid_to": "2024-05-31"}])])
    stated = certificate(database, paper)
    equal((stated["registration_number"], stated["paper_certificate_void"]), (electronic, False), "in 2021")
    result = database.run("--lang", "zh", "certificate", paper, today="2022-01-01", expect=OK)
    contains(result.err, "作废")
    contains(result.out, electronic)
    equal(certificate(database, paper, today="2022-01-01")["paper_certificate_void"], True, "in 2022")
    equal(certificate(database, electronic, today="2022-01-01")["paper_certificate_void"], False, "the electronic one")
    words = ["--from", "2021-12-31", "--to", "2022-06-01"]
    for registration_number, on, faults in ((paper, "2021-12-31", []), (paper, "2022-01-01", ["paper_void"]),
                                            (electronic, "2022-01-01", [])):
        found = certificate(database, "--check", registration_number, *words, "--on", on, expect=NEGATIVE if faults else OK)
        equal(found["faults"], faults, f"{registration_number} {on}")


def decoded(text):
    """What a reader makes of the printed blocks: a picture of them, two modules a character, light where the block is."""
    lines = [line for line in text.splitlines() if line and set(line) <= set("█▀▄ ")]
    equal(len({len(line) for line in lines}), 1, "a rectangle")
    modules = []
    for line in lines:
        modules.append([c in "█▀" for c in line])
        modules.append([c in "█▄" for c in line])
    scale = 4
    pixels = b"".join(bytes(255 if light else 0 for light in row for _ in range(scale)) * scale for row in modules)
    with open("code.pgm", "wb") as file:
        file.write(b"P5 %d %d 255\n" % (len(modules[0]) * scale, len(modules) * scale) + pixels)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", "code.pgm"], capture_output=True, check=False)
    equal(read.returncode, 0, f"zbarimg: {read.stderr}")
    return read.stdout.decode("utf-8").rstrip("\n")


@test
def a_reader_reads_the_code():
    database = Database()
    database.feed([constructor(1), constructor(2, name="阿卜杜热合曼·买买提")])
    run("key", "new", "k", expect=OK)
    for serial in (1, 2):
        for key in ([], ["--key", "k"]):
            printed = database.run("--lang", "zh", "certificate", number(serial), "--qr", *key, expect=OK).out
            text = decoded(printed)
            plain = certificate(database, number(serial))["qr"]
            equal("|".join(text.split("|")[:5]), plain, "text")
            equal(len(text.split("|")), 6 if key else 5, "parts")
            database.run("certificate", "--check", text, *(["--key", "k.pub"] if key else []), expect=OK)


def check_text(database, text, key="k.pub"):
    return database.run("certificate", "--check", text, *(["--key", key] if key else [])).code


@test
def a_changed_code_is_refused():
    database = Database()
    database.feed([constructor(1), constructor(2)])
    run("key", "new", "k", expect=OK)
    run("key", "new", "other", expect=OK)
    text = certificate(database, number(1), "--key", "k")["qr"]
    signed, signature = text.rsplit("|", 1)
    with open("text", "w", encoding="utf-8") as file:
        file.write(signed)
    with open("text.sig", "wb") as file:
        file.write(base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4)))
    equal(openssl("k.pub", "text"), True, "openssl agrees with the signature")
    equal(check_text(database, text), OK, "as it was made")
    changed = [text.replace("2027-01-31", "2027-01-30"), text.replace("2026-11-25", "2026-11-24"), text.replace("王建国", "王健国"),
               text.replace(number(1), number(2)), signed, signed + "|", text[:-2], text + "A",
               signed + "|" + signature[::-1]]
    for wrong in changed:
        equal(check_text(database, wrong), NEGATIVE, wrong)
    equal(check_text(database, text, "other.pub"), NEGATIVE, "another key")
    equal(check_text(database, text.replace("王建国", "王健国"), key=None), NEGATIVE, "another name, no key asked")
    for wrong, key, fault in ((text.replace("王建国", "王健国"), "k.pub", "name"), (text, "other.pub", "not_signed")):
        found = database.run("certificate", "--check", wrong, "--key", key, "--json", expect=NEGATIVE).json()
        equal((found["good"], found["faults"]), (False, [fault]), fault)
    for torn in ("YIJIAN1|", "|".join(text.split("|")[:4]), text.replace("2027-01-31", "2027-02-30")):
        equal(check_text(database, torn), USAGE, torn)
    equal(check_text(database, text, "nothing.pub"), NO_INPUT, "no key")
    later = database.run("certificate", "--check", text, "--key", "k.pub", "--on", "2027-02-01", "--json", expect=NEGATIVE)
    equal(later.json()["faults"], ["over", "lapsed"], "a good code, too late")


def openssl(public, name):
    """Whether the openssl command line takes NAME.sig for a signature over NAME."""
    words = ["openssl", "dgst", "-sm3", "-verify", public, "-sigopt", DISTID, "-signature", f"{name}.sig", name]
    done = subprocess.run(words, capture_output=True, check=False)
    equal(done.returncode in (0, 1), True, done.stderr)
    return done.returncode == 0 and b"Verified OK" in done.stdout


@test
def signed_exports_verify_elsewhere():
    database = Database()
    database.feed([constructor(1), application(1)])
    database.run("approve", "A0000000001", expect=OK)
    run("key", "new", "k", expect=OK)
    run("key", "new", "other", expect=OK)
    database.run("export", "-o", "e.json", "--sign", "k", expect=OK)
    equal(openssl("k.pub", "e.json"), True, "as written")
    equal(openssl("other.pub", "e.json"), False, "another key")
    database.run("export", "-o", "e.json", "--sign", "k", expect=CANNOT_CREATE)
    equal(openssl("k.pub", "e.json"), True, "both left as they were")
    content = bytearray(open("e.json", "rb").read())
    for place in (0, len(content) // 2, len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 1
        with open("e.json", "wb") as file:
            file.write(changed)
        equal(openssl("k.pub", "e.json"), False, f"byte {place}")
    database.run("export", "-o", "e.json", "--sign", "k", "--force", "--format", "ndjson", expect=OK)
    equal(openssl("k.pub", "e.json"), True, "replaced, both")
    for words in (["--sign", "k"], ["-o", "-", "--sign", "k"]):
        database.run("export", *words, expect=USAGE)
    subprocess.run(["openssl", "genpkey", "-quiet", "-algorithm", "ED25519", "-out", "ed"], check=True)
    os.chmod("ed", 0o600)
    os.chmod("k.pub", 0o600)
    for key, code in (("k.pub", BAD_DATA), ("ed", BAD_DATA), (".", NO_INPUT), ("/dev/null", NO_INPUT), ("none", NO_INPUT)):
        database.run("export", "-o", "f.json", "--sign", key, expect=code)
    with open("h.json.sig", "w", encoding="utf-8") as file:
        file.write("x")
    database.run("export", "-o", "h.json", "--sign", "k", expect=CANNOT_CREATE)
    equal(os.path.exists("h.json"), False, "no export beside a signature that is another's")
    os.chmod("k", 0o644)
    if database.run("export", "-o", "g.json", "--sign", "k").code == OK:
        raise AssertionError("a private key for all to read is taken")
    equal([name for name in ("f.json", "f.json.sig", "g.json", "g.json.sig") if os.path.exists(name)], [], "left behind")


@test
def keys_are_never_replaced():
    os.umask(0o022)
    run("key", "new", "k", expect=OK)
    equal(stat.S_IMODE(os.stat("k").st_mode), 0o600, "private")
    content = [open(name, "rb").read() for name in ("k", "k.pub")]
    contains(content[0].decode(), "PRIVATE KEY")
    contains(content[1].decode(), "PUBLIC KEY")
    run("key", "new", "k", expect=CANNOT_CREATE)
    equal([open(name, "rb").read() for name in ("k", "k.pub")], content, "both as they were")
    with open("half.pub", "w", encoding="utf-8") as file:
        file.write("x")
    run("key", "new", "half", expect=CANNOT_CREATE)
    equal((os.path.exists("half"), open("half.pub", encoding="utf-8").read()), (False, "x"), "no half of a pair")
    os.symlink("elsewhere", "link")
    run("key", "new", "link", expect=CANNOT_CREATE)
    equal(os.path.exists("elsewhere"), False, "nothing is written through a link")
    run("key", "new", "no/such/folder/k", expect=CANNOT_CREATE)
    for words in (["new"], ["old", "k2"], ["new", "a", "b"]):
        run("key", *words, expect=USAGE)


if __name__ == "__main__":
    main()
