#include <stdio.h>
#include <string.h>

#include "tui/command/command.h"

static const char *const common[] = {"--db", "--today", "--lang", "--json", "--help"};

/* The options of a command are the words with two dashes that begin a line of its details. */
static void print_options(const struct command *command) {
    for (const char *line = command->details; line != NULL && *line != '\0';) {
        size_t length = strcspn(line, "\n"), word = strcspn(line, " \n");
        if (strncmp(line, "--", 2) == 0)
            printf("%.*s ", (int)word, line);
        line += length + (line[length] == '\n' ? 1 : 0);
    }
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        printf("%s%s", i == 0 ? "" : " ", common[i]);
}

static void print_names(void) {
    for (const struct command *command = commands; command->name != NULL; command++)
        printf("%s%s", command == commands ? "" : " ", command->name);
}

static void print_bash(void) {
    puts("_yijian() {\n"
         "    local words command word\n"
         "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "        case $word in -*) ;; *) command=$word; break ;; esac\n"
         "    done\n"
         "    case $command in");
    for (const struct command *command = commands; command->name != NULL; command++) {
        printf("    %s) words='", command->name);
        print_options(command);
        puts("' ;;");
    }
    fputs("    *) words='", stdout);
    print_names();
    puts("' ;;\n"
         "    esac\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
         "}\n"
         "complete -o default -F _yijian yijian");
}

static void print_zsh(void) {
    puts("#compdef yijian\nautoload -U +X bashcompinit && bashcompinit");
    print_bash();
}

static void print_fish(void) {
    for (const struct command *command = commands; command->name != NULL; command++) {
        printf("complete -c yijian -n __fish_use_subcommand -a %s -d '", command->name);
        for (const char *p = _(command->note); *p != '\0'; p++)
            printf("%s%c", *p == '\'' ? "\\" : "", *p);
        puts("'");
        printf("complete -c yijian -n '__fish_seen_subcommand_from %s' -a '", command->name);
        print_options(command);
        puts("'");
    }
}

int command_completion(struct app *app, int argc, char **argv) {
    static const struct option_spec specs[] = {{NULL, OPTION_FLAG, NULL, false}};
    static const struct {
        const char *shell;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; argc == 1 && i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(argv[0], shells[i].shell) == 0) {
            shells[i].print();
            return STATUS_OK;
        }
    }
    return output_usage(_("completion takes the name of a shell: bash, zsh or fish"));
}
