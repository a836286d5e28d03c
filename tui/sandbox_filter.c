#include "tui/sandbox_filter.h"

#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const int allowed[] = {
    /* files */
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(pwrite64),
    SCMP_SYS(preadv), SCMP_SYS(pwritev), SCMP_SYS(lseek), SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(close),
    SCMP_SYS(close_range), SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd), SCMP_SYS(fcntl), SCMP_SYS(flock), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate), SCMP_SYS(fadvise64), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
    SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(fchmod), SCMP_SYS(fchown), SCMP_SYS(umask),
    SCMP_SYS(getdents64), SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(dup3),
    SCMP_SYS(utimensat), SCMP_SYS(memfd_create),
    /* waiting and time */
    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time),
    SCMP_SYS(restart_syscall), SCMP_SYS(sched_yield), SCMP_SYS(alarm), SCMP_SYS(setitimer), SCMP_SYS(pause),
    SCMP_SYS(timer_create), SCMP_SYS(timer_settime), SCMP_SYS(timer_delete),
    /* memory */
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(msync), SCMP_SYS(membarrier),
    SCMP_SYS(futex),
    /* signals */
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigsuspend),
    SCMP_SYS(rt_sigpending), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sigaltstack),
    /* about itself */
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(getpgrp), SCMP_SYS(getpgid), SCMP_SYS(getsid),
    SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getresuid), SCMP_SYS(getresgid),
    SCMP_SYS(getrlimit), SCMP_SYS(getrusage), SCMP_SYS(getrandom), SCMP_SYS(uname), SCMP_SYS(sysinfo),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(exit), SCMP_SYS(exit_group)};

static const int deadly[] = {
    /* another program, another process, into another process */
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp), SCMP_SYS(pidfd_getfd),
    /* another identity */
    SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid), SCMP_SYS(setregid), SCMP_SYS(setresuid),
    SCMP_SYS(setresgid), SCMP_SYS(setfsuid), SCMP_SYS(setfsgid), SCMP_SYS(setgroups), SCMP_SYS(capset),
    /* another file system */
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare),
    SCMP_SYS(open_by_handle_at), SCMP_SYS(swapon), SCMP_SYS(swapoff),
    /* the kernel */
    SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(reboot), SCMP_SYS(add_key),
    SCMP_SYS(request_key), SCMP_SYS(keyctl), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime)};

static const int network[] = {SCMP_SYS(socket),   SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind),
                              SCMP_SYS(listen),   SCMP_SYS(accept),     SCMP_SYS(accept4), SCMP_SYS(sendto),
                              SCMP_SYS(recvfrom), SCMP_SYS(sendmsg),    SCMP_SYS(recvmsg)};

/* TIOCSTI, which types into the terminal, is not among them. */
static const unsigned long terminal[] = {TCGETS, TCSETS, TCSETSW, TCSETSF, TCFLSH, TIOCGWINSZ, TIOCGPGRP, FIONREAD};

static bool add(scmp_filter_ctx filter, uint32_t answer, const int *calls, size_t count) {
    bool good = true;
    for (size_t i = 0; good && i < count; i++)
        good = seccomp_rule_add(filter, answer, calls[i], 0) == 0;
    return good;
}

/* Calls that depend on what is asked of them. */
static bool add_conditional(scmp_filter_ctx filter) {
    const scmp_datum_t own = (scmp_datum_t)getpid();
    const struct {
        uint32_t answer;
        int call;
        struct scmp_arg_cmp only;
    } rules[] = {
        /* no new code: what is to be run was loaded before */
        {SCMP_ACT_ALLOW, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)},
        {SCMP_ACT_ALLOW, SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)},
        {SCMP_ACT_ALLOW, SCMP_SYS(kill), SCMP_A0(SCMP_CMP_EQ, own, 0)},
        {SCMP_ACT_ALLOW, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, own, 0)},
        {SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_EQ, 0, 0)}, /* looking, not setting */
        /* a thread fails softly, a process does not; clone3, whose flags no filter sees, falls back to clone */
        {SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)},
    };
    bool good = true;
    for (size_t i = 0; good && i < COUNT(rules); i++)
        good = seccomp_rule_add_array(filter, rules[i].answer, rules[i].call, 1, &rules[i].only) == 0;
    for (size_t i = 0; good && i < COUNT(terminal); i++)
        good = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, terminal[i], 0)) == 0;
    return good;
}

/* libseccomp 2.5.4 goes round for ever where it gets no memory while it loads a filter. It is begun with twice what it
 * needs lying ready in the heap, under a small piece that keeps the heap from shrinking; NULL: there is not so much. */
static void *lay_ready(void) {
    enum { PIECES = 16, SIZE = 32 << 10 };
    void *volatile pieces[PIECES];
    bool good = true;
    for (size_t i = 0; i < PIECES; i++)
        good = (pieces[i] = malloc(SIZE)) != NULL && good;
    void *top = malloc(1);
    for (size_t i = 0; i < PIECES; i++)
        free(pieces[i]);
    if (good)
        return top;
    free(top);
    return NULL;
}

enum sandbox_filter sandbox_filter_load(bool lenient) {
    void *top = lay_ready();
    if (top == NULL)
        return SANDBOX_FILTER_NO_MEMORY;
    scmp_filter_ctx filter = seccomp_init(lenient ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(ENOSYS));
    bool good = filter != NULL && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                add(filter, SCMP_ACT_ERRNO(EACCES), network, COUNT(network));
    if (good && !lenient)
        good = add(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed)) &&
               add(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly)) && add_conditional(filter);
    good = good && seccomp_load(filter) == 0;
    seccomp_release(filter);
    free(top);
    return good ? SANDBOX_FILTER_LOADED : SANDBOX_FILTER_NONE;
}
