/* What the program lays down once its database is open: from then on it works on strangers' words (SPEC 13).
 *
 * No new privileges; a list of the system calls it may still make (tui/sandbox_filter.h); of the file system only the
 * folder of the database, what the terminal's description needs, and the files named on the command line (Landlock).
 * Where the kernel has not all of it, what it has is taken and the program works on: `yijian doctor` says what is in
 * force. A build with -DSANDBOX_LENIENT, and one with a sanitizer, whose leak check reads other files and traces the
 * process, has no Landlock and a filter that only keeps the network away.
 *
 *   every command and session   its database's folder; the terminals' descriptions, /dev/null, /dev/urandom
 *   import FILE | -             FILE to read | the folder standard input is laid down in
 *   import --report FILE        FILE's folder
 *   export -o FILE --sign KEY   FILE's folder; KEY to read
 *   backup FILE | FOLDER        FILE's folder | FOLDER
 *   calendar load FILE          FILE to read; the same for --against, --reason-file and --key
 *   init, restore, key, doctor  work on files for whoever may read or write them anyway, and enter none
 *   rules, keys, help …         open no database */
#ifndef TUI_SANDBOX_H
#define TUI_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

enum { SANDBOX_PATHS = 96 };

/* What a path is kept for. */
enum sandbox_use {
    SANDBOX_READ,      /* the file, or all in the folder, may be read */
    SANDBOX_WRITE_IN,  /* in the folder files may be made, read, written, renamed and removed, and folders made */
    SANDBOX_WRITE_NEAR /* the same in the folder the path is in: a temporary file goes before each new one */
};

/* What a command keeps. The paths are borrowed. */
struct sandbox_keep {
    struct {
        const char *path;
        enum sandbox_use use;
    } paths[SANDBOX_PATHS];
    size_t count;
};

/* "-" and what is one too many are passed over: what is not kept cannot be opened, no more. */
void sandbox_keep(struct sandbox_keep *keep, const char *path, enum sandbox_use use);

struct sandbox_report {
    bool privileges; /* no new ones */
    bool filter;
    int landlock; /* the version of the kernel's, 0: none */
    bool lenient; /* a build that is not for service */
};

/* Enters, for good: there is no way back for this process or its children. `report` may be NULL. False where there is
 * no memory to make it: nothing is to be done outside it then. */
bool sandbox_enter(const struct sandbox_keep *keep, struct sandbox_report *report);

#endif
