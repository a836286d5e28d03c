"""Keys of reviewers: the line for authorized_keys, the login shell that reads it, the fingerprint in the ledger (SPEC 13)."""

import json
import os
import subprocess

from lib import (BAD_DATA, BUILD, CONFIG, NEGATIVE, NO_INPUT, NOT_ALLOWED, OK, PROGRAM, USAGE, Database, Result, contains, environment,
                 equal, main, queue, run, test)


def make_key(name, *words, comment="李华 的电脑"):
    if not words:
        words = ("-t", "ed25519")
    subprocess.run(["ssh-keygen", "-q", "-N", "", "-C", comment, "-f", name, *words], check=True)
    with open(name + ".pub", encoding="utf-8") as file:
        return file.read().strip()


def write(name, text):
    with open(name, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return name


def fingerprint(name):
    return subprocess.run(["ssh-keygen", "-l", "-f", name], capture_output=True, check=True, text=True).stdout.split()[1]


def office():
    database = Database()
    database.add("li.hua", "李华")
    database.add("wu.min", "吴敏", "auditor")
    return database


@test
def the_line_for_authorized_keys():
    database = office()
    for words in ((), ("-t", "ecdsa", "-b", "256"), ("-t", "ecdsa", "-b", "384"), ("-t", "ecdsa", "-b", "521"), ("-t", "rsa", "-b", "3072")):
        name = "key" + "".join(words)
        public = make_key(name, *words)
        line = f'restrict,pty,command="yijian session --reviewer li.hua" {public}\n'
        equal(database.run("reviewer", "key", "li.hua", name + ".pub", expect=OK).out, line, words)
        equal(database.run("reviewer", "key", "li.hua", "-", stdin=public, expect=OK).out, line, "stdin")
        told = database.run("reviewer", "key", "li.hua", name + ".pub", "--json", expect=OK).json()
        equal((told["fingerprint"], told["line"] + "\n", told["type"]), (fingerprint(name), line, public.split()[0]), "json")
    bare = " ".join(make_key("bare").split()[:2])
    equal(database.run("reviewer", "key", "li.hua", "-", stdin=bare + "\r\n", expect=OK).out,
          f'restrict,pty,command="yijian session --reviewer li.hua" {bare}\n', "no comment")


@test
def keys_that_are_none():
    database = office()
    public = make_key("key")
    kind, body = public.split()[:2]
    make_key("weak", "-t", "rsa", "-b", "2048")
    subprocess.run(["ssh-keygen", "-q", "-f", "key.pub", "-e", "-m", "PEM"], stdout=open("key.pem", "wb"), stderr=subprocess.DEVNULL)
    other = make_key("other")
    bad = ["", "\n", "x", "ssh-ed25519", f"ssh-rsa {body}", f"ssh-ed25519 {body[:-4]}", f"ssh-ed25519 {body}AAAA", f"{kind} {body[:-1]}*",
           f"{kind} {body[:-2]}==", f'command="sh" {public}', f"restrict {public}", f"environment=\"LD_PRELOAD=x\" {public}",
           f"{public}\n{other}", f"{public}\r{other}", f"{kind} {body} a\x00b", f"{kind} {body} a\x1b[2Jb", f"{kind} {body} a\u202eb",
           f"{kind} {body} " + "x" * 600, f"# {public}", f"{kind} {'A' * 8000}", "ssh-dss AAAAB3NzaC1kc3MAAAAB", "@cert-authority " + public,
           f"ssh-ed25519-cert-v01@openssh.com {body}", b"\xff\xfe" + public.encode("utf-16-le"), f"{kind} {body} \xff".encode("latin-1"),
           "x" * 2000000]
    for text in bad:
        for words, stdin in ((["-"], text), ([write("bad.pub", text)], b"")):
            result = database.run("reviewer", "key", "li.hua", *words, stdin=stdin)
            if result.code not in (BAD_DATA, NO_INPUT) or result.out or not result.err.startswith("yijian: "):
                raise AssertionError(f"{text[:80]!r}: {result.code} {result.out}{result.err}")
    for name in ("weak.pub", "key"):
        database.run("reviewer", "key", "li.hua", name, expect=BAD_DATA)
    contains(database.run("reviewer", "key", "li.hua", "weak.pub").err, "2048", "3072")
    contains(database.run("reviewer", "key", "li.hua", "key").err, "private")
    database.run("reviewer", "key", "li.hua", "missing.pub", expect=NO_INPUT)
    database.run("reviewer", "key", "li.hua", ".", expect=NO_INPUT)


@test
def only_for_reviewers_who_are_active():
    database = office()
    make_key("key")
    database.run("reviewer", "key", "nobody", "key.pub", expect=NEGATIVE)
    database.run("reviewer", "disable", "li.hua", expect=OK)
    contains(database.run("reviewer", "key", "li.hua", "key.pub", expect=NOT_ALLOWED).err, "enable")
    database.run("reviewer", "key", "li.hua", expect=USAGE)


def shell(*words, env=None, name="yijian-shell", stdin=b""):
    if not os.path.lexists("yijian-shell"):
        os.symlink(PROGRAM, "yijian-shell")
        os.symlink(os.path.join(BUILD, "locale"), "locale")
    process = subprocess.Popen([name, *words], executable=os.path.abspath("yijian-shell"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environment(**(env or {})))
    return Result(process, *process.communicate(stdin, timeout=60))


REFUSED = [
    "", "sh", "/bin/sh", "yijian", "yijian list", "yijian session", "yijian session --reviewer", "yijian session --reviewer=li.hua",
    "yijian session --reviewer li.hua list", "yijian session --reviewer li.hua --json", "yijian session list --reviewer li.hua",
    "yijian session --reviewer li.hua; id", "yijian session --reviewer li.hua\nid", "yijian session --reviewer --lang",
    "yijian session --reviewer li.hua --reviewer zhang.wei", "yijian --db x session --reviewer li.hua", "yijian session --reviewer li.hua &",
    "yijian session --reviewer li.hua --db yijian.db", "yijian session --reviewer li.hua --today 2026-11-25", "-c id", "--help", "--version",
    "/usr/bin/yijian session --reviewer li.hua", "exec yijian session --reviewer li.hua", "yijian session --reviewer 'li.hua",
    "/usr/lib/openssh/sftp-server", "scp -t x", "rsync --server .", "yijian session --reviewer $(id)", "yijian session --reviewer `id`",
    "yijian session --reviewer li.hua " + "--lang zh " * 8000, "$(yijian session --reviewer li.hua)", "yijian\tsession --reviewer li.hua",
]


@test
def the_login_shell_runs_nothing_else():
    office()
    env = {"SSH_ORIGINAL_COMMAND": "rules"}
    for line in REFUSED:
        result = shell("-c", line, env=env)
        if "uid=" in result.out or result.code != NOT_ALLOWED:
            if "$(id)" not in line and "`id`" not in line:  # a login of that name: looked for, not run
                raise AssertionError(f"{line[:80]!r}: {result.code} {result.out}{result.err}")
    for words in ((), ("-l",), ("-c",), ("-i", "-c", "x"), ("-c", "yijian session --reviewer li.hua", "x"), ("rules",), ("--version",)):
        for name in ("yijian-shell", "-yijian-shell", "/usr/bin/yijian-shell"):
            result = shell(*words, name=name, env=env)
            equal((result.code, result.out), (NOT_ALLOWED, ""), (name, words))
            contains(result.err, "yijian: ")


@test
def the_login_shell_opens_for_a_reviewer():
    database = office()
    numbers = queue(database, 1)
    data = {"XDG_DATA_HOME": "", "HOME": os.getcwd(), "SSH_ORIGINAL_COMMAND": "rules"}
    contains(shell("-c", "yijian session --reviewer li.hua", env=data).out, "CE-HOURS")
    contains(shell("-c", "yijian session --reviewer li.hua --lang zh", env=data).out, "继续教育")
    line = f"yijian session --reviewer li.hua --db {database.path} --today {database.today}"
    public = make_key("key")
    write("told", f"publickey {' '.join(public.split()[:2])}\n")
    write("keys", f'# ours\nrestrict,pty,command="{line}" {public}\n')
    os.chmod("told", 0o600)
    env = {"SSH_USER_AUTH": os.path.abspath("told"), "YIJIAN_AUTHORIZED_KEYS": os.path.abspath("keys"), "SSH_ORIGINAL_COMMAND": f"approve {numbers[0]}"}
    equal(shell("-c", line, env=env).code, OK, "approve")
    rows = [json.loads(row) for row in database.run("ledger", "--json", expect=OK).out.splitlines()]
    equal([row["key"] for row in rows if row["event"] == "approve"], [fingerprint("key")], "key")
    equal({row["key"] for row in rows if row["event"] != "approve"}, {None}, "other keys")
    contains(database.run("ledger", expect=OK).out, fingerprint("key"))
    database.run("verify", expect=OK)


@test
def a_key_acts_only_for_whom_its_line_names():
    office()
    public = make_key("key")
    kind, body = public.split()[:2]
    other = make_key("other")
    write("told", f"publickey {kind} {body}\n")
    line = "yijian session --reviewer li.hua"
    env = {"SSH_USER_AUTH": os.path.abspath("told"), "YIJIAN_AUTHORIZED_KEYS": os.path.abspath("keys"), "SSH_ORIGINAL_COMMAND": "rules"}
    good = [f'restrict,pty,command="{line}" {public}', f'command="{line}",restrict {public}', f'RESTRICT,COMMAND="{line}"  {kind} {body}',
            f'from="10.0.0.1,10.0.0.2",environment="A=\\"b c\\"",command="{line}"\t{public}', f'{other}\n  restrict,command="{line}" {public}\r\n']
    for text in good:
        write("keys", text + "\n")
        equal(shell("-c", line, env=env).code, OK, text)
    bad = ["", public, f"restrict,pty {public}", f'command="yijian session --reviewer zhang.wei" {public}', f'# command="{line}" {public}', f'#restrict,command="{line}" {public}',
           f'command="{line} --lang zh" {public}', f'command="{line}" {other}', f'restrict {other} command="{line}" {kind} {body}',
           f'environment="x,command=\\"{line}\\"" {public}', f'xcommand="{line}" {public}', f'command="{line} {public}', f'command="{line}" x {kind} {body}',
           f'command="{line}" {kind}x {body}', f'command="{line}" {kind} {body}x', f'command="\\"{line}" {public}', f'command="{line}']
    for text in bad:
        write("keys", text + "\n")
        equal(shell("-c", line, env=env).code, NOT_ALLOWED, text)
    write("keys", good[0] + "\n")
    os.chmod("keys", 0o666)
    equal(shell("-c", line, env=env).code, CONFIG, "others may write the keys")
    os.chmod("keys", 0o644)
    for told in (None, "", "missing", ".", "/dev/stdin", "link", "keys"):
        if told == "link":
            os.symlink("told", "link")
        found = shell("-c", line, env={**env, "SSH_USER_AUTH": told})
        equal(found.code, CONFIG, f"{told}: {found.err}")
    os.chmod("told", 0o622)
    equal(shell("-c", line, env=env).code, CONFIG, "others may write what is told")
    os.chmod("told", 0o600)
    for text in ("password\n", f"publickey {kind}\n", "publickey\n", f"xpublickey {kind} {body}\n", "x" * 2000000):
        write("told", text)
        equal(shell("-c", line, env=env).code, CONFIG, text[:60])
    write("told", f"password\npublickey {kind} {body}\n")
    equal(shell("-c", line, env=env).code, OK, "two methods")


@test
def commands_by_role():
    database = office()
    database.add("zhang.wei", "张伟", "supervisor")
    numbers = queue(database, 2)
    public = make_key("key")
    database.session("zhang.wei", "reviewer add chen.jie --name 陈洁 --role reviewer", expect=OK)
    contains(database.session("zhang.wei", "reviewer key chen.jie -", stdin=public, expect=OK).out, "--reviewer chen.jie\" ssh-ed25519")
    database.session("zhang.wei", "reviewer key chen.jie key.pub", expect=NOT_ALLOWED)
    for login, role in (("li.hua", "reviewer"), ("wu.min", "auditor")):
        for command in ("reviewer list", "reviewer add x --name y --role supervisor", "reviewer disable zhang.wei", "revoke 1 --reason a --ground b",
                        f"extend {numbers[0]} --reason x"):
            contains(database.session(login, command, expect=NOT_ALLOWED).err, role)
    for command in (f"approve {numbers[0]}", f"accept {numbers[0]}", f"refuse {numbers[0]}", f"withdraw {numbers[0]} --reason x", "import -"):
        database.session("wu.min", command, expect=NOT_ALLOWED)
    for command in ("list", "search A0", "stats", "verify", "ledger", f"show {numbers[0]}", f"check {numbers[0]}", "export"):
        database.session("wu.min", command, expect=OK)


@test
def a_supervisor_who_is_somebody_else():
    run("--db", "new.db", "init", "--supervisor", "zhang.wei", "--name", "张伟", expect=OK)
    people = run("--db", "new.db", "reviewer", "list", "--json", expect=OK).json()
    equal([(who["login"], who["role"]) for who in people], [("zhang.wei", "supervisor")], "people")
    for words in (["list"], ["reviewer", "add", "x", "--name", "y", "--role", "reviewer"], ["ledger"], ["export"]):
        run("--db", "new.db", *words, expect=NOT_ALLOWED)  # whoever keeps the file is no reviewer for that
    run("--db", "new.db", "verify", expect=OK)
    run("--db", "new.db", "backup", "copy.db", expect=OK)
    for words in (["--supervisor", "x"], ["--supervisor", "x" * 80, "--name", "y"]):
        run("--db", "other.db", "init", *words, expect=USAGE)
    run("--db", "other.db", "init", "--supervisor", "No Login", "--name", "y", expect=USAGE)
    equal(os.path.exists("other.db"), False, "other.db")


@test
def backups_in_a_folder():
    database = office()
    os.mkdir("backups")
    for name in ("yijian-2020-01-01T000000Z.db", "yijian-2020-01-02T000000Z.db", "yijian-2020-01-02.db", "notes", "xyijian-2020-01-01T000000Z.db"):
        write(os.path.join("backups", name), "old")
    database.run("backup", "backups", expect=OK)
    equal(len(os.listdir("backups")), 6, "nothing taken away")
    name = [name for name in os.listdir("backups") if name.startswith("yijian-2") and "2020" not in name][0]
    run("--db", os.path.join("backups", name), "verify", expect=OK)
    os.rename(os.path.join("backups", name), "backups/yijian-2020-01-03T000000Z.db")
    contains(database.run("backup", "backups", "--keep", "2", expect=OK).out, "backups/yijian-")
    left = {name for name in os.listdir("backups") if "202" in name and name.endswith(".db")}
    equal(sorted(left)[:3], ["xyijian-2020-01-01T000000Z.db", "yijian-2020-01-02.db", "yijian-2020-01-03T000000Z.db"], "kept")
    equal(len(left), 4, left)
    database.run("backup", "file.db", "--keep", "2", expect=USAGE)


if __name__ == "__main__":
    main()
