/* The name a file has until it is whole, when it gets its own. */
#ifndef STORE_TEMPORARY_H
#define STORE_TEMPORARY_H

#include <limits.h>
#include <stdbool.h>

/* "TARGET.part-PID" of this process. What a process that was killed has left of the same target, and what SQLite laid
 * beside it, is taken away first; one that still lives on this machine keeps its own. False where the name would be too
 * long. `target` is absolute. */
bool temporary_name(const char *target, char out[PATH_MAX]);

#endif
