#include <stdio.h>

#include "tui/command/command.h"

static void print_group(const char *title, bool writes) {
    printf("\n%s\n", title);
    for (const struct command *command = commands; command->name != NULL; command++)
        if (command->writes == writes)
            printf("  %-12s %s\n", command->name, _(command->note));
}

static void print_overview(void) {
    static const char *const examples[] = {"yijian", "yijian list --counts", "yijian search 京1112006201800001",
                                           "yijian approve A20211103000012",
                                           "yijian export --since 1041 -o decisions.json"};
    printf("%s\n\n%s\n", _("yijian 一建: review registrations of first-class constructors"), _("Examples:"));
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
        printf("  %s\n", examples[i]);
    printf("\n%s\n", _("`yijian` alone in a terminal opens the screen."));
    print_group(_("To look; these change nothing:"), false);
    print_group(_("To work; these change the database:"), true);
    printf("\n%s\n",
           _("`yijian COMMAND --help` explains one. The database is the one of --db, else of YIJIAN_DB, else\n"
             "/var/lib/yijian/yijian.db where that folder exists, else yijian/yijian.db in your data folder."));
    printf("\n%s\n",
           _("Exit codes: 0 done, 1 a negative answer, 3 partly done, 64 usage, 65 bad data, 66 no input,\n"
             "69 no database, 70 internal, 73 cannot create, 74 input/output, 75 busy or somebody was first,\n"
             "77 not allowed, 78 configuration."));
}

int command_help(struct app *app, int argc, char **argv) {
    static const struct option_spec none[] = {{NULL, OPTION_FLAG, NULL, false}};
    int status = options_take(app, none, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 1)
        return output_usage(_("help takes one command"));
    const struct command *command = argc == 0 ? NULL : command_find(argv[0]);
    if (command != NULL)
        return command_print_help(command);
    if (argc == 1)
        return output_usage(_("there is no command \"%s\""), argv[0]);
    print_overview();
    return STATUS_OK;
}
