"""One-shot commands over a real SSH connection: streams, exit codes, the table by role, who acted with which key (SPEC 13)."""

import json
import os
import subprocess

import office
from lib import (BAD_DATA, BUSY, NEGATIVE, NOT_ALLOWED, OK, PARTLY, USAGE, blocked, contains, equal)


def commands_and_streams(at):
    at.queue(6)
    listed = json.dumps(at.ssh("li.hua", "list --json", expect=OK).json())
    numbers = [f"A{serial:010d}" for serial in range(6)]
    contains(listed, *numbers)
    contains(at.ssh("li.hua", "search 京1112", expect=OK).out, numbers[0])
    contains(at.ssh("li.hua", f"show {numbers[0]}", expect=OK).out, "王建国")
    at.ssh("li.hua", "stats", expect=OK)
    at.ssh("li.hua", f"approve {numbers[0]} --note '已核对 原件'", expect=OK)
    at.ssh("li.hua", "approve - --confirm 2", stdin="\n".join(numbers[1:3]) + "\n", expect=OK)
    with open("decisions.json", "wb") as file:
        process = subprocess.run([*at.client("wu.min"), f"{at.account}@127.0.0.1", "export --since 1"], stdout=file, env=at.environment(), check=True)
    equal(process.returncode, 0, "export")
    with open("decisions.json", encoding="utf-8") as file:
        document = json.load(file)
    equal([(d["decision_no"], d["decided_by"]) for d in document["decisions"]], [(2, "li.hua"), (3, "li.hua")], "decisions")
    equal(at.decisions()[0]["note"], "已核对 原件", "quotes")
    contains(at.ssh("wu.min", "verify", expect=OK).out, "3")
    at.ssh("wu.min", "notice 1", expect=OK)


def exit_codes_come_through(at):
    at.ssh("li.hua", "import -", stdin=office.ndjson(office.documents(9, blocked)[17:]), expect=OK)
    for code, command, stdin in ((NEGATIVE, "search 京1999", ""), (NEGATIVE, "show A9", ""), (USAGE, "list --nothing", ""), (BAD_DATA, "import -", "{"),
                                 (BUSY, "approve A0000000000", ""), (NOT_ALLOWED, "init", ""),
                                 (PARTLY, "approve A0000000003 A0000000008 --confirm 2", ""), (NEGATIVE, "check A0000000008", "")):
        equal(at.ssh("li.hua", command, stdin=stdin).code, code, command)


def commands_by_role(at):
    at.ssh("wu.min", "approve A0000000004", expect=NOT_ALLOWED)
    at.ssh("wu.min", "import -", stdin="", expect=NOT_ALLOWED)
    for login in ("li.hua", "wu.min"):
        for command in ("reviewer list", "reviewer add x --name y --role supervisor", "extend A0000000004 --reason x", "revoke 1 --reason x --ground y"):
            at.ssh(login, command, expect=NOT_ALLOWED)
    contains(at.ssh("zhang.wei", "reviewer list", expect=OK).out, "li.hua")
    with open(at.keys["chen.jie"] + ".pub", "rb") as file:
        contains(at.ssh("zhang.wei", "reviewer key chen.jie -", stdin=file.read(), expect=OK).out, "restrict,pty,command=")
    at.ssh("zhang.wei", "extend A0000000004 --reason '需向原发证机关核实'", expect=OK)


def the_key_stands_in_every_event(at):
    known = {}
    for login, path in at.keys.items():
        known[login] = subprocess.run(["ssh-keygen", "-l", "-f", path + ".pub"], capture_output=True, check=True, text=True).stdout.split()[1]
    events = [event for event in at.events() if event["event"] not in ("init",)]
    seen = {(event["by"], event["key"]) for event in events if event["key"] is not None}
    equal(seen, {("li.hua", known["li.hua"]), ("zhang.wei", known["zhang.wei"])}, "who and with which key")
    without = [event for event in events if event["key"] is None]
    equal([event["event"] for event in without], ["reviewer"], "events without a key: only the first supervisor's own")


def a_disabled_reviewer_is_out(at):
    at.ssh("zhang.wei", "reviewer disable chen.jie", expect=OK)
    contains(at.ssh("chen.jie", "list", expect=NOT_ALLOWED).err, "chen.jie")
    at.ssh("zhang.wei", "reviewer enable chen.jie", expect=OK)
    at.ssh("chen.jie", "list", expect=OK)


def keys_come_and_go(at):
    equal(at.ssh("chen.jie", "list").code, OK, "before")
    contains(at.setup("remove-key", "chen.jie"), "chen.jie")
    equal(at.ssh("chen.jie", "list").code, 255, "without the key")
    at.setup("remove-key", "chen.jie", expect=NEGATIVE)
    at.setup("add-key", "chen.jie", at.keys["chen.jie"] + ".pub")
    contains(at.setup("add-key", "chen.jie", at.keys["chen.jie"] + ".pub"), "already")
    at.setup("add-key", "li.hua", at.keys["chen.jie"] + ".pub", expect=BUSY)
    at.setup("add-key", "nobody", at.keys["chen.jie"] + ".pub", expect=NEGATIVE)
    at.setup("add-key", "li.hua", at.keys["chen.jie"], expect=BAD_DATA)
    at.ssh("chen.jie", "list", expect=OK)
    equal(os.stat(at.authorized).st_mode & 0o777, 0o644, "mode")
    equal(sorted(os.listdir("/etc/yijian")), ["authorized_keys"], "leftovers")


def setting_up_again_changes_nothing(at):
    def state():
        files = subprocess.run(["find", "/etc", "/var/lib/yijian", "/usr/local", "-newermt", "1970-01-01", "-not", "-name", "*-shm", "-not", "-name", "*-wal",
                                "-type", "f", "-printf", "%p %m %U %s\n"], capture_output=True, check=True, text=True).stdout
        return sorted(files.splitlines())
    before = state()
    at.setup()
    at.setup("--supervisor", "zhang.wei", "--name", "张伟", "--key", at.keys["zhang.wei"] + ".pub")
    equal(state(), before, "files")
    for words in (("--supervisor", "x"), ("--key",), ("nonsense",), ("add-key", "x"), ("--supervisor", "x", "--name", "y", "--key", "missing.pub")):
        at.setup(*words, expect=66 if "missing.pub" in words else USAGE)
    os.chmod("/var/lib/yijian", 0o755)
    contains(at.setup(expect=78), "chmod 0700 /var/lib/yijian")
    os.chmod("/var/lib/yijian", 0o700)
    equal(state(), before, "files")


def what_was_laid_down(at):
    modes = {"/var/lib/yijian": (0o700, at.account), "/var/lib/yijian/yijian.db": (0o600, at.account), "/var/backups/yijian": (0o700, at.account),
             "/etc/yijian": (0o755, "root"), "/etc/yijian/authorized_keys": (0o644, "root"), "/etc/ssh/sshd_config.d/yijian.conf": (0o644, "root")}
    import pwd
    for path, expected in modes.items():
        info = os.stat(path)
        equal((info.st_mode & 0o777, pwd.getpwuid(info.st_uid).pw_name), expected, path)
    equal(pwd.getpwnam(at.account).pw_shell, "/usr/local/bin/yijian-shell", "login shell")
    equal(os.readlink("/usr/local/bin/yijian-shell"), "yijian", "link")
    said = subprocess.run([office.SSHD, "-T", "-C", f"user={at.account},host=localhost,addr=127.0.0.1"], capture_output=True, check=True, text=True).stdout
    for line in ("authenticationmethods publickey", "passwordauthentication no", "disableforwarding yes", "exposeauthinfo yes", "permituserrc no",
                 "maxsessions 4", "maxstartups 100:30:200", "unusedconnectiontimeout 10"):
        contains(said.lower(), line)
    other = subprocess.run([office.SSHD, "-T", "-C", "user=root,host=localhost,addr=127.0.0.1"], capture_output=True, check=True, text=True).stdout
    contains(other.lower(), "disableforwarding no")
    for words in (["verify"], ["backup", "/var/backups/yijian", "--keep", "60"]):  # what the timers run
        subprocess.run(["runuser", "-u", at.account, "--", at.program, *words], check=True, capture_output=True)


NEEDS_ACCOUNT = (keys_come_and_go, setting_up_again_changes_nothing, what_was_laid_down)
if __name__ == "__main__":
    office.enter()
    office.main([commands_and_streams, exit_codes_come_through, commands_by_role, the_key_stands_in_every_event, a_disabled_reviewer_is_out,
                 keys_come_and_go, setting_up_again_changes_nothing, what_was_laid_down], NEEDS_ACCOUNT)
