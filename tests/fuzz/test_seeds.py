"""Every target of the fuzzer keeps its promises for each of its seeds: what was found once is not there again."""

import glob
import os
import subprocess

ROOT = os.environ.get("YIJIAN_ROOT", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
BUILD = os.environ.get("YIJIAN_BUILD", os.path.join(ROOT, "build"))
HERE = os.path.join(ROOT, "tests", "fuzz")
LIMIT = 120  # seconds: past this a target hangs


def replay(name):
    """What is wrong, or None."""
    seeds = sorted(glob.glob(os.path.join(HERE, "seeds", name, "*")))
    if not seeds:
        return "it has no seeds"
    os.makedirs(name, exist_ok=True)
    try:
        process = subprocess.run([os.path.join(BUILD, "tests", "fuzz", name), *seeds], cwd=name, capture_output=True,
                                 timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        return f"hangs at {(error.stderr or b'').decode().splitlines()[-1:]}"
    said = process.stderr.decode("utf-8", "replace")
    if process.returncode != 0 or f"ok 1 - {len(seeds)} seeds" not in process.stdout.decode():
        return f"status {process.returncode}\n" + "\n".join(said.splitlines()[-40:])
    return None


targets = sorted(os.path.basename(path)[len("fuzz_"):-len(".c")] for path in glob.glob(os.path.join(HERE, "fuzz_*.c")))
print(f"1..{len(targets)}")
for number, target in enumerate(targets, 1):
    fault = replay(target)
    print(f"{'not ' if fault else ''}ok {number} - {target} keeps its promises for every seed", flush=True)
    for line in (fault or "").splitlines():
        print("# " + line)
