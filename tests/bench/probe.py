"""A program in a terminal, watched from outside: how long until its screen is complete, how many bytes that took.

Complete is when it has written nothing for QUIET seconds and its processes have computed nothing meanwhile; the time is
that of the last byte, so the waiting itself is not counted. All programs are held to the same."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

import pyte

QUIET = 0.03
TICK = os.sysconf("SC_CLK_TCK")


def answer(data):
    """What a terminal says when it is asked who it is and where its cursor stands."""
    said = b""
    if b"\x1b[6n" in data:
        said += b"\x1b[1;1R"
    if b"\x1b[c" in data or b"\x1b[0c" in data:
        said += b"\x1b[?62;22c"
    return said


class Probe:
    def __init__(self, command, rows=40, cols=120, cwd=None, stdin=None, env=None):
        self.screen = pyte.Screen(cols, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.seen = b""
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
            if cwd:
                os.chdir(cwd)
            if stdin:
                os.dup2(os.open(stdin, os.O_RDONLY), 0)
            home = os.path.join(os.environ["BUILD"], "bench")  # what a peer keeps for itself lies there
            os.execvpe(command[0], command, {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8",
                                             "HOME": home, **(env or {})})

    def cpu(self):
        """Seconds computed by it so far."""
        try:
            with open(f"/proc/{self.pid}/stat", encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / TICK
        except OSError:
            return 0.0

    def memory(self):
        """MB at its highest."""
        with open(f"/proc/{self.pid}/status", encoding="utf-8") as file:
            for line in file:
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) / 1024
        return 0.0

    def read(self, seconds):
        if not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        if said := answer(data):
            os.write(self.fd, said)
        return data

    def settle(self, start, until=None, limit=120):
        """(ms, bytes) from `start` to the last byte of a complete screen on which `until` stands."""
        last, count, cpu = start, 0, self.cpu()
        while time.perf_counter() - start < limit:
            data = self.read(QUIET)
            if data:
                last, count = time.perf_counter(), count + len(data)
                self.stream.feed(data)
                continue
            now = self.cpu()
            if now == cpu and count > 0 and (until is None or until in self.text()):
                return (last - start) * 1000, count
            cpu = now
        raise TimeoutError(f"no {until!r} within {limit} s:\n{self.text()}")

    def start(self, until, limit=120):
        return self.settle(self.started, until, limit)

    def key(self, keys, until=None, limit=120):
        start = time.perf_counter()
        os.write(self.fd, keys.encode())
        return self.settle(start, until, limit)

    def text(self):
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))  # pyte's own fails where half a wide character is left
        return "\n".join("".join(row[x].data for x in range(self.screen.columns)) for row in rows)

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
