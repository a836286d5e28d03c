#include "tui/command/numbers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "tui/command/command.h"

static int add(struct numbers *numbers, const char *text) {
    char normalised[NUMBER_SIZE];
    number_normalise(text, normalised, sizeof normalised);
    if (normalised[0] == '\0')
        return STATUS_OK;
    if (numbers->count == numbers->room) {
        size_t room = 2 * numbers->room + 16;
        char **list = realloc(numbers->list, room * sizeof *list);
        if (list == NULL)
            return output_no_memory();
        numbers->list = list;
        numbers->room = room;
    }
    char *number = arena_text(&numbers->texts, normalised);
    if (number == NULL)
        return output_no_memory();
    numbers->list[numbers->count++] = number;
    return STATUS_OK;
}

static int read_stdin(struct numbers *numbers) {
    char *line = NULL;
    size_t size = 0;
    int status = STATUS_OK;
    ssize_t length;
    while (status == STATUS_OK && (length = getline(&line, &size, stdin)) >= 0) {
        if (strlen(line) == (size_t)length) {
            status = add(numbers, line);
        } else { /* what stands behind it must not be passed over */
            output_note("%s", _("standard input has a zero byte in it; nothing was done"));
            status = STATUS_BAD_DATA;
        }
    }
    free(line);
    if (status == STATUS_OK && ferror(stdin)) {
        output_note(_("standard input cannot be read: %s; nothing was done"), strerror(errno));
        status = STATUS_IO;
    }
    return status;
}

/* By text, and those that are the same by place. */
static int compare(const void *a, const void *b) {
    char *const *one = *(char **const *)a, *const *other = *(char **const *)b;
    int order = strcmp(*one, *other);
    return order != 0 ? order : (one > other) - (one < other);
}

/* Takes out what was named before. */
static int drop_repeated(struct numbers *numbers) {
    char ***places = malloc((numbers->count + 1) * sizeof *places);
    if (places == NULL)
        return output_no_memory();
    for (size_t i = 0; i < numbers->count; i++)
        places[i] = &numbers->list[i];
    qsort(places, numbers->count, sizeof *places, compare);
    const char *kept = NULL;
    for (size_t i = 0; i < numbers->count; i++) {
        if (kept == NULL || strcmp(kept, *places[i]) != 0) {
            kept = *places[i];
            continue;
        }
        *places[i] = NULL;
        numbers->repeated++;
    }
    free(places);
    size_t left = 0;
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->list[i] != NULL)
            numbers->list[left++] = numbers->list[i];
    numbers->count = left;
    return STATUS_OK;
}

int numbers_collect(struct numbers *numbers, int argc, char **argv) {
    int status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < argc; i++)
        status = strcmp(argv[i], "-") == 0 ? read_stdin(numbers) : add(numbers, argv[i]);
    if (status == STATUS_OK && numbers->count == 0)
        return output_usage(_("name at least one application, or - to read numbers from standard input"));
    return status == STATUS_OK ? drop_repeated(numbers) : status;
}

void numbers_free(struct numbers *numbers) {
    arena_free(&numbers->texts);
    free(numbers->list);
}
