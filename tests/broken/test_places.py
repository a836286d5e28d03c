"""Each place that breaks.py breaks is still in the code, once, and its test is among the tests."""

import glob
import os
import sys

ROOT = os.environ.get("YIJIAN_ROOT", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.join(ROOT, "tests/cli")]

from breaks import BREAKS  # noqa: E402
from lib import equal, main, test  # noqa: E402


@test
def every_break_has_its_place():
    for one in BREAKS:
        with open(os.path.join(ROOT, one.path), encoding="utf-8") as file:
            text = file.read()
        for before, after in one.edits:
            equal((text.count(before), before != after), (1, True), f"{one.row}: {one.path}: {before!r}")


@test
def every_break_has_its_test():
    labels = [path.split(os.sep)[-2] + "/" + os.path.basename(path)[5:].rpartition(".")[0]
              for path in glob.glob(os.path.join(ROOT, "tests/*/test_*.*"))]
    for one in BREAKS:
        program, _, name = one.test.partition(":")
        equal(program in labels, True, f"{one.row}: {one.test}")
        if name and program not in ("fault/kill", "fault/inject", "fault/memory"):  # those take the name of a command
            with open(os.path.join(ROOT, "tests", program.replace("/", "/test_") + ".py"), encoding="utf-8") as file:
                equal(f"def {name}(" in file.read(), True, f"{one.row}: {one.test}")


if __name__ == "__main__":
    main()
