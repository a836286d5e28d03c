#include <locale.h>
#include <ncurses.h>
#include <stdio.h>
#include <string.h>

#include "tests/bench/floor/floor.h"

enum { ROWS_MAX = 200, CELL = 64 };

static struct { char no[CELL], number[CELL], name[CELL]; } rows[ROWS_MAX];
static int count, selected;

static void read_behind(sqlite3_stmt *page, const char *no) {
    int capacity = LINES - 2 > ROWS_MAX ? ROWS_MAX : LINES - 2, read = 0;
    char behind[CELL];
    snprintf(behind, sizeof behind, "%s", no);
    sqlite3_bind_text(page, 1, behind, -1, SQLITE_STATIC);
    sqlite3_bind_int(page, 2, capacity);
    for (; read < capacity && sqlite3_step(page) == SQLITE_ROW; read++) {
        snprintf(rows[read].no, CELL, "%s", (const char *)sqlite3_column_text(page, 0));
        snprintf(rows[read].number, CELL, "%s", (const char *)sqlite3_column_text(page, 1));
        snprintf(rows[read].name, CELL, "%s", (const char *)sqlite3_column_text(page, 2));
    }
    sqlite3_reset(page);
    count = read > 0 ? read : count;
    selected = 0;
}

static void draw_row(int i) {
    attrset(i == selected ? A_REVERSE : A_NORMAL);
    mvprintw(i + 1, 0, "%-20s %-24s %s", rows[i].no, rows[i].number, rows[i].name);
    clrtoeol();
    attrset(A_NORMAL);
}

static void draw_all(void) {
    erase();
    mvaddstr(0, 0, "applications");
    for (int i = 0; i < count; i++)
        draw_row(i);
    refresh();
}

static void move_down(void) {
    selected++;
    draw_row(selected - 1);
    draw_row(selected);
    refresh();
}

int floor_list(char **words) {
    setlocale(LC_ALL, "");
    sqlite3 *db = floor_open(words[0]);
    sqlite3_stmt *page = floor_prepare(db, "SELECT no, coalesce(number, ''), name FROM document WHERE no > ?1"
                                           " ORDER BY no LIMIT ?2");
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    read_behind(page, "");
    draw_all();
    for (int key = getch(); key != 'q' && key != ERR; key = getch()) {
        if (key == 'j' && selected + 1 < count) {
            move_down();
        } else if (key == KEY_NPAGE && count > 0) {
            read_behind(page, rows[count - 1].no);
            draw_all();
        }
    }
    endwin();
    sqlite3_finalize(page);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
