#include <stdio.h>
#include <string.h>

#include "store/sign.h"
#include "tui/command/command.h"
#include "tui/database.h"

int command_key(struct app *app, int argc, char **argv) {
    static const struct option_spec specs[] = {{NULL, OPTION_FLAG, NULL, false}};
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc != 2 || strcmp(argv[0], "new") != 0)
        return output_usage(_("key takes new FILE"));
    database_catch_signals();
    if (sign_key_new(argv[1], &err) != STATUS_OK)
        return output_err(&err);
    output_line(_("the private key is in %s (keep it secret), the public one in %s.pub"), argv[1], argv[1]);
    return STATUS_OK;
}
