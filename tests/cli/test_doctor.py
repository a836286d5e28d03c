"""`yijian doctor`: each fault is made, seen by its name with what mends it, mended, and seen gone."""

import base64
import datetime
import glob
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess

from lib import NEGATIVE, NOT_ALLOWED, OK, PROGRAM, ROOT, USAGE, Database, contains, environment, equal, main, run, test

DAY = "2026-06-01"
ACCOUNT = 4321 if os.getuid() == 0 else os.getuid()
IDS = ["database", "folder", "modes", "content", "space", "people", "calendar", "clock", "backup", "verify", "locale",
       "account", "key-file", "keys", "sshd", "sandbox"]


def key(seed):
    def part(data):
        return len(data).to_bytes(4, "big") + data
    return "ssh-ed25519 " + base64.b64encode(part(b"ssh-ed25519") + part(hashlib.sha256(seed.encode()).digest())).decode()


def line(login, options="restrict,pty,"):
    return f'{options}command="yijian session --reviewer {login}" {key(login)} {login}@office\n'


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


class Installation:
    """One that is well, below a folder: two people who decide, their keys, sshd's block as it is shipped."""

    def __init__(self):
        self.root = os.path.abspath("root")
        self.folder = f"{self.root}/var/lib/yijian"
        os.makedirs(self.folder)
        os.chmod(self.folder, 0o700)
        self.database = Database(f"{self.folder}/yijian.db", today=DAY)
        self.path = self.database.path
        self.database.add("li.hua", "李华")
        self.database.add("wu.min", "吴敏")
        self.database.run("verify", expect=OK)
        self.database.run("backup", "copy.db", expect=OK)
        self.keys = f"{self.root}/etc/yijian/authorized_keys"
        self.passwd = f"{self.root}/etc/passwd"
        self.sshd = f"{self.root}/etc/ssh/sshd_config"
        self.block = f"{self.root}/etc/ssh/sshd_config.d/yijian.conf"
        write(self.passwd, f"root:x:0:0::/root:/bin/sh\nyijian:x:{ACCOUNT}:{ACCOUNT}::/var/lib/yijian:/usr/bin/yijian-shell\n")
        write(f"{self.root}/usr/bin/yijian-shell", "", 0o755)
        write(self.keys, "# office\n\n" + line("li.hua") + line("wu.min"))
        write(self.sshd, "Include /etc/ssh/sshd_config.d/*.conf\nUsePAM yes\nMatch User other\n  PasswordAuthentication yes\n")
        os.makedirs(os.path.dirname(self.block))
        shutil.copy(f"{ROOT}/tui/service/sshd.conf", self.block)
        self.own()

    def own(self):
        if os.getuid() == 0:
            for path in [self.folder, *glob.glob(f"{self.folder}/*")]:
                os.chown(path, ACCOUNT, ACCOUNT, follow_symlinks=False)

    def doctor(self, *words, today=DAY):
        return run("doctor", "--root", self.root, "--today", today, "--json", *words)

    def findings(self, check, **more):
        return [finding for finding in self.doctor(**more).json() if finding["id"] == check]

    def shows(self, check, *pieces, result="fault", remedy=None, **more):
        found = [finding for finding in self.findings(check, **more) if finding["result"] == result]
        if not found:
            raise AssertionError(f"no {result} of {check}: {self.findings(check, **more)}")
        contains(" ".join(finding["found"] or "" for finding in found), *pieces)
        if remedy is not None:
            contains(" ".join(finding["remedy"] or "" for finding in found), remedy)

    def is_well(self, check, **more):
        equal([finding["result"] for finding in self.findings(check, **more)], ["ok"], f"{check} {self.findings(check, **more)}")


def state(folder):
    """Names, owners, modes and bytes of all that lies below."""
    found = {}
    for path in sorted(glob.glob(f"{folder}/**", recursive=True)):
        info = os.lstat(path)
        data = open(path, "rb").read() if os.path.isfile(path) and not path.endswith("-shm") else b""
        found[path] = (info.st_mode, info.st_uid, info.st_mtime_ns if not path.endswith("-shm") else 0, data)
    return found


@test
def an_installation_that_is_well():
    office = Installation()
    before = state(office.root)
    result = office.doctor()
    equal(list(dict.fromkeys(finding["id"] for finding in result.json())), IDS, "checks")
    equal([finding for finding in result.json() if finding["result"] in ("fault", "unknown")
           and finding["id"] not in ("clock", "key-file")], [], "faults")
    if os.getuid() == 0:
        equal(result.code, OK, result.out)
        office.is_well("key-file")
    for check in ("database", "folder", "modes", "space", "people", "calendar", "backup", "verify", "locale", "account",
                  "keys", "sshd"):
        office.is_well(check)
    office.shows("content", "training", result="notice")
    equal(state(office.root), before, "what lies there")
    contains(run("doctor", "--root", office.root, "--today", DAY, "--lang", "zh").out, "✓ 审查人员", "! 数据库内容")


@test
def at_rest_nothing_is_made_either():
    office = Installation()
    for path in glob.glob(f"{office.path}*"):
        os.remove(path)
    shutil.copy("copy.db", office.path)  # nothing beside it
    office.own()
    before = state(office.root)
    office.is_well("people")
    office.is_well("modes")
    equal(state(office.root), before, "what lies there")
    equal(os.listdir(office.folder), ["yijian.db"], "files")


@test
def writes_that_wait_are_left_waiting():
    office = Installation()
    os.remove(office.path + "-shm")
    before = state(office.root)
    if not os.path.getsize(office.path + "-wal"):
        raise AssertionError("nothing waits")
    office.shows("content", "wait to be read in", result="unknown", remedy="verify")
    if os.getuid() == 0:  # else the file of the keys is not root's
        equal(office.doctor().code, NOT_ALLOWED, "exit code")
    equal(state(office.root), before, "what lies there")
    office.database.run("verify", expect=OK)
    office.own()
    office.is_well("people")


@test
def the_file():
    office = Installation()
    os.rename(office.path, "away")
    office.shows("database", "no database", remedy="yijian-setup")
    os.symlink(os.path.abspath("away"), office.path)
    office.shows("database", "symbolic link", remedy="readlink")
    os.remove(office.path)
    os.rename("away", office.path)
    os.link(office.path, "second")
    office.shows("database", "more than one name", remedy="samefile")
    os.remove("second")
    office.is_well("database")
    shutil.copy(office.path, "whole")
    for at, data, piece in ((0, b"nothing of ours!", "not a database"), (68, b"\0\0\0\1", "another program"),
                            (60, b"\0\0\xff\xff", "newer")):
        with open(office.path, "r+b") as file:
            file.seek(at)
            file.write(data)
        office.shows("database", piece, remedy="restore")
        shutil.copy("whole", office.path)
    office.is_well("database")


@test
def the_remedy_of_a_link_mends_it():
    office = Installation()
    os.mkdir("elsewhere")
    for path in glob.glob(f"{office.path}*"):
        os.rename(path, f"elsewhere/{os.path.basename(path)}")
    os.symlink(os.path.abspath("elsewhere/yijian.db"), office.path)
    remedy = [finding["remedy"] for finding in office.findings("database")][0]
    subprocess.run(["/bin/sh", "-ec", remedy], check=True)
    office.is_well("database")
    office.is_well("people")


@test
def modes_and_owners():
    office = Installation()
    os.chmod(office.folder, 0o755)
    office.shows("folder", "0755", remedy="chmod 0700")
    os.chmod(office.folder, 0o700)
    office.is_well("folder")
    office.database.run("list", "--counts", expect=OK)  # the gate and the rest
    office.own()
    for suffix in ("", "-wal", "-gate", "-verified"):
        os.chmod(office.path + suffix, 0o640)
        office.shows("modes", "0640", office.path + suffix, remedy="chmod 0600 " + office.path + suffix)
        os.chmod(office.path + suffix, 0o600)
    os.symlink("/etc/passwd", office.path + "-seats")
    office.shows("modes", "link", remedy="rm ")
    os.remove(office.path + "-seats")
    os.makedirs(office.path + "-drafts")
    office.own()
    os.chmod(office.path + "-drafts", 0o750)
    office.shows("modes", "0750", remedy="chmod 0700 " + office.path + "-drafts")
    os.chmod(office.path + "-drafts", 0o700)
    if os.getuid() == 0:
        os.chown(office.path + "-gate", 0, 0)
        office.shows("modes", "user number 0", remedy="chown yijian: ")
        os.chown(office.path + "-gate", ACCOUNT, ACCOUNT)
    office.is_well("modes")


@test
def people():
    office = Installation()
    for login in ("li.hua", "wu.min"):
        office.database.run("reviewer", "disable", login, expect=OK)
    office.shows("people", "1", remedy="reviewer add")
    office.shows("keys", "li.hua is not an active reviewer", "wu.min", remedy="remove-key li.hua")
    office.database.run("reviewer", "enable", "li.hua", expect=OK)
    office.is_well("people")
    office.database.run("reviewer", "enable", "wu.min", expect=OK)
    office.is_well("keys")
    connection = sqlite3.connect(office.path)
    connection.execute("UPDATE reviewer SET active = 0 WHERE role = 2")
    connection.commit()
    connection.close()
    office.own()
    office.shows("people", "supervisors: 0", remedy="--role supervisor")


@test
def working_day_notices():
    office = Installation()
    office.is_well("calendar", today="2026-10-31")
    office.shows("calendar", "2027", result="notice", remedy="calendar load 2027.json", today="2026-11-25")
    office.shows("calendar", "2027", remedy="calendar load 2027.json", today="2026-12-01")
    office.shows("calendar", "2028", today="2028-03-01")
    write("2027.json", json.dumps({"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}))
    office.database.run("calendar", "load", "2027.json", expect=OK)
    office.is_well("calendar", today="2026-12-01")


def rewrite_last_event(path, instant):
    """What no program of ours does: the doctor does not verify, it compares with the clock."""
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'").fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE ledger SET json = json_set(json, '$.at', ?) WHERE seq = (SELECT max(seq) FROM ledger)",
                       (instant,))
    connection.commit()
    connection.close()


@test
def the_clock():
    office = Installation()
    rewrite_last_event(office.path, "2099-01-01T00:00:00Z")
    office.own()
    office.shows("clock", "2099-01-01 08:00", remedy="timedatectl")
    rewrite_last_event(office.path, "2026-01-01T00:00:00Z")
    office.own()
    equal([finding["result"] for finding in office.findings("clock") if finding["result"] == "fault"], [], "clock")


@test
def backups_and_verifies():
    office = Installation()
    old = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for check, stamp in (("backup", "-backed-up"), ("verify", "-verified")):
        office.is_well(check)
        write(office.path + stamp, f"{old} good 4\n", 0o600)
        office.shows(check, "-", result="notice")  # a training database
        os.remove(office.path + stamp)
        office.shows(check, result="notice")
        write(office.path + stamp, "nonsense", 0o600)
        office.shows(check, result="notice")
    rewrite_last_event(office.path, "2026-01-01T00:00:00Z")
    office.database.run("verify", expect=NEGATIVE)
    office.shows("verify", "a fault was found", remedy="verify")


@test
def an_official_one_needs_them_every_night():
    office = Installation()
    for path in glob.glob(f"{office.path}*"):
        os.remove(path)
    database = Database(office.path, training=False)
    database.run("verify", expect=OK)
    office.own()
    old = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = {finding["id"]: finding for finding in run("doctor", "--root", office.root, "--json").json()}
    equal((found["content"]["result"], found["verify"]["result"], found["backup"]["result"]), ("ok", "ok", "notice"))
    write(office.path + "-verified", f"{old} good 4\n", 0o600)
    found = {finding["id"]: finding for finding in run("doctor", "--root", office.root, "--json").json()}
    equal(found["verify"]["result"], "fault", "verify")
    database.run("verify", expect=OK)
    database.run("backup", "new.db", expect=OK)
    found = {finding["id"]: finding for finding in run("doctor", "--root", office.root, "--json").json()}
    equal((found["verify"]["result"], found["backup"]["result"]), ("ok", "ok"))


@test
def disk_space():
    Installation()
    small = os.path.abspath("small")
    os.mkdir(small)
    script = (f"mount -t tmpfs -o size=20m,mode=700 none {small} && cp copy.db {small}/yijian.db && "
              f"exec {PROGRAM} --db {small}/yijian.db doctor --json")
    process = subprocess.run(["unshare", "-rm", "/bin/sh", "-c", script], capture_output=True, env=environment())
    if not process.stdout:
        print("# no file system of one's own here: not tried")
        return
    found = {finding["id"]: finding for finding in json.loads(process.stdout)}
    equal(found["space"]["result"], "fault", "space")
    contains(found["space"]["remedy"], "df -h")


@test
def chinese_texts():
    os.mkdir("bin")
    shutil.copy(PROGRAM, "bin/yijian")
    process = subprocess.run(["bin/yijian", "--db", "none.db", "doctor", "--json"], capture_output=True, env=environment())
    found = {finding["id"]: finding for finding in json.loads(process.stdout)}
    if not os.path.exists("/usr/local/share/locale/zh_CN/LC_MESSAGES/yijian.mo"):
        equal(found["locale"]["result"], "fault", "locale")
    write("share/locale/zh_CN/LC_MESSAGES/yijian.mo", "")
    process = subprocess.run(["bin/yijian", "--db", "none.db", "doctor", "--json"], capture_output=True, env=environment())
    equal({finding["id"]: finding for finding in json.loads(process.stdout)}["locale"]["result"], "ok", "locale")


@test
def the_account():
    office = Installation()
    passwd = open(office.passwd, encoding="utf-8").read()
    write(office.passwd, "root:x:0:0::/root:/bin/sh\n")
    office.shows("account", "no account yijian", remedy="yijian-setup prepare")
    write(office.passwd, passwd.replace("/usr/bin/yijian-shell", "/bin/bash"))
    office.shows("account", "/bin/bash", remedy="usermod --shell")
    write(office.passwd, passwd)
    os.remove(f"{office.root}/usr/bin/yijian-shell")
    office.shows("account", "cannot be run", remedy="ln -sfn")
    write(f"{office.root}/usr/bin/yijian-shell", "", 0o755)
    office.is_well("account")


@test
def the_file_of_the_keys():
    office = Installation()
    os.chmod(office.keys, 0o664)
    office.shows("key-file", "0664", remedy="chmod go-w")
    os.chmod(office.keys, 0o644)
    os.chmod(os.path.dirname(office.keys), 0o777)
    office.shows("key-file", "0777", remedy="chown root:root")
    os.chmod(os.path.dirname(office.keys), 0o755)
    if os.getuid() == 0:
        office.is_well("key-file")
        os.chown(office.keys, ACCOUNT, 0)
        office.shows("key-file", f"user number {ACCOUNT}", remedy="chown root:root")
        os.chown(office.keys, 0, 0)
        office.is_well("key-file")
    os.remove(office.keys)
    office.shows("key-file", "there is no", remedy="yijian-setup prepare")


KEYS = [
    (key("li.hua") + "\n", "line 1: restrict is missing"),
    (line("li.hua", "pty,"), "line 1: restrict is missing"),
    ("restrict,pty " + key("li.hua") + "\n", "does not say who acts"),
    (f'restrict,command="/bin/sh" {key("li.hua")}\n', "does not say who acts"),
    (f'restrict,command="sh -c yijian session --reviewer li.hua" {key("li.hua")}\n', "does not say who acts"),
    (line("nobody.here"), "nobody.here is not an active reviewer"),
    (line("li.hua", "restrict,port-forwarding,"), "port-forwarding opens"),
    (line("li.hua", 'restrict,environment="A=b c",'), "environment opens"),
    (line("li.hua", "restrict,X11-forwarding,"), "X11-forwarding opens"),
    (line("li.hua", "restrict,user-rc,"), "user-rc opens"),
    (line("li.hua") + line("wu.min").replace(key("wu.min"), key("li.hua")), "line 2: the same key"),
    ("restrict,pty,command=\"yijian session --reviewer li.hua\" ssh-ed25519 AAAA\n", "line 1: "),
    ("nonsense\n", "line 1: "),
]


@test
def the_keys():
    office = Installation()
    for text, piece in KEYS:
        write(office.keys, text)
        office.shows("keys", piece, remedy="yijian-setup")
    for text in (line("li.hua", 'restrict,pty,from="10.0.0.0/8, 192.168.*",'), line("li.hua") + line("wu.min"),
                 line("li.hua").replace("li.hua\"", "li.hua --lang zh\"")):
        write(office.keys, text)
        office.is_well("keys")
    write(office.keys, "# nobody\n")
    office.shows("keys", "nobody can log in", result="notice")


@test
def the_block_of_sshd():
    office = Installation()
    office.is_well("sshd")
    block = open(office.block, encoding="utf-8").read()
    for old, new, piece in (("DisableForwarding yes", "DisableForwarding no", "DisableForwarding no"),
                            ("    ExposeAuthInfo yes\n", "", "no ExposeAuthInfo"),
                            ("PasswordAuthentication no", "PasswordAuthentication yes", "PasswordAuthentication yes"),
                            ("    AuthorizedKeysFile /etc/yijian/authorized_keys\n",
                             "    AuthorizedKeysFile .ssh/authorized_keys\n", ".ssh/authorized_keys")):
        write(office.block, block.replace(old, new))
        office.shows("sshd", piece, remedy="yijian-setup")
    write(office.block, block.replace("Match User yijian", "Match User other"))
    office.shows("sshd", "Match User yijian", remedy="yijian-setup")
    write(office.block, block)
    write(office.sshd, "UsePAM yes\n")
    office.shows("sshd", "Match User yijian")
    write(office.sshd, "UsePAM yes\n" + block)  # by hand, in the main file
    office.is_well("sshd")
    os.remove(office.sshd)
    office.shows("sshd", "there is no", remedy="openssh-server")


@test
def the_sandbox_is_told():
    office = Installation()
    found = office.findings("sandbox")[0]
    contains(found["found"], "no new privileges: in force", "Landlock")


@test
def who_may_not_look_is_told_so():
    if os.getuid() != 0:
        print("# only root can become somebody else: not tried")
        return
    office = Installation()
    shutil.copy(PROGRAM, "/tmp/yijian-doctor-test")
    try:
        path = os.path.dirname(os.path.abspath("root"))
        os.chmod(path, 0o755)
        parts = path.split("/")
        reachable = all(os.stat("/".join(parts[:i]) or "/").st_mode & 1 for i in range(1, len(parts)))
        if not reachable:
            print("# the folder of the tests is closed to others: not tried")
            return
        process = subprocess.run(["/tmp/yijian-doctor-test", "doctor", "--root", office.root, "--json"],
                                 capture_output=True, user=65534, group=65534, extra_groups=[], env=environment(), cwd="/")
    finally:
        os.remove("/tmp/yijian-doctor-test")
    found = {finding["id"]: finding for finding in json.loads(process.stdout)}
    equal((found["database"]["result"], found["database"]["remedy"]), ("unknown", "sudo yijian doctor"))
    equal(found["content"]["result"], "unknown")
    contains([NEGATIVE, NOT_ALLOWED], process.returncode)


@test
def a_database_of_ones_own():
    os.mkdir("mine", 0o700)
    database = Database("mine/yijian.db", today=DAY)
    database.add("li.hua", "李华")
    result = database.run("doctor", "--json", expect=OK)
    found = {finding["id"]: finding for finding in result.json()}
    equal([found[check]["result"] for check in ("account", "key-file", "keys", "sshd")], ["absent"] * 4)
    equal((found["folder"]["result"], found["modes"]["result"]), ("ok", "ok"))
    contains(found["backup"]["remedy"], f"yijian --db {database.path} backup")


@test
def not_over_ssh_and_no_words():
    database = Database()
    database.add("li.hua", "李华")
    database.session("li.hua", "doctor", expect=NOT_ALLOWED)
    database.run("doctor", "please", expect=USAGE)


if __name__ == "__main__":
    main()
