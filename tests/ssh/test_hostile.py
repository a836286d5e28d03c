"""What a client may try over a real SSH connection: every way to a shell, a file, a port or another program is refused."""

import os
import re
import shutil
import socket
import subprocess
import time

import office
from lib import BUILD, NOT_ALLOWED, OK, USAGE, contains, equal


LINES = [
    "list\nid", "list; id", "list && id", "list | id", "list > stolen", "$(id)", "`id`", "list $(touch pwned)", "-c id", "--help; id", "--", "-",
    "-oProxyCommand=id", "--db /etc/passwd list", "list --db=/etc/passwd", "export -o stolen.json", "import /etc/passwd", "verify --against /etc/passwd",
    "session --reviewer zhang.wei", "yijian session --reviewer zhang.wei", "yijian-shell -c id", "sh", "/bin/sh -c id", "env", "init", "restore x", "backup x",
    "/usr/lib/openssh/sftp-server", "internal-sftp", "scp -t .", "scp -f /etc/passwd", "rsync --server --sender . /etc/passwd", "list \x1b[2J", "list \u202e",
    "list '", "completion bash", "key new x", "certificate 1 --key /etc/passwd", "refuse A0000000000 --reason-file /etc/passwd", "", "x" * 65536,
    "list " + "a" * 65536,
]


def every_line_that_is_not_in_the_table(at):
    before = at.events()
    for line in LINES:
        if line == "":
            continue  # the client takes it for none
        result = at.ssh("li.hua", line)
        if result.code not in (NOT_ALLOWED, USAGE) or "uid=" in result.out or "root:" in result.out + result.err or "\x1b" in result.err:
            raise AssertionError(f"{line[:60]!r}: {result.code} {result.out[:200]}{result.err[:400]}")
    equal(at.events(), before, "the ledger")
    equal([name for name in ("pwned", "stolen", "stolen.json") if os.path.exists(os.path.join(os.path.dirname(at.database), name))], [], "files")


def file_transfer(at):
    with open("sent", "w", encoding="utf-8") as file:
        file.write("x")
    options = at.client("li.hua")[1:]
    port = options.index("-p")
    common = options[:port] + options[port + 2:]
    there = f"{at.account}@127.0.0.1"
    tries = [["sftp", *common, "-P", str(at.port), there], ["scp", *common, "-P", str(at.port), "sent", there + ":sent2"],
             ["scp", "-O", *common, "-P", str(at.port), "sent", there + ":sent2"], ["scp", *common, "-P", str(at.port), there + ":/etc/passwd", "got"],
             ["scp", "-O", *common, "-P", str(at.port), there + ":/etc/passwd", "got"]]
    if shutil.which("rsync"):
        shell = " ".join(at.client("li.hua"))
        tries += [["rsync", "-e", shell, "sent", there + ":sent2"], ["rsync", "-e", shell, there + ":/etc/passwd", "got"]]
    for command in tries:
        done = subprocess.run(command, input=b"ls\n", capture_output=True, env=at.environment(), timeout=120, check=False)
        if done.returncode == 0 or os.path.exists("got"):
            raise AssertionError(f"{command}: {done}")
    if not alone_home(at):
        equal(os.path.exists("/var/lib/yijian/sent2"), False, "sent")


def alone_home(at):
    return at.database.startswith(at.folder)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def forwarding(at):
    at.ssh("li.hua", "rules", options=("-oExitOnForwardFailure=yes", "-R", f"127.0.0.1:{free_port()}:127.0.0.1:22"), expect=255)
    at.ssh("li.hua", "rules", options=("-oExitOnForwardFailure=yes", "-R", f"{at.folder}/remote.sock:127.0.0.1:22"), expect=255)
    equal(at.ssh("li.hua", options=("-W", f"127.0.0.1:{at.port}")).out, "", "-W")  # nothing comes through: no banner of sshd's
    tunnel = free_port()
    client = at.popen("li.hua", "import", "-", options=("-L", f"127.0.0.1:{tunnel}:127.0.0.1:{at.port}"), stdin=subprocess.PIPE)
    if not office.wait_for(lambda: office.listens(tunnel)):
        raise AssertionError("the client does not listen")
    with socket.create_connection(("127.0.0.1", tunnel), timeout=30) as through:
        through.settimeout(30)
        equal(through.recv(100), b"", "-L")
    client.communicate(b"{", timeout=60)


def nothing_but_the_ledger_is_offered(at):
    """No agent, no X11, no variable of the client's; what the session would see of them is seen in its environment."""
    agent = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    env = {"SSH_AUTH_SOCK": re.search(r"SSH_AUTH_SOCK=([^;]+)", agent).group(1), "DISPLAY": "127.0.0.1:7", "LD_PRELOAD": "", "EVIL": "1",
           "TERMINFO": at.folder, "LC_ALL": "zh_CN.UTF-8", "LC_EVIL": "../../x"}
    send = ("-A", "-X", "-oForwardX11=yes", "-oSendEnv=LD_* EVIL TERM* HOME LC_* SSH_* YIJIAN_*", "-oSetEnv=LD_PRELOAD=/tmp/x.so YIJIAN_DB=/tmp/x.db")
    client = at.popen("li.hua", "import", "-", options=send, env=env, stdin=subprocess.PIPE)
    try:
        if not office.wait_for(office.processes):
            raise AssertionError("no session")
        seen = {}
        for pid in office.processes():
            with open(f"/proc/{pid}/environ", "rb") as file:
                seen.update(pair.split("=", 1) for pair in os.fsdecode(file.read()).split("\0") if "=" in pair)
        bad = [name for name in seen if name.startswith(("LD_", "EVIL", "DISPLAY", "SSH_AUTH", "TERMINFO", "XAUTH", "YIJIAN_DB", "SSH_AGENT"))]
        equal(bad, [], "in the session's environment")
        if not office.alone():
            equal(seen["YIJIAN_AUTHORIZED_KEYS"], at.authorized, "of root's block")
            equal(seen["HOME"], "/var/lib/yijian", "HOME")
    finally:
        out, err = client.communicate(b"{", timeout=60)
        os.kill(int(re.search(r"SSH_AGENT_PID=(\d+)", agent).group(1)), 15)
    contains(err.decode(), "没有" if "没有" in err.decode() else "yijian")


def a_connection_that_asks_for_nothing(at):
    start = time.monotonic()
    result = at.ssh("li.hua", options=("-N",), limit=120)
    if result.code == 0 or time.monotonic() - start > 60:
        raise AssertionError(f"-N: {result.code}")


def passwords_and_other_keys(at):
    at.make_key("mallory")
    equal(at.ssh("mallory", "list").code, 255, "a key nobody added")
    result = at.ssh("mallory", "list", options=("-oBatchMode=no", "-oPreferredAuthentications=password,keyboard-interactive,none", "-oNumberOfPasswordPrompts=1"))
    equal(result.code, 255, "a password")


def files_of_the_account_are_not_run(at):
    """~/.ssh/rc, ~/.ssh/environment and ~/.ssh/authorized_keys, as if somebody could put them there."""
    folder = "/var/lib/yijian/.ssh"
    os.makedirs(folder)
    for name, text in (("rc", f"touch {folder}/pwned\n"), ("environment", "LD_PRELOAD=/tmp/x.so\n"), ("authorized_keys", open(at.make_key("eve") + ".pub", encoding="utf-8").read())):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(os.path.join(folder, name), 0o755)
    for name in (folder, *(os.path.join(folder, name) for name in os.listdir(folder))):
        shutil.chown(name, at.account, at.account)
    at.ssh("li.hua", "rules", expect=OK)
    equal(os.path.exists(os.path.join(folder, "pwned")), False, "~/.ssh/rc was run")
    equal(at.ssh("eve", "list").code, 255, "a key in the account's own file")
    shutil.rmtree(folder)


def a_key_without_a_command_names_nobody(at):
    """An administrator's slip: the bare key in the file. Its owner must not become whoever they say."""
    with open(at.make_key("bare") + ".pub", encoding="utf-8") as file:
        public = file.read()
    with open(at.authorized, encoding="utf-8") as file:
        before = file.read()
    for prefix in ("", "restrict,pty "):
        with open(at.authorized, "w", encoding="utf-8") as file:
            file.write(before + prefix + public)
        for words in ((), ("list",), ("yijian session --reviewer zhang.wei",), ("yijian session --reviewer zhang.wei --lang zh",), ("id",)):
            result = at.ssh("bare", *words, options=() if words else ("-tt",))
            equal((result.code, "uid=" in result.out), (NOT_ALLOWED, False), (prefix, words))
    with open(at.authorized, "w", encoding="utf-8") as file:
        file.write(before)


def the_account_has_no_shell(at):
    for command in (["su", "-c", "id", at.account], ["su", "-", at.account], ["su", "-c", "yijian session --reviewer zhang.wei", at.account]):
        done = subprocess.run(command, input=b"", capture_output=True, check=False)
        if done.returncode == 0 or b"uid=" in done.stdout:
            raise AssertionError(f"{command}: {done}")


def terminals_of_the_client(at):
    for name in ("", "dumb", "nonsense", "x" * 300, "../../x", "/etc/passwd", "xterm\x1b[2J", "vt100", "xterm-256color", "%s%n"):
        terminal = at.terminal("li.hua", env={"TERM": name, "TERMINFO": at.folder, "HOME": at.folder, "LANG": "C.UTF-8"})
        office.wait_for(lambda: terminal.pump() or "yijian" in terminal.text(), 30)
        contains(terminal.text(), "yijian")
        terminal.kill()
        if not office.wait_for(lambda: not office.processes()):
            raise AssertionError(f"{name!r}: a session is left")


def one_execve_in_the_whole_session(at):
    """strace looks at sshd and all it starts: its own program for the connection, then the login shell, and nothing else."""
    trace = os.path.join(at.folder, "trace")
    strace = ["strace", "-f", "-q", "-e", "trace=execve,execveat", "-o", trace]
    if not shutil.which("strace") or subprocess.run([*strace, "true"], capture_output=True, check=False).returncode != 0:
        raise office.Skip("strace may not look at processes here")
    other = office.Office.__new__(office.Office)
    other.__dict__.update(at.__dict__)
    if "asan" in BUILD:
        without_leaks()
    other.start("-o", "UsePAM=no", before=strace)
    other.ssh("li.hua", "list", expect=OK)
    other.ssh("li.hua", "export --since 0", expect=OK)
    other.ssh("li.hua", "sh -c id", expect=NOT_ALLOWED)
    terminal = other.terminal("li.hua").see("yijian")
    terminal.press("q", "")
    terminal.wait()
    other.stop()
    with open(trace, encoding="utf-8", errors="replace") as file:
        calls = re.findall(r'execve(?:at)?\("([^"]*)", \["([^"]*)"', file.read())
    programs = [program for program, _ in calls if program != office.SSHD]
    equal(programs, ["/usr/local/bin/yijian-shell"] * 4, calls)


def without_leaks():
    """LeakSanitizer cannot work under strace."""
    block = "/etc/ssh/sshd_config.d/yijian.conf"
    with open(block, encoding="utf-8") as file:
        text = file.read()
    with open(block, "w", encoding="utf-8") as file:
        file.write(text.replace("SetEnv ", "SetEnv ASAN_OPTIONS=detect_leaks=0 "))


NEEDS_ACCOUNT = (files_of_the_account_are_not_run, a_key_without_a_command_names_nobody, the_account_has_no_shell, one_execve_in_the_whole_session)
if __name__ == "__main__":
    office.enter()
    office.main([every_line_that_is_not_in_the_table, file_transfer, forwarding, nothing_but_the_ledger_is_offered, a_connection_that_asks_for_nothing,
                 passwords_and_other_keys, files_of_the_account_are_not_run, a_key_without_a_command_names_nobody, the_account_has_no_shell,
                 terminals_of_the_client, one_execve_in_the_whole_session], NEEDS_ACCOUNT)
