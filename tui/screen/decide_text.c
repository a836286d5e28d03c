#include "tui/screen/decide_text.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "store/draft.h"
#include "tui/message.h"

void decide_keep_draft(struct screen *screen) {
    struct deciding *d = &screen->decision;
    struct err err = {0};
    if (!d->changed || d->id == 0)
        return;
    d->changed = false;
    if (draft_keep(screen->store, d->id, d->application_no, keys_action_words[d->of], d->editor.text, &err) !=
        STATUS_OK)
        view_say_err(screen, &err);
}

void decide_drop_text(struct screen *screen) {
    struct deciding *d = &screen->decision;
    struct err err = {0};
    if (d->id != 0 &&
        draft_keep(screen->store, d->id, d->application_no, keys_action_words[d->of], "", &err) != STATUS_OK)
        view_say_err(screen, &err);
    d->id = 0;
    d->changed = false;
}

void decide_forget(struct screen *screen, int64_t id, const char *application_no) {
    static const enum action purposes[] = {ACTION_REFUSE, ACTION_RETURN, ACTION_WITHDRAW, ACTION_EXTEND, ACTION_REVOKE};
    struct err err = {0};
    if (screen->decision.id == id)
        decide_drop_text(screen);
    for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++)
        if (draft_keep(screen->store, id, application_no, keys_action_words[purposes[i]], "", &err) != STATUS_OK)
            view_say_err(screen, &err);
}

/* The failed rules, and a line of its own to go on with. */
static void prefill(const struct decide_kind *kind, const struct record *record, char *out, size_t size) {
    out[0] = '\0';
    size_t used = kind->prefilled ? act_prefill(&record->verdict, out, size - 1) : 0;
    if (used > 0)
        snprintf(out + used, size - used, "\n");
}

bool decide_is_unwritten(const struct deciding *d) {
    char text[EDITOR_SIZE];
    prefill(d->kind, d->record, text, sizeof text);
    return text_is_blank(d->editor.text) || strcmp(text, d->editor.text) == 0;
}

/* What is to be written: as it was left, else the failed rules, else nothing. */
void decide_take_text(struct screen *screen, const struct record *record, enum action action) {
    struct deciding *d = &screen->decision;
    char text[EDITOR_SIZE] = "";
    if (d->id == record->row.id && d->of == action && d->editor.length > 0)
        return;
    decide_keep_draft(screen); /* of another one that was left open */
    d->id = record->row.id;
    d->of = action;
    d->changed = false;
    snprintf(d->application_no, sizeof d->application_no, "%s", record->row.application_no);
    if (draft_read(screen->store, d->id, d->application_no, keys_action_words[action], text, sizeof text))
        view_say(screen, PAINT_NOTICE, "%s", _("as you left it; Esc and then D start anew"));
    else
        prefill(d->kind, record, text, sizeof text);
    editor_set(&d->editor, false, text);
}
