/* The keys of the screen, as a key file has them. */
#include "tui/keys.h"

#include <stdio.h>
#include <string.h>

#include "tui/command/command.h"
#include "tui/database.h"
#include "tui/key_file.h"
#include "tui/key_name.h"

enum { FAULTS_SIZE = 4096, WORD_CELLS = 12, ACTION_CELLS = 20, KEYS_CELLS = 28 };

static void put_entry(struct json *json, const struct keys_entry *entry, int view) {
    char word[KEY_NAME_SIZE];
    json_object(json, NULL);
    json_text(json, "view", keys_view_words[view]);
    json_text(json, "action", keys_action_words[entry->action]);
    json_array(json, "keys");
    for (size_t i = 0; i < KEYS_A_ENTRY && entry->keys[i] != 0; i++)
        json_text(json, NULL, key_word(entry->keys[i], word));
    json_array_end(json);
    json_text(json, "note", _(entry->note));
    json_object_end(json);
}

static void print_entry(const struct keys_entry *entry, int view) {
    char words[KEYS_A_ENTRY * (KEY_NAME_SIZE + 1)] = "", word[KEY_NAME_SIZE];
    size_t used = 0;
    for (size_t i = 0; i < KEYS_A_ENTRY && entry->keys[i] != 0; i++)
        used += (size_t)snprintf(words + used, sizeof words - used, "%s%s", i == 0 ? "" : " ",
                                 key_word(entry->keys[i], word));
    output_cell(keys_view_words[view], WORD_CELLS);
    output_cell(keys_action_words[entry->action], ACTION_CELLS);
    output_cell(words, KEYS_CELLS);
    output_line("# %s", _(entry->note));
}

static int print(struct app *app, const struct keys *keys) {
    struct json json = {0};
    json_array(&json, NULL);
    for (int view = 0; view < KEYS_VIEW_COUNT; view++) {
        for (size_t i = 0; i < keys->count; i++) {
            if ((keys->entries[i].views >> view & 1U) == 0)
                continue;
            put_entry(&json, &keys->entries[i], view);
            if (!app->json)
                print_entry(&keys->entries[i], view);
        }
        if (!app->json)
            puts("");
    }
    json_array_end(&json);
    if (app->json)
        return output_json(&json);
    json_free(&json);
    printf("mouse %s\n", keys->mouse ? "on" : "off");
    return STATUS_OK;
}

int command_keys(struct app *app, int argc, char **argv) {
    const char *file = NULL;
    const struct option_spec specs[] = {{"check", OPTION_TEXT, &file, true}, {NULL, OPTION_FLAG, NULL, false}};
    char found[PATH_MAX], login[PEOPLE_LOGIN_SIZE], faults[FAULTS_SIZE];
    struct keys keys;
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 0)
        return output_usage(_("keys takes no words, not \"%s\""), argv[0]);
    const char *who = app->login != NULL ? app->login : database_login(login, sizeof login);
    if (file == NULL)
        key_file_find(app, who == NULL ? "" : who, found);
    else
        snprintf(found, sizeof found, "%s", file);
    keys_open(&keys);
    if (found[0] == '\0' || key_file_read(&keys, found, faults, sizeof faults))
        return file != NULL ? STATUS_OK : print(app, &keys);
    output_note(_("%s has faults; the built-in keys hold:"), found);
    for (const char *line = faults; *line != '\0'; line += strcspn(line, "\n") + 1)
        output_note("%.*s", (int)strcspn(line, "\n"), line);
    return STATUS_BAD_DATA;
}
