/* The applications marked for deciding together: held by record and version, whatever list shows them (SPEC 12). */
#ifndef TUI_SCREEN_MARKS_H
#define TUI_SCREEN_MARKS_H

#include "store/queue.h"

struct mark {
    int64_t id;
    int64_t version; /* the one the reviewer had in sight */
    enum kind kind;
    enum outcome outcome;
    bool accepted;
    char application_no[QUEUE_TEXT_SIZE];
    char name[QUEUE_TEXT_SIZE];
};

struct marks {
    struct mark *items;
    size_t count, capacity;
    size_t unseen; /* of them, not in sight when their deciding began */
};

/* Whether this version of the record is marked. */
bool marks_has(const struct marks *marks, const struct queue_row *row);

/* Marks the record as it is now; false: no memory, nothing has changed. */
bool marks_set(struct marks *marks, const struct queue_row *row);
void marks_unset(struct marks *marks, int64_t id);

/* Takes the first `count` marks away. */
void marks_drop_first(struct marks *marks, size_t count);
void marks_free(struct marks *marks);

#endif
