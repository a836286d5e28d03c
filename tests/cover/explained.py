#!/usr/bin/python3
"""Every branch that the suite did not go through has its reason in tests/cover/explained: file, beginning of the line, reason; apart
by tabs. A branch without one is a fault, and so is a reason whose line is not there any more."""

import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def lines_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return [line.strip() for line in file]


def explained():
    with open(os.path.join(ROOT, "tests/cover/explained"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return {(path, start): reason for path, start, reason in rows}


def uncovered(report):
    with open(report, encoding="utf-8") as file:
        files = json.load(file)["files"]
    for file in files:
        lines = lines_of(file["file"])
        for line in file["lines"]:
            missed = sum(branch["count"] == 0 for branch in line["branches"])
            if missed:
                yield file["file"], line["line_number"], lines[line["line_number"] - 1], missed


def main():
    reasons, used, without = explained(), set(), []
    total = 0
    for path, number, text, missed in uncovered(sys.argv[1]):
        total += missed
        mine = [key for key in reasons if key[0] == path and text.startswith(key[1])]
        used.update(mine)
        if not mine:
            without.append(f"{path}:{number}: {text}")
    gone = [f"{path}: {start}" for path, start in reasons if not any(text.startswith(start) for text in lines_of(path))]
    print(f"not gone through: {total} branches; reasons that were not needed this time: {len(set(reasons) - used)}")
    for what, found in (("without a reason", without), ("reasons for lines that are not there", gone)):
        if found:
            print(f"{what}: {len(found)}", *found, sep="\n  ")
    sys.exit(1 if without or gone else 0)


if __name__ == "__main__":
    main()
