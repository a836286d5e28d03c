#include "tui/screen/bulk.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/door.h"
#include "tui/list.h"
#include "tui/message.h"
#include "tui/screen/decide_views.h"
#include "tui/screen/frame.h"
#include "tui/screen/report.h"
#include "tui/screen/views.h"

enum { TEXT_SIZE = 2048, BOX_ROWS = 5, BOX_COLS = 60, ESCAPE_WAIT_MS = 100 };

struct bulk_kind {
    enum action action;
    const char *title;   /* msgid */
    const char *effect;  /* msgid: what becomes of them, and of the others */
    const char *summary; /* msgid with the number for %zu */
    const char *nothing; /* msgid: it concerns none of those that are marked */
    bool (*concerns)(const struct mark *mark);
    act_function *run;
};

static bool is_approvable(const struct mark *mark) {
    return mark->outcome == OUTCOME_APPROVABLE;
}

static bool is_blocked(const struct mark *mark) {
    return mark->outcome == OUTCOME_BLOCKED;
}

static bool waits_for_acceptance(const struct mark *mark) {
    return !mark->accepted;
}

static const struct bulk_kind kinds[] = {
    {ACTION_APPROVE, N_("Approve what is marked"),
     N_("Approved is only what can be approved whole; the report names the others."), N_("approve %zu: "),
     N_("None of what is marked can be approved whole: open them one by one."), is_approvable, act_approve},
    {ACTION_REFUSE, N_("Refuse what is marked"),
     N_("Each is refused for its failed rules. What has a specialty that passes every rule is not touched."),
     N_("refuse %zu: "),
     N_("Everything that is marked has a specialty that passes every rule: a refusal needs reasons of its own. Open "
        "them "
        "one by one."),
     is_blocked, act_refuse},
    {ACTION_ACCEPT, N_("Accept for review what is marked"),
     N_("The deadline counts from today. Whoever accepts may not decide: somebody else will."), N_("accept %zu: "),
     N_("Everything that is marked was accepted already."), waits_for_acceptance, act_accept},
};

static size_t count_concerned(const struct screen *screen) {
    size_t count = 0;
    for (size_t i = 0; i < screen->marks.count; i++)
        count += screen->bulk->concerns(&screen->marks.items[i]) ? 1 : 0;
    return count;
}

static const char *between(const struct screen *screen) {
    return screen->language == LANGUAGE_ZH ? "、" : ", ";
}

/* "准予 12 件：初始注册 5、延续注册 7" */
static void write_summary(const struct screen *screen, struct sheet *sheet, size_t concerned) {
    const struct marks *marks = &screen->marks;
    size_t by_kind[KIND_COUNT] = {0};
    char text[TEXT_SIZE];
    for (size_t i = 0; i < marks->count; i++)
        by_kind[marks->items[i].kind] += screen->bulk->concerns(&marks->items[i]) ? 1 : 0;
    size_t used = (size_t)snprintf(text, sizeof text, _(screen->bulk->summary), concerned), start = used;
    for (int k = 0; k < KIND_COUNT && used < sizeof text; k++)
        if (by_kind[k] > 0)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %zu", used == start ? "" : between(screen),
                                     message_word(&document_kinds[k], screen->language), by_kind[k]);
    sheet_text(sheet, 0, PAINT_NORMAL, text);
}

/* Who they are, as many as can be taken in at a glance. */
static void write_names(const struct screen *screen, struct sheet *sheet, size_t concerned) {
    enum { NAMES = 12 };
    const struct marks *marks = &screen->marks;
    char line[TEXT_SIZE] = "";
    size_t used = 0, named = 0;
    for (size_t i = 0; i < marks->count && named < NAMES; i++) {
        const struct mark *mark = &marks->items[i];
        if (!screen->bulk->concerns(mark))
            continue;
        named++;
        if (used > 0 && door_width(line) + door_width(mark->name) + 2 > sheet->cols) { /* no name is broken in two */
            sheet_text(sheet, 0, PAINT_NORMAL, line);
            used = 0;
        }
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", mark->name,
                                 named < concerned && named < NAMES ? between(screen) : "");
    }
    sheet_format(sheet, 0, PAINT_NORMAL, named < concerned ? _("%s and others") : "%s", line);
}

static void write_box(struct screen *screen, struct sheet *sheet) {
    size_t concerned = count_concerned(screen), others = screen->marks.count - concerned;
    sheet_start(sheet, sheet->cols, 0);
    write_summary(screen, sheet, concerned);
    write_names(screen, sheet, concerned);
    if (screen->marks.unseen > 0)
        sheet_format(sheet, 0, PAINT_SOON, _("! %zu of those marked are not in sight now"), screen->marks.unseen);
    if (others > 0)
        sheet_format(sheet, 0, PAINT_PART, _("%zu more are marked; they stay as they are"), others);
    sheet_gap(sheet);
    sheet_text(sheet, 0, PAINT_NORMAL, _(screen->bulk->effect));
}

struct progress {
    size_t done, total;
};

static void draw_progress(struct screen *screen, void *state, struct draw_area area) {
    const struct progress *progress = state;
    const struct terminal *term = &screen->term;
    struct draw_area box = draw_centre(term, BOX_ROWS, area.cols - 4 < BOX_COLS ? area.cols - 4 : BOX_COLS);
    char text[TEXT_SIZE], name[KEYS_NAME_SIZE];
    draw_frame(term, box, PAINT_NORMAL, _(screen->bulk->title));
    snprintf(text, sizeof text, _("%zu of %zu; %s stops before the next one"), progress->done, progress->total,
             keys_name_of(&screen->keys, KEYS_PROGRESS, ACTION_CANCEL, name));
    draw_run(term, box.row + 1, box.col + 2, box.col + box.cols - 2, PAINT_NORMAL, text);
    int cells = (int)((size_t)(box.cols - 4) * progress->done / progress->total);
    for (int i = 0; i < cells; i++)
        draw_run(term, box.row + 3, box.col + 2 + i, box.col + box.cols - 2, PAINT_GOOD, "█");
    screen->cursor_row = box.row + 1;
    screen->cursor_col = box.col + 2;
}

static void act_progress(struct screen *screen, void *state, enum action action, uint32_t which) {
    (void)screen, (void)state, (void)action, (void)which;
}

static void keep_progress(void *state) {
    (void)state; /* it lives on the stack of work() */
}

static const struct view_class progress_class = {
    .keys = KEYS_PROGRESS,
    .box = true,
    .title = N_("Working"),
    .draw = draw_progress,
    .act = act_progress,
    .close = keep_progress,
};

/* Looks at every key that has come: nothing but the one that stops means anything meanwhile. Where an ESC has come the
 * work waits until it is clear that it is one. */
static bool is_stopped(struct screen *screen) {
    struct keyboard_event event;
    bool stopped = term_ended();
    do {
        keyboard_next(&screen->keyboard, keyboard_has_escape(&screen->keyboard) ? ESCAPE_WAIT_MS : 0, &event);
        const struct keys_entry *entry =
            event.type == KEYBOARD_KEY ? keys_find(&screen->keys, KEYS_PROGRESS, event.key) : NULL;
        stopped = stopped || (entry != NULL && entry->action == ACTION_CANCEL);
        screen->leave = screen->leave || event.type == KEYBOARD_GONE;
    } while ((event.type != KEYBOARD_NOTHING && event.type != KEYBOARD_GONE) ||
             (event.type == KEYBOARD_NOTHING && keyboard_has_escape(&screen->keyboard)));
    return stopped || screen->leave;
}

/* In the midst of a transaction keys are not read, which may take a moment: it is ended where there are any. */
static bool is_called(void *data) {
    const struct screen *screen = data;
    return term_ended() || keyboard_is_waiting(&screen->keyboard);
}

static void write_answer(const struct screen *screen, const struct act_item *item, struct report_item *out) {
    char date[DAY_TEXT_SIZE];
    out->fate = item->status == STATUS_OK ? REPORT_DONE : REPORT_NOT_DONE;
    if (item->status != STATUS_OK)
        message_err(&item->err, out->text, sizeof out->text);
    else if (screen->bulk->action == ACTION_ACCEPT)
        snprintf(out->text, sizeof out->text, _("to be decided by %s"), day_format(item->result.decide_by, date));
    else
        snprintf(out->text, sizeof out->text, _("decision no. %lld"), (long long)item->result.decision_no);
}

/* The next few of them; false where there is no use in going on. */
static bool decide_some(struct screen *screen, struct act_item *items, struct report *report,
                        struct progress *progress) {
    const struct act_many many = {.act = screen->bulk->run, .pause = is_called, .data = screen};
    size_t left = progress->total - progress->done, count = left < ACT_MANY_MAX ? left : ACT_MANY_MAX;
    bool go_on;
    for (size_t i = 0; i < count; i++) {
        const struct mark *mark = &screen->marks.items[progress->done + i];
        items[i] = (struct act_item){.application_no = mark->application_no, .version = mark->version};
    }
    screen->given_up = false;
    size_t tried = act_many(screen->store, &many, items, count, &go_on);
    if (screen->given_up) /* the wait for others was ended: none was begun */
        return false;
    for (size_t i = 0; i < tried; i++)
        write_answer(screen, &items[i], &report->items[progress->done + i]);
    progress->done += tried;
    return go_on;
}

static void work(struct screen *screen, struct act_item *items, struct report *report) {
    struct progress progress = {.total = report->count};
    view_push(screen, &progress_class, &progress);
    do {
        term_resized(&screen->term);
        frame_show(screen);
    } while (!is_stopped(screen) && decide_some(screen, items, report, &progress) && progress.done < progress.total);
    marks_drop_first(&screen->marks, progress.done);
    view_drop(screen);
}

/* Does what the box said. */
static void run(struct screen *screen) {
    struct report *report = report_new(&screen->marks, screen->bulk->title);
    struct act_item *items = calloc(ACT_MANY_MAX, sizeof *items);
    if (report == NULL || items == NULL) {
        free(report);
        free(items);
        view_say(screen, PAINT_ERROR, "%s", _("no memory left; nothing was changed"));
        return;
    }
    view_drop_boxes(screen);
    work(screen, items, report);
    free(items);
    keyboard_forget(&screen->keyboard);
    screen->has_decided = true;
    screen->touched_ms = keyboard_clock(); /* however long it took, somebody is there to read the report */
    view_refresh(screen);
    report_open(screen, report);
}

void bulk_begin(struct screen *screen, enum action action) {
    char mark[KEYS_NAME_SIZE], open[KEYS_NAME_SIZE];
    screen->bulk = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].action == action)
            screen->bulk = &kinds[i];
    if (screen->bulk == NULL)
        return;
    if (screen->marks.count == 0)
        view_say(screen, PAINT_NOTICE, _("nothing is marked: %s marks, %s opens one"),
                 keys_name_of(&screen->keys, KEYS_QUEUE, ACTION_MARK, mark),
                 keys_name_of(&screen->keys, KEYS_QUEUE, ACTION_OPEN, open));
    else if (!people_may(store_reviewer(screen->store)->role, RIGHT_DECIDE))
        view_say(screen, PAINT_ERROR, "%s", _("your role may not do this"));
    else if (count_concerned(screen) == 0)
        note_open(screen, PAINT_NOTICE, _(screen->bulk->title), _(screen->bulk->nothing));
    else
        confirm_view_open(screen, _(screen->bulk->title), write_box, run);
}
