/* The subcommands: one table, one file each. */
#ifndef TUI_COMMAND_COMMAND_H
#define TUI_COMMAND_COMMAND_H

#include "tui/app.h"
#include "tui/message.h"
#include "tui/options.h"
#include "tui/output.h"

/* Whether a command may be called over SSH, and what a role must be able to do for it (SPEC 13). */
enum remote { REMOTE_NO, REMOTE_READ, REMOTE_DECIDE, REMOTE_IMPORT, REMOTE_SUPERVISE };

struct command {
    const char *name;
    const char *synopsis; /* behind the name */
    const char *note;     /* msgid */
    const char *details;  /* msgid: lines, each an option and what it does; "" for none */
    const char *examples; /* lines, each a command to type */
    bool database;        /* works on the database */
    bool writes;          /* changes something */
    enum remote remote;   /* whether it may be called as an SSH command, and by whom */
    /* argv holds the words behind the command's name. Takes its options, then opens the database where it needs it, so
     * that a wrong word is told before anything is touched. Returns an exit code, or what options_take() answers. */
    int (*run)(struct app *app, int argc, char **argv);
};

/* Ends with name NULL. */
extern const struct command commands[];

/* NULL where there is none. */
const struct command *command_find(const char *name);

/* Runs one command, or prints its help where that is asked for; the output is flushed. */
int command_run(struct app *app, const struct command *command, int argc, char **argv);

int command_print_help(const struct command *command);
int command_print_version(void);

/* The program under the name yijian-shell: argv as behind that name. */
int command_shell(struct app *app, int argc, char **argv);

/* `yijian` alone: the screen, which needs a terminal. */
int command_screen(struct app *app);

int command_init(struct app *app, int argc, char **argv);
int command_import(struct app *app, int argc, char **argv);
int command_list(struct app *app, int argc, char **argv);
int command_search(struct app *app, int argc, char **argv);
int command_show(struct app *app, int argc, char **argv);
int command_check(struct app *app, int argc, char **argv);
int command_accept(struct app *app, int argc, char **argv);
int command_approve(struct app *app, int argc, char **argv);
int command_refuse(struct app *app, int argc, char **argv);
int command_return(struct app *app, int argc, char **argv);
int command_withdraw(struct app *app, int argc, char **argv);
int command_extend(struct app *app, int argc, char **argv);
int command_revoke(struct app *app, int argc, char **argv);
int command_export(struct app *app, int argc, char **argv);
int command_key(struct app *app, int argc, char **argv);
int command_announce(struct app *app, int argc, char **argv);
int command_notice(struct app *app, int argc, char **argv);
int command_certificate(struct app *app, int argc, char **argv);
int command_stats(struct app *app, int argc, char **argv);
int command_ledger(struct app *app, int argc, char **argv);
int command_calendar(struct app *app, int argc, char **argv);
int command_backup(struct app *app, int argc, char **argv);
int command_restore(struct app *app, int argc, char **argv);
int command_verify(struct app *app, int argc, char **argv);
int command_doctor(struct app *app, int argc, char **argv);
int command_reviewer(struct app *app, int argc, char **argv);
int command_rules(struct app *app, int argc, char **argv);
int command_keys(struct app *app, int argc, char **argv);
int command_session(struct app *app, int argc, char **argv);
int command_completion(struct app *app, int argc, char **argv);
int command_help(struct app *app, int argc, char **argv);

#endif
