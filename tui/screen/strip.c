#include "tui/screen/strip.h"

#include <stdio.h>
#include <string.h>

#include "tui/door.h"

void strip_add(struct strip *strip, enum paint paint, const char *text, int64_t times) {
    size_t length = strlen(text);
    char *start = strip->text + strip->used;
    if (strip->count == STRIP_RUNS || strip->used + length + 1 > sizeof strip->text)
        return;
    for (; times > 0 && strip->used + length + 1 <= sizeof strip->text; times--) {
        memcpy(strip->text + strip->used, text, length);
        strip->used += length;
    }
    strip->text[strip->used++] = '\0';
    strip->runs[strip->count++] = (struct sheet_run){paint, start};
}

void strip_left(struct strip *strip, enum paint paint, int cells, const char *text) {
    char fitted[STRIP_SIZE];
    strip_add(strip, paint, door_fit(text, cells, fitted, sizeof fitted), 1);
}

void strip_right(struct strip *strip, enum paint paint, int cells, const char *text) {
    strip_add(strip, PAINT_NORMAL, " ", cells - door_width(text));
    strip_add(strip, paint, text, 1);
}

void strip_count(struct strip *strip, enum paint paint, int cells, int64_t count) {
    char number[DRAW_COUNT_SIZE];
    if (count == 0)
        strip_right(strip, PAINT_LABEL, cells, "·");
    else
        strip_right(strip, paint, cells, draw_count(count, number));
}

void strip_end(struct strip *strip, struct sheet *sheet) {
    sheet_runs(sheet, strip->runs, strip->count);
}
