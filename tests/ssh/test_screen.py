"""The screen over a real SSH connection: work, lines that are cut, two at one application, fifty at once (SPEC 13, 14)."""

import os
import re
import time

import office
from lib import NOT_ALLOWED, OK, contains, equal

FIFTY = 50
BOX = "capital Y"  # what a box that confirms says


def number(serial):
    return f"A{serial:010d}"


def begin(at, login="li.hua", **more):
    return at.terminal(login, **more).see(number(0))


def a_reviewer_works(at):
    at.queue(8)
    terminal = at.terminal("li.hua", env={"LANG": "zh_CN.UTF-8"}).see("待审队列")
    terminal.see("李华").see(number(0))
    terminal.press("/", "查找")
    terminal.press("京1112011201100007", number(7))
    terminal.see(number(1), there=False)
    terminal.press("\r", "91110105101163896D")
    terminal.press("A", "按大写 Y 确认")
    terminal.resize(36, 120)
    terminal.see("按大写 Y 确认").see("京1112011201100007")
    terminal.press("Y", "第 1 号决定")
    terminal.resize(10, 40)
    terminal.resize(24, 80)
    terminal.see("第 1 号决定")
    leave(terminal)
    decided = at.decisions()
    equal([(d["application_no"], d["decided_by"], d["outcome"]) for d in decided], [(number(7), "li.hua", "approved")], "decisions")
    equal(at.events()[-1]["key"] is None, False, "the key")


def leave(terminal):
    """Esc until the queue is there, then q."""
    for _ in range(6):
        if re.search("1 ?(all|全部)", terminal.text()):
            break
        terminal.press("\033", "")
        end = time.monotonic() + 0.7  # a lone Esc is one only after half a second
        while time.monotonic() < end:
            terminal.pump()
    for _ in range(6):  # a q right behind an Esc is another key
        if not terminal.ended(1):
            terminal.press("q", "")
    equal(terminal.wait(), 0, "exit code of ssh")


def all_press(terminals, keys, texts):
    """All at once: sent to every one of them, then looked at."""
    end = time.monotonic() + 0.1
    while time.monotonic() < end:
        for terminal in terminals:
            terminal.pump(0)
    for terminal, key in zip(terminals, keys):
        os.write(terminal.fd, key.encode())
    for terminal, text in zip(terminals, texts):
        terminal.see(text)


def a_line_cut_while_a_box_is_open(at):
    mine, theirs = begin(at, "chen.jie", rows=36, cols=120), begin(at)
    theirs.press("\r", "Applicant")
    mine.press("\r", "is looking at it too")
    theirs.press("A", BOX)
    before = at.decisions()
    theirs.kill()
    start = time.monotonic()
    mine.see("is looking at it too", there=False)
    if time.monotonic() - start > 5:
        raise AssertionError("the seat was held over 5 seconds")
    if not office.wait_for(lambda: not any("li.hua" in words for words in office.processes().values()), 5):
        raise AssertionError(f"still there: {office.processes()}")
    equal(at.decisions(), before, "decisions")
    leave(mine)
    at.ssh("wu.min", "verify", expect=OK)


def a_reason_half_written_outlives_the_line(at):
    theirs = begin(at)
    theirs.press("\r", "Applicant").press("R", "one a line").press("half written", "half written")
    theirs.kill()
    if not office.wait_for(lambda: not any("li.hua" in words for words in office.processes().values()), 5):
        raise AssertionError(f"still there: {office.processes()}")
    again = at.terminal("li.hua").see("you were writing about this one")
    again.press("\r", "Applicant").press("R", "half written")
    again.press("\033", "Drop what you wrote?").press("D", "Applicant")
    leave(again)


def two_at_one_application(at):
    mine, theirs = begin(at, "chen.jie"), begin(at, "li.hua")
    mine.press("\r", "Applicant").press("A", BOX)
    theirs.press("\r", "Applicant").press("A", BOX)
    count = len(at.decisions())
    mine.press("Y", "Decision no.")
    theirs.press("Y", "陈洁")  # who was first, by name
    equal(len(at.decisions()), count + 1, "one wins")
    equal(at.decisions()[-1]["decided_by"], "chen.jie", "who was first")
    leave(mine)
    leave(theirs)
    at.ssh("wu.min", "verify", expect=OK)


def who_may_not_work_sees_no_screen(at):
    at.ssh("zhang.wei", "reviewer disable chen.jie", expect=OK)
    terminal = at.terminal("chen.jie", env={"LANG": "C.UTF-8"})
    equal(terminal.wait(), NOT_ALLOWED, "exit code")
    contains(terminal.text().replace("\n", ""), "not an active reviewer")
    at.ssh("zhang.wei", "reviewer enable chen.jie", expect=OK)


def fifty_at_once(at):
    """All logged in at one time, each moving about; then each decides an application of its own."""
    at.queue(8 + FIFTY)
    people = [at.terminal(("li.hua", "chen.jie")[i % 2]) for i in range(FIFTY)]
    for terminal in people:
        terminal.see("search")
    equal(len(office.processes()) >= FIFTY, True, f"sessions: {len(office.processes())}")
    before = len(at.decisions())
    wanted = [number(8 + i) for i in range(FIFTY)]
    for keys, texts in ((["j"] * FIFTY, ["search"] * FIFTY), (["/"] * FIFTY, ["Search"] * FIFTY), (wanted, wanted), (["\r"] * FIFTY, ["Applicant"] * FIFTY),
                        (["A"] * FIFTY, [BOX] * FIFTY), (["Y"] * FIFTY, ["Decision no."] * FIFTY)):
        all_press(people, keys, texts)
    equal(len(at.decisions()), before + FIFTY, "decisions")
    for terminal in people:
        terminal.kill()
    if not office.wait_for(lambda: not office.processes(), 10):
        raise AssertionError(f"left: {office.processes()}")
    at.ssh("wu.min", "verify", expect=OK)


if __name__ == "__main__":
    office.enter()
    office.main([a_reviewer_works, a_line_cut_while_a_box_is_open, a_reason_half_written_outlives_the_line, two_at_one_application, who_may_not_work_sees_no_screen, fifty_at_once])
