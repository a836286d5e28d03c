"""An application that others change while somebody has it before them: nothing is recorded by a key that meant what stood
there before, and what it is now comes to the screen (SPEC 8, 14.2)."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import BUSY, NO, OK, application, contains, decided, equal, folder, main, ndjson, office, screen, test  # noqa: E402

def by_another(database, *commands):
    for words in commands:
        words = words if isinstance(words, tuple) else (words, "")
        database.run(*words[0].split(), "--lang", "en", stdin=words[1], expect=OK)


def corrected():
    """The same application with another employer."""
    paper = application(0)
    paper["employer"]["name"] = "改名后的建设公司"
    return ndjson([paper])


# What somebody else does, a part of what is said to the one whose Y comes after it, and of what stands there then.
CHANGES = {
    "returned": ([f"return {NO} --items 缺页"], "was returned for correction", "returned"),
    "withdrawn": ([f"withdraw {NO} --reason 申请人来函"], "was withdrawn", "withdrawn"),
    "approved": ([f"approve {NO}"], "was approved already", "approved"),
    "refused": ([f"refuse {NO} --reason 材料虚假"], "was refused already", "refused"),
    "extended": ([f"extend {NO} --reason 需核实"], "has changed since you opened it", "2026-12-18"),
    "submitted again": ([f"return {NO} --items 缺页", ("import -", corrected())], "has changed since you opened it", "改名后的建设公司"),
}


def at_a_box(database):
    terminal = screen(database, "--lang", "en", rows=36, cols=120)
    terminal.see(NO)
    for keys, text in (("\r", "A approve"), ("A", "capital Y")):
        terminal.press(keys, text)
    return terminal


@test
def a_key_that_meant_something_else_records_nothing():
    for name, (commands, said, there) in CHANGES.items():
        with folder(name):
            database = office()
            terminal = at_a_box(database)
            by_another(database, *commands)
            before = database.run("ledger", "--json", expect=OK).out
            terminal.press("Y", said)
            terminal.press("q", there)
            equal(database.run("ledger", "--json", expect=OK).out, before, f"{name}: the ledger")
            terminal.kill()
            database.run("verify", expect=OK)


@test
def a_command_that_names_the_version_neither():
    for name, (commands, said, _) in CHANGES.items():
        with folder(name):
            database = office()
            by_another(database, *commands)
            done = decided(database.path)
            result = database.run("--lang", "en", "approve", NO, "--version", "1", expect=BUSY)
            contains(result.err, said)
            equal(decided(database.path), done, f"{name}: decided")


@test
def what_it_is_now_comes_to_an_open_record():
    for name, (commands, _, there) in CHANGES.items():
        with folder(name):
            database = office()
            terminal = screen(database, "--lang", "en", rows=36, cols=120)
            terminal.see(NO)
            terminal.press("\r", "A approve")
            by_another(database, *commands)
            terminal.see(there)
            terminal.kill()


if __name__ == "__main__":
    main()
