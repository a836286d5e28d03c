/* Makes every write of a program under test a short one (LD_PRELOAD): it takes in half of what it is given, as a disk
 * that gets full does or a signal that comes in between. What it says was written was written. */
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

/* The C library's own function of that name, into a pointer to one; the cast is that of POSIX's dlsym(). */
static void find(void *pointer, const char *name) {
    void **below = pointer;
    if (*below == NULL && (*below = dlsym(RTLD_NEXT, name)) == NULL)
        abort();
}

static size_t half(size_t size) {
    return size > 1 ? size / 2 : size;
}

ssize_t write(int fd, const void *bytes, size_t size) {
    static ssize_t (*below)(int, const void *, size_t);
    find(&below, "write");
    return below(fd, bytes, half(size));
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    static ssize_t (*below)(int, const void *, size_t, off64_t);
    find(&below, "pwrite64");
    return below(fd, bytes, half(size), at);
}
