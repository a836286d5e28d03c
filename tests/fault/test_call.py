"""Any call fails that the program itself makes of the C library, of libcrypto, SQLite, cJSON or libqrencode: the command ends in
order, what it said is so, and no data are said to be at fault (SPEC 14).

A call is tried at its first use and at its last by each way of calls; with FAULT=all at every use."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import points  # noqa: E402
from commands import BESIDE, COMMANDS, READING  # noqa: E402
from counted import Counted, each  # noqa: E402
from place import BAD_DATA, NEGATIVE, SANITIZED, Skip, equal, main, test  # noqa: E402


ACCUSING = {NEGATIVE, BAD_DATA}  # what a command ends with whose data are at fault: nobody knows that of them here


class Calls(Counted):
    what, most = "call", 1 << 16

    def hold(self, code, out, err, codes=points.EXIT_CODES - ACCUSING):
        points.check("damaged" not in err, f"said to be damaged: {err}")
        super().hold(code, out, err, codes)


def meddle(name):
    return Calls(name).meddle()


@test
def every_command_with_any_call_failing():
    if SANITIZED:
        raise Skip("the sanitizers' library wants to be the first")
    found = each(meddle, [*COMMANDS, *READING, *BESIDE])
    equal([fault for _, faults, _ in found for fault in faults], [], "faults")
    equal([name for name, _, tried in found if tried < 10 and name != "rules"], [], "commands that hardly called anything")


if __name__ == "__main__":
    main()
