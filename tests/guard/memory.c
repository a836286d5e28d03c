/* Lets memory run out at a chosen allocation of the program (LD_PRELOAD), whoever asks for it: the program, SQLite,
 * cJSON, libcrypto, ncurses, the C library.
 *
 * MEMORY_COUNT names a file of eight-byte numbers: the first counts the allocations as they go; into those behind it,
 * where there are any, goes by which way of calls each one was asked for, as a digest. MEMORY_FAIL=K: the K-th fails,
 * from 1; with MEMORY_ON=1 each one from there on. What libseccomp asks for is not counted and never fails: it would go
 * round for ever, so the program sees to it beforehand that there is enough (tui/sandbox_filter.c). Nor does what
 * glibc 2.36 asks for to tell who somebody is: it aborts, or writes to where it has no memory (nss_database.c). */
#include <pwd.h>

#include "tests/guard/preload.h"

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static struct preload_count asked;
static struct preload_code spared; /* libseccomp's */
static bool inside;                /* finding out the way, or who somebody is */
static bool on;                    /* and each one behind the one that fails */

static int find_spared(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size;
    (void)unused;
    if (strstr(info->dlpi_name, "libseccomp") == NULL)
        return 0;
    spared = preload_code(info);
    return 1;
}

/* What is done behind the end is not the program any more: a build that counts its branches writes them there. */
static void end(void) {
    asked.failing = 0;
}

__attribute__((constructor)) static void start(void) {
    preload_way(); /* loads what it needs before the sandbox is entered */
    dl_iterate_phdr(find_spared, NULL);
    on = getenv("MEMORY_ON") != NULL;
    asked = preload_count("MEMORY_COUNT", "MEMORY_FAIL");
}

static int64_t way(void) {
    inside = true;
    int64_t digest = preload_way();
    inside = false;
    return digest;
}

static bool fails(const void *caller) {
    if (inside || asked.numbers == NULL || preload_is_in(&spared, caller))
        return false;
    int64_t number = ++*asked.numbers;
    if (number <= asked.room)
        asked.numbers[number] = way();
    bool now = asked.failing > 0 && (number == asked.failing || (on && number > asked.failing));
    if (number == asked.failing)
        atexit(end); /* not at the start: what is asked for first comes last, behind the counts */
    if (now)
        errno = ENOMEM;
    return now;
}

struct passwd *getpwuid(uid_t user) {
    static struct passwd *(*below)(uid_t);
    preload_find(&below, "getpwuid");
    inside = true;
    struct passwd *found = below(user);
    inside = false;
    return found;
}

struct passwd *getpwnam(const char *name) {
    static struct passwd *(*below)(const char *);
    preload_find(&below, "getpwnam");
    inside = true;
    struct passwd *found = below(name);
    inside = false;
    return found;
}

void *malloc(size_t size) {
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    void *piece = fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
    if (piece != NULL)
        *memory = piece;
    return piece == NULL ? ENOMEM : 0;
}
