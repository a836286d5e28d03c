#!/usr/bin/python3
"""Every text the program can say has a Chinese translation that is one."""
import glob
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACE = re.compile(r"%(?:[1-4]|[-+ 0#]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:ll|l|z)?[dsuc])")


def entries(po):
    """msgid -> msgstr of a catalogue."""
    text = subprocess.run(["msgcat", "--no-wrap", "-"], input=po, capture_output=True, check=True, text=True).stdout
    found = {}
    for block in text.split("\n\n"):
        parts = {"msgid": "", "msgstr": ""}
        part = None
        for line in block.splitlines():
            match = re.match(r'(msgid|msgstr) "(.*)"$', line)
            if match:
                part = match.group(1)
                parts[part] = match.group(2)
            elif part and line.startswith('"'):
                parts[part] += line[1:-1]
        if parts["msgid"] and "#, fuzzy" not in block:
            found[parts["msgid"]] = parts["msgstr"]
    return found


def sources():
    os.chdir(ROOT)
    return sorted(f for pattern in ("store/*.c", "tui/*.c", "tui/*/*.c", "core/*.c") for f in glob.glob(pattern))


def main():
    wanted = entries(subprocess.run(["xgettext", "--from-code=UTF-8", "-k_", "-kN_", "-kN_FAULT", "-o", "-", *sources()],
                                    capture_output=True, check=True, text=True).stdout)
    told = entries(subprocess.run(["msgcat", "--use-first", *sorted(glob.glob("tui/po/*.po"))],
                                  capture_output=True, check=True, text=True).stdout)
    checks = [
        ("every text is translated", [m for m in wanted if not told.get(m) and m != "%1"]),
        ("every translation keeps the places of its text",
         [m for m in wanted if told.get(m) and sorted(PLACE.findall(m)) != sorted(PLACE.findall(told[m]))]),
        ("no translation is of a text that is gone", [m for m in told if m not in wanted]),
    ]
    print(f"1..{len(checks)}")
    for number, (name, bad) in enumerate(checks, 1):
        print(f"{'not ok' if bad else 'ok'} {number} - {name}")
        for message in bad:
            print(f"# {message[:150]}")
    sys.exit(any(bad for _, bad in checks))


main()
