#include "store/export_read.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/json_read.h"
#include "store/sm3.h"

enum { ROOM_LEAST = 65536 };

struct reading {
    const char *path, *uuid;
    export_anchor anchor;
    void *data;
    struct err *err;
    bool ours; /* a header was seen */
};

static enum status read_whole(const char *path, char **out, size_t *length, struct err *err) {
    FILE *file = fopen(path, "re");
    char *text = NULL;
    size_t size = 0, used = 0;
    while (file != NULL && !feof(file) && !ferror(file)) {
        if (size - used < ROOM_LEAST) {
            size = size * 2 + 2 * ROOM_LEAST;
            char *more = realloc(text, size);
            if (more == NULL)
                break;
            text = more;
        }
        used += fread(text + used, 1, size - used - 1, file);
    }
    bool good = file != NULL && feof(file) && !ferror(file);
    const char *why = strerror(errno);
    if (file != NULL)
        fclose(file);
    if (!good || text == NULL) {
        free(text);
        return err_set(err, STATUS_NO_INPUT, N_("%1 cannot be read: %2"), path, why, NULL);
    }
    text[used] = '\0';
    *out = text;
    *length = used;
    return STATUS_OK;
}

static enum status no_export(const struct reading *reading) {
    return err_of_data(reading->err, STATUS_BAD_DATA, N_("%1 is not an export"), reading->path, NULL);
}

static const char *text_of(const cJSON *object, const char *member) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, member));
}

/* `object` names an event by "seq", and its hash by `member`. */
static enum status take_anchor(const struct reading *reading, const cJSON *object, const char *member) {
    int64_t seq = 0;
    const char *hash = text_of(object, member);
    if (!json_whole(cJSON_GetObjectItemCaseSensitive(object, "seq"), &seq) || seq < 1 || hash == NULL ||
        strlen(hash) != SM3_HEX_SIZE - 1 || strspn(hash, "0123456789abcdef") != SM3_HEX_SIZE - 1)
        return no_export(reading);
    return reading->anchor(reading->data, seq, hash);
}

/* One JSON document of it: its head, and each decision's hash. A line of the other framing is a decision itself. */
static enum status take_document(struct reading *reading, const cJSON *document) {
    const char *database = text_of(document, "database");
    const cJSON *ledger = cJSON_GetObjectItemCaseSensitive(document, "ledger");
    const cJSON *decisions = cJSON_GetObjectItemCaseSensitive(document, "decisions");
    enum status status = STATUS_OK;
    if (database != NULL && strcmp(database, reading->uuid) != 0)
        return err_set(reading->err, STATUS_NEGATIVE, N_("%1 is the export of another database"), reading->path, NULL);
    if (database != NULL && ledger != NULL) {
        reading->ours = true;
        status = take_anchor(reading, ledger, "head");
    }
    for (const cJSON *decision = decisions == NULL ? NULL : decisions->child; status == STATUS_OK && decision != NULL;
         decision = decision->next)
        status = take_anchor(reading, decision, "hash");
    if (status == STATUS_OK && text_of(document, "hash") != NULL)
        status = take_anchor(reading, document, "hash");
    return status;
}

/* JSON documents one after the other, white space between them. */
static enum status take_text(struct reading *reading, const char *text, size_t length) {
    enum status status = STATUS_OK;
    const char *at = text, *end = text + length;
    while (status == STATUS_OK && at < end) {
        const char *next = at;
        errno = 0;
        cJSON *document = cJSON_ParseWithLengthOpts(at, (size_t)(end - at), &next, 0);
        status = document == NULL ? no_export(reading) : take_document(reading, document);
        cJSON_Delete(document);
        for (at = next; at < end && strchr(" \t\r\n", *at) != NULL; at++)
            ;
    }
    return status == STATUS_OK && !reading->ours ? no_export(reading) : status;
}

enum status export_read(const char *path, const char *uuid, export_anchor anchor, void *data, struct err *err) {
    struct reading reading = {.path = path, .uuid = uuid, .anchor = anchor, .data = data, .err = err};
    char *text = NULL;
    size_t length = 0;
    enum status status = read_whole(path, &text, &length, err);
    if (status == STATUS_OK)
        status = take_text(&reading, text, length);
    free(text);
    return status;
}
