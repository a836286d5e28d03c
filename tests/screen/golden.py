"""Makes the database the golden screens are drawn from: people, golden.ndjson, and what they have done with it so far.

Nobody in golden.ndjson exists."""

import datetime
import os
import re
import sqlite3
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))

from lib import OK, Database  # noqa: E402

# Day, who, what. The first supervisor, 陈敏, is whoever runs this: None.
DONE = [
    ("2026-11-16", "li.hua", "approve A202611010000010"),
    ("2026-11-17", "li.hua", "approve A202611110000006"),
    ("2026-11-18", "zhang.wei", "refuse A202611060000145"),
    ("2026-11-20", "li.hua", "accept A202611110000022"),
    ("2026-11-23", "zhang.wei", "approve A202611230000016"),
    ("2026-11-23", "zhang.wei", "approve A202611160000029"),
    ("2026-11-23", "li.hua", "approve A202611070000053 --partial"),
    ("2026-11-24", None,
     ["revoke", "4", "--reason", "申请人所附劳动合同系伪造", "--ground", "行政许可法第六十九条第二款"]),
    ("2026-11-24", "li.hua", "return A202611220000030 --items 劳动合同缺第3页；社会保险证明未盖章"),
    ("2026-11-24", "zhang.wei", "withdraw A202611240000088 --reason 申请人2026年11月24日来函撤回"),
    ("2026-11-24", None, ["extend", "A202611230000117", "--reason", "需向原发证机关核实"]),
    ("2026-11-25", "li.hua", "approve A202611190000040"),
    ("2026-11-25", "li.hua", "approve A202611190000046"),
    ("2026-11-25", "zhang.wei", "refuse A202611200000113"),
    ("2026-11-25", None, ["accept", "A202611250000074"]),
]

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def set_clock(path):
    """The program takes the time of day from the clock, whatever --today says: puts fixed times in its place, from 09:10
    in Shanghai on. The ledger proves nothing any more after that; the screen does not ask it to."""
    connection = sqlite3.connect(path)
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE name IN ('ledger_kept', 'decision_kept')").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    on, count, times = None, 0, {}
    for seq, day in connection.execute("SELECT seq, day FROM ledger ORDER BY seq"):
        on, count = day, count + 1 if day == on else 0
        at = datetime.datetime(1970, 1, 1, 1, 10) + datetime.timedelta(days=day, minutes=53 * count)
        times[seq] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    for table, column in (("ledger", "json"), ("decision", "json"), ("decision", "decided_at")):
        for seq, text in connection.execute(f"SELECT seq, {column} FROM {table}").fetchall():
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE seq = ?", (INSTANT.sub(times[seq], text), seq))
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


database = Database(today="2026-11-25", supervisor="陈敏")
database.run("reviewer", "add", "zhang.wei", "--name", "张伟", "--role", "reviewer", expect=OK)
database.run("reviewer", "add", "li.hua", "--name", "李华", "--role", "reviewer", expect=OK)
with open(os.path.join(HERE, "golden.ndjson"), encoding="utf-8") as documents:
    database.run("import", "-", stdin=documents.read(), expect=OK)
for day, login, words in DONE:
    done = database.run(*words, today=day) if login is None else database.session(login, words, today=day)
    if done.code != OK:
        sys.exit(f"{day} {login} {words}: {done.code}\n{done.out}{done.err}")
set_clock(database.path)
