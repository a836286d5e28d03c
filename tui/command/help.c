#include <stdio.h>

#include "tui/command/command.h"

int command_help(struct app *app, int argc, char **argv) {
    (void)app;
    if (argc > 0) {
        const struct command *command = command_find(argv[0]);
        return command == NULL ? output_usage(_("there is no command \"%s\"%s"), argv[0], "")
                               : command_print_help(command);
    }
    printf("%s\n\n", _("yijian 一建: review registrations of first-class constructors."));
    printf("  %-10s %s\n", "yijian", _("opens the screen"));
    for (const struct command *command = commands; command->name != NULL; command++)
        printf("  %-10s %s\n", command->name, _(command->note));
    printf("\n%s\n", _("`yijian COMMAND --help` shows examples. Exit codes: 0 done, 1 a negative answer, 3 partly done,\n"
                       "64 usage, 65 bad data, 66 no input, 69 no database, 70 internal, 73 cannot create, 74 input/output,\n"
                       "75 busy or somebody was first, 77 not allowed, 78 configuration."));
    return STATUS_OK;
}
