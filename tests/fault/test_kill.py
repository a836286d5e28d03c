"""kill -9 at every system call of every command that writes: decision, register change and ledger event are all there or
none, what was said is there, nothing has to be mended (SPEC 14). Calls that change nothing outside the process are taken
with FAULT=all."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from points import ALL, Command, check, each_command, litter  # noqa: E402

THOROUGH_EVERY = 1 if ALL else 6  # of so many points one has the command run again


def kill(command, point, thorough):
    """True where the process was killed there, or had ended before."""
    outcome = command.strike((point.call, "signal=KILL", point.number))
    state, _ = command.hold(thorough or litter(command.folder) != [])
    check(outcome.code in (-9, 137, *command.codes), f"ended with {outcome.code}: {outcome.err}")
    told = sum(line.startswith("A0") for line in outcome.out.splitlines())
    check(state >= min(told, len(command.states) - 1), f"{told} told, {state} there")
    return outcome.struck


def kill_everywhere(name):
    """(faults, at how many points it was killed)."""
    command = Command(name, os.path.join(os.getcwd(), name.replace(" ", "")))
    chosen = [point for point in command.points if point.call != "execve" and (ALL or point.changes)]
    faults, struck = [], 0
    for i, point in enumerate(chosen):
        try:
            struck += kill(command, point, i % THOROUGH_EVERY == 0)
        except AssertionError as fault:
            faults.append(f"{point}: {fault}")
    if struck < len(chosen) // 2:
        faults.append(f"only {struck} of {len(chosen)} points were reached")
    return faults, f"killed at {struck} points"


if __name__ == "__main__":
    each_command(kill_everywhere)
