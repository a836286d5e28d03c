#include <stdio.h>

#include "core/rule.h"
#include "tui/command/command.h"

static void put_rule(struct json *json, const struct rule *rule) {
    json_object(json, NULL);
    json_text(json, "rule", rule->name);
    json_array(json, "kinds");
    for (int k = 0; k < KIND_COUNT; k++)
        if ((rule->kinds >> k & 1U) != 0)
            json_text(json, NULL, document_kinds[k].code);
    json_array_end(json);
    json_text(json, "scope", rule->scope == SCOPE_WHOLE ? "whole" : "specialty");
    json_text(json, "title_zh", rule->title_zh);
    json_text(json, "title_en", rule->title_en);
    json_text(json, "basis", rule->basis_zh);
    json_object_end(json);
}

static void print_kinds(const struct app *app, const struct rule *rule) {
    char text[256];
    size_t used = 0;
    if (rule->kinds == (1U << KIND_COUNT) - 1)
        snprintf(text, sizeof text, "%s", _("all kinds"));
    else
        for (int k = 0; k < KIND_COUNT; k++)
            if ((rule->kinds >> k & 1U) != 0)
                used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used == 0 ? "" : " ",
                                         message_word(&document_kinds[k], app->language));
    output_cell(text, 27);
}

int command_rules(struct app *app, int argc, char **argv) {
    static const struct option_spec none[] = {{NULL, OPTION_FLAG, NULL, false}};
    struct json json = {0};
    int status = options_take(app, none, &argc, argv);
    if (status != STATUS_OK)
        return status;
    if (argc > 0)
        return output_usage(_("rules takes no words, not \"%s\""), argv[0]);
    json_array(&json, NULL);
    for (int i = 0; i < RULE_COUNT; i++) {
        put_rule(&json, &rules[i]);
        if (app->json)
            continue;
        output_cell(rules[i].name, 15);
        output_cell(app->language == LANGUAGE_ZH ? rules[i].title_zh : rules[i].title_en, 26);
        print_kinds(app, &rules[i]);
        output_cell(rules[i].scope == SCOPE_WHOLE ? _("whole") : _("each specialty"), 14);
        puts(app->language == LANGUAGE_ZH ? rules[i].basis_zh : rules[i].basis_en);
    }
    json_array_end(&json);
    if (app->json)
        return output_json(&json);
    json_free(&json);
    return STATUS_OK;
}
