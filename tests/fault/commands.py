"""The commands that write, each with the folder it begins in: what points.py meddles with.

Nobody in these documents exists."""

import base64
import json
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

from lib import OK, TODAY, Database, application, blocked, constructor, ndjson, run  # noqa: E402

CALENDAR = {"covers": ["2027-01-01", "2027-12-31"], "days_off": ["2027-01-01"], "make_up_workdays": ["2027-01-02"]}
DB = ["--db", "yijian.db", "--today", TODAY, "--lang", "en"]

ELECTRONIC = "京1112011201100004"  # the registration the decision made there gave

# Name: the folder it begins in, its words, the steps it consists of where it is more than one transaction.
COMMANDS = {
    "init": ("empty", ["init", "--training", "--name", "张伟"]),
    "import": ("office", ["import", "new.ndjson"]),
    "import --partial": ("office", ["import", "mixed.ndjson", "--partial", "--report", "rejected.ndjson"]),
    "accept": ("office", ["accept", "A0000000000"]),
    "approve": ("office", ["approve", "A0000000000"]),
    "approve --confirm": ("office", ["approve", "A0000000000", "A0000000001", "A0000000002", "--confirm", "3"],
                          [["approve", f"A{serial:010d}"] for serial in range(3)]),
    "approve initial": ("office", ["approve", "A0000000007"]),
    "refuse": ("office", ["refuse", "A0000000003"]),
    "return": ("office", ["return", "A0000000000", "--items", "劳动合同缺第3页"]),
    "withdraw": ("office", ["withdraw", "A0000000000", "--reason", "申请人来函撤回"]),
    "extend": ("office", ["extend", "A0000000000", "--reason", "需核实"]),
    "revoke": ("office", ["revoke", "1", "--reason", "材料虚假", "--ground", "许可法第六十九条"]),
    "reviewer add": ("office", ["reviewer", "add", "zhang.wei", "--name", "张薇", "--role", "reviewer"]),
    "reviewer disable": ("office", ["reviewer", "disable", "li.hua"]),
    "calendar load": ("office", ["calendar", "load", "2027.json"]),
    "announce": ("office", ["announce"]),
    "show --document": ("office", ["show", "A0000000000", "--document"]),
    "export": ("office", ["export", "-o", "decisions.json"]),
    "backup": ("office", ["backup", "backup.db"]),
    "restore": ("behind", ["restore", "later.db", "--confirm"]),
    "verify": ("office", ["verify"]),
}

# Commands that only read, in an office.
READING = {
    "list": ["list", "--specialty", "建筑工程", "--outcome", "approvable"], "search": ["search", "京1112"], "show": ["show", "A0000000003"], "check": ["check", "--json", "--explain"],
    "stats": ["stats"], "ledger": ["ledger", "--json"], "notice": ["notice", "1"], "export to a pipe": ["export"],
    "certificate": ["certificate", ELECTRONIC], "reviewer list": ["reviewer", "list"], "rules": ["rules", "--json"],
}

# What else asks much of the system: keys and signatures, backups by the hour, input from a pipe. "@code" is what the file of that name holds.
BESIDE = {
    "import -": ("piped", ["import", "-"]),
    "import again": ("office", ["import", "again.ndjson"]),
    "key new": ("office", ["key", "new", "new.key"]),
    "export --sign": ("signed", ["export", "-o", "signed.json", "--sign", "export.key"]),
    "export --pretty": ("signed", ["export", "--pretty", "-o", "pretty.json"]),
    "certificate --key": ("signed", ["certificate", ELECTRONIC, "--qr", "--key", "export.key"]),
    "certificate --check": ("signed", ["certificate", "--check", "--key", "export.key.pub", "@code"]),
    "verify --against": ("signed", ["verify", "--against", "early.json"]),
    "reviewer key": ("signed", ["reviewer", "key", "li.hua", "li.hua.pub"]),
    "backup FOLDER": ("signed", ["backup", "backups", "--keep", "1"]),
    "announce --batch": ("signed", ["announce", "--batch", "1", "--format", "csv"]),
    "calendar show": ("office", ["calendar", "show", "2026"]),
    "doctor": ("office", ["doctor"]),
}


def make_office():
    """One decision made, five applications pending, one of them by somebody new to the register; documents to import, some
    of it in the WAL only."""
    database = Database()
    database.add("li.hua", "李华")
    approvable = [application(serial) for serial in (0, 1, 2, 4)]
    database.feed([constructor(serial) for serial in range(5)] + approvable + [blocked(3), application(7, "initial")])
    database.run("approve", "A0000000004", expect=OK)
    long = [{"name": f"第{i}号材料，" + "很长" * 40, "sha256": "0" * 64} for i in range(60)]  # more than a block of memory
    new = [constructor(5), application(5, materials=long)]
    again = [constructor(0), application(0)]  # the same, otherwise spelled
    bad = application(6, kind="unknown")
    for name, text in (("new.ndjson", ndjson(new)), ("mixed.ndjson", ndjson([new[0], bad, new[1]])),
                       ("2027.json", json.dumps(CALENDAR)),
                       ("again.ndjson", "".join(json.dumps(document, sort_keys=True) + "\n" for document in again))):
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)


def make_behind():
    """An office, and a backup of what it was to become."""
    make_office()
    shutil.copytree(".", "later")
    run("--db", "later/yijian.db", "--today", TODAY, "approve", "A0000000000", expect=OK)
    run("--db", "later/yijian.db", "--today", TODAY, "backup", "later.db", expect=OK)
    shutil.rmtree("later")


def make_piped():
    """An office whose input is a pipe."""
    make_office()
    os.rename("new.ndjson", "stdin")


def make_signed():
    """An office with a key, an export, a batch announced, a certificate's code, two backups, the key of a reviewer."""
    make_office()
    command = ("--db", "yijian.db", "--today", TODAY)
    for words in (["key", "new", "export.key"], ["export", "-o", "early.json"], ["announce"]):
        run(*command, *words, expect=OK)
    told = run(*command, "certificate", ELECTRONIC, "--key", "export.key", "--json", expect=OK).json()
    with open("code", "w", encoding="utf-8") as file:
        file.write(told["qr"])
    os.mkdir("backups")
    for day in ("01", "02"):
        run(*command, "backup", f"backups/yijian-2026-01-{day}T000000Z.db", expect=OK)
    with open("li.hua.pub", "w", encoding="utf-8") as file:
        file.write("ssh-ed25519 " + base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + bytes(range(1, 33))).decode() + "\n")


FOLDERS = {"empty": lambda: None, "office": make_office, "behind": make_behind, "piped": make_piped, "signed": make_signed}
