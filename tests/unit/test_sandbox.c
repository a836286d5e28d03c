/* What a process in the sandbox can no longer do, each tried in a child of its own: it must be refused or killed. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tui/sandbox.h"

/* An attempt: 0 where it succeeded, else the errno. */
typedef int attempt(void);

static int answer(long result) {
    return result < 0 ? errno : 0;
}

static int open_as(const char *path, int flags) {
    return answer(open(path, flags | O_CLOEXEC, 0600));
}

static int run_program(void) {
    return answer(execl("/bin/true", "true", (char *)NULL));
}
static int run_descriptor(void) {
    return answer(syscall(SYS_execveat, STDIN_FILENO, "", NULL, NULL, 0x1000));
}
static int make_process(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return answer(child);
}
static int make_process_plainly(void) {
    return answer(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL));
}
static int trace(void) {
    return answer(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}
static int become(void) {
    return answer(syscall(SYS_setuid, getuid()));
}
static int mount_something(void) {
    return answer(mount("none", "/tmp", "tmpfs", 0, NULL));
}
static int load_bpf(void) {
    return answer(syscall(SYS_bpf, 0, NULL, 0));
}
static int open_socket(void) {
    return answer(socket(AF_INET, SOCK_STREAM, 0));
}
static int open_local_socket(void) {
    return answer(socket(AF_UNIX, SOCK_STREAM, 0));
}
static int read_passwd(void) {
    return open_as("/etc/passwd", O_RDONLY);
}
static int write_passwd(void) {
    return open_as("/etc/passwd", O_WRONLY);
}
static int list_root(void) {
    return open_as("/", O_RDONLY | O_DIRECTORY);
}
static int read_proc(void) {
    return open_as("/proc/self/mem", O_RDONLY);
}
static int read_beside(void) {
    return open_as("beside/file", O_RDONLY);
}
static int write_beside(void) {
    return open_as("beside/new", O_WRONLY | O_CREAT);
}
static int write_what_is_read(void) {
    return open_as("read/file", O_WRONLY);
}
static int link_away(void) {
    return answer(symlink("/etc/passwd", "kept/link"));
}
static int make_folder(void) {
    return answer(mkdir("kept/folder", 0700));
}
static int make_folder_beside(void) {
    return answer(mkdir("beside/folder", 0700));
}
static int map_code(void) {
    void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return at == MAP_FAILED ? errno : 0;
}
static int make_code(void) {
    static char page[8192];
    return answer(mprotect((void *)(((uintptr_t)page + 4095) & ~(uintptr_t)4095), 4096, PROT_READ | PROT_EXEC));
}
static int signal_another(void) {
    return answer(kill(getppid(), SIGCONT));
}
static int type_into_terminal(void) {
    return answer(ioctl(STDIN_FILENO, TIOCSTI, "x"));
}
static int raise_limit(void) {
    uint64_t limit[2] = {8, 8};
    return answer(syscall(SYS_prlimit64, 0, 7, limit, NULL));
}
static int call_of_tomorrow(void) {
    return answer(syscall(1000));
}
static int allow_dumping(void) {
    return answer(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

static int read_kept(void) {
    return open_as("read/file", O_RDONLY);
}
static int write_kept(void) {
    int fd = open("kept/part", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, "x", 1) == 1 && fsync(fd) == 0 && rename("kept/part", "kept/file") == 0 &&
                unlink("kept/file") == 0;
    return good ? 0 : errno;
}
static int signal_itself(void) {
    signal(SIGUSR1, SIG_IGN);
    return answer(raise(SIGUSR1)) == 0 ? answer(kill(getpid(), SIGUSR1)) : errno;
}
static int write_nowhere(void) {
    return open_as("/dev/null", O_WRONLY);
}
static int take_memory(void) {
    char *memory = malloc(64 << 20);
    if (memory == NULL)
        return errno;
    memset(memory, 1, 64 << 20);
    free(memory);
    return 0;
}

enum { OK = 0, DIES = -SIGSYS };

/* What becomes of each; `landlock`: the least version of the kernel's that refuses it. */
static const struct {
    const char *name;
    attempt *try;
    int becomes;
    int landlock;
} attempts[] = {
    {"run a program", run_program, DIES, 0},
    {"run a descriptor", run_descriptor, DIES, 0},
    {"fork", make_process, DIES, 0},
    {"clone", make_process_plainly, DIES, 0},
    {"ptrace", trace, DIES, 0},
    {"setuid", become, DIES, 0},
    {"mount", mount_something, DIES, 0},
    {"bpf", load_bpf, DIES, 0},
    {"a network socket", open_socket, EACCES, 0},
    {"a local socket", open_local_socket, EACCES, 0},
    {"read /etc/passwd", read_passwd, EACCES, 1},
    {"write /etc/passwd", write_passwd, EACCES, 1},
    {"list /", list_root, EACCES, 1},
    {"read /proc/self/mem", read_proc, EACCES, 1},
    {"read another file", read_beside, EACCES, 1},
    {"make another file", write_beside, EACCES, 1},
    {"write what is only read", write_what_is_read, EACCES, 1},
    {"make a link in the folder", link_away, ENOSYS, 0},
    {"make a folder elsewhere", make_folder_beside, EACCES, 1},
    {"map code", map_code, ENOSYS, 0},
    {"make memory code", make_code, ENOSYS, 0},
    {"signal another process", signal_another, ENOSYS, 0},
    {"type into the terminal", type_into_terminal, ENOSYS, 0},
    {"set a limit", raise_limit, ENOSYS, 0},
    {"a call nobody knows", call_of_tomorrow, ENOSYS, 0},
    {"become dumpable again", allow_dumping, ENOSYS, 0},
    {"read what is kept", read_kept, OK, 0},
    {"write, rename, remove in the folder", write_kept, OK, 0},
    {"make a folder in the folder", make_folder, OK, 0},
    {"signal itself", signal_itself, OK, 0},
    {"write to /dev/null", write_nowhere, OK, 0},
    {"take memory", take_memory, OK, 0},
};

static void enter(struct sandbox_report *report) {
    struct sandbox_keep keep = {.count = 0};
    sandbox_keep(&keep, "kept/yijian.db", SANDBOX_WRITE_NEAR);
    sandbox_keep(&keep, "read/file", SANDBOX_READ);
    sandbox_keep(&keep, "not there", SANDBOX_READ);
    sandbox_keep(&keep, "-", SANDBOX_READ);
    sandbox_enter(&keep, report);
}

/* What became of it in a child in the sandbox. */
static int outcome_of(attempt *try) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        enter(NULL);
        _exit(try());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static struct sandbox_report report_of_child(void) {
    struct sandbox_report report = {.privileges = false};
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        enter(&report);
        _exit(write(ends[1], &report, sizeof report) != sizeof report);
    }
    assert_int_equal(read(ends[0], &report, sizeof report), sizeof report);
    waitpid(child, NULL, 0);
    close(ends[0]);
    close(ends[1]);
    return report;
}

static int make_files(void **state) {
    (void)state;
    static const char *const folders[] = {"kept", "read", "beside"};
    static const char *const files[] = {"read/file", "beside/file"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        mkdir(folders[i], 0700);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        close(open(files[i], O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    return 0;
}

static void test_what_is_refused(void **state) {
    (void)state;
    struct sandbox_report report = report_of_child();
    int wrong = 0;
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        bool in_force = report.filter && !report.lenient && report.landlock >= attempts[i].landlock;
        if (!in_force && attempts[i].becomes != OK)
            continue;
        int became = outcome_of(attempts[i].try);
        if (became != attempts[i].becomes)
            print_message("# %s: %d, expected %d (%d)\n", attempts[i].name, became, attempts[i].becomes, ++wrong);
    }
    assert_int_equal(wrong, 0);
}

/* Every attempt is possible outside: else the refusals above would show nothing. */
static void test_what_is_refused_is_possible_without(void **state) {
    (void)state;
    static attempt *const possible[] = {
        run_program, make_process, make_process_plainly, open_socket,  open_local_socket, read_passwd,
        list_root,   read_proc,    read_beside,          write_beside, map_code,          make_code,
        become,      link_away,    make_folder_beside};
    for (size_t i = 0; i < sizeof possible / sizeof possible[0]; i++) {
        int status = 0;
        pid_t child = fork();
        if (child == 0)
            _exit(possible[i]());
        waitpid(child, &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            print_message("# attempt %zu: %d\n", i, status);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    unlink("kept/link");
    rmdir("beside/folder");
    unlink("beside/new");
}

static void test_report(void **state) {
    (void)state;
    struct sandbox_report report = report_of_child();
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    assert_true(report.privileges);
    assert_int_equal(report.landlock, report.lenient || version < 0 ? 0 : version);
    assert_int_equal(report.filter, prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_refused_is_possible_without),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_report),
    };
    return cmocka_run_group_tests(tests, make_files, NULL);
}
