"""Key files: printed whole, changed, and refused with the line and what was expected."""

from lib import BAD_DATA, OK, contains, equal, main, run, test


def write(text):
    with open("keys", "w", encoding="utf-8") as file:
        file.write(text)


@test
def what_is_printed_is_a_key_file():
    write(run("keys", expect=OK).out)
    equal(run("keys", "--check", "keys", expect=OK).err, "", "complaints")
    again = run("keys", env={"YIJIAN_KEYS": "keys"}, expect=OK)
    equal(sorted(again.out.split("\n")), sorted(open("keys", encoding="utf-8").read().split("\n")), "read and printed")
    chinese = run("--lang", "zh", "keys", expect=OK).out
    contains(chinese, "准予")


@test
def a_line_gives_an_action_other_keys():
    write("# mine\nqueue help H F1 # help\n\nmouse off\n")
    keys = {(e["view"], e["action"]): e["keys"] for e in run("keys", "--json", env={"YIJIAN_KEYS": "keys"}, expect=OK).json()}
    equal(keys["queue", "help"], ["H", "F1"], "the queue's")
    equal(keys["application", "help"], ["?", "F1"], "another view's")
    contains(run("keys", env={"YIJIAN_KEYS": "keys"}, expect=OK).out, "mouse off")


@test
def faults_name_line_found_and_expected():
    cases = {
        "queue help H\nfoo help H\n": ("line 2", '"foo"', "a view"),
        "queue approve-all H\n": ("line 1", '"approve-all"', "an action"),
        "search approve H\n": ("line 1", '"approve"', "an action of that view"),
        "queue help\n": ("line 1", "keys"),
        "queue help a b c d e f\n": ("line 1", "1 to 5"),
        "queue help Ctrl-?\n": ("line 1", '"Ctrl-?"', "a key"),
        "queue help ab\n": ("line 1", '"ab"', "a key"),
        "editor go-on g\n": ("line 1", '"g"', "letters are text"),
        "confirm confirm Enter\n": ("line 1", '"Enter"', "a letter"),
        "application approve Space\n": ("line 1", '"Space"', "a letter"),
        "mouse maybe\n": ("line 1", '"mouse"'),
        "queue help \x1b[31m\n": ("line 1", "^["),
        "queue mark j\n": ("j means two things", "mark", "down", "queue"),
        "confirm confirm A\n": ("A means two things", "confirm", "approve"),
        "drop drop R\n": ("R means two things", "drop", "refuse"),
    }
    for text, words in cases.items():
        write(text)
        result = run("--lang", "en", "keys", "--check", "keys", expect=BAD_DATA)
        for word in words:
            contains(result.err, word)
        if "\x1b" in result.err:
            raise AssertionError("a control reached the terminal")
        whole = run("--lang", "zh", "keys", env={"YIJIAN_KEYS": "keys"}, expect=BAD_DATA)
        equal(whole.out, "", "nothing but the faults")


@test
def what_is_no_file_is_said():
    for path in (".", "nowhere", "/dev/zero"):
        contains(run("--lang", "en", "keys", "--check", path, expect=BAD_DATA).err, "cannot be read")


main()
