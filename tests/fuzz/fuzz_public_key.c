/* Public keys: the line a person hands over, what sshd says of a login, authorized_keys. store/public_key.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "store/public_key.h"
#include "tests/fuzz/fuzz.h"

static const char mine[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGWfNDwp15KZpkSY0RDqZkVGg7Dd6KLzrAcYb2AcV3vi";
static const char command[] = "yijian session --reviewer li.hua";

/* A key that is taken is whole: written as one line again it is the same key. */
static void check_key(const struct public_key *key) {
    static char line[sizeof(struct public_key)];
    static struct public_key again;
    struct err err;
    size_t used;
    FUZZ_MUST(strncmp(key->fingerprint, "SHA256:", 7) == 0 && strlen(key->fingerprint) == 50);
    FUZZ_MUST(strpbrk(key->type, " \t") == NULL && strpbrk(key->body, " \t") == NULL);
    for (size_t at = 0, length = strlen(key->comment); at < length; at += used) {
        uint32_t c = text_decode(key->comment + at, length - at, &used);
        FUZZ_MUST(c != TEXT_INVALID && !text_is_control(c) && !text_is_bidi_control(c) && !text_is_zero_width(c));
    }
    snprintf(line, sizeof line, "%s %s %s", key->type, key->body, key->comment);
    FUZZ_MUST(public_key_parse(line, &again, &err) == STATUS_OK);
    FUZZ_MUST(strcmp(again.type, key->type) == 0 && strcmp(again.body, key->body) == 0 &&
              strcmp(again.comment, key->comment) == 0 && strcmp(again.fingerprint, key->fingerprint) == 0);
}

static void check_line(const uint8_t *data, size_t size) {
    static struct public_key key, read;
    struct err err = {0};
    char *line = fuzz_text(data, size);
    enum status status = public_key_parse(line, &key, &err);
    if (status == STATUS_OK)
        check_key(&key);
    else
        FUZZ_MUST(status == STATUS_BAD_DATA && err.message != NULL);
    if (public_key_read(fuzz_file(data, size), &read, &err) == STATUS_OK) {
        FUZZ_MUST(strlen(line) == size && strpbrk(read.comment, "\r\n") == NULL);
        check_key(&read);
    }
    free(line);
}

/* The file must really have a line with the key and the command in it; whoever else's line it is does not count. */
static void check_authorized(const uint8_t *data, size_t size) {
    static struct public_key key;
    struct err err = {0};
    FUZZ_MUST(public_key_parse(mine, &key, &err) == STATUS_OK);
    enum status status = public_key_has_command(fuzz_file(data, size), &key, command, &err);
    char *text = fuzz_text(data, size), *rest = text, *line;
    bool could = false;
    while ((line = strsep(&rest, "\n")) != NULL) {
        const char *body = strstr(line, key.body), *at = strstr(line, command);
        could = could || (line[0] != '#' && body != NULL && at != NULL && at < body);
    }
    FUZZ_MUST(status == STATUS_OK || status == STATUS_NOT_ALLOWED);
    FUZZ_MUST(status != STATUS_OK || could);
    free(text);
}

/* A line of ours opens the door wherever it stands. */
static void check_found(const uint8_t *data, size_t size) {
    static struct public_key key;
    struct err err = {0};
    char *before = fuzz_text(data, size), *text = malloc(size + 512);
    FUZZ_MUST(text != NULL && public_key_parse(mine, &key, &err) == STATUS_OK);
    int n = sprintf(text, "%s\nrestrict,pty,command=\"%s\" %s li.hua\n", before, command, mine);
    const char *path = fuzz_file((const uint8_t *)text, (size_t)n);
    FUZZ_MUST(public_key_has_command(path, &key, command, &err) == STATUS_OK);
    free(text);
    free(before);
}

static void check_login(const uint8_t *data, size_t size) {
    static struct public_key key;
    struct err err = {0};
    enum status status = public_key_of_login(fuzz_file(data, size), &key, &err);
    if (status == STATUS_OK)
        check_key(&key);
    else
        FUZZ_MUST(status == STATUS_CONFIG);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    check_line(data, size);
    check_authorized(data, size);
    check_found(data, size);
    check_login(data, size);
    return 0;
}
