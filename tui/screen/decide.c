#include "tui/screen/decide.h"

#include <stdio.h>
#include <string.h>

#include "core/grant.h"
#include "core/text.h"
#include "tui/message.h"
#include "tui/screen/decide_sheet.h"
#include "tui/screen/decide_text.h"
#include "tui/screen/decide_views.h"
#include "tui/screen/frame.h"
#include "tui/screen/views.h"

static const struct decide_kind kinds[] = {
    {.action = ACTION_APPROVE,
     .right = RIGHT_DECIDE,
     .title = N_("Approve: %s"),
     .part_title = N_("Approve in part: %s"),
     .run = act_approve},
    {.action = ACTION_REFUSE,
     .right = RIGHT_DECIDE,
     .title = N_("Refuse: %s"),
     .heading = N_("Reasons for refusing"),
     .ask = N_("The reasons, one a line, each with its legal basis. They are told to the applicant."),
     .prefilled = true,
     .run = act_refuse},
    {.action = ACTION_ACCEPT, .right = RIGHT_DECIDE, .title = N_("Accept for review: %s"), .run = act_accept},
    {.action = ACTION_RETURN,
     .right = RIGHT_DECIDE,
     .title = N_("Return for correction: %s"),
     .heading = N_("To be corrected"),
     .ask = N_("What the applicant has to correct or add, one item a line."),
     .prefilled = true,
     .compulsory = true,
     .run = act_return},
    {.action = ACTION_WITHDRAW,
     .right = RIGHT_DECIDE,
     .title = N_("Withdrawn by the applicant: %s"),
     .heading = N_("How it was withdrawn"),
     .ask = N_("How and when the applicant asked to withdraw."),
     .compulsory = true,
     .run = act_withdraw},
    {.action = ACTION_EXTEND,
     .right = RIGHT_SUPERVISE,
     .title = N_("Extend the deadline: %s"),
     .heading = N_("Reason for extending"),
     .ask = N_("Why the decision needs 10 more working days. It is told to the applicant."),
     .compulsory = true,
     .run = act_extend},
    {.action = ACTION_REVEAL,
     .right = RIGHT_REVEAL,
     .title = N_("Full id number: %s"),
     .prompt = N_("Why the full number is needed (goes into the ledger):"),
     .compulsory = true,
     .closed = true},
    {.action = ACTION_REVOKE,
     .right = RIGHT_SUPERVISE,
     .title = N_("Revoke the decision: %s"),
     .heading = N_("Reason for revoking"),
     .ask = N_("Why the decision has to be revoked. It is told to the person."),
     .prompt = N_("The legal ground (许可法 art. 69, which paragraph):"),
     .compulsory = true,
     .closed = true,
     .run = act_revoke},
};

static void write_title(const struct screen *screen, struct deciding *d) {
    bool part = d->kind->part_title != NULL && d->record->verdict.outcome == OUTCOME_PARTLY;
    const char *format = part ? _(d->kind->part_title) : _(d->kind->title);
    snprintf(d->title, sizeof d->title, format, message_word(&document_kinds[d->record->row.kind], screen->language));
}

/* Which condition, for which specialty, and what is wrong; and what can be done instead. */
static void say_blocked(struct screen *screen) {
    const struct record *record = screen->decision.record;
    const struct verdict *v = &record->verdict;
    char text[MESSAGE_SIZE], reason[PHRASE_SIZE], key[KEYS_NAME_SIZE];
    size_t used = (size_t)snprintf(text, sizeof text, "%s", _("No specialty can be approved:"));
    for (size_t i = 0; i < v->check_count && used < sizeof text; i++) {
        const struct check *check = &v->checks[i];
        if (check->result != CHECK_FAIL)
            continue;
        bool whole = check->item == CHECK_WHOLE;
        used += (size_t)snprintf(
            text + used, sizeof text - used, _("\n✗ %s%s%s: %s"),
            screen->language == LANGUAGE_ZH ? rules[check->rule].title_zh : rules[check->rule].title_en,
            whole ? "" : " · ",
            whole ? ""
                  : message_word(&document_specialties[record->application->specialties[check->item].specialty],
                                 screen->language),
            phrase_format(&check->reason, screen->language, reason, sizeof reason));
    }
    if (used < sizeof text)
        snprintf(text + used, sizeof text - used, _("\n\nClose this; %s then begins a refusal for these reasons."),
                 keys_name_of(&screen->keys, KEYS_DETAIL, ACTION_REFUSE, key));
    note_open(screen, PAINT_ERROR, _("Cannot be approved"), text);
}

static bool accepted_by_oneself(const struct record *record) {
    for (size_t i = 0; i < record->advisory_count; i++)
        if (record->advisories[i].id == ADVISORY_SEPARATION)
            return true;
    return false;
}

/* What the store would refuse anyway; NULL: nothing. */
static const char *obstacle(const struct screen *screen, const struct decide_kind *kind, const struct record *record) {
    const struct queue_row *row = &record->row;
    bool decides = kind->action == ACTION_APPROVE || kind->action == ACTION_REFUSE;
    if (!people_may(store_reviewer(screen->store)->role, kind->right))
        return _("your role may not do this");
    if (row->state != STATE_PENDING && !kind->closed)
        return _("this application does not wait for a decision any more");
    if (decides && accepted_by_oneself(record))
        return _("you accepted this application: somebody else must decide it (实施办法 art. 16)");
    if (kind->action == ACTION_ACCEPT && row->accepted_on != DAY_NONE)
        return _("it was accepted already");
    if (kind->action == ACTION_RETURN && row->accepted_on != DAY_NONE)
        return _("it was accepted: it can no longer be returned (许可法 art. 32(4))");
    return NULL;
}

/* It is said before anything is typed. */
static bool is_possible(struct screen *screen) {
    const struct deciding *d = &screen->decision;
    const char *why = obstacle(screen, d->kind, d->record);
    if (why != NULL) {
        view_say(screen, PAINT_ERROR, "%s", why);
        return false;
    }
    if (d->kind->action == ACTION_APPROVE && d->record->verdict.outcome == OUTCOME_BLOCKED) {
        say_blocked(screen);
        return false;
    }
    return true;
}

static const struct decide_kind *kind_of(enum action action) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].action == action)
            return &kinds[i];
    return NULL;
}

bool decide_is_possible(const struct screen *screen, const struct record *record, enum action action) {
    const struct decide_kind *kind = kind_of(action);
    bool blocked = action == ACTION_APPROVE && record->verdict.outcome == OUTCOME_BLOCKED;
    return kind != NULL && !blocked && obstacle(screen, kind, record) == NULL;
}

static bool must_ask_province(const struct deciding *d) {
    struct registration_number number;
    return d->kind->action == ACTION_APPROVE && d->record->row.kind == KIND_INITIAL &&
           !grant_new_number(d->record->application, &d->record->verdict, d->province[0] == '\0' ? NULL : d->province,
                             &number);
}

static void say_done(struct screen *screen, const struct decide_kind *kind, const char *application_no,
                     const char *name, const struct act_result *result) {
    char date[DAY_TEXT_SIZE];
    const char *state = message_word(&queue_states[result->state], screen->language);
    if (kind->action == ACTION_ACCEPT || kind->action == ACTION_EXTEND)
        view_say(screen, PAINT_NOTICE, _("Recorded, to be decided by %s: %s %s"), day_format(result->decide_by, date),
                 application_no, name);
    else if (kind->action == ACTION_REVOKE)
        view_say(screen, PAINT_NOTICE, _("Revoked by decision no. %lld, waits again: %s %s"),
                 (long long)result->decision_no, application_no, name);
    else if (result->number_is_new)
        view_say(screen, PAINT_NOTICE, _("Decision no. %lld: %s, registration number %s. %s %s"),
                 (long long)result->decision_no, state, result->registration_number, application_no, name);
    else if (result->decision_no > 0)
        view_say(screen, PAINT_NOTICE, _("Decision no. %lld: %s. %s %s"), (long long)result->decision_no, state,
                 application_no, name);
    else
        view_say(screen, PAINT_NOTICE, _("Recorded, %s: %s %s"), state, application_no, name);
}

static void run(struct screen *screen) {
    struct deciding *d = &screen->decision;
    const struct decide_kind *kind = d->kind;
    const struct record *record = d->record;
    struct act_result result;
    struct err err = {0};
    char name[QUEUE_TEXT_SIZE], application_no[QUEUE_TEXT_SIZE];
    struct act_request request = {
        .application_no = record->row.application_no,
        .version = record->row.version,
        .partial = kind->action == ACTION_APPROVE && record->verdict.outcome == OUTCOME_PARTLY,
        .text = kind->ask != NULL && !text_is_blank(d->editor.text) ? d->editor.text : NULL,
        .province = d->province[0] == '\0' ? NULL : d->province,
        .decision_no = d->revokes,
        .ground = kind->action == ACTION_REVOKE ? d->prompt.text : NULL,
    };
    int64_t id = record->row.id;
    snprintf(name, sizeof name, "%s", record->row.name);
    snprintf(application_no, sizeof application_no, "%s", record->row.application_no);
    view_say(screen, PAINT_NOTICE, "%s", _("writing…"));
    frame_show(screen);
    enum status status = kind->run(screen->store, &request, &result, &err);
    keyboard_forget(&screen->keyboard);
    screen->message[0] = '\0';
    if (status != STATUS_OK) {
        char text[MESSAGE_SIZE];
        view_drop_boxes(screen);
        view_refresh(screen);
        note_open(screen, PAINT_ERROR, _("Nothing was decided"), message_err(&err, text, sizeof text));
        return;
    }
    decide_forget(screen, id, application_no);
    screen->has_decided = true;
    view_pop_to_list(screen);
    say_done(screen, kind, application_no, name, &result);
}

static void confirm(struct screen *screen) {
    confirm_view_open(screen, screen->decision.title, decide_sheet_write, run);
}

static void reveal(struct screen *screen) {
    struct deciding *d = &screen->decision;
    struct err err = {0};
    char number[NUMBER_SIZE];
    enum status status =
        record_reveal(screen->store, d->record->row.application_no, d->prompt.text, number, sizeof number, &err);
    char name[QUEUE_TEXT_SIZE];
    snprintf(name, sizeof name, "%s", d->record->row.name);
    view_pop(screen);
    if (status == STATUS_OK)
        note_open(screen, PAINT_NOTICE, name, number);
    else
        view_say_err(screen, &err);
}

static void prompted(struct screen *screen, void *data);

/* The province, the legal ground, or why an id number is wanted. */
static void ask_line(struct screen *screen) {
    struct deciding *d = &screen->decision;
    const struct prompt prompt = {
        .title = d->title,
        .label = d->kind->prompt != NULL
                     ? _(d->kind->prompt)
                     : _("Province of the new number, two digits (it cannot be told from the employer):"),
        .editor = &d->prompt,
        .done = prompted,
    };
    prompt_open(screen, &prompt);
}

static void written(struct screen *screen) {
    struct deciding *d = &screen->decision;
    enum specialty bare =
        d->kind->action == ACTION_REFUSE ? act_lacks_reason(&d->record->verdict, d->editor.text) : SPECIALTY_COUNT;
    if (d->kind->compulsory && text_is_blank(d->editor.text))
        view_say(screen, PAINT_ERROR, "%s", _("write something first: nothing goes on without"));
    else if (bare != SPECIALTY_COUNT)
        view_say(screen, PAINT_ERROR, _("%s has no reason yet: add a line with the reason and its legal basis"),
                 message_word(&document_specialties[bare], screen->language));
    else if (d->kind->prompt != NULL)
        ask_line(screen);
    else
        confirm(screen);
}

static void take_province(struct screen *screen) {
    struct deciding *d = &screen->decision;
    char code[NUMBER_SIZE];
    number_normalise(d->prompt.text, code, sizeof code);
    if (strlen(code) != 2 || number_province_hanzi(code) == NULL) {
        view_say(screen, PAINT_ERROR, "%s", _("two digits of a province, for instance 11 for 京"));
        return;
    }
    memcpy(d->province, code, sizeof d->province);
    view_drop(screen); /* the application below is not read again: the record is still needed */
    confirm(screen);
}

static void prompted(struct screen *screen, void *data) {
    const struct deciding *d = &screen->decision;
    (void)data;
    if (d->kind->prompt == NULL)
        take_province(screen);
    else if (text_is_blank(d->prompt.text))
        view_say(screen, PAINT_ERROR, "%s",
                 d->kind->ask == NULL ? _("say why: nothing goes on without")
                                      : _("write something first: nothing goes on without"));
    else if (d->kind->ask == NULL)
        reveal(screen);
    else
        confirm(screen);
}

/* Opens the first box. */
static void begin(struct screen *screen, const struct record *record, enum action action) {
    struct deciding *d = &screen->decision;
    if (d->kind->ask != NULL)
        decide_take_text(screen, record, action);
    editor_set(&d->prompt, true, "");
    write_title(screen, d);
    d->written = written;
    if (d->kind->ask != NULL)
        write_view_open(screen);
    else if (d->kind->prompt != NULL || must_ask_province(d))
        ask_line(screen);
    else
        confirm(screen);
}

static void prepare(struct screen *screen, const struct record *record, enum action action) {
    struct deciding *d = &screen->decision;
    d->kind = kind_of(action);
    d->record = record;
    d->province[0] = '\0';
    d->revokes = 0;
}

void decide_begin(struct screen *screen, const struct record *record, enum action action) {
    prepare(screen, record, action);
    if (screen->decision.kind != NULL && is_possible(screen))
        begin(screen, record, action);
}

/* The store would say the same, but only after everything was typed. */
static bool is_revocable(struct screen *screen, const struct record *record, int64_t decision_no) {
    const struct record_decision *last = record->decision_count == 0 ? NULL : &record->decisions[0];
    if (last != NULL && last->decision_no != decision_no)
        view_say(screen, PAINT_ERROR, _("it cannot be revoked: decision no. %lld has touched the person since"),
                 (long long)last->decision_no);
    else if (last != NULL && strcmp(last->action, "revoke") == 0)
        view_say(screen, PAINT_ERROR, "%s", _("it is itself a revocation: decide the application again instead"));
    else
        return true;
    return false;
}

void decide_revoke(struct screen *screen, const struct record *record, int64_t decision_no) {
    prepare(screen, record, ACTION_REVOKE);
    if (screen->decision.kind == NULL || !is_possible(screen) || !is_revocable(screen, record, decision_no))
        return;
    screen->decision.revokes = decision_no;
    begin(screen, record, ACTION_REVOKE);
}
