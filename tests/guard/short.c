/* Makes every write of a program under test a short one (LD_PRELOAD): it takes in half of what it is given, as a disk
 * that gets full does or a signal that comes in between. What it says was written was written. */
#include <sys/types.h>

#include "tests/guard/preload.h"

static size_t half(size_t size) {
    return size > 1 ? size / 2 : size;
}

ssize_t write(int fd, const void *bytes, size_t size) {
    static ssize_t (*below)(int, const void *, size_t);
    preload_find(&below, "write");
    return below(fd, bytes, half(size));
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    static ssize_t (*below)(int, const void *, size_t, off64_t);
    preload_find(&below, "pwrite64");
    return below(fd, bytes, half(size), at);
}
