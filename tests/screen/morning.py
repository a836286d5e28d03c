"""Makes what the tests of the screen start from: a training database, people, and a file to import."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

from lib import Database, application, blocked, constructor, ndjson, partly  # noqa: E402

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def named(document, serial):
    name = FAMILY[serial % len(FAMILY)] + "建国"
    if document["type"] == "constructor":
        document["name"] = name
        return document
    document["applicant"]["name"] = name
    if document["pledge"].get("signer"):
        document["pledge"]["signer"] = name
    return document


count = int(sys.argv[1])
database = Database()
database.add("li.hua", "李华")
makers = {1: partly, 2: blocked}
documents = [named(constructor(i), i) for i in range(count)]
documents += [named(makers.get(i, application)(i), i) for i in range(count)]
with open("morning.ndjson", "w", encoding="utf-8") as file:
    file.write(ndjson(documents))
if len(sys.argv) > 2:
    database.feed(documents)
