#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/floor/floor.h"

enum { TEXT = 1500 /* bytes a commit writes, as a decision's event does */ };

/* Commits until the time is over, each behind the lock; how many. */
static long commit_until(const char *path, const char *lock, double end) {
    sqlite3 *db = floor_open(path);
    sqlite3_busy_timeout(db, 5000);
    sqlite3_stmt *insert = floor_prepare(db, "INSERT INTO event(text) VALUES(randomblob(?1))");
    int gate = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    long done = 0;
    while (floor_clock() < end) {
        flock(gate, LOCK_EX);
        sqlite3_bind_int(insert, 1, TEXT);
        done += sqlite3_step(insert) == SQLITE_DONE ? 1 : 0;
        sqlite3_reset(insert);
        flock(gate, LOCK_UN);
    }
    sqlite3_finalize(insert);
    sqlite3_close(db);
    close(gate);
    return done;
}

int floor_commits(char **words) {
    long processes = strtol(words[1], NULL, 10), all = 0;
    double seconds = strtod(words[2], NULL);
    char lock[4096];
    int counts[2];
    snprintf(lock, sizeof lock, "%s-gate", words[0]);
    sqlite3 *db = floor_open(words[0]);
    floor_run(db, "CREATE TABLE IF NOT EXISTS event(id INTEGER PRIMARY KEY, text BLOB)");
    sqlite3_close(db);
    if (pipe(counts) != 0)
        return 1;
    double end = floor_clock() + seconds;
    for (long i = 0; i < processes; i++)
        if (fork() == 0) {
            long done = commit_until(words[0], lock, end);
            _exit(write(counts[1], &done, sizeof done) == (ssize_t)sizeof done ? 0 : 1);
        }
    for (long i = 0, done = 0; i < processes && read(counts[0], &done, sizeof done) == (ssize_t)sizeof done; i++)
        all += done;
    while (wait(NULL) > 0)
        ;
    printf("%.1f\n", (double)all / seconds);
    return all > 0 ? 0 : 1;
}
