#include "tui/notice_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/door.h"

enum { TEXT_SIZE = 8192 };

struct page {
    FILE *lines; /* into memory */
    bool failed; /* memory ran out */
};

static void put(struct page *page, const char *line) {
    char safe[TEXT_SIZE];
    if (fprintf(page->lines, "%s\n", door_text(line, safe, sizeof safe)) < 0)
        page->failed = true;
}

static void centre(struct page *page, const char *text) {
    char line[TEXT_SIZE];
    int left = (NOTICE_CELLS - door_width(text)) / 2;
    snprintf(line, sizeof line, "%*s%s", left > 0 ? left : 0, "", text);
    put(page, line);
}

static bool in_number(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '*' || c == '-';
}

/* Where a line of at most n bytes ends: not inside a number, which is wanted whole, unless it is longer than a line. */
static size_t line_end(const char *text, size_t n) {
    size_t end = n;
    while (end > 0 && text[end] != '\0' && in_number(text[end - 1]) && in_number(text[end]))
        end--;
    return end > 0 ? end : n;
}

/* Wraps by cells; `indent` stands before the first line. */
static void wrap(struct page *page, const char *text, const char *indent) {
    char line[TEXT_SIZE];
    size_t n;
    while ((n = door_prefix(text, NOTICE_CELLS - (int)strlen(indent), NULL)) > 0) {
        n = line_end(text, n);
        size_t shown = n;
        while (shown > 0 && text[shown - 1] == ' ')
            shown--;
        snprintf(line, sizeof line, "%s%.*s", indent, (int)shown, text);
        put(page, line);
        text += n;
        indent = "";
    }
}

/* A paragraph of any length, its first line indented by two characters as Chinese print has it. */
__attribute__((format(printf, 2, 3))) static void paragraph(struct page *page, const char *format, ...) {
    char *text = NULL;
    va_list list;
    va_start(list, format);
    int length = vasprintf(&text, format, list);
    va_end(list);
    if (length < 0) {
        page->failed = true;
        return;
    }
    wrap(page, text, "    ");
    free(text);
}

/* "2021年11月5日" */
static const char *long_day(day d, char out[32]) {
    struct ymd date = day_to_ymd(d);
    snprintf(out, 32, "%d年%d月%d日", date.year, date.month, date.day);
    return out;
}

static void write_heading(struct page *page, const struct decision *d, bool training) {
    bool revokes = strcmp(d->action, "revoke") == 0, refuses = strcmp(d->outcome, "refused") == 0;
    char number[64], from[32];
    if (training)
        centre(page, "【训练库，本件无效】");
    centre(page, "住房和城乡建设部");
    centre(page, revokes ? "撤销行政许可决定书" : refuses ? "不予行政许可决定书" : "准予行政许可决定书");
    snprintf(number, sizeof number, "一级建造师注册决定第 %lld 号", (long long)d->decision_no);
    centre(page, number);
    put(page, "");
    char addressee[TEXT_SIZE];
    snprintf(addressee, sizeof addressee, "%s（%s %s）：", d->name, document_id_types[d->id_type].zh, d->id_number);
    wrap(page, addressee, "");
    paragraph(page, "你于%s提出的一级建造师%s申请（申请编号 %s，聘用单位 %s，统一社会信用代码 %s）收悉。",
              long_day(d->submitted_on, from), document_kinds[d->kind].zh, d->application_no, d->employer,
              d->credit_code);
}

static bool has_outcome(const struct decision *d, const char *outcome) {
    for (size_t i = 0; i < d->item_count; i++)
        if (strcmp(d->items[i].outcome, outcome) == 0)
            return true;
    return false;
}

static void write_granted(struct page *page, const struct decision *d) {
    char from[32], to[32];
    if (!has_outcome(d, "approved"))
        return;
    paragraph(page, "经审查，符合法定条件，根据《中华人民共和国行政许可法》第三十八条第一款，准予下列专业%s：",
              document_kinds[d->kind].zh);
    for (size_t i = 0; i < d->item_count; i++)
        if (strcmp(d->items[i].outcome, "approved") == 0)
            paragraph(page, "%s：有效期自%s至%s。", document_specialties[d->items[i].specialty].zh,
                      long_day(d->items[i].valid_from, from), long_day(d->items[i].valid_to, to));
    if (d->registration_number != NULL)
        paragraph(page, "注册编号：%s%s%s%s。", d->registration_number, d->former_number == NULL ? "" : "（原编号 ",
                  d->former_number == NULL ? "" : d->former_number, d->former_number == NULL ? "" : "）");
}

static void write_reasons(struct page *page, const struct decision *d, const char *outcome) {
    for (size_t i = 0; i < d->item_count; i++) {
        const struct decision_item *item = &d->items[i];
        if (strcmp(item->outcome, outcome) != 0)
            continue;
        paragraph(page, "%s：", document_specialties[item->specialty].zh);
        for (size_t r = 0; r < item->reason_count; r++)
            paragraph(page, "%zu. %s%s%s%s", r + 1, item->reasons[r].text, item->reasons[r].basis == NULL ? "" : "（",
                      item->reasons[r].basis == NULL ? "" : item->reasons[r].basis,
                      item->reasons[r].basis == NULL ? "" : "）");
    }
}

static void write_refused(struct page *page, const struct decision *d) {
    if (!has_outcome(d, "refused"))
        return;
    paragraph(page,
              "经审查，下列专业不符合法定条件，根据《中华人民共和国行政许可法》第三十八条第二款，不予%s，理由如下：",
              document_kinds[d->kind].zh);
    write_reasons(page, d, "refused");
}

static void write_revoked(struct page *page, const struct decision *d) {
    if (!has_outcome(d, "revoked"))
        return;
    paragraph(page, "根据《中华人民共和国行政许可法》第六十九条，撤销第 %lld 号决定，理由如下：",
              (long long)d->supersedes);
    write_reasons(page, d, "revoked");
}

static void write_paper(struct page *page, const struct decision *decision, bool training) {
    char on[32], line[128];
    write_heading(page, decision, training);
    write_granted(page, decision);
    write_refused(page, decision);
    write_revoked(page, decision);
    if (decision->remedies != NULL)
        paragraph(page, "%s", decision->remedies);
    put(page, "");
    snprintf(line, sizeof line, "%*s%s", NOTICE_CELLS - 24, "", "住房和城乡建设部（印章）");
    put(page, line);
    long_day(decision->decided_on, on);
    snprintf(line, sizeof line, "%*s%s", NOTICE_CELLS - door_width(on), "", on);
    put(page, line);
}

char *notice_text(const struct decision *decision, bool training) {
    char *text = NULL;
    size_t size;
    struct page page = {.lines = open_memstream(&text, &size)};
    if (page.lines == NULL)
        return NULL;
    write_paper(&page, decision, training);
    if (fclose(page.lines) != 0 || page.failed) {
        free(text);
        return NULL;
    }
    return text;
}
