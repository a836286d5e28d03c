#include "tui/screen/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/door.h"
#include "tui/message.h"

enum { TEXT_SIZE = 8192, LEAST_COLS = 8 };

void sheet_start(struct sheet *sheet, int cols, int labels) {
    for (size_t i = 0; i < sheet->count; i++)
        free(sheet->lines[i].text);
    sheet->count = 0;
    sheet->cols = cols < LEAST_COLS ? LEAST_COLS : cols;
    sheet->labels = labels;
    sheet->cut = false;
}

void sheet_free(struct sheet *sheet) {
    sheet_start(sheet, 0, 0);
    free(sheet->lines);
    memset(sheet, 0, sizeof *sheet);
}

static bool grow(struct sheet *sheet) {
    if (sheet->count < sheet->capacity)
        return true;
    size_t capacity = sheet->capacity == 0 ? 64 : sheet->capacity * 2;
    struct sheet_line *lines = realloc(sheet->lines, capacity * sizeof *lines);
    if (lines == NULL)
        return false;
    sheet->lines = lines;
    sheet->capacity = capacity;
    return true;
}

static void add(struct sheet *sheet, const char *label, int indent, enum paint paint, const char *text, size_t length) {
    size_t label_size = label == NULL ? 0 : strlen(label) + 1;
    char *memory = malloc(length + 1 + label_size);
    if (memory == NULL || !grow(sheet)) {
        free(memory);
        sheet->cut = true;
        return;
    }
    memcpy(memory, text, length);
    memory[length] = '\0';
    if (label != NULL)
        memcpy(memory + length + 1, label, label_size);
    sheet->lines[sheet->count++] = (struct sheet_line){
        .text = memory,
        .label = label == NULL ? NULL : memory + length + 1,
        .indent = indent,
        .paint = paint,
    };
}

static void add_broken(struct sheet *sheet, const char *label, int indent, enum paint paint, const char *text) {
    int cells = sheet->cols - indent;
    if (cells < LEAST_COLS) {
        indent = sheet->cols > LEAST_COLS ? 2 : 0;
        cells = sheet->cols - indent;
    }
    do {
        size_t skip, n = draw_break(text, cells, &skip);
        add(sheet, label, indent, paint, text, n);
        label = NULL;
        text += n + skip;
    } while (*text != '\0');
}

void sheet_gap(struct sheet *sheet) {
    add(sheet, NULL, 0, PAINT_NORMAL, "", 0);
}

void sheet_section(struct sheet *sheet, const char *title) {
    if (sheet->count > 0)
        sheet_gap(sheet);
    add(sheet, NULL, 0, PAINT_SECTION, title, strlen(title));
}

void sheet_text(struct sheet *sheet, int indent, enum paint paint, const char *text) {
    add_broken(sheet, NULL, indent, paint, text);
}

void sheet_pair(struct sheet *sheet, const char *label, enum paint paint, const char *text) {
    add_broken(sheet, label, sheet->labels, paint, text);
}

void sheet_format(struct sheet *sheet, int indent, enum paint paint, const char *format, ...) {
    char text[TEXT_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    sheet_text(sheet, indent, paint, text);
}

void sheet_pair_format(struct sheet *sheet, const char *label, enum paint paint, const char *format, ...) {
    char text[TEXT_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    sheet_pair(sheet, label, paint, text);
}

void sheet_runs(struct sheet *sheet, const struct sheet_run *runs, size_t count) {
    size_t size = count * sizeof *runs + 1;
    for (size_t i = 0; i < count; i++)
        size += strlen(runs[i].text) + 1;
    struct sheet_run *copies = malloc(size);
    if (copies == NULL || !grow(sheet)) {
        free(copies);
        sheet->cut = true;
        return;
    }
    char *end = (char *)(copies + count);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(runs[i].text) + 1;
        copies[i] = (struct sheet_run){runs[i].paint, memcpy(end, runs[i].text, length)};
        end += length;
    }
    sheet->lines[sheet->count++] = (struct sheet_line){.text = (char *)copies, .runs = copies, .run_count = count};
}

size_t sheet_clamp(const struct sheet *sheet, size_t first, int rows) {
    size_t shown = rows < 0 ? 0 : (size_t)rows;
    size_t last = sheet->count > shown ? sheet->count - shown : 0;
    return first > last ? last : first;
}

static void draw_line(const struct sheet_line *line, const struct terminal *term, int row, int col, int end) {
    if (line->label != NULL)
        draw_run(term, row, col, col + line->indent - 1, PAINT_LABEL, line->label);
    if (line->runs == NULL)
        draw_run(term, row, col + line->indent, end, line->paint, line->text);
    for (size_t i = 0; line->runs != NULL && i < line->run_count; i++)
        col = draw_run(term, row, col, end, line->runs[i].paint, line->runs[i].text);
}

void sheet_draw(const struct sheet *sheet, const struct terminal *term, struct draw_area area, size_t first) {
    for (int i = 0; i < area.rows; i++) {
        size_t at = first + (size_t)i;
        draw_cells(term, area.row + i, area.col, area.cols, PAINT_NORMAL, false, "");
        if (sheet->cut && i == area.rows - 1)
            draw_run(term, area.row + i, area.col, area.col + area.cols, PAINT_ERROR,
                     _("no memory left: text is missing"));
        else if (at < sheet->count)
            draw_line(&sheet->lines[at], term, area.row + i, area.col, area.col + area.cols);
    }
}
