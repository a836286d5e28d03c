#include "tui/command/words.h"

#include <stdlib.h>
#include <string.h>

#include "tui/door.h"
#include "tui/message.h"

/* Printable UTF-8 is what the door lets through as it is. */
static bool is_printable(const char *text) {
    char *seen = malloc(WORDS_LINE_MAX + 1);
    bool printable = seen != NULL && strcmp(door_text(text, seen, WORDS_LINE_MAX + 1), text) == 0;
    free(seen);
    return printable;
}

/* Takes the next word out of *text into *out. False where a quote is not closed. */
static bool take_word(const char **text, char **out) {
    char quote = '\0';
    for (; **text != '\0' && (quote != '\0' || **text != ' '); ++*text) {
        char c = **text;
        if (quote == '\0' && (c == '\'' || c == '"'))
            quote = c;
        else if (quote != '\0' && c == quote)
            quote = '\0';
        else if (c == '\\' && quote != '\'' && (*text)[1] != '\0')
            *(*out)++ = *++*text;
        else
            *(*out)++ = c;
    }
    *(*out)++ = '\0';
    return quote == '\0';
}

const char *words_split(const char *line, struct words *words) {
    char *room = words->room;
    words->count = 0;
    if (strlen(line) > WORDS_LINE_MAX)
        return _("the command is longer than 4 KiB");
    if (!is_printable(line))
        return _("the command is not printable UTF-8 text");
    for (line += strspn(line, " "); *line != '\0'; line += strspn(line, " ")) {
        const char *word = words->word[words->count++] = room;
        if (!take_word(&line, &room))
            return _("a quote in the command is not closed");
        if (!is_printable(word)) /* a quote between two marks is gone, and there are too many on one letter */
            return _("the command is not printable UTF-8 text");
    }
    return NULL;
}
