"""The layers of the house: what each folder includes and calls, no circle among files, nothing too long."""

import glob
import os
import re
import subprocess

ROOT = os.environ.get("YIJIAN_ROOT", ".")
BUILD = os.environ.get("YIJIAN_BUILD", os.path.join(ROOT, "build"))
FUNCTION_LINES, FILE_LINES = 60, 600

# What a folder may include of ours, and of others' headers.
OURS = {"core": {"core"}, "store": {"core", "store"}, "tui": {"core", "store", "tui"}}
CORE_HEADERS = {"limits.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "string.h"}
FOREIGN = {
    "core": re.compile(r"(?!)"),
    "store": re.compile(r"curses|term\.h|libintl|locale\.h|getopt"),
    "tui": re.compile(r"sqlite|cJSON|openssl"),
}
# What the objects of a folder must not call.
CALLS = {
    "core": re.compile(
        r"^(sqlite3_|cJSON_|EVP_|gettext|dgettext|bindtextdomain|setlocale|fopen|open|openat|read|write|close|stat|unlink"
        r"|time|clock|gettimeofday|localtime|gmtime|getenv|secure_getenv|setenv|printf|puts|putchar|vprintf|__printf_chk"
        r"|__vprintf_chk|fprintf|__fprintf_chk|fputs|fwrite|perror|stdout|stderr|stdin|exit|abort|malloc|calloc|realloc"
        r"|initscr|newterm|wadd|mvw|endwin|getch|wgetch)"),
    "store": re.compile(r"^(initscr|newterm|waddn?w?str|waddch|mvw|endwin|wgetch|setupterm|d?c?n?gettext$|setlocale|getopt"
                        r"|printf|puts|putchar|__printf_chk|stdout$|stderr$)"),
    "tui": re.compile(r"^(sqlite3_|cJSON_|EVP_)"),
}

count = 0


def result(name, faults):
    global count
    count += 1
    print(f"{'not ' if faults else ''}ok {count} - {name}")
    for fault in faults:
        print(f"# {fault}")


def files(folder, pattern="*.[ch]"):
    found = glob.glob(os.path.join(ROOT, folder, "**", pattern), recursive=True)
    return sorted(os.path.relpath(path, ROOT) for path in found)


def includes(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as source:
        return re.findall(r'^#include ([<"])([^>"]+)[>"]', source.read(), re.M)


def check_includes(folder):
    faults = []
    for path in files(folder):
        for bracket, name in includes(path):
            if bracket == '"':
                if name.split("/")[0] not in OURS[folder] or not os.path.exists(os.path.join(ROOT, name)):
                    faults.append(f"{path} includes {name}")
            elif FOREIGN[folder].search(name) or (folder == "core" and name not in CORE_HEADERS):
                faults.append(f"{path} includes <{name}>")
    return faults


def objects(folder):
    sources = files(folder, "*.c")
    return [(source, os.path.join(BUILD, "obj", source[:-2] + ".o")) for source in sources]


def check_calls(folder):
    faults = []
    for source, path in objects(folder):
        if not os.path.exists(path):
            faults.append(f"{source} was not built")
            continue
        names = subprocess.run(["nm", "-u", path], capture_output=True, text=True, check=True).stdout.split()
        faults += [f"{source} calls {name}" for name in names if name != "U" and CALLS[folder].match(name)]
    return faults


def check_outside():
    """Nobody outside core, store and tests knows another folder by its inside, and tests are not part of the program."""
    faults = []
    for path in files("tui"):
        faults += [f"{path} includes {name}" for _, name in includes(path)
                   if name in ("store/inside.h", "store/db.h", "store/act_inside.h")]
    for folder in OURS:
        for path in files(folder):
            faults += [f"{path} includes {name}" for _, name in includes(path) if name.startswith("tests/")]
    return faults


def defined(path):
    output = subprocess.run(["nm", "-g", "--defined-only", path], capture_output=True, text=True, check=True).stdout
    return [row.split()[-1] for row in output.splitlines()]


def called(path):
    """The names that code refers to; a table of functions is no call of theirs."""
    output = subprocess.run(["objdump", "-r", path], capture_output=True, text=True, check=True).stdout
    code, names = False, set()
    for row in output.splitlines():
        if row.startswith("RELOCATION RECORDS FOR"):
            code = "[.text" in row
        elif code and row[:1].isalnum() and not row.startswith("OFFSET"):
            names.add(re.split(r"[-+@]0?x?", row.split()[-1])[0])
    return names


def calls():
    """Who calls whom: source → the sources that define what its code refers to."""
    built = [(source, path) for folder in OURS for source, path in objects(folder) if os.path.exists(path)]
    owner = {}
    for source, path in built:
        owner.update(dict.fromkeys(defined(path), source))
    return {source: {owner[name] for name in called(path) if name in owner} - {source} for source, path in built}


def check_circles():
    arrows = calls()
    faults, done = set(), set()

    def walk(node, way):
        if node in way:
            faults.add(" → ".join(way[way.index(node):] + [node]))
            return
        if node in done:
            return
        for target in sorted(arrows.get(node, ())):
            walk(target, way + [node])
        done.add(node)

    for node in sorted(arrows):
        walk(node, [])
    return sorted(faults) if len(arrows) > 40 else [f"only {len(arrows)} objects"]


def sources():
    return [path for folder in (*OURS, "tests") for path in files(folder)]


def check_functions():
    paths = [os.path.join(ROOT, path) for path in sources() if path.endswith(".c")]
    output = subprocess.run(
        ["ctags", "-x", "--c-kinds=f", "--fields=+ne", "--_xformat=%F\t%N\t%n\t%e", "-f", "-", *paths],
        capture_output=True, text=True, check=True).stdout
    rows = [line.split("\t") for line in output.splitlines()]
    if len(rows) < 100:
        return [f"ctags found only {len(rows)} functions"]
    return [f"{os.path.relpath(path, ROOT)}: {name} has {int(last) - int(start) + 1} lines"
            for path, name, start, last in rows if int(last) - int(start) >= FUNCTION_LINES]


def check_files():
    faults = []
    for path in sources():
        with open(os.path.join(ROOT, path), encoding="utf-8") as source:
            lines = sum(1 for _ in source)
        if lines > FILE_LINES:
            faults.append(f"{path} has {lines} lines")
    return faults


for layer in OURS:
    result(f"{layer}/ includes only what its layer may", check_includes(layer))
    result(f"{layer}/ calls only what its layer may", check_calls(layer))
result("nobody looks into another layer's inside", check_outside())
result("no files call each other in a circle", check_circles())
result(f"no function is over {FUNCTION_LINES} lines", check_functions())
result(f"no file is over {FILE_LINES} lines", check_files())
print(f"1..{count}")
