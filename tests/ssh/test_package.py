"""What is installed and packaged: everything at its place, manuals and units without a fault, records that survive a purge."""

import glob
import os
import pwd
import re
import shutil
import subprocess
import sys

import office
from lib import BUILD, PROGRAM, ROOT, contains, equal

SERVICE = os.path.join(ROOT, "tui/service")
INSTALLED = {
    "bin/yijian": 0o755, "sbin/yijian-setup": 0o755, "share/locale/zh_CN/LC_MESSAGES/yijian.mo": 0o644, "share/man/man1/yijian.1": 0o644,
    "share/man/man8/yijian-setup.8": 0o644, "share/yijian/sshd.conf": 0o644, "lib/sysusers.d/yijian.conf": 0o644, "lib/tmpfiles.d/yijian.conf": 0o644,
    "lib/systemd/system/yijian-verify.service": 0o644, "lib/systemd/system/yijian-verify.timer": 0o644,
    "lib/systemd/system/yijian-backup.service": 0o644, "lib/systemd/system/yijian-backup.timer": 0o644,
    "share/bash-completion/completions/yijian": 0o644, "share/zsh/vendor-completions/_yijian": 0o644, "share/fish/vendor_completions.d/yijian.fish": 0o644,
}


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def install(root, prefix):
    run("sh", os.path.join(SERVICE, "install"), BUILD, root, prefix)


def everything_is_at_its_place():
    root = os.path.abspath("root with blanks")
    install(root, "/opt/office")
    found = {os.path.relpath(os.path.join(folder, name), root + "/opt/office") for folder, _, names in os.walk(root) for name in names}
    equal(found, set(INSTALLED) | {"bin/yijian-shell"}, "files")
    for name, mode in INSTALLED.items():
        path = os.path.join(root, "opt/office", name)
        equal(os.stat(path).st_mode & 0o777, mode, name)
        if not name.startswith(("bin/", "share/locale")):
            with open(path, encoding="utf-8") as file:
                equal(re.findall(r"@[A-Z]+@|/usr/local/bin/yijian", file.read()), [], name)
    equal(os.readlink(os.path.join(root, "opt/office/bin/yijian-shell")), "yijian", "link")
    contains(run(os.path.join(root, "opt/office/bin/yijian"), "--lang", "zh", "help"), "申请")  # finds its texts wherever it lies
    install(root, "/opt/office")  # over itself


def the_manual_names_every_command():
    for page in ("yijian.1", "yijian-setup.8"):
        path = os.path.join(SERVICE, page)
        faults = subprocess.run(["mandoc", "-T", "lint", "-W", "style,stop", path], capture_output=True, text=True, check=False).stdout
        equal([line for line in faults.splitlines() if not re.search("mandoc.db|referenced manual not found", line)], [], page)
    with open(os.path.join(SERVICE, "yijian.1"), encoding="utf-8") as file:
        text = file.read()
    words = re.search(r"\*\) words='([^']*)' ;;\n    esac", run(PROGRAM, "completion", "bash")).group(1).split()
    equal([word for word in words if f".It Ic {word}\n" not in text], [], "not in the manual")
    for code in ("0", "1", "3", "64", "65", "66", "69", "70", "73", "74", "75", "77", "78"):
        contains(text, f".It {code}\n")


def the_units_are_whole():
    root = os.path.abspath("units")
    install(root, "/usr")
    units = sorted(glob.glob(root + "/usr/lib/systemd/system/*"))
    equal(len(units), 4, units)
    for unit in units:
        with open(unit, encoding="utf-8") as file:
            text = file.read()
        if unit.endswith(".service"):
            for line in ("User=yijian", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateNetwork=yes", "CapabilityBoundingSet=\n", "ExecStart=/usr/bin/yijian "):
                contains(text, line)
        else:
            contains(text, "OnCalendar=", "Persistent=true", "WantedBy=timers.target")
    if not shutil.which("systemd-analyze"):
        raise office.Skip("there is no systemd-analyze here to look at them")
    for unit in units:
        with open(unit, encoding="utf-8") as file:
            text = file.read()
        with open(unit, "w", encoding="utf-8") as file:
            file.write(text.replace("/usr/bin/yijian", "/bin/true"))  # a program that is there
    said = run("systemd-analyze", "verify", "--man=no", *units)
    equal([line for line in said.splitlines() if "yijian" in line], [], "systemd-analyze")


def scripts_of_the_administrator_are_plain():
    for script in (os.path.join(SERVICE, "yijian-setup"), os.path.join(SERVICE, "install"), *glob.glob(os.path.join(SERVICE, "debian/p*")),
                   os.path.join(SERVICE, "debian/build")):
        run("sh", "-n", script)
    with open(os.path.join(SERVICE, "yijian-setup"), encoding="utf-8") as file:
        text = file.read()
    equal(re.findall(r"\beval\b|curl|wget", text), [], "yijian-setup")


def a_package():
    if not shutil.which("dpkg-shlibdeps"):
        raise office.Skip("there is no dpkg-shlibdeps here")
    shutil.copytree(BUILD, "build", ignore=lambda folder, names: [name for name in names if name not in ("yijian", "locale", "zh_CN", "LC_MESSAGES", "yijian.mo")])
    run("sh", os.path.join(SERVICE, "debian/build"), "build")
    package = glob.glob("build/yijian_*.deb")[0]
    fields = run("dpkg-deb", "--field", package)
    contains(fields, "Package: yijian\n", "openssh-server", "libsqlite3-0")
    equal(re.findall(r"@[A-Z]+@", fields), [], "fields")
    run("dpkg-deb", "--raw-extract", package, "out")
    for name in ("usr/bin/yijian", "usr/sbin/yijian-setup", "etc/ssh/sshd_config.d/yijian.conf", "usr/share/doc/yijian/copyright", "usr/share/doc/yijian/changelog.gz",
                 "lib/systemd/system/yijian-backup.timer", "usr/share/man/man1/yijian.1.gz"):
        equal(os.path.isfile("out/" + name), True, name)
    run("md5sum", "--check", "--quiet", "DEBIAN/md5sums", cwd="out")
    with open("out/DEBIAN/conffiles", encoding="utf-8") as file:
        equal(file.read(), "/etc/ssh/sshd_config.d/yijian.conf\n", "conffiles")
    if "asan" in BUILD or not shutil.which("lintian"):
        print("# lintian did not look at it")
    else:
        run("lintian", "--allow-root", "--fail-on", "error", package)


def records_survive_a_purge():
    if office.alone():
        raise office.Skip("needs the account")
    at = office.Office()
    with open(at.authorized, encoding="utf-8") as file:
        contains(file.read(), "zhang.wei")
    scripts = os.path.join(SERVICE, "debian")
    env = {"PATH": "/usr/local/sbin:/usr/local/bin:" + os.environ["PATH"], "LANG": "C.UTF-8"}
    run("sh", os.path.join(scripts, "postinst"), "configure", env=env)
    run("runuser", "-u", "yijian", "--", at.program, "backup", "/var/backups/yijian")
    run("sh", os.path.join(scripts, "prerm"), "remove", env=env)
    run("sh", os.path.join(scripts, "postrm"), "remove", env=env)
    equal(os.path.exists(at.authorized), True, "keys, after removal")
    contains(run("sh", os.path.join(scripts, "postrm"), "purge", env=env), "/var/lib/yijian holds records", "/var/backups/yijian holds records")
    equal((os.path.exists(at.database), len(os.listdir("/var/backups/yijian")), os.path.exists(at.authorized)), (True, 1, False), "after a purge")
    equal(pwd.getpwnam("yijian").pw_dir, "/var/lib/yijian", "the account stays with its records")
    for folder in ("/var/lib/yijian", "/var/backups/yijian"):
        for name in os.listdir(folder):
            os.remove(os.path.join(folder, name))
    equal(run("sh", os.path.join(scripts, "postrm"), "purge", env=env), "", "nothing is there any more")
    equal([os.path.exists(path) for path in ("/var/lib/yijian", "/var/backups/yijian", "/etc/yijian")], [False] * 3, "after a purge of nothing")
    equal(subprocess.run(["getent", "passwd", "yijian"], capture_output=True, check=False).returncode, 2, "the account")
    run("sh", os.path.join(scripts, "postinst"), "configure", env=env)
    equal(os.stat("/var/lib/yijian").st_mode & 0o777, 0o700, "installed again")


if __name__ == "__main__":
    office.enter()
    sys.exit(office.run_tests([everything_is_at_its_place, the_manual_names_every_command, the_units_are_whole, scripts_of_the_administrator_are_plain, a_package,
                      records_survive_a_purge], lambda test: test()) > 0)
