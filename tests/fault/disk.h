/* A disk whose power can fail: stands under SQLite while a script runs, writes down what reached it in which order, and
 * lays out afterwards what any moment of it could have left. What was synced is there; of what was written since, each
 * piece is there, is not, or is there in part, sector by sector. Shared memory is gone. */
#ifndef TESTS_FAULT_DISK_H
#define TESTS_FAULT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From here on SQLite's files lie on it; what is in them when they are first opened counts as synced. */
void disk_start(void);
void disk_stop(void);

/* The script was told that its next step is done. */
void disk_told(void);

struct disk_state {
    size_t point; /* pieces of the log up to here have been handed to the disk */
    size_t told;  /* steps by then */
};

/* Goes through the log from its start: true with the next point, false behind the last one. */
bool disk_next(struct disk_state *state);
size_t disk_points(void);

/* Lays out in `folder` what is left where power fails at the point disk_next() stands at; `seed` chooses among the
 * ways it can be. Returns a digest of it; files are written only where `seen` says no to the digest. */
uint64_t disk_lay_out(const char *folder, uint64_t seed, bool (*seen)(uint64_t digest));

void disk_free(void);

#endif
