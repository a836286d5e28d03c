/* What the libraries that stand in for others (LD_PRELOAD) share; each is one file, so it stands here whole. */
#ifndef TESTS_GUARD_PRELOAD_H
#define TESTS_GUARD_PRELOAD_H

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The function of that name that this one stands in for, into a pointer to one; the cast is that of POSIX's dlsym(). */
static inline void preload_find(void *pointer, const char *name) {
    void **below = pointer;
    if (*below == NULL && (*below = dlsym(RTLD_NEXT, name)) == NULL)
        abort();
}

/* The eight-byte numbers of the file that the variable names, shared with whoever started the program: they outlive it
 * however it ends. *room is how many there are behind the first. NULL where it is not asked for, or not the program. */
static inline int64_t *preload_numbers(const char *variable, int64_t *room) {
    const char *path = getenv(variable);
    struct stat info;
    if (path == NULL || strncmp(program_invocation_short_name, "yijian", 6) != 0)
        return NULL;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0)
        abort();
    void *shared = mmap(NULL, (size_t)info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED)
        abort();
    close(fd);
    *room = info.st_size / (int64_t)sizeof(int64_t) - 1;
    return shared;
}

/* What a library counts, and which one of it is to fail. */
struct preload_count {
    int64_t *numbers; /* as preload_numbers() gives them; NULL: nothing is counted */
    int64_t room;
    int64_t failing; /* 0: none */
};

static inline struct preload_count preload_count(const char *count_variable, const char *fail_variable) {
    struct preload_count count = {0};
    const char *fail = getenv(fail_variable);
    count.numbers = preload_numbers(count_variable, &count.room);
    count.failing = fail == NULL ? 0 : atoll(fail);
    return count;
}

/* Where the code of a library, or of the program, lies. */
struct preload_code {
    uintptr_t base, from, to;
};

static inline struct preload_code preload_code(const struct dl_phdr_info *info) {
    struct preload_code code = {.base = info->dlpi_addr};
    for (size_t i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && (info->dlpi_phdr[i].p_flags & PF_X) != 0) {
            code.from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            code.to = code.from + info->dlpi_phdr[i].p_memsz;
        }
    return code;
}

static inline bool preload_is_in(const struct preload_code *code, const void *address) {
    return (uintptr_t)address >= code->from && (uintptr_t)address < code->to;
}

/* A digest of the addresses the present call was come by. */
static inline int64_t preload_way(void) {
    enum { DEPTH = 24 };
    void *addresses[DEPTH];
    uint64_t sum = 0xCBF29CE484222325;
    int depth = backtrace(addresses, DEPTH);
    for (int i = 0; i < depth; i++)
        sum = (sum ^ (uintptr_t)addresses[i]) * 0x100000001B3;
    return (int64_t)(sum >> 1);
}

#endif
