"""Any statement fails, when it is prepared or when it runs: the command ends in order, and what it said is so (SPEC 14).

Each statement is tried at its first use and at its last; with FAULT=all at every use."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from commands import COMMANDS, READING  # noqa: E402
from counted import Counted, each  # noqa: E402
from place import SANITIZED, Skip, equal, main, test  # noqa: E402


class Statements(Counted):
    what, most = "statement", 1 << 14


def meddle(name):
    return Statements(name).meddle()


@test
def every_command_with_any_statement_failing():
    if SANITIZED:
        raise Skip("the sanitizers' library wants to be the first")
    found = each(meddle, [*COMMANDS, *READING])
    equal([fault for _, faults, _ in found for fault in faults], [], "faults")
    equal([name for name, _, tried in found if tried < 10 and name != "rules"], [], "commands that hardly asked the database")


if __name__ == "__main__":
    main()
