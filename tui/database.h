/* Which database, and who acts on it (SPEC 11, 13). */
#ifndef TUI_DATABASE_H
#define TUI_DATABASE_H

#include <limits.h>
#include <stddef.h>

#include "tui/app.h"

/* --db, else YIJIAN_DB, else /var/lib/yijian/yijian.db if that folder exists, else $XDG_DATA_HOME/yijian/yijian.db; an
 * SSH session believes no variable. With `make_folder` the folder of the last is made where missing. */
const char *database_path(const struct app *app, char out[PATH_MAX], bool make_folder);

/* The login of the real uid; never what the environment says. NULL where the system does not know it, or it is too
 * long; errno is ENOMEM where it could not look for want of memory. */
const char *database_login(char *out, size_t size);

/* Opens it into the app, then enters the sandbox with what app->keep names and the folder of the database: STATUS_OK,
 * or the status with the word on standard error. A login that is not an active reviewer is refused (77). What was done
 * already is not done again. */
int database_open(struct app *app);

/* The same for work that changes nothing and shows no person: backup, verify, who is in the list. Whoever the system
 * lets at the file may, the service account for one; over SSH still only a reviewer. */
int database_open_to_look(struct app *app);

/* Opens it for a question that comes before the command: what that keeps is not known yet, so the sandbox waits. */
int database_open_to_ask(struct app *app);

/* A flag that signals set: waiting for other writers ends, and so does bulk work between two items. */
bool database_quit(void *data);
/* From now on they do. One that is ignored stays so: nohup keeps its word. */
void database_catch_signals(void);

#endif
