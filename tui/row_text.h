/* The texts of a list's columns, for the screen and the command line alike. */
#ifndef TUI_ROW_TEXT_H
#define TUI_ROW_TEXT_H

#include "core/phrase.h"
#include "store/json_write.h"
#include "store/queue.h"

enum row_column {
    ROW_DEADLINE,
    ROW_APPLICATION_NO,
    ROW_NAME,
    ROW_NUMBER,
    ROW_KIND,
    ROW_SPECIALTY,
    ROW_SUBMITTED,
    ROW_OUTCOME,
    ROW_TEXT_COLUMNS
};

struct row_column_info {
    const char *title; /* msgid */
    int cells_zh;
    int cells_en;
};

extern const struct row_column_info row_columns[ROW_TEXT_COLUMNS];

enum { ROW_TEXT_SIZE = 1024 };

/* The text of one column, not yet through the door. Returns out. */
char *row_text(const struct queue_row *row, enum row_column column, enum language language, char *out, size_t size);

/* A sign for the outcome, one cell: never colour alone. */
const char *row_outcome_sign(enum outcome outcome);

/* One object of a list. */
void row_json(struct json *json, const struct queue_row *row);

#endif
