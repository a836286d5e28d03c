"""The sandbox around a running program: what the kernel says of it, and that the files a command names still work."""

import os
import pty
import select
import subprocess
import time

from lib import OK, PROGRAM, Database, constructor, contains, environment, equal, main, ndjson, queue, test


def has_filters():
    with open("/proc/self/status", encoding="ascii") as status:
        return any(line.startswith("Seccomp:") for line in status)


def is_sanitized():
    return b"__asan_init" in subprocess.run(["nm", "-D", PROGRAM], capture_output=True, check=True).stdout


def status_of(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)


class Screen:
    """The program on a terminal of its own, drawn once when this returns."""

    def __init__(self, *words, env=None):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(PROGRAM, [PROGRAM, *words], environment(TERM="xterm", **(env or {})))
        self.read_until(b"A0000000000")

    def read_until(self, mark):
        seen, end = b"", time.monotonic() + 60
        while mark not in seen and time.monotonic() < end:
            if select.select([self.fd], [], [], 1)[0]:
                seen += os.read(self.fd, 65536)
        contains(seen, mark)

    def leave(self):
        os.write(self.fd, b"q")
        try:
            while os.read(self.fd, 65536):
                pass
        except OSError:
            pass  # the terminal is gone, as it should
        equal(os.waitpid(self.pid, 0)[1], 0, "end of the screen")


def in_force(pid):
    status = status_of(pid)
    equal(status["NoNewPrivs"], "1", "NoNewPrivs")
    if has_filters():
        equal(status["Seccomp"], "2", "Seccomp")
    if is_sanitized():
        return  # the leak check looks at the process: tui/sandbox.h
    if os.getuid() != 0:  # root may look at everything
        equal(os.access(f"/proc/{pid}/environ", os.R_OK), False, "dumpable")


@test
def the_screen_of_a_session_is_in_it():
    database = Database()
    database.add("li.hua", "李华")
    queue(database, 1)
    screen = Screen(*database.words(), "session", "--reviewer", "li.hua")
    in_force(screen.pid)
    screen.leave()


@test
def the_screen_of_a_login_is_in_it():
    database = Database()
    queue(database, 1)
    screen = Screen(*database.words())
    in_force(screen.pid)
    screen.leave()


@test
def a_command_is_in_it():
    database = Database()
    database.add("li.hua", "李华")
    queue(database, 1)
    for words, env in ((["import", "-"], {}),
                       (["session", "--reviewer", "li.hua"], {"SSH_ORIGINAL_COMMAND": "import -"})):
        process = database.start(*words, env=env)  # waits for documents
        end = time.monotonic() + 60
        while status_of(process.pid)["NoNewPrivs"] != "1" and time.monotonic() < end:
            time.sleep(0.01)
        end = time.monotonic() + 60
        while has_filters() and status_of(process.pid)["Seccomp"] != "2" and time.monotonic() < end:
            time.sleep(0.01)
        in_force(process.pid)
        process.communicate(b"")


@test
def files_that_are_named_work_wherever_they_lie():
    for folder in ("one", "in", "out", "kept", "temporary"):
        os.makedirs(folder)
    database = Database("one/yijian.db")
    with open("in/a.ndjson", "w", encoding="utf-8") as file:
        file.write(ndjson([constructor(1), {"type": "nothing"}]))
    database.run("import", "in/a.ndjson", "--partial", "--report", "out/rejected.ndjson", expect=3)
    database.run("import", "-", stdin=ndjson([constructor(2)]), env={"TMPDIR": os.path.abspath("temporary")}, expect=OK)
    database.run("export", "-o", "out/decisions.json", expect=OK)
    database.run("verify", "--against", "out/decisions.json", expect=OK)
    database.run("backup", "kept", "--keep", "1", expect=OK)
    database.run("backup", "kept/one.db", expect=OK)
    equal(sorted(os.listdir("out")), ["decisions.json", "rejected.ndjson"], "out")
    equal(len(os.listdir("kept")), 2, "backups")


@test
def a_client_names_no_folder_for_what_it_sends():
    database = Database()
    database.add("li.hua", "李华")
    result = database.session("li.hua", "import -", stdin=ndjson([constructor(1)]), env={"TMPDIR": "/nonexistent"})
    equal(result.code, OK, result.err)


if __name__ == "__main__":
    main()
