/* The login shell of the service account, under the name yijian-shell: sshd hands it the forced command of the key that
 * logged in. No shell ever runs; what is not such a line is refused (SPEC 13). */
#include <stdlib.h>
#include <string.h>

#include "store/public_key.h"
#include "tui/command/command.h"
#include "tui/command/words.h"

/* What may stand behind `yijian session`, each with a value. Those that choose the database and the day count only out
 * of root's authorized_keys. */
static const struct {
    const char *name;
    bool needs_root;
} taken[] = {{"--reviewer", false}, {"--lang", false}, {"--idle", false}, {"--db", true}, {"--today", true}};

/* Whether the words are those of a forced command. Sets *by_root where only root may have written it. */
static bool is_session(const struct words *words, bool *by_root) {
    int reviewers = 0;
    if (words->count < 4 || words->count % 2 != 0 || strcmp(words->word[0], "yijian") != 0 ||
        strcmp(words->word[1], "session") != 0)
        return false;
    for (int i = 2; i < words->count; i += 2) {
        size_t k = 0;
        while (k < sizeof taken / sizeof taken[0] && strcmp(taken[k].name, words->word[i]) != 0)
            k++;
        if (k == sizeof taken / sizeof taken[0] || words->word[i + 1][0] == '-')
            return false;
        *by_root = *by_root || taken[k].needs_root;
        reviewers += k == 0;
    }
    return reviewers == 1;
}

/* A key that stands in authorized_keys without a command would let its owner send one, naming anybody. sshd does not
 * say which of the two it was: where the sshd block names the file (SetEnv YIJIAN_AUTHORIZED_KEYS), the key that logged
 * in must have this very command there. */
static int check_key(const char *line, bool by_root) {
    struct public_key key;
    struct err err = {0};
    const char *told = getenv("SSH_USER_AUTH"), *keys = getenv("YIJIAN_AUTHORIZED_KEYS");
    if (keys == NULL)
        return by_root ? output_not_allowed(
                             _("--db and --today are taken only where the sshd block sets YIJIAN_AUTHORIZED_KEYS"))
                       : STATUS_OK;
    if (public_key_of_login(told == NULL ? "" : told, &key, &err) != STATUS_OK ||
        public_key_has_command(keys, &key, line, &err) != STATUS_OK)
        return output_err(&err);
    return STATUS_OK;
}

int command_shell(struct app *app, int argc, char **argv) {
    struct words words;
    bool by_root = false;
    if (argc != 2 || strcmp(argv[0], "-c") != 0)
        return output_not_allowed(_("this account opens only for a reviewer's key; nobody is named here, so nothing is "
                                    "done"));
    const char *complaint = words_split(argv[1], &words);
    if (complaint != NULL)
        return output_not_allowed("%s", complaint);
    if (!is_session(&words, &by_root))
        return output_not_allowed(_("this account runs nothing but `yijian session --reviewer LOGIN`, which stands "
                                    "before the key in authorized_keys"));
    int status = check_key(argv[1], by_root);
    return status == STATUS_OK ? command_run(app, command_find("session"), words.count - 2, words.word + 2) : status;
}
