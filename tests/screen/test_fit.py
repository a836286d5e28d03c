"""No text of the program's own is too wide for its place: the golden screens show none of them cut."""

import glob
import os
import re
import sys
import unicodedata

ROOT = os.environ.get("YIJIAN_ROOT", ".")
GOLDEN = os.path.join(ROOT, "tests", "screen", "golden")
FRAME_TITLE = re.compile(r"┌─ (.*?) ─*┐")


def rows(path, height):
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")[:height]


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def own_texts(lines):
    """What is the program's in every view: header, tabs and headings of lists, footer, titles and keys of boxes."""
    yield "header", lines[0]
    yield "footer", lines[-1]
    for line in lines:
        title = FRAME_TITLE.search(line)
        if title:
            yield "title of a box", title.group(1)
        if re.search(r"决定期限·余|Due, left|Decided on|决定日期", line):
            yield "headings", line
        if re.search(r"大写 Y|capital Y|^ ?1 ?(全部|all) ", line):
            yield "keys or tabs", line


faults, seen = [], 0
for path in sorted(glob.glob(os.path.join(GOLDEN, "*.*.*x*.txt"))):
    cols, height = map(int, re.search(r"(\d+)x(\d+)", os.path.basename(path)).groups())
    lines = rows(path, height)
    if cols < 80 or len(lines) < height:
        continue
    for what, text in own_texts(lines):
        seen += 1
        if "…" in text:
            faults.append(f"{os.path.basename(path)}: {what} cut: {text}")
    for line in lines:
        if width(line) > cols:
            faults.append(f"{os.path.basename(path)}: {width(line)} cells: {line}")

print("1..2")
print(f"{'ok' if seen > 500 else 'not ok'} 1 - {seen} texts of the program were looked at")
print(f"{'not ok' if faults else 'ok'} 2 - none is cut at 80 columns and more, no row is wider than the screen")
for fault in faults:
    print(f"# {fault}")
sys.exit(1 if faults or seen <= 500 else 0)
