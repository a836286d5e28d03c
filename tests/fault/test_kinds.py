"""What stands where the database should be: each kind of it has its own word, and nothing is made or changed there, by
no command (SPEC 14)."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from place import (BUILD, IO, NO_DATABASE, NOT_ALLOWED, OK, PROGRAM, SANITIZED, TODAY, Database, Skip, contains,  # noqa: E402
                   differs, environment, equal, main, picture, run, screen, test)

COMMANDS = (
    ["list"], ["show", "A0000000000"], ["check"], ["search", "A0"], ["export"], ["verify"], ["ledger"], ["stats"], ["announce"],
    ["approve", "A0000000000"], ["import", "-"], ["accept", "A0000000000"], ["calendar", "load", "../2027.json"],
    ["reviewer", "list"], ["backup", "../copy.db"], ["certificate", "1"],
)
DAY = ["--today", TODAY, "--lang", "en"]


def plain(name, text=b"not a database, but long enough to be taken for one\n" * 100):
    with open(name, "wb") as file:
        file.write(text)


def changed(name, sql):
    shutil.copy("../good.db", name)
    connection = sqlite3.connect(name)
    connection.execute(sql)
    connection.commit()
    connection.close()


def foreign(name):
    connection = sqlite3.connect(name)
    connection.execute("CREATE TABLE t(x)")
    connection.commit()
    connection.close()


def good(name):
    shutil.copy("../good.db", name)


def with_neighbour(make, suffix):
    """A good database beside which something else stands."""
    def build(name):
        good(name)
        make(name + suffix)
    return build


def hard_link(name):
    good("other")
    os.link("other", name)


def symbolic(name):
    good("other")
    os.symlink("other", name)


def listening(name):
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(name)


def linked_neighbour(name):
    plain("elsewhere", b"")
    os.symlink("elsewhere", name)


def cut(name):
    good(name)
    os.truncate(name, 5000)


# What stands there, the exit code, a part of the word for it.
KINDS = {
    "nothing": (lambda name: None, NO_DATABASE, "there is no database"),
    "a folder": (os.mkdir, NO_DATABASE, "is a folder"),
    "an empty file": (lambda name: plain(name, b""), NO_DATABASE, "is empty"),
    "a text": (plain, NO_DATABASE, "is not a database"),
    "a few bytes": (lambda name: plain(name, b"SQLite format 3\0"), NO_DATABASE, "is not a database"),
    "a pipe": (os.mkfifo, NO_DATABASE, "is not a regular file"),
    "a socket": (listening, NO_DATABASE, "is not a regular file"),
    "another program's database": (foreign, NO_DATABASE, "another program's"),
    "a newer database": (lambda name: changed(name, "PRAGMA user_version = 99"), NO_DATABASE, "newer yijian"),
    "an older database": (lambda name: changed(name, "PRAGMA user_version = 1"), NO_DATABASE, "before the first release"),
    "a symbolic link": (symbolic, NO_DATABASE, "is a symbolic link"),
    "a link to nothing": (lambda name: os.symlink("nowhere", name), NO_DATABASE, "is a symbolic link"),
    "a hard link": (hard_link, NO_DATABASE, "more than one name"),
    "a database cut off": (cut, IO, "is cut off or damaged"),
    "a linked WAL": (with_neighbour(linked_neighbour, "-wal"), NO_DATABASE, "-wal is a link or not a regular file"),
    "a linked gate": (with_neighbour(linked_neighbour, "-gate"), NO_DATABASE, "-gate is a link or not a regular file"),
    "linked seats": (with_neighbour(linked_neighbour, "-seats"), NO_DATABASE, "-seats is a link or not a regular file"),
    "a pipe for a WAL": (with_neighbour(os.mkfifo, "-wal"), NO_DATABASE, "-wal is a link or not a regular file"),
    "a folder for a gate": (with_neighbour(os.mkdir, "-gate"), NO_DATABASE, "-gate is a link or not a regular file"),
    "a folder for the index of the WAL": (with_neighbour(os.mkdir, "-shm"), NO_DATABASE, "-shm is a link or not a regular file"),
}


def prepare():
    """Documents, a calendar and one good database to copy, at rest, in the folder above the one looked at."""
    Database("good.db").run("list")
    connection = sqlite3.connect("good.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for suffix in ("-wal", "-shm", "-gate", "-seats"):
        if os.path.exists("good.db" + suffix):
            os.unlink("good.db" + suffix)
    plain("2027.json", b'{"year":2027,"days":[{"date":"2027-01-01","isOffDay":true}]}')


@test
def each_kind_has_its_word_and_stays_as_it_is():
    prepare()
    for kind, (make, code, word) in KINDS.items():
        os.mkdir("there")
        os.chdir("there")
        make("yijian.db")
        before = picture()
        for command in COMMANDS:
            result = run("--db", "yijian.db", *DAY, *command, stdin=b"{}\n")
            about = f"{kind}, {' '.join(command)}: "
            equal(result.code, code, about + result.err)
            if word not in result.err:
                raise AssertionError(f"{about}no {word!r} in {result.err!r}")
            equal(result.out, "", about + "said on stdout")
            equal(differs(before, picture()), "", about + "changed")
        os.chdir("..")
        shutil.rmtree("there")
    equal(os.path.exists("copy.db"), False, "a backup of nothing")


@test
def a_share_of_the_network_is_refused():
    """nfs, cifs, smb2, ceph, fuse (sshfs), 9p, and one nobody knows; a local one is not."""
    if SANITIZED:
        raise Skip("the sanitizers' library wants to be the first")
    prepare()
    library = {"LD_PRELOAD": ":".join(filter(None, [os.path.join(BUILD, "tests", "share.so"), os.environ.get("LD_PRELOAD")]))}
    before = picture()
    for kind in ("6969", "ff534d42", "fe534d42", "00c36400", "65735546", "01021997", "12345678"):
        for command in COMMANDS:
            result = run("--db", "good.db", *DAY, *command, stdin=b"{}\n", env={**library, "SHARE": kind})
            equal(result.code, NO_DATABASE, f"{kind}, {' '.join(command)}: {result.err}")
            contains(result.err, "good.db is not on a local file system")
            equal(differs(before, picture()), "", f"{kind}, {' '.join(command)}")
    equal(run("--db", "good.db", *DAY, "list", env={**library, "SHARE": "ef53"}).code, OK, "ext4")


class ByPath:
    """A database by its path alone, for place.screen()."""

    def __init__(self, path):
        self.path = path

    def words(self):
        return ["--db", self.path, *DAY]


@test
def the_screen_says_the_same():
    prepare()
    for kind in ("nothing", "a text", "a newer database", "a hard link", "a linked gate"):
        make, code, word = KINDS[kind]
        os.mkdir("there")
        os.chdir("there")
        make("yijian.db")
        before = picture()
        terminal = screen(ByPath("yijian.db"), cols=200)
        terminal.see(word)
        equal(terminal.wait(), code, f"{kind}: exit code")
        equal(differs(before, picture()), "", f"{kind}: changed")
        os.chdir("..")
        shutil.rmtree("there")


@test
def init_and_restore_take_nobodys_place():
    prepare()
    for kind, (make, _, _) in KINDS.items():
        if kind == "nothing":
            continue
        os.mkdir("there")
        os.chdir("there")
        make("yijian.db")
        before = picture()
        result = run("--db", "yijian.db", *DAY, "init", "--training")
        if result.code == 0 or not result.err.startswith("yijian: "):
            raise AssertionError(f"{kind}: init: {result.code} {result.err}")
        equal(differs(before, picture()), "", f"{kind}: init changed")
        os.chdir("..")
        shutil.rmtree("there")


MOUNTED = """
mount -t tmpfs none /mnt && mkdir /mnt/there && cp "$1" /mnt/yijian && cp "$2" /mnt/there/yijian.db &&
chown -R 65534:65534 /mnt/there && %s && shift 2 && exec "$@"
"""
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def mounted(prepared, *words):
    """Runs the program with a database in a file system of its own that `prepared` (shell) has made ready."""
    command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", MOUNTED % prepared, "sh", PROGRAM, "good.db", *words]
    return subprocess.run(command, input=b"{}\n", env=environment(), capture_output=True, check=False)


def may_mount():
    if os.getuid() != 0 or mounted("true", "true").returncode != 0:
        raise Skip("nothing may be mounted here")


@test
def a_file_system_that_may_only_be_read():
    prepare()
    may_mount()
    for command in COMMANDS:
        result = mounted("mount -o remount,ro /mnt", "/mnt/yijian", "--db", "/mnt/there/yijian.db", *DAY, *command)
        equal((result.returncode, result.stdout), (NOT_ALLOWED, b""), f"{command}: {result.stderr}")
        contains(result.stderr.decode(), "yijian: ", "/mnt/there/yijian.db lies on a file system that is mounted read-only")


@test
def what_the_account_may_not_write():
    prepare()
    may_mount()
    for file_mode, folder_mode in ((0o400, 0o700), (0o000, 0o700), (0o600, 0o500), (0o600, 0o000)):
        for command in COMMANDS:
            ready = f"chmod {file_mode:o} /mnt/there/yijian.db && chmod {folder_mode:o} /mnt/there"
            result = mounted(ready, *NOBODY, "/mnt/yijian", "--db", "/mnt/there/yijian.db", *DAY, *command)
            about = f"{file_mode:o} in {folder_mode:o}, {command}: {result.stderr}"
            equal((result.returncode, result.stdout), (NOT_ALLOWED, b""), about)
            contains(result.stderr.decode(), "yijian: ", "/mnt/there")


if __name__ == "__main__":
    main()
