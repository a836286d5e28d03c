"""SSH sessions: who acts is who the forced command names, and one command out of a table, nothing else (SPEC 13)."""

import os

from lib import BAD_DATA, NOT_ALLOWED, OK, USAGE, Database, application, constructor, contains, equal, main, ndjson, queue, test

FIRST = "A0000000000"


def people(database):
    database.add("li.hua", "李华")
    database.add("wu.min", "吴敏", "auditor")


@test
def a_reviewer_works_over_ssh():
    database = Database()
    people(database)
    result = database.session("li.hua", "import - --json",
                              stdin=ndjson([constructor(i) for i in range(3)] + [application(i) for i in range(3)]), expect=OK)
    equal(result.json()["accepted"], 6, "import")
    contains(database.session("li.hua", "list --json", expect=OK).out, FIRST)
    database.session("li.hua", f"approve  '{FIRST}' --note \"已核对 原件\"", expect=OK)
    decision = database.session("li.hua", "export --since 0", expect=OK).json()["decisions"][0]
    equal((decision["decided_by"], decision["note"]), ("li.hua", "已核对 原件"), "decision")
    database.session("li.hua", "approve - --confirm 2", stdin="A0000000001\nA0000000002\n", expect=OK)
    contains(database.session("li.hua", "verify", expect=OK).out, "3")
    database.session("li.hua", "search 京1112", expect=OK)
    database.session("li.hua", "help", expect=OK)


@test
def nobody_else_is_believed():
    database = Database()
    people(database)
    queue(database, 1)
    before = database.dump()
    for env in ({"USER": "li.hua"}, {"LOGNAME": "li.hua", "YIJIAN_REVIEWER": "li.hua"}):
        database.session("mallory", f"approve {FIRST}", env=env, expect=NOT_ALLOWED)
    database.session("", f"approve {FIRST}", expect=NOT_ALLOWED)
    database.session("li.hua'; --", "list", expect=NOT_ALLOWED)
    equal(database.dump(), before, "the database")
    database.run("session", expect=USAGE)
    database.run("session", "--reviewer", "li.hua", "list", expect=USAGE)
    database.session("li.hua", "session --reviewer root", expect=NOT_ALLOWED)


REFUSED = [
    "init --training", "reviewer add mallory --name x --role supervisor", "reviewer list", "restore x", "backup x", "session",
    "sh", "/bin/sh", "sftp-server", "/usr/lib/openssh/sftp-server", "scp -t /tmp", "rsync --server", "import /etc/passwd",
    "import yijian.db", "import - --report r.ndjson", "export -o stolen.json", "export --o=stolen.json", "verify --against x",
    "--db other.db list", "list --db other.db", "list --db=other.db", "--today 2026-11-26 list", "list --today=2026-11-26",
    "calendar load x", "list; id", "list && id", "list | sh", "list > x", "$(id)", "`id`", "list\nid", "list\x00", "list \x1b[2J",
    "list '", 'list "', "list \u202e", "-", "--", "",
]


@test
def what_is_not_in_the_table_is_refused():
    database = Database()
    people(database)
    queue(database, 1)
    before, files = database.dump(), set(os.listdir("."))
    for command in REFUSED:
        if "\x00" in command:
            continue  # no environment can hold it
        result = database.session("li.hua", command)
        if result.code not in (NOT_ALLOWED, USAGE):
            raise AssertionError(f"{command!r}: exit code {result.code}: {result.out}{result.err}")
        if "uid=" in result.out or "\x1b" in result.err or "\u202e" in result.err:
            raise AssertionError(f"{command!r}: {result.out}{result.err}")
    equal(database.dump(), before, "the database")
    equal(set(os.listdir(".")), files, "files")


@test
def bytes_and_lengths():
    database = Database()
    people(database)
    long = "search " + "x" * 4096
    database.session("li.hua", long, expect=NOT_ALLOWED)
    database.session("li.hua", "list " + " " * 4000, expect=OK)
    for command in (b"list \xff\xfe", b"list \xc0\xaf", b"list \x9b2J"):
        equal(database.session("li.hua", os.fsdecode(command)).code, NOT_ALLOWED, command)
    database.session("li.hua", "search " + "a " * 3000, expect=NOT_ALLOWED)


@test
def nothing_is_run_but_the_program():
    database = Database()
    people(database)
    queue(database, 1)
    result = database.session("li.hua", "list $HOME `id` * ~ $(touch pwned)")
    if result.code == OK or os.path.exists("pwned"):
        raise AssertionError(result.out)
    database.session("li.hua", "search '%'", expect=1)
    database.session("li.hua", "search '_______'", expect=1)


@test
def an_environment_of_the_client_changes_nothing():
    database = Database()
    people(database)
    queue(database, 1)
    other = Database("other.db")
    hostile = {"YIJIAN_DB": other.path, "XDG_DATA_HOME": os.getcwd(), "HOME": os.getcwd(), "TERMINFO": os.getcwd(),
               "OPENSSL_CONF": "/nonexistent/openssl.cnf", "LANGUAGE": "../../..", "TZ": "Pacific/Kiritimati",
               "LOCPATH": os.getcwd(), "NLSPATH": os.getcwd(), "LC_ALL": "de_DE.UTF-8", "SQLITE_TMPDIR": "/nonexistent"}
    document = database.session("li.hua", "list --json", env=hostile, expect=OK).out
    contains(document, FIRST)
    database.session("li.hua", f"approve {FIRST}", env=hostile, expect=OK)
    equal(database.run("export", expect=OK).json()["decisions"][0]["decided_on"], "2026-11-25", "day")


@test
def reading_from_stdin_only():
    database = Database()
    people(database)
    database.session("li.hua", "import -", stdin="{", expect=BAD_DATA)
    database.session("wu.min", "import -", stdin=ndjson([constructor(1)]), expect=NOT_ALLOWED)


if __name__ == "__main__":
    main()
