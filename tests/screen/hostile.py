"""Puts names into yijian.db, behind the program's back, that would take over a terminal."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

from test_streams import spoil  # noqa: E402


class Here:
    path = "yijian.db"


spoil(Here)
