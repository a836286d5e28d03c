#include "tui/screen/marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct mark *find(const struct marks *marks, int64_t id) {
    for (size_t i = 0; i < marks->count; i++)
        if (marks->items[i].id == id)
            return &marks->items[i];
    return NULL;
}

bool marks_has(const struct marks *marks, const struct queue_row *row) {
    const struct mark *mark = find(marks, row->id);
    return mark != NULL && mark->version == row->version;
}

static struct mark *add(struct marks *marks) {
    if (marks->count == marks->capacity) {
        size_t capacity = marks->capacity == 0 ? 64 : marks->capacity * 2;
        struct mark *items = realloc(marks->items, capacity * sizeof *items);
        if (items == NULL)
            return NULL;
        marks->items = items;
        marks->capacity = capacity;
    }
    return &marks->items[marks->count++];
}

bool marks_set(struct marks *marks, const struct queue_row *row) {
    struct mark *mark = find(marks, row->id);
    if (mark == NULL)
        mark = add(marks);
    if (mark == NULL)
        return false;
    mark->id = row->id;
    mark->version = row->version;
    mark->kind = row->kind;
    mark->outcome = row->outcome;
    mark->accepted = row->accepted_on != DAY_NONE;
    snprintf(mark->application_no, sizeof mark->application_no, "%s", row->application_no);
    snprintf(mark->name, sizeof mark->name, "%s", row->name);
    return true;
}

static void remove_range(struct marks *marks, size_t first, size_t count) {
    memmove(marks->items + first, marks->items + first + count, (marks->count - first - count) * sizeof *marks->items);
    marks->count -= count;
}

void marks_unset(struct marks *marks, int64_t id) {
    const struct mark *mark = find(marks, id);
    if (mark != NULL)
        remove_range(marks, (size_t)(mark - marks->items), 1);
}

void marks_drop_first(struct marks *marks, size_t count) {
    if (count > 0)
        remove_range(marks, 0, count);
}

void marks_free(struct marks *marks) {
    free(marks->items);
    memset(marks, 0, sizeof *marks);
}
