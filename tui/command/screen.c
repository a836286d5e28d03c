#include "tui/screen/screen.h"

#include <stdlib.h>
#include <unistd.h>

#include "tui/command/command.h"
#include "tui/database.h"

int command_screen(struct app *app) {
    const char *no_colour = getenv("NO_COLOR");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return output_usage(_("the screen needs a terminal; without one, name a command"));
    int status = app->store == NULL ? database_open(app) : STATUS_OK;
    struct screen_options options = {
        .language = app->language,
        .colour = no_colour == NULL || no_colour[0] == '\0',
    };
    return status == STATUS_OK ? screen_run(app->store, &options) : status;
}
