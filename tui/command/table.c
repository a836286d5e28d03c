#include <stdio.h>
#include <string.h>

#include "tui/command/command.h"
#include "tui/database.h"

const struct command commands[] = {
    {"init", "[--training] [--name NAME]", N_("make a new database; you become its first supervisor"),
     "yijian init --training\nyijian --db /var/lib/yijian/yijian.db init --name 张伟", false, false, command_init},
    {"import", "FILE|- [--partial] [--report FILE] [--schema]", N_("read constructors and applications from JSON"),
     "yijian import applications.ndjson\nyijian import - --partial --report rejected.ndjson < applications.ndjson", true,
     true, command_import},
    {"list", "[--kind K] [--outcome O] [--specialty S] [--order deadline|submitted] [--limit N] [--counts]",
     N_("list the pending applications, those due first on top"),
     "yijian list --kind continuation --limit 20\nyijian list --counts", true, true, command_list},
    {"search", "TEXT [--pending]", N_("find applications by registration number, application number, id or name"),
     "yijian search 京1112006201800001\nyijian search 00001 --pending", true, true, command_search},
    {"show", "APPLICATION_NO [--document] [--reveal --reason TEXT]", N_("show one application with everything that decides it"),
     "yijian show A20211103000012\nyijian show A20211103000012 --json", true, true, command_show},
    {"check", "[APPLICATION_NO…] [--on DAY] [--explain]", N_("what the rules say; changes nothing"),
     "yijian check A20211103000012 --explain\nyijian check --json > verdicts.ndjson", true, true, command_check},
    {"accept", "APPLICATION_NO…|- [--confirm COUNT]", N_("accept applications for review (受理)"),
     "yijian accept A20211103000012", true, true, command_accept},
    {"approve", "APPLICATION_NO…|- [--partial] [--province NN] [--note TEXT] [--confirm COUNT] [--version N]",
     N_("approve applications (准予)"),
     "yijian approve A20211103000012\nyijian approve A20211103000013 --partial\nyijian approve - --confirm 120 < numbers.txt",
     true, true, command_approve},
    {"refuse", "APPLICATION_NO…|- [--reason TEXT] [--confirm COUNT] [--version N]", N_("refuse applications (不予)"),
     "yijian refuse A20211103000012\nyijian refuse A20211103000012 --reason \"聘用单位资质已注销，规定第十五条第（九）项\"", true,
     true, command_refuse},
    {"return", "APPLICATION_NO…|- --items TEXT [--confirm COUNT]", N_("return applications for correction (补正)"),
     "yijian return A20211103000012 --items \"劳动合同缺页\"", true, true, command_return},
    {"withdraw", "APPLICATION_NO…|- --reason TEXT [--confirm COUNT]", N_("record that the applicant withdraws (撤回)"),
     "yijian withdraw A20211103000012 --reason \"申请人书面撤回\"", true, true, command_withdraw},
    {"extend", "APPLICATION_NO…|- --reason TEXT [--confirm COUNT]",
     N_("extend the decision deadline by 10 working days (延期); supervisors"),
     "yijian extend A20211103000012 --reason \"需向原发证机关核实\"", true, true, command_extend},
    {"revoke", "DECISION_NO --reason TEXT --ground TEXT", N_("revoke a decision (撤销); supervisors"),
     "yijian revoke 1042 --reason \"申请材料虚假\" --ground \"许可法第六十九条第二款\"", true, true, command_revoke},
    {"export", "[--since N] [--until M] [--format json|ndjson] [--pretty] [-o FILE] [--force] [--kind K] [--action A] "
               "[--reviewer L] [--schema]",
     N_("give the decisions out as JSON, by decision number"),
     "yijian export --since 1041 -o decisions.json\nyijian export --format ndjson > all.ndjson", true, true,
     command_export},
    {"verify", "[--against EXPORT]…", N_("prove that the ledger and what it vouches for are unchanged"),
     "yijian verify\nyijian verify --against decisions.json", true, true, command_verify},
    {"reviewer", "list | add LOGIN --name NAME --role ROLE | disable LOGIN | enable LOGIN",
     N_("the people and their roles: reviewer, supervisor, auditor"),
     "yijian reviewer add li.hua --name 李华 --role reviewer\nyijian reviewer list", true, false, command_reviewer},
    {"rules", "", N_("the rules, whom they concern and what they rest on"), "yijian rules", false, true, command_rules},
    {"session", "--reviewer LOGIN", N_("act for one reviewer over SSH (a forced command of authorized_keys)"),
     "yijian session --reviewer li.hua", false, false, command_session},
    {"help", "[COMMAND]", N_("this overview, or one command"), "yijian help approve", false, true, command_help},
    {NULL, NULL, NULL, NULL, false, false, NULL},
};

const struct command *command_find(const char *name) {
    for (const struct command *command = commands; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

int command_print_help(const struct command *command) {
    printf("%s\n", _("Examples:"));
    for (const char *line = command->examples; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        printf("  %.*s\n", (int)length, line);
        line += length + (line[length] == '\n' ? 1 : 0);
    }
    printf("\nyijian %s %s\n  %s\n\n%s\n", command->name, command->synopsis, _(command->note),
           _("Every command takes --db FILE, --lang zh|en and --json; a training database also --today YYYY-MM-DD."));
    return STATUS_OK;
}

static bool asks_for_help(int argc, char **argv) {
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

int command_run(struct app *app, const struct command *command, int argc, char **argv) {
    int status;
    if (asks_for_help(argc, argv)) {
        status = command_print_help(command);
    } else {
        bool bare = command->database && argc > 0 && strcmp(argv[0], "--schema") == 0;
        status = command->database && !bare ? database_open(app) : STATUS_OK;
        if (status == STATUS_OK)
            status = command->run(app, argc, argv);
    }
    int flushed = output_flush();
    return flushed == STATUS_OK ? status : flushed;
}
