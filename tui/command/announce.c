#include <stdio.h>
#include <string.h>

#include "store/announce.h"
#include "tui/command/command.h"
#include "tui/database.h"

enum { NEW_BATCH = -1 };
enum announce_format { ANNOUNCE_TEXT, ANNOUNCE_CSV, ANNOUNCE_JSON };

struct printing {
    const struct app *app;
    enum announce_format format;
    int64_t line; /* 序号, through the whole batch */
    int kind;     /* of the line before */
    struct json json;
};

static const char *const headings[] = {"序号", "姓名", "聘用企业", "注册专业", "注册编号", "有效期"};
static const int cells[] = {6, 10, 34, 18, 20, 24};
enum { COLUMNS = sizeof headings / sizeof headings[0] };

/* RFC 4180: quoted where it must be, quotes doubled. A text that a spreadsheet would take for a formula is quoted by an
 * apostrophe, so that nobody's name is ever run. */
static void print_field(const char *text, bool last) {
    bool formula = text[0] != '\0' && strchr("=+-@", text[0]) != NULL;
    if (strpbrk(text, ",\"\r\n") == NULL && !formula) {
        fputs(text, stdout);
    } else {
        fputs(formula ? "\"'" : "\"", stdout);
        for (; *text != '\0'; text++) {
            if (*text == '"')
                fputc('"', stdout);
            fputc(*text, stdout);
        }
        fputc('"', stdout);
    }
    fputs(last ? "\r\n" : ",", stdout);
}

static void print_line(struct printing *printing, const char *const fields[COLUMNS]) {
    for (int i = 0; i < COLUMNS; i++) {
        if (printing->format == ANNOUNCE_CSV)
            print_field(fields[i], i == COLUMNS - 1);
        else
            output_cell(fields[i], cells[i]);
    }
    if (printing->format == ANNOUNCE_TEXT)
        fputc('\n', stdout);
}

static void print_item(struct printing *printing, const struct decision *d, const struct decision_item *item) {
    char number[24], from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE], validity[64];
    snprintf(number, sizeof number, "%lld", (long long)++printing->line);
    snprintf(validity, sizeof validity, "%s至%s", day_format(item->valid_from, from), day_format(item->valid_to, to));
    const char *const fields[COLUMNS] = {number,
                                         d->name,
                                         d->employer,
                                         document_specialties[item->specialty].code,
                                         d->registration_number == NULL ? "" : d->registration_number,
                                         validity};
    if (printing->format != ANNOUNCE_JSON) {
        print_line(printing, fields);
        return;
    }
    json_object(&printing->json, NULL);
    json_integer(&printing->json, "no", printing->line);
    json_text(&printing->json, "kind", document_kinds[d->kind].code);
    json_integer(&printing->json, "decision_no", d->decision_no);
    json_text(&printing->json, "name", d->name);
    json_text(&printing->json, "employer", d->employer);
    json_text(&printing->json, "specialty", document_specialties[item->specialty].code);
    json_text(&printing->json, "registration_number", d->registration_number);
    json_day(&printing->json, "valid_from", item->valid_from);
    json_day(&printing->json, "valid_to", item->valid_to);
    json_object_end(&printing->json);
}

static bool each(void *data, const struct decision *decision) {
    struct printing *printing = data;
    if (printing->format == ANNOUNCE_TEXT && printing->kind != (int)decision->kind) {
        printf("\n%s\n", document_kinds[decision->kind].zh);
        print_line(printing, headings);
    }
    printing->kind = (int)decision->kind;
    for (size_t i = 0; i < decision->item_count; i++)
        if (strcmp(decision->items[i].outcome, "approved") == 0)
            print_item(printing, decision, &decision->items[i]);
    return !output_failed();
}

static void begin(struct printing *printing, const struct announcement *a, bool bom) {
    char on[DAY_TEXT_SIZE];
    day_format(a->closed_on, on);
    if (printing->format == ANNOUNCE_TEXT) {
        printf("一级建造师注册公告第 %lld 批（%s，第 %lld 至 %lld 号决定）\n", (long long)a->batch, on,
               (long long)a->first, (long long)a->last);
    } else if (printing->format == ANNOUNCE_CSV) {
        fputs(bom ? "\xEF\xBB\xBF" : "", stdout);
        print_line(printing, headings);
    } else {
        json_object(&printing->json, NULL);
        json_integer(&printing->json, "batch", a->batch);
        json_integer(&printing->json, "first", a->first);
        json_integer(&printing->json, "last", a->last);
        json_text(&printing->json, "closed_on", on);
        json_array(&printing->json, "registrations");
    }
}

static int print(struct app *app, const struct announcement *a, enum announce_format format, bool bom) {
    struct printing printing = {.app = app, .format = format, .kind = -1};
    struct err err = {0};
    begin(&printing, a, bom);
    if (announce_each(app->store, a, each, &printing, &err) != STATUS_OK) {
        json_free(&printing.json);
        return output_err(&err);
    }
    if (format != ANNOUNCE_JSON)
        return STATUS_OK;
    json_array_end(&printing.json);
    json_object_end(&printing.json);
    return output_json(&printing.json);
}

int command_announce(struct app *app, int argc, char **argv) {
    int64_t batch = NEW_BATCH;
    const char *format = "text";
    bool bom = false;
    const struct option_spec specs[] = {{"batch", OPTION_NUMBER, &batch, false},
                                        {"format", OPTION_TEXT, &format, false},
                                        {"bom", OPTION_FLAG, &bom, false},
                                        {NULL, OPTION_FLAG, NULL, false}};
    struct announcement announcement;
    struct err err = {0};
    int status = options_take(app, specs, &argc, argv);
    if (status != STATUS_OK)
        return status;
    bool csv = strcmp(format, "csv") == 0, json = app->json || strcmp(format, "json") == 0;
    if (argc > 0 || (!csv && !json && strcmp(format, "text") != 0))
        return output_usage(_("announce takes --batch N to print one again, --format text, csv or json, --bom"));
    status = database_open(app);
    if (status != STATUS_OK)
        return status;
    if ((batch == NEW_BATCH ? announce_close(app->store, &announcement, &err)
                            : announce_find(app->store, batch, &announcement, &err)) != STATUS_OK)
        return output_err(&err);
    return print(app, &announcement, csv ? ANNOUNCE_CSV : json ? ANNOUNCE_JSON : ANNOUNCE_TEXT, bom);
}
