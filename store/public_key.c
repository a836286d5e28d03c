#include "store/public_key.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "store/crypto.h"

static const char blanks[] = " \t";

/* What stands behind the type's name in the body, in this order. */
enum field { FIELD_END, FIELD_CURVE, FIELD_POINT, FIELD_TEXT, FIELD_NUMBER, FIELD_MODULUS };
enum { FIELDS_MAX = 4 };

static const struct kind {
    const char *name;
    bool weak; /* known, and refused */
    enum field fields[FIELDS_MAX];
    const char *curve;
    size_t point; /* its bytes */
} kinds[] = {
    {"ssh-ed25519", false, {FIELD_POINT}, NULL, 32},
    {"sk-ssh-ed25519@openssh.com", false, {FIELD_POINT, FIELD_TEXT}, NULL, 32},
    {"ecdsa-sha2-nistp256", false, {FIELD_CURVE, FIELD_POINT}, "nistp256", 65},
    {"ecdsa-sha2-nistp384", false, {FIELD_CURVE, FIELD_POINT}, "nistp384", 97},
    {"ecdsa-sha2-nistp521", false, {FIELD_CURVE, FIELD_POINT}, "nistp521", 133},
    {"sk-ecdsa-sha2-nistp256@openssh.com", false, {FIELD_CURVE, FIELD_POINT, FIELD_TEXT}, "nistp256", 65},
    {"ssh-rsa", false, {FIELD_NUMBER, FIELD_MODULUS}, NULL, 0},
    {"ssh-dss", true, {FIELD_NUMBER, FIELD_NUMBER, FIELD_NUMBER, FIELD_NUMBER}, NULL, 0},
};

static const struct kind *find_kind(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

/* What is left of the body. */
struct rest {
    const unsigned char *at;
    size_t length;
};

/* Takes the next of its strings, each with its length in four bytes before it. */
static bool take_string(struct rest *rest, struct rest *out) {
    if (rest->length < 4)
        return false;
    size_t length = (size_t)rest->at[0] << 24 | (size_t)rest->at[1] << 16 | (size_t)rest->at[2] << 8 | rest->at[3];
    if (length > rest->length - 4)
        return false;
    *out = (struct rest){rest->at + 4, length};
    rest->at += 4 + length;
    rest->length -= 4 + length;
    return true;
}

static bool is_text(const struct rest *string, const char *text) {
    return string->length == strlen(text) && memcmp(string->at, text, string->length) == 0;
}

/* Bits of a positive number: big-endian, a zero byte in front where the first bit would be its sign. 0: it is none. */
static size_t bits_of(struct rest number) {
    if (number.length == 0 || (number.at[0] & 0x80) != 0)
        return 0;
    for (; number.length > 0 && number.at[0] == 0; number.length--)
        number.at++;
    size_t bits = 8 * number.length;
    for (unsigned char mask = 0x80; number.length > 0 && (number.at[0] & mask) == 0; mask >>= 1)
        bits--;
    return bits;
}

/* Whether the body is one of this kind, whole and nothing more; *modulus_bits where it has a modulus. */
static bool is_of_kind(const struct kind *kind, struct rest body, size_t *modulus_bits) {
    struct rest string;
    if (!take_string(&body, &string) || !is_text(&string, kind->name))
        return false;
    for (size_t i = 0; i < FIELDS_MAX && kind->fields[i] != FIELD_END; i++) {
        enum field field = kind->fields[i];
        if (!take_string(&body, &string))
            return false;
        if (field == FIELD_CURVE && !is_text(&string, kind->curve))
            return false;
        if (field == FIELD_POINT && string.length != kind->point)
            return false;
        if ((field == FIELD_NUMBER || field == FIELD_MODULUS) && bits_of(string) == 0)
            return false;
        if (field == FIELD_MODULUS)
            *modulus_bits = bits_of(string);
    }
    return body.length == 0;
}

/* Decodes base64 in its one spelling; returns the bytes, 0 where it is none. */
static size_t decode(const char *text, unsigned char out[PUBLIC_KEY_BODY_SIZE]) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char again[PUBLIC_KEY_BODY_SIZE + 4];
    size_t length = strlen(text), body = strspn(text, digits), padding = length - body;
    if (length == 0 || length % 4 != 0 || padding > 2 || strspn(text + body, "=") != padding)
        return 0;
    int n = EVP_DecodeBlock(out, (const unsigned char *)text, (int)length);
    if (n < (int)padding)
        return 0;
    size_t bytes = (size_t)n - padding;
    EVP_EncodeBlock(again, out, (int)bytes);
    return strcmp((const char *)again, text) == 0 ? bytes : 0;
}

/* As OpenSSH prints it: base64 without its padding. */
static bool fingerprint(const unsigned char *body, size_t length, char out[PUBLIC_KEY_FINGERPRINT_SIZE]) {
    unsigned char digest[EVP_MAX_MD_SIZE], text[2 * EVP_MAX_MD_SIZE];
    size_t size = 0;
    OSSL_LIB_CTX *crypto = crypto_context();
    if (crypto == NULL || EVP_Q_digest(crypto, "SHA256", NULL, body, length, digest, &size) != 1)
        return false;
    EVP_EncodeBlock(text, digest, (int)size);
    snprintf(out, PUBLIC_KEY_FINGERPRINT_SIZE, "SHA256:%.*s", (int)strcspn((const char *)text, "="), text);
    return true;
}

static bool is_printable(const char *text) {
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (c == TEXT_INVALID || text_is_control(c) || text_is_bidi_control(c) || text_is_zero_width(c))
            return false;
    }
    return true;
}

/* Takes the next word into out; false where there is none or it is too long. */
static bool take_word(const char **text, char *out, size_t size) {
    *text += strspn(*text, blanks);
    size_t length = strcspn(*text, blanks);
    if (length == 0 || length >= size)
        return false;
    memcpy(out, *text, length);
    out[length] = '\0';
    *text += length;
    return true;
}

static enum status check_body(const struct kind *kind, struct public_key *key, struct err *err) {
    unsigned char body[PUBLIC_KEY_BODY_SIZE];
    size_t bits = 0, length = decode(key->body, body);
    if (kind->weak)
        return err_set(err, STATUS_BAD_DATA, N_("keys of type %1 are too weak: make one with `ssh-keygen -t ed25519`"),
                       kind->name, NULL);
    if (length == 0 || !is_of_kind(kind, (struct rest){body, length}, &bits))
        return err_set(err, STATUS_BAD_DATA, N_("the key is cut off or damaged: its text is no whole %1 key"),
                       kind->name, NULL);
    if (bits != 0 && bits < RSA_BITS_MIN)
        return err_set(err, STATUS_BAD_DATA,
                       N_("an RSA key of %1 bits is too weak, %2 are the least: make one with `ssh-keygen -t ed25519`"),
                       err_number((long long)bits).text, err_number(RSA_BITS_MIN).text, NULL);
    return fingerprint(body, length, key->fingerprint)
               ? STATUS_OK
               : err_set(err, STATUS_INTERNAL, N_("the fingerprint could not be computed"), NULL);
}

enum status public_key_parse(const char *line, struct public_key *key, struct err *err) {
    *key = (struct public_key){0};
    if (strncmp(line, "-----BEGIN", strlen("-----BEGIN")) == 0)
        return err_set(err, STATUS_BAD_DATA,
                       N_("this is not a public key of one line; a private key must never leave its owner: "
                          "give the file that ends in .pub"),
                       NULL);
    bool known = take_word(&line, key->type, sizeof key->type);
    const struct kind *kind = known ? find_kind(key->type) : NULL;
    if (kind == NULL)
        return err_set(
            err, STATUS_BAD_DATA,
            N_("the line must start with the type of a key, ssh-ed25519 for instance, and nothing before it"), NULL);
    if (!take_word(&line, key->body, sizeof key->body))
        return err_set(err, STATUS_BAD_DATA, N_("the key is cut off or damaged: its text is no whole %1 key"),
                       kind->name, NULL);
    line += strspn(line, blanks);
    size_t length = strlen(line);
    while (length > 0 && strchr(blanks, line[length - 1]) != NULL)
        length--;
    if (length >= sizeof key->comment)
        return err_set(err, STATUS_BAD_DATA, N_("the comment behind the key is too long"), NULL);
    snprintf(key->comment, sizeof key->comment, "%.*s", (int)length, line);
    if (!is_printable(key->comment))
        return err_set(err, STATUS_BAD_DATA, N_("the comment behind the key is not printable UTF-8 text"), NULL);
    return check_body(kind, key, err);
}
