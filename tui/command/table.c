#include <stdio.h>
#include <string.h>

#include "tui/command/command.h"

/* Which commands work on a database, change something. */
enum { DATABASE = true, WRITES = true, NO = false };

const struct command commands[] = {
    {"init", "[--training] [--name NAME] [--supervisor LOGIN]",
     N_("make a new database; you become its first supervisor"),
     N_("--training    decisions do not count; --today DATE sets the day\n"
        "--name NAME   your name as it stands in decisions; else the system's\n"
        "--supervisor LOGIN  somebody else becomes it, who works over SSH; --name is that person's"),
     "yijian init --training\nyijian --db /var/lib/yijian/yijian.db init --name 张伟", DATABASE, WRITES, REMOTE_NO,
     command_init},
    {"import", "FILE|- [--partial] [--report FILE] | --schema", N_("read constructors and applications from JSON"),
     N_("--partial      take the good documents where some are rejected; else nothing is written\n"
        "--report FILE  write every rejection as a line of JSON\n"
        "--schema       print the JSON Schema of the documents"),
     "yijian import applications.ndjson\nyijian import - --partial --report rejected.ndjson < applications.ndjson",
     DATABASE, WRITES, REMOTE_IMPORT, command_import},
    {"list", "[--kind K] [--outcome O] [--specialty S] [--order O] [--limit N] | --counts",
     N_("list the pending applications, those due first on top"),
     N_("--kind K       initial, added_specialty, re_registration, continuation\n"
        "--outcome O    approvable, partly_approvable, blocked\n"
        "--specialty S  one of the ten, for instance 建筑工程\n"
        "--order O      deadline (as it is without), submitted\n"
        "--limit N      no more than so many\n"
        "--counts       how many are pending, overdue and due soon, by kind"),
     "yijian list --kind continuation --limit 20\nyijian list --counts", DATABASE, NO, REMOTE_READ, command_list},
    {"search", "TEXT [--pending]", N_("find applications by registration number, application number, id or name"),
     N_("--pending  only those not decided yet"), "yijian search 京1112006201800001\nyijian search 00001 --pending",
     DATABASE, NO, REMOTE_READ, command_search},
    {"show", "APPLICATION_NO [--document [--revision N] | --reveal] [--reason TEXT]",
     N_("show one application with everything that decides it"),
     N_("--document     the document as it came; with the full id number, so the ledger records it\n"
        "--revision N   the document as it came the N-th time, after a return for correction\n"
        "--reveal       the full id number alone; the ledger records it\n"
        "--reason TEXT  what for; compulsory with --reveal"),
     "yijian show A20211103000012\nyijian show A20211103000012 --json", DATABASE, NO, REMOTE_READ, command_show},
    {"check", "[APPLICATION_NO…] [--on DAY] [--explain]", N_("what the rules say; changes nothing"),
     N_("--on DAY   as if decided on that day\n"
        "--explain  every rule with what it required and what was found"),
     "yijian check A20211103000012 --explain\nyijian check --json > verdicts.ndjson", DATABASE, NO, REMOTE_READ,
     command_check},
    {"accept", "APPLICATION_NO…|- [--confirm COUNT] [--version N]", N_("accept applications for review (受理)"),
     N_("-                numbers from standard input, one a line\n"
        "--confirm COUNT  how many applications these are; compulsory for more than one\n"
        "--version N      only if the application still is the one you saw"),
     "yijian accept A20211103000012\nyijian accept - --confirm 120 < numbers.txt", DATABASE, WRITES, REMOTE_DECIDE,
     command_accept},
    {"approve", "APPLICATION_NO…|- [--partial] [--province NN] [--note TEXT] [--confirm COUNT] [--version N]",
     N_("approve applications (准予)"),
     N_("-                numbers from standard input, one a line\n"
        "--partial        also where only some specialties can be approved; the others are refused\n"
        "--province NN    of a new number, where employer and credit code do not tell it\n"
        "--note TEXT      kept with the decision\n"
        "--confirm COUNT  how many applications these are; compulsory for more than one\n"
        "--version N      only if the application still is the one you saw"),
     "yijian approve A20211103000012\nyijian approve A20211103000013 --partial\n"
     "yijian approve - --confirm 120 < numbers.txt",
     DATABASE, WRITES, REMOTE_DECIDE, command_approve},
    {"refuse", "APPLICATION_NO…|- [--reason TEXT | --reason-file FILE|-] [--confirm COUNT] [--version N]",
     N_("refuse applications (不予)"),
     N_("-                   numbers from standard input, one a line\n"
        "--reason TEXT       reason and legal basis; without, those of the failed rules\n"
        "--reason-file FILE  the same out of a file, - is standard input; one reason a line\n"
        "--confirm COUNT     how many applications these are; compulsory for more than one\n"
        "--version N         only if the application still is the one you saw"),
     "yijian refuse A20211103000012\n"
     "yijian refuse A20211103000012 --reason \"聘用单位资质已注销，《注册建造师管理规定》第十五条第（九）项\"",
     DATABASE, WRITES, REMOTE_DECIDE, command_refuse},
    {"return", "APPLICATION_NO…|- --items TEXT [--confirm COUNT] [--version N]",
     N_("return applications for correction (补正)"),
     N_("--items TEXT     what to correct\n"
        "--confirm COUNT  how many applications these are; compulsory for more than one\n"
        "--version N      only if the application still is the one you saw"),
     "yijian return A20211103000012 --items \"劳动合同缺页\"", DATABASE, WRITES, REMOTE_DECIDE, command_return},
    {"withdraw", "APPLICATION_NO…|- --reason TEXT [--confirm COUNT] [--version N]",
     N_("record that the applicant withdraws (撤回)"),
     N_("--reason TEXT    the applicant's request\n"
        "--confirm COUNT  how many applications these are; compulsory for more than one\n"
        "--version N      only if the application still is the one you saw"),
     "yijian withdraw A20211103000012 --reason \"申请人书面撤回\"", DATABASE, WRITES, REMOTE_DECIDE, command_withdraw},
    {"extend", "APPLICATION_NO…|- --reason TEXT [--confirm COUNT] [--version N]",
     N_("extend the decision deadline by 10 working days (延期); supervisors"),
     N_("--reason TEXT    why more time is needed\n"
        "--confirm COUNT  how many applications these are; compulsory for more than one\n"
        "--version N      only if the application still is the one you saw"),
     "yijian extend A20211103000012 --reason \"需向原发证机关核实\"", DATABASE, WRITES, REMOTE_SUPERVISE,
     command_extend},
    {"revoke", "DECISION_NO --reason TEXT --ground TEXT", N_("revoke a decision (撤销); supervisors"),
     N_("--reason TEXT  why\n"
        "--ground TEXT  the legal ground (许可法 art. 69)"),
     "yijian revoke 1042 --reason \"申请材料虚假\" --ground \"许可法第六十九条第二款\"", DATABASE, WRITES,
     REMOTE_SUPERVISE, command_revoke},
    {"export",
     "[--since N] [--until M] [--format json|ndjson] [--pretty] [-o FILE|-] [--force] [--sign KEY] [--kind K] "
     "[--action A] [--reviewer L] | --schema",
     N_("give the decisions out as JSON, by decision number"),
     N_("--since N     decisions after that number\n"
        "--until M     decisions up to that number\n"
        "--format F    json: one document; ndjson: a decision a line\n"
        "--pretty      laid out for reading\n"
        "-o FILE       to a file, whole or not at all\n"
        "--force       replace the file\n"
        "--sign KEY    an SM2 signature over FILE into FILE.sig; the openssl command line verifies it:\n"
        "              openssl dgst -sm3 -verify KEY.pub -sigopt distid:1234567812345678 -signature FILE.sig FILE\n"
        "--kind K, --action A, --reviewer L  only those\n"
        "--schema      print the JSON Schema of the export"),
     "yijian export --since 1041 -o decisions.json\nyijian export --format ndjson > all.ndjson", DATABASE, NO,
     REMOTE_READ, command_export},
    {"key", "new FILE", N_("make an SM2 key pair to sign exports and certificates with"), "",
     "yijian key new /etc/yijian/export.key", NO, WRITES, REMOTE_NO, command_key},
    {"announce", "[--batch N] [--format text|csv|json] [--bom]",
     N_("close a batch of the decisions not announced yet (公告), or print one again"),
     N_("--batch N   print a closed batch again, the same to the byte\n"
        "--format F  text (as it is without), csv, json\n"
        "--bom       csv for spreadsheets that need the mark"),
     "yijian announce\nyijian announce --batch 3 --format csv --bom > batch3.csv", DATABASE, WRITES, REMOTE_READ,
     command_announce},
    {"notice", "DECISION_NO", N_("the written decision, as text to print (决定书)"), "", "yijian notice 1042", DATABASE,
     NO, REMOTE_READ, command_notice},
    {"certificate", "NUMBER|TEXT [--from DAY] [--qr] [--key FILE] | --check [--from F --to T] [--on DAY] [--key FILE]",
     N_("what the electronic certificate states, or whether one presented is good"),
     N_("--from DAY  the day it is, or was, downloaded\n"
        "--qr        with the code to scan\n"
        "--check     a certificate that is presented: its number, --from and --to, or the scanned text\n"
        "--on DAY    the day it is presented; else today\n"
        "--key FILE  the private key that signs the code; with --check the public key that must have"),
     "yijian certificate 京1112006201800001 --qr\n"
     "yijian certificate --check 京1112006201800001 --from 2021-11-05 --to 2022-05-04",
     DATABASE, NO, REMOTE_READ, command_certificate},
    {"stats", "[--by kind|specialty|reviewer|month|day|hour] [--from DAY] [--to DAY]", N_("figures of the decisions"),
     N_("--by WHAT            kind (as it is without), specialty, reviewer, month, day, hour (of Shanghai)\n"
        "--from DAY --to DAY  both days included; what waits now, by kind and by working days left, is always added"),
     "yijian stats --by reviewer --from 2021-11-01 --to 2021-11-30", DATABASE, NO, REMOTE_READ, command_stats},
    {"ledger", "[--application NO | --person ID] [--reviewer L] [--event E] [--from DAY] [--to DAY] [--since N]",
     N_("list the events of the ledger (台账)"),
     N_("--application NO     of one application\n"
        "--person ID          of one person, by id number\n"
        "--reviewer L         of one login\n"
        "--event E            accept, approve, refuse, return, withdraw, extend, revoke, import …\n"
        "--from DAY --to DAY  both days included\n"
        "--since N            behind event N\n"
        "--json               a line an event, with its detail as it stands in the ledger; instants are UTC there,\n"
        "                     Shanghai time without"),
     "yijian ledger --application A20211103000012\nyijian ledger --reviewer li.hua --from 2021-11-05", DATABASE, NO,
     REMOTE_READ, command_ledger},
    {"calendar", "show [YEAR] | load FILE", N_("the working days; load a new notice (supervisors)"),
     N_("FILE  our own format, or that of the project holiday-cn for a year"),
     "yijian calendar show 2026\nyijian calendar load 2027.json", DATABASE, WRITES, REMOTE_READ, command_calendar},
    {"backup", "FILE|FOLDER [--keep N]", N_("copy the database while others work; the copy is verified"),
     N_("FOLDER    a file in it, named after the instant\n"
        "--keep N  then take away all of those in FOLDER but the newest N"),
     "yijian backup /var/backups/yijian-2021-11-05.db\nyijian backup /var/backups/yijian --keep 60", DATABASE, NO,
     REMOTE_NO, command_backup},
    {"restore", "FILE --confirm", N_("put a backup in the place of the database; never an older ledger"),
     N_("--confirm  without it the backup is only verified"),
     "yijian restore /var/backups/yijian-2021-11-05.db --confirm", NO, WRITES, REMOTE_NO, command_restore},
    {"verify", "[--against EXPORT]…", N_("prove that the ledger and what it vouches for are unchanged"),
     N_("--against EXPORT  an earlier export: shows whether the end of the ledger was cut off"),
     "yijian verify\nyijian verify --against decisions.json", DATABASE, NO, REMOTE_READ, command_verify},
    {"doctor", "[--root DIR]", N_("look at the installation: what is wrong with it, and how to mend it"),
     N_("--root DIR  an installation that lies below a folder, for instance an image\n"
        "exit code   0 all is well; 1 something is to be mended; 77 something could not be looked at: ask root"),
     "yijian doctor\nsudo yijian doctor --json", DATABASE, NO, REMOTE_NO, command_doctor},
    {"reviewer", "list | add LOGIN --name NAME --role ROLE | disable LOGIN | enable LOGIN | key LOGIN FILE.pub|-",
     N_("the people and their roles: reviewer, supervisor, auditor"),
     N_("--name NAME  as it stands in decisions\n"
        "--role ROLE  reviewer: decides; supervisor: also extends, revokes, keeps the people; auditor: reads\n"
        "key          prints the line of sshd's authorized_keys with which that reviewer logs in"),
     "yijian reviewer add li.hua --name 李华 --role reviewer\nyijian reviewer key li.hua li.hua.pub\nyijian reviewer "
     "list",
     DATABASE, WRITES, REMOTE_SUPERVISE, command_reviewer},
    {"rules", "", N_("the rules, whom they concern and what they rest on"), "", "yijian rules\nyijian rules --json", NO,
     NO, REMOTE_READ, command_rules},
    {"keys", "[--check FILE]", N_("the keys of the screen, in the form a key file has"),
     N_("--check FILE  only look whether the file is right and no two actions claim one key"),
     "yijian keys >~/.config/yijian/keys\nyijian keys --check my-keys", NO, NO, REMOTE_READ, command_keys},
    {"session", "--reviewer LOGIN", N_("act for one reviewer over SSH (a forced command of authorized_keys)"), "",
     "yijian session --reviewer li.hua", DATABASE, WRITES, REMOTE_NO, command_session},
    {"completion", "bash|zsh|fish", N_("print what lets a shell complete these commands"), "",
     "source <(yijian completion bash)", NO, NO, REMOTE_NO, command_completion},
    {"help", "[COMMAND]", N_("this overview, or one command"), "", "yijian help\nyijian help approve", NO, NO,
     REMOTE_READ, command_help},
    {NULL, NULL, NULL, NULL, NULL, NO, NO, REMOTE_NO, NULL},
};

const struct command *command_find(const char *name) {
    for (const struct command *command = commands; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

static void print_indented(const char *lines) {
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        printf("  %.*s\n", (int)length, lines);
        lines += length + (lines[length] == '\n' ? 1 : 0);
    }
}

int command_print_help(const struct command *command) {
    printf("%s\n", _("Examples:"));
    print_indented(command->examples);
    printf("\nyijian %s %s\n  %s\n", command->name, command->synopsis, _(command->note));
    if (command->details[0] != '\0') {
        printf("\n");
        print_indented(_(command->details));
    }
    printf("\n%s\n", command->database
                         ? _("Every command takes --db FILE, --lang zh|en, --json and --help; in a training "
                             "database also --today YYYY-MM-DD.")
                         : _("Every command takes --lang zh|en, --json and --help."));
    return STATUS_OK;
}

int command_print_version(void) {
    puts("yijian " APP_VERSION);
    return output_flush();
}

int command_run(struct app *app, const struct command *command, int argc, char **argv) {
    int status = command->run(app, argc, argv);
    if (status == OPTIONS_HELP)
        status = command_print_help(command);
    else if (status == OPTIONS_VERSION)
        status = command_print_version();
    int flushed = output_flush();
    return flushed == STATUS_OK ? status : flushed;
}
