/* Which system calls the program may make once it is in its sandbox (seccomp). */
#ifndef TUI_SANDBOX_FILTER_H
#define TUI_SANDBOX_FILTER_H

#include <stdbool.h>

enum sandbox_filter {
    SANDBOX_FILTER_LOADED,
    SANDBOX_FILTER_NONE, /* the kernel has none */
    SANDBOX_FILTER_NO_MEMORY
};

/* Loads the filter for good; where it does not, nothing is changed.
 *
 * - What reading, writing, waiting and memory take is allowed; signals to nobody but the process itself; of a
 *   terminal what a screen needs, which is not typing into it.
 * - Running a program, a second process, looking into another, mounting, changing identity or the kernel ends the
 *   process at once: nothing in it ever asks for that, so it is no longer its own master. What was not committed is
 *   undone by the next one.
 * - The network answers EACCES: a library may ask for a name service and must live with "no".
 * - Whatever else answers ENOSYS, as an older kernel would: a later libc then takes the older call, and no reviewer
 *   loses a session over it. */
enum sandbox_filter sandbox_filter_load(bool lenient);

#endif
