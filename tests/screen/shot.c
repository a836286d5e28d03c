#include "tests/screen/shot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STEP_MS = 20, STILL_MS = 1500, STILL_ANEW_MS = 300 };

bool shot_is_taken_anew(void) {
    return getenv("GOLDEN_ANEW") != NULL;
}

char *shot_folder(char out[SHOT_PATH]) {
    const char *root = getenv("YIJIAN_ROOT");
    snprintf(out, SHOT_PATH, "%s/tests/screen/golden", root == NULL ? "." : root);
    return out;
}

/* The cell right of this one: two further where the character is a wide one. */
static int behind(const struct term *term, int row, int col) {
    return col + term_cell_width(term, row, col);
}

/* "3: 1-80 reverse bold, 81-120 cyan": the row, its columns and what they look like; nothing for a plain row. */
static size_t add_looks(const struct term *term, int row, int cols, char *out, size_t size) {
    size_t used = 0;
    for (int col = 0, end; col < cols; col = end) {
        char look[TERM_LOOK], next[TERM_LOOK];
        term_look(term, row, col, look);
        for (end = behind(term, row, col); end < cols && strcmp(term_look(term, row, end, next), look) == 0;)
            end = behind(term, row, end);
        if (look[0] != '\0' && used < size) {
            char head[16] = ",";
            if (used == 0)
                snprintf(head, sizeof head, "%d:", row + 1);
            used += (size_t)snprintf(out + used, size - used, "%s %d-%d %s", head, col + 1, end, look);
        }
    }
    if (used > 0 && used < size)
        used += (size_t)snprintf(out + used, size - used, "\n");
    return used;
}

void shot_take(struct term *term, bool looks, char out[SHOT_SIZE]) {
    int rows, cols;
    snprintf(out, SHOT_SIZE, "%s", term_text(term));
    if (!looks)
        return;
    size_t used = strlen(out);
    term_size(term, &rows, &cols);
    used += (size_t)snprintf(out + used, SHOT_SIZE - used, "\ncursor %d:%d\n", term_cursor_row(term) + 1,
                             term_cursor_col(term) + 1);
    for (int row = 0; row < rows && used < SHOT_SIZE; row++)
        used += add_looks(term, row, cols, out + used, SHOT_SIZE - used);
}

static void read_picture(const char *path, char out[SHOT_SIZE]) {
    FILE *file = fopen(path, "r");
    size_t n = file == NULL ? 0 : fread(out, 1, SHOT_SIZE - 1, file);
    out[n] = '\0';
    if (file != NULL)
        fclose(file);
}

static bool write_picture(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fprintf(stderr, "%s cannot be written\n", path);
        return false;
    }
    fputs(text, file);
    return fclose(file) == 0;
}

/* Takes in what comes until the screen is the expected one, or for so long nothing has come. */
static void settle(struct term *term, bool looks, const char *expected, int still_ms, char got[SHOT_SIZE]) {
    size_t length, before;
    term_bytes(term, &before);
    for (int still = 0; still <= still_ms; still += STEP_MS) {
        shot_take(term, looks, got);
        if (expected != NULL && strcmp(expected, got) == 0)
            return;
        term_watch(term, STEP_MS);
        term_bytes(term, &length);
        still = length == before ? still : 0;
        before = length;
    }
}

bool shot_matches(struct term *term, bool looks, const char *name) {
    static char expected[SHOT_SIZE], got[SHOT_SIZE];
    char folder[SHOT_PATH], path[SHOT_PATH + 256], command[3 * SHOT_PATH];
    snprintf(path, sizeof path, "%s/%s", shot_folder(folder), name);
    if (shot_is_taken_anew()) {
        settle(term, looks, NULL, STILL_ANEW_MS, got);
        return write_picture(path, got);
    }
    read_picture(path, expected);
    settle(term, looks, expected, STILL_MS, got);
    if (strcmp(expected, got) == 0)
        return true;
    write_picture(name, got);
    snprintf(command, sizeof command, "diff -U 100 --label 'golden/%s' --label 'the screen' '%s' '%s' 1>&2", name,
             access(path, F_OK) == 0 ? path : "/dev/null", name);
    if (system(command) == -1)
        fprintf(stderr, "%s is different\n", name);
    return false;
}
