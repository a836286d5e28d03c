"""Terminals of somebody's choice: TERM that is missing, unknown, far too long or a path, and descriptions of terminals laid
where curses would look for them. A session over SSH reads none of those (SPEC 13, 14)."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import NO, OK, Skip, equal, main, office, screen, test  # noqa: E402

NAMES = (None, "", "dumb", "unknown", "no-such-terminal", "x" * 300, "../../x", "/etc/passwd", ".", "..", "xterm\x1b]0;x", "王", "hostile")
MARK = "SAID-BY-A-HOSTILE-ENTRY"
ENTRY = rf"""
hostile|a terminal that says something of its own,
	am, cols#80, lines#24, bel=^G, cr=\r, ind=\n, clear=\E[H\E[2J{MARK}, cup=\E[%i%p1%d;%p2%dH{MARK},
	smcup={MARK}, is2={MARK}, sgr0=\E[m, home=\E[H, el=\E[K, ed=\E[J,
linux|the same under a name that is known,
	use=hostile,
"""


def lay(folder):
    """Such descriptions in this folder, as tic makes them."""
    with open("hostile.ti", "w", encoding="utf-8") as file:
        file.write(ENTRY)
    try:
        subprocess.run(["tic", "-x", "-o", folder, "hostile.ti"], check=True, capture_output=True)
    except FileNotFoundError:
        raise Skip("tic is not installed") from None


def session(database, name, **env):
    return screen(database, "--lang", "en", session="li.hua", env={"TERM": name, **env})


@test
def any_name_gives_a_screen_or_a_word():
    database = office()
    for name in NAMES:
        for start in (session, lambda database, name: screen(database, "--lang", "en", env={"TERM": name})):
            terminal = start(database, name)
            terminal.see(NO)
            terminal.press("q", "")
            if not terminal.ended(0.3):
                terminal.press("q", "")
            equal(terminal.wait(), 0, f"{name!r}: {terminal.text()}")
    database.run("verify", expect=OK)


@test
def no_entry_of_the_client_is_read():
    database = office()
    lay(os.path.abspath("terminfo"))
    lay(os.path.abspath("home/.terminfo"))
    folders = {"TERMINFO": os.path.abspath("terminfo"), "TERMINFO_DIRS": os.path.abspath("terminfo"), "HOME": os.path.abspath("home"),
               "TERMCAP": "hostile:cl=" + MARK, "TERMPATH": os.path.abspath("hostile.ti")}
    for name in ("hostile", "linux"):
        terminal = session(database, name, **folders)
        terminal.see(NO)
        equal(MARK in terminal.text(), False, f"{name}: {terminal.text()}")
        terminal.kill()
    seen = screen(database, "--lang", "en", env={"TERM": "hostile", "TERMINFO": folders["TERMINFO"]})
    seen.see(MARK)  # the test sees it where somebody asks for it at their own terminal
    seen.kill()


if __name__ == "__main__":
    main()
