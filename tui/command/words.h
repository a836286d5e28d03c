/* A line cut into words without a shell: quotes and backslash understood, nothing expanded, nothing run (SPEC 13). */
#ifndef TUI_COMMAND_WORDS_H
#define TUI_COMMAND_WORDS_H

enum { WORDS_LINE_MAX = 4096, WORDS_MAX = WORDS_LINE_MAX / 2 + 1 };

struct words {
    int count;
    char *word[WORDS_MAX]; /* into room */
    char room[WORDS_LINE_MAX + 1];
};

/* Fills *words. NULL, or the complaint where the line is not taken: longer than 4 KiB, not printable UTF-8, a quote
 * that is not closed. */
const char *words_split(const char *line, struct words *words);

#endif
