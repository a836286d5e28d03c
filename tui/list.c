#include "tui/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/law.h"
#include "tui/door.h"
#include "tui/message.h"

enum { CELL_SIZE = 1024, DAYS_SHOWN_MAX = 999, DAYS_SHOWN_MIN = -99, WIDE_DEADLINE = 17 };

struct cell {
    char text[CELL_SIZE];
    enum paint paint;
};

bool list_resize(struct list *list, size_t capacity) {
    if (capacity == 0)
        capacity = 1;
    if (capacity == list->capacity)
        return true;
    struct queue_row *rows = realloc(list->rows, capacity * sizeof *rows);
    if (rows == NULL)
        return false;
    list->rows = rows;
    list->capacity = capacity;
    if (list->count > capacity)
        list->count = capacity;
    if (list->selected >= list->count)
        list->selected = list->count == 0 ? 0 : list->count - 1;
    return true;
}

void list_free(struct list *list) {
    free(list->rows);
    memset(list, 0, sizeof *list);
}

const struct queue_row *list_selected(const struct list *list) {
    return list->selected < list->count ? &list->rows[list->selected] : NULL;
}

int list_hit(const struct list *list, struct draw_area area, int line, int col) {
    int index = line - area.row - 1; /* below the headings */
    bool inside = index >= 0 && (size_t)index < list->count && line < area.row + area.rows && col >= area.col &&
                  col < area.col + area.cols;
    return inside ? index : -1;
}

const char *list_deadline_sign(const struct queue_row *row) {
    if (row->state != STATE_PENDING)
        return " ";
    return row->overdue ? "!" : row->workdays_left <= LAW_DUE_SOON_WORKDAYS ? "·" : " ";
}

enum paint list_deadline_paint(const struct queue_row *row) {
    if (row->state != STATE_PENDING)
        return PAINT_NORMAL;
    return row->overdue ? PAINT_BAD : row->workdays_left <= LAW_DUE_SOON_WORKDAYS ? PAINT_SOON : PAINT_NORMAL;
}

const char *list_outcome_sign(enum outcome outcome) {
    static const char *const signs[OUTCOME_COUNT] = {"✗", "◐", "✓"};
    return signs[outcome];
}

enum paint list_outcome_paint(enum outcome outcome) {
    static const enum paint paints[OUTCOME_COUNT] = {PAINT_BAD, PAINT_PART, PAINT_GOOD};
    return paints[outcome];
}

const char *list_kind_word(enum kind kind) {
    static const char *const words[KIND_COUNT] = {
        [KIND_INITIAL] = N_("init."),
        [KIND_ADDED_SPECIALTY] = N_("added"),
        [KIND_RE_REGISTRATION] = N_("re-reg"),
        [KIND_CONTINUATION] = N_("cont."),
    };
    return _(words[kind]);
}

static void deadline(const struct queue_row *row, enum language language, int cells, struct cell *cell) {
    char date[DAY_TEXT_SIZE];
    int left = row->workdays_left;
    (void)language;
    day_format(row->decide_by, date);
    left = left > DAYS_SHOWN_MAX ? DAYS_SHOWN_MAX : left < DAYS_SHOWN_MIN ? DAYS_SHOWN_MIN : left;
    const char *shown = cells >= WIDE_DEADLINE ? date : date + 5;
    const char *provisional = row->decide_by_provisional ? "?" : " ";
    if (row->state == STATE_PENDING)
        snprintf(cell->text, sizeof cell->text, "%s %s%s%3d", list_deadline_sign(row), shown, provisional, left);
    else
        snprintf(cell->text, sizeof cell->text, "  %s", shown);
    cell->paint = list_deadline_paint(row);
}

static void application_no(const struct queue_row *row, enum language language, int cells, struct cell *cell) {
    (void)language, (void)cells;
    snprintf(cell->text, sizeof cell->text, "%s", row->application_no);
}

static void name(const struct queue_row *row, enum language language, int cells, struct cell *cell) {
    (void)language, (void)cells;
    snprintf(cell->text, sizeof cell->text, "%s", row->name);
}

static void registration_number(const struct queue_row *row, enum language language, int cells, struct cell *cell) {
    (void)language, (void)cells;
    snprintf(cell->text, sizeof cell->text, "%s", row->registration_number[0] == '\0' ? "-" : row->registration_number);
}

static void kind(const struct queue_row *row, enum language language, int cells, struct cell *cell) {
    (void)language, (void)cells;
    snprintf(cell->text, sizeof cell->text, "%s", list_kind_word(row->kind));
}

/* "建筑工程+2". What gives way where there is little room is the name, first its 工程, never the number of others. */
static void specialties(const struct queue_row *row, enum language language, int cells, struct cell *cell) {
    static const char tail[] = "工程";
    char first[128], fitted[128], others[16] = "";
    int more = -1;
    for (int i = 0; i < SPECIALTY_COUNT; i++)
        more += (row->specialties >> i & 1U) != 0 ? 1 : 0;
    if (more > 0)
        snprintf(others, sizeof others, "+%d", more);
    snprintf(first, sizeof first, "%s", message_word(&document_specialties[row->first_specialty], language));
    int room = cells - (int)strlen(others), width = door_width(first);
    size_t length = strlen(first);
    if (width > room && length > strlen(tail) && strcmp(first + length - strlen(tail), tail) == 0) {
        first[length - strlen(tail)] = '\0';
        width = door_width(first);
    }
    door_fit(first, width > room ? room : width, fitted, sizeof fitted);
    if (width > room) /* half a cell short of a wide character: no gap before the number */
        fitted[strcspn(fitted, " ")] = '\0';
    snprintf(cell->text, sizeof cell->text, "%s%s", fitted, others);
}

static void submitted(const struct queue_row *row, enum language language, int cells, struct cell *cell) {
    (void)language, (void)cells;
    day_format(row->submitted_on, cell->text);
}

static void verdict(const struct queue_row *row, enum language language, int cells, struct cell *cell) {
    static const char *const words[OUTCOME_COUNT] = {N_("✗ fails"), N_("◐ part"), N_("✓ passes")};
    (void)cells;
    if (row->state != STATE_PENDING) {
        snprintf(cell->text, sizeof cell->text, "%s", message_word(&queue_states[row->state], language));
        return;
    }
    snprintf(cell->text, sizeof cell->text, "%s", _(words[row->outcome]));
    cell->paint = list_outcome_paint(row->outcome);
}

/* The columns from left to right. `rank`: 1 is the last to be given up when there is little room. */
static const struct column {
    const char *heading;
    int least[LANGUAGE_COUNT]; /* cells */
    int wanted[LANGUAGE_COUNT];
    int rank;
    void (*fill)(const struct queue_row *row, enum language language, int cells, struct cell *cell);
} columns[] = {
    {N_("Due, left"), {11, 11}, {WIDE_DEADLINE, WIDE_DEADLINE}, 1, deadline},
    {N_("Application"), {17, 17}, {17, 17}, 6, application_no},
    {N_("Name"), {8, 8}, {14, 14}, 2, name},
    {N_("Registration no."), {18, 18}, {18, 18}, 4, registration_number},
    {N_("Kind"), {4, 6}, {4, 6}, 5, kind},
    {N_("Specialty"), {8, 8}, {17, 17}, 7, specialties},
    {N_("Submitted"), {10, 10}, {10, 10}, 8, submitted},
    {N_("Rules"), {6, 8}, {6, 8}, 3, verdict},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static int rank_of(size_t column, enum queue_order order) {
    bool ordering = order == QUEUE_BY_SUBMITTED && columns[column].fill == submitted;
    return ordering ? 1 : columns[column].rank;
}

/* Gives each column its cells, 0 to those that find no room: by rank, then what is
 * over to those that want more, the least important first: they were given least. */
static void lay_out(int cells, enum language language, enum queue_order order, int widths[COLUMNS]) {
    int left = cells + 1; /* no gap behind the last */
    memset(widths, 0, COLUMNS * sizeof *widths);
    for (int rank = 1; rank <= COLUMNS; rank++)
        for (size_t i = 0; i < COLUMNS; i++)
            if (rank_of(i, order) == rank && columns[i].least[language] + 1 <= left) {
                widths[i] = columns[i].least[language];
                left -= widths[i] + 1;
            }
    for (int rank = COLUMNS; rank >= 1; rank--)
        for (size_t i = 0; i < COLUMNS; i++) {
            int more = columns[i].wanted[language] - widths[i];
            if (rank_of(i, order) != rank || widths[i] == 0 || more <= 0 ||
                (columns[i].fill == deadline && more > left))
                continue;
            more = more > left ? left : more;
            widths[i] += more;
            left -= more;
        }
}

static void draw_headings(const struct terminal *term, struct draw_area area, const int widths[COLUMNS]) {
    int col = area.col;
    draw_cells(term, area.row, area.col, area.cols, PAINT_SECTION, false, "");
    for (size_t i = 0; i < COLUMNS; i++)
        if (widths[i] > 0) {
            draw_cells(term, area.row, col, widths[i], PAINT_SECTION, false, _(columns[i].heading));
            col += widths[i] + 1;
        }
}

static void draw_row(const struct terminal *term, int line, struct draw_area area, const int widths[COLUMNS],
                     const struct queue_row *row, enum language language, bool selected) {
    int col = area.col;
    draw_cells(term, line, area.col, area.cols, PAINT_NORMAL, selected, "");
    for (size_t i = 0; i < COLUMNS; i++)
        if (widths[i] > 0) {
            struct cell cell = {.paint = PAINT_NORMAL};
            columns[i].fill(row, language, widths[i], &cell);
            draw_cells(term, line, col, widths[i], cell.paint, selected, cell.text);
            col += widths[i] + 1;
        }
}

void list_draw(const struct list *list, const struct terminal *term, struct draw_area area, enum language language,
               int *cursor_row) {
    int widths[COLUMNS];
    lay_out(area.cols, language, list->order, widths);
    draw_headings(term, area, widths);
    *cursor_row = area.row;
    for (int i = 0; i < area.rows - 1; i++) {
        int line = area.row + 1 + i;
        bool selected = (size_t)i == list->selected;
        if ((size_t)i >= list->count) {
            draw_cells(term, line, area.col, area.cols, PAINT_NORMAL, false, "");
            continue;
        }
        draw_row(term, line, area, widths, &list->rows[i], language, selected);
        *cursor_row = selected ? line : *cursor_row;
    }
}
