/* An earlier export that the ledger is held against: store/export_read.h. */
#include <stdlib.h>
#include <string.h>

#include "store/export_read.h"
#include "store/json_write.h"
#include "tests/fuzz/fuzz.h"

static const char uuid[] = "5f0c3a52-6a5e-4d0b-9c53-2f6f1f1f6a10";

enum { ANCHORS_MAX = 4096 };

/* The events an export vouches for. */
struct anchors {
    size_t count;
    struct {
        int64_t seq;
        char hash[65];
    } list[ANCHORS_MAX];
};

static enum status take(void *data, int64_t seq, const char *hash) {
    struct anchors *anchors = data;
    FUZZ_MUST(seq >= 1 && strlen(hash) == 64 && strspn(hash, "0123456789abcdef") == 64);
    if (anchors->count == ANCHORS_MAX)
        return STATUS_PARTLY;
    anchors->list[anchors->count].seq = seq;
    memcpy(anchors->list[anchors->count++].hash, hash, 65);
    return STATUS_OK;
}

static void write_anchor(struct json *json, const char *name, const char *member, const struct anchors *anchors,
                         size_t i) {
    json_object(json, name);
    json_text(json, member, anchors->list[i].hash);
    json_integer(json, "seq", anchors->list[i].seq);
    json_object_end(json);
}

/* An export made of these events vouches for just these. */
static void check_again(const struct anchors *anchors) {
    static struct anchors again;
    struct json json = {0};
    struct err err = {0};
    json_object(&json, NULL);
    json_text(&json, "database", uuid);
    write_anchor(&json, "ledger", "head", anchors, 0);
    json_array(&json, "decisions");
    for (size_t i = 1; i < anchors->count; i++)
        write_anchor(&json, NULL, "hash", anchors, i);
    json_array_end(&json);
    json_object_end(&json);
    again.count = 0;
    const char *path = fuzz_file((const uint8_t *)json.data, json.used);
    FUZZ_MUST(export_read(path, uuid, take, &again, &err) == STATUS_OK && again.count == anchors->count);
    for (size_t i = 0; i < again.count; i++)
        FUZZ_MUST(again.list[i].seq == anchors->list[i].seq && strcmp(again.list[i].hash, anchors->list[i].hash) == 0);
    FUZZ_MUST(export_read(path, "another", take, &again, &err) == STATUS_NEGATIVE);
    json_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct anchors anchors;
    struct err err = {0};
    anchors.count = 0;
    enum status status = export_read(fuzz_file(data, size), uuid, take, &anchors, &err);
    if (status == STATUS_OK) {
        FUZZ_MUST(anchors.count > 0); /* a file that vouches for nothing is no export */
        check_again(&anchors);
    } else if (status != STATUS_PARTLY) {
        FUZZ_MUST((status == STATUS_BAD_DATA || status == STATUS_NEGATIVE) && err.message != NULL);
    }
    return 0;
}
