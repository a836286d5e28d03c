/* The command an SSH client sends, cut into words: tui/command/words.h. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tests/fuzz/fuzz.h"
#include "tui/command/words.h"
#include "tui/door.h"

/* Writes the word so that it must be read as it is; false where there is no room. */
static bool quote(const char *word, char *out, size_t *used) {
    static const char apostrophe[] = "'\\''";
    if (*used + 4 * strlen(word) + 3 > WORDS_LINE_MAX)
        return false;
    out[(*used)++] = '\'';
    for (; *word != '\0'; word++) {
        size_t n = *word == '\'' ? sizeof apostrophe - 1 : 1;
        memcpy(out + *used, *word == '\'' ? apostrophe : word, n);
        *used += n;
    }
    out[(*used)++] = '\'';
    out[(*used)++] = ' ';
    out[*used] = '\0';
    return true;
}

/* Joined again, with quotes, they come apart into the same words. */
static void check_again(const struct words *words) {
    static struct words again;
    static char line[WORDS_LINE_MAX + 1];
    size_t used = 0;
    line[0] = '\0';
    for (int i = 0; i < words->count; i++)
        if (!quote(words->word[i], line, &used))
            return;
    FUZZ_MUST(words_split(line, &again) == NULL && again.count == words->count);
    for (int i = 0; i < words->count; i++)
        FUZZ_MUST(strcmp(again.word[i], words->word[i]) == 0);
}

static void check_printable(const char *line) {
    size_t length = strlen(line), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(line + at, length - at, &used);
        FUZZ_MUST(c != TEXT_INVALID && !text_is_control(c) && !text_is_bidi_control(c) && !text_is_zero_width(c));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct words words;
    char *line = fuzz_text(data, size);
    size_t length = strlen(line), all = 0;
    fuzz_locale();
    const char *complaint = words_split(line, &words);
    if (complaint == NULL) {
        FUZZ_MUST(length <= WORDS_LINE_MAX);
        check_printable(line);
        FUZZ_MUST(words.count >= 0 && words.count <= WORDS_MAX && (words.count > 0) == (strspn(line, " ") < length));
        for (int i = 0; i < words.count; i++) {
            FUZZ_MUST(words.word[i] >= words.room && words.word[i] < words.room + sizeof words.room);
            all += strlen(words.word[i]);
        }
        FUZZ_MUST(all <= length);
        if (strpbrk(line, "'\"\\ ") == NULL)
            FUZZ_MUST(length == 0 || (words.count == 1 && strcmp(words.word[0], line) == 0));
        check_again(&words);
    } else {
        FUZZ_MUST(complaint[0] != '\0');
    }
    free(line);
    return 0;
}
