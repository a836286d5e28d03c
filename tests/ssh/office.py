"""An office on this machine: the program installed, people with keys, a real sshd on loopback, real clients.

As root, where the system allows it, in namespaces of its own: /etc is a copy there, /usr/local, /var/lib, /var/backups and
/run are empty, and every process ends with the test. `make install` and yijian-setup do there what they do on a server:
the account, its login shell, the folders, the sshd block of tui/service/ inside the system's own sshd_config.

Else sshd runs as whoever runs the tests, and only they can log in: the same directives, but their own shell starts
`yijian session`. What needs the account is skipped then, with a word."""

import atexit
import contextlib
import datetime
import fcntl
import getpass
import grp
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

import lib  # noqa: E402
from lib import BUILD, LIMIT, OK, PROGRAM, ROOT, Result, application, constructor, ndjson  # noqa: E402,F401

SSHD = "/usr/sbin/sshd"
GUARD = "/run/yijian-guard"  # tests/guard/guard.c
INSIDE = "YIJIAN_TEST_NAMESPACE"
ENTER = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"]
EMPTY = ("/usr/local", "/var/lib", "/var/backups", "/run")
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
WAIT = 60  # seconds until what must come has come, on a machine with much to do
PEOPLE = {"zhang.wei": ("张伟", "supervisor"), "li.hua": ("李华", "reviewer"), "chen.jie": ("陈洁", "reviewer"), "wu.min": ("吴敏", "auditor")}


class Skip(Exception):
    """Why a test shows nothing here."""


def skip_all(why):
    print(f"1..1\nok 1 - SSH # SKIP {why}")
    sys.exit(0)


def enter():
    """Begins the test again inside namespaces, where that can be."""
    if not os.path.exists(SSHD) or not shutil.which("ssh"):
        skip_all("there is no sshd here")
    if INSIDE in os.environ:
        return
    probe = [*ENTER, "mount", "-t", "tmpfs", "none", "/run"]
    if os.getuid() == 0 and not os.environ.get("YIJIAN_TEST_ALONE") and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        os.environ[INSIDE] = "1"
        os.execvp(ENTER[0], [*ENTER, sys.executable, *sys.argv])
    print("# no namespaces: without the account and its login shell, as " + getpass.getuser(), flush=True)


def alone():
    return INSIDE not in os.environ


def today():
    return datetime.datetime.now(SHANGHAI).date()


def documents(count, make=application):
    """Persons and applications that can be approved today."""
    day = today()
    filed, last = str(day - datetime.timedelta(days=1)), day + datetime.timedelta(days=60)
    first = str(last - datetime.timedelta(days=1000))
    out = []
    for serial in range(count):
        person = constructor(serial)
        for held in person["specialties"]:
            held.update(valid_from=first, valid_to=str(last))
        out.append(person)
    for serial in range(count):
        document = make(serial, submitted_on=filed) if make is application else make(serial)
        document["submitted_on"] = filed
        if document["pledge"].get("signed"):
            document["pledge"]["signed_on"] = filed
        out.append(document)
    return out


def mount_copies():
    copy = tempfile.mkdtemp(prefix="yijian-")
    for folder in EMPTY:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=0755", "none", folder], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=0755", "none", copy], check=True)
    subprocess.run(["cp", "-a", "/etc/.", copy], check=True)
    subprocess.run(["mount", "--bind", copy, "/etc"], check=True)
    os.makedirs("/run/sshd", mode=0o755)
    shutil.rmtree("/etc/yijian", ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        os.remove("/etc/ssh/sshd_config.d/yijian.conf")
    subprocess.run(["userdel", "yijian"], capture_output=True, check=False)


class Office:
    def __init__(self):
        self.folder = os.getcwd()
        self.keys = {}
        for login in PEOPLE:
            self.make_key(login)
        if alone():
            self.account, self.program = getpass.getuser(), PROGRAM
            self.database = os.path.join(self.folder, "yijian.db")
            self.authorized = os.path.join(self.folder, "authorized_keys")
            self.make_alone()
        else:
            self.account, self.program = "yijian", "/usr/local/bin/yijian"
            self.database, self.authorized = "/var/lib/yijian/yijian.db", "/etc/yijian/authorized_keys"
            self.install()
            self.watch()
        self.port, self.terminals = None, []

    def make_key(self, name):
        path = os.path.join(self.folder, "key-" + name)
        if not os.path.exists(path):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name} 的密钥", "-f", path], check=True)
        self.keys[name] = path
        return path

    def install(self):
        mount_copies()
        subprocess.run(["make", "-s", "-C", ROOT, "install", "BUILD=" + os.path.relpath(BUILD, ROOT)], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "MAKEFLAGS": ""})
        self.setup("--supervisor", "zhang.wei", "--name", "张伟", "--key", self.keys["zhang.wei"] + ".pub")
        if not any(name.startswith("ssh_host_") for name in os.listdir("/etc/ssh")):
            subprocess.run(["ssh-keygen", "-A"], check=True, capture_output=True)

    @staticmethod
    def watch():
        """Has each yijian here watched that it writes nothing outside the gate, whatever sshd leaves of the environment."""
        if "GUARD_REPORT" not in os.environ:
            return
        shutil.copy(os.path.join(BUILD, "tests", "guard.so"), "/usr/local/lib/yijian-guard.so")
        with open(GUARD, "w", encoding="utf-8"):
            os.chmod(GUARD, 0o666)
        with open("/etc/ld.so.preload", "w", encoding="utf-8") as file:
            file.write("/usr/local/lib/yijian-guard.so\n")
        atexit.register(shutil.copyfile, GUARD, os.environ["GUARD_REPORT"])

    def setup(self, *words, expect=0):
        """yijian-setup, as an administrator runs it."""
        done = subprocess.run(["/usr/local/sbin/yijian-setup", *words], capture_output=True, text=True, check=False,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
        if done.returncode != expect:
            raise AssertionError(f"yijian-setup {words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def make_alone(self):
        lib.run("--db", self.database, "init", "--supervisor", "zhang.wei", "--name", "张伟", expect=OK)
        self.add_key("zhang.wei")

    def add_key(self, login):
        if not alone():
            self.setup("add-key", login, self.keys[login] + ".pub")
            return
        line = lib.run("--db", self.database, "reviewer", "key", login, self.keys[login] + ".pub", expect=OK).out
        with open(self.authorized, "a", encoding="utf-8") as file:
            file.write(line.replace('"yijian ', f'"exec {PROGRAM} --db {self.database} '))

    def add_people(self):
        """The supervisor adds them over SSH, the administrator their keys."""
        for login, (name, role) in PEOPLE.items():
            if role != "supervisor":
                self.ssh("zhang.wei", f"reviewer add {login} --name {name} --role {role}", expect=OK)
                self.add_key(login)

    def configuration(self):
        """The sshd block of tui/service/, as the whole configuration of an sshd that runs alone."""
        with open(os.path.join(ROOT, "tui/service/sshd.conf"), encoding="utf-8") as file:
            block = file.read().replace("Match User yijian\n", "").replace("/etc/yijian/authorized_keys", self.authorized)
        block = re.sub(r"^ *SetEnv .*", "", block, flags=re.M)  # names the file for yijian-shell, which is not run here
        host = os.path.join(self.folder, "host")
        if not os.path.exists(host):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host], check=True)
        path = os.path.join(self.folder, "sshd_config")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"HostKey {host}\nStrictModes no\nUsePAM no\nPidFile none\nPermitRootLogin yes\nAcceptEnv LANG LC_*\n"
                       f"Subsystem sftp /usr/lib/openssh/sftp-server\n{block}")
        return path

    def start(self, *options, before=()):
        """Starts sshd; `before` is what it runs under."""
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # as its own service does
        config = self.configuration() if alone() else "/etc/ssh/sshd_config"
        for _ in range(5):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            log = open(os.path.join(self.folder, "sshd.log"), "ab")
            command = [*before, SSHD, "-D", "-e", "-f", config, "-p", str(port), "-o", "ListenAddress=127.0.0.1", *options]
            server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                                      env={"PATH": os.environ["PATH"]})
            if wait_for(lambda: listens(port) or server.poll() is not None) and server.poll() is None:
                self.server, self.port = server, port
                return self
        raise AssertionError(open(os.path.join(self.folder, "sshd.log"), encoding="utf-8", errors="replace").read())

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGTERM)
        self.server.wait(WAIT)

    def client(self, login, *words):
        known = os.path.join(self.folder, "known_hosts")
        options = ["BatchMode=yes", "IdentitiesOnly=yes", "StrictHostKeyChecking=accept-new", "UserKnownHostsFile=" + known, "LogLevel=ERROR",
                   "ConnectionAttempts=1", "ConnectTimeout=30", "GlobalKnownHostsFile=none"]
        return ["ssh", "-F", "none", "-i", self.keys[login], "-p", str(self.port), *(f"-o{option}" for option in options), *words]

    def environment(self, **more):
        return {"PATH": os.environ["PATH"], "HOME": self.folder, "LANG": "C.UTF-8", "TERM": "linux", **more}

    def popen(self, login, *words, options=(), env=None, **more):
        command = [*self.client(login, *options), f"{self.account}@127.0.0.1", *(("--", *words) if words else ())]
        return subprocess.Popen(command, env=self.environment(**(env or {})), stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def ssh(self, login, *words, stdin=b"", options=(), env=None, expect=None, limit=LIMIT):
        """One command; what it gave back."""
        process = self.popen(login, *words, options=options, env=env, stdin=subprocess.PIPE)
        data = stdin.encode() if isinstance(stdin, str) else stdin
        result = Result(process, *process.communicate(data, timeout=limit))
        if expect is not None and result.code != expect:
            raise AssertionError(f"{login}: {words}: exit code {result.code}, not {expect}\n{result.out}{result.err}")
        return result

    def terminal(self, login, rows=24, cols=80, env=None, options=()):
        if not has_terminals():
            raise Skip("an sshd that is not root's has no terminals here")
        command = [*self.client(login, "-tt", "-oSendEnv=LANG", *options), f"{self.account}@127.0.0.1"]
        self.terminals.append(Terminal(command, self.environment(**(env or {})), rows, cols))
        return self.terminals[-1]

    def queue(self, count, make=application):
        self.ssh("li.hua", "import -", stdin=ndjson(documents(count, make)), expect=OK)

    def decisions(self):
        return self.ssh("wu.min", "export --since 0", expect=OK).json()["decisions"]

    def events(self):
        return [json.loads(row) for row in self.ssh("wu.min", "ledger --json", expect=OK).out.splitlines()]


def listens(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(check, limit=WAIT):
    """Whether it has come true within the limit."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.02)
    return bool(check())


def has_terminals():
    """An sshd that is not root's can hand out only terminals that the system makes for the group tty already."""
    if os.getuid() == 0:
        return True
    master, slave = pty.openpty()
    good = os.fstat(slave).st_gid == grp.getgrnam("tty").gr_gid
    os.close(master)
    os.close(slave)
    return good


class Terminal:
    """A program in a terminal that is looked at. The terminal is a Linux console: what pyte understands whole."""

    def __init__(self, command, env, rows, cols):
        import pyte
        self.screen = pyte.Screen(cols, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.code = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
            os.execvpe(command[0], command, env)

    def pump(self, seconds=0.02):
        if self.fd < 0 or not select.select([self.fd], [], [], seconds)[0]:
            return
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        if data:
            self.stream.feed(data)
        else:
            time.sleep(seconds)

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def see(self, text, there=True):
        end = time.monotonic() + WAIT
        while (text in self.text()) != there:
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {text!r} to {'come' if there else 'go'}:\n{self.text()}")
            self.pump()
        return self

    def press(self, keys, text):
        """As a hand does it: what comes faster is no key."""
        end = time.monotonic() + 0.1
        while time.monotonic() < end:
            self.pump()
        os.write(self.fd, keys.encode())
        return self.see(text)

    def resize(self, rows, cols):
        self.screen.resize(rows, cols)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def ended(self, seconds):
        def look():
            self.pump()
            pid, status = os.waitpid(self.pid, os.WNOHANG) if self.code is None else (0, 0)
            if pid == self.pid:
                self.code = os.waitstatus_to_exitcode(status)
            return self.code is not None
        return wait_for(look, seconds)

    def wait(self):
        if not self.ended(WAIT):
            raise AssertionError(f"did not end:\n{self.text()}")
        if self.fd >= 0:
            os.close(self.fd)
        self.fd = -1
        return self.code

    def kill(self):
        """The client dies, as when a laptop is shut."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
        self.wait()


def processes(name="yijian"):
    """The program's processes with the login they act for."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                words = file.read().decode("utf-8", "replace")
            if os.path.basename(os.readlink(f"/proc/{pid}/exe")) == name and "session --reviewer" in words.replace("\0", " "):
                found[int(pid)] = words.replace("\0", " ")
    return found


def open_office():
    """With its people, its sshd running."""
    office = Office().start()
    office.add_people()
    return office


def run_tests(tests, call):
    """Runs them in order, or those named on the command line; how many failed."""
    failed = 0
    chosen = [test for test in tests if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]]
    print(f"1..{len(chosen)}")
    for number, test in enumerate(chosen, 1):
        try:
            call(test)
            print(f"ok {number} - {test.__name__}", flush=True)
        except Skip as why:
            print(f"ok {number} - {test.__name__} # SKIP {why}", flush=True)
        except Exception:
            failed += 1
            lib.traceback.print_exc()
            print(f"not ok {number} - {test.__name__}", flush=True)
    return failed


def main(tests, needs_account=()):
    """Runs them in one office: what one leaves the next finds."""
    office = open_office()

    def call(test):
        if alone() and test in needs_account:
            raise Skip("needs the account")
        try:
            test(office)
        finally:
            while office.terminals:
                office.terminals.pop().kill()

    failed = run_tests(tests, call)
    office.stop()
    if failed:
        with open(os.path.join(office.folder, "sshd.log"), encoding="utf-8", errors="replace") as log:
            lines = [line for line in log if not any(word in line for word in ("Accepted", "isconnect", "logout()"))]
            print("".join("# " + line for line in lines[-40:]))
    sys.exit(1 if failed else 0)
