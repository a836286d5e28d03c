#include "store/sm3.h"

#include <stdlib.h>
#include <string.h>

#include "store/crypto.h"

struct sm3 {
    EVP_MD_CTX *context;
};

/* Looked up once a process: that costs more than hashing a page of text. */
static const EVP_MD *algorithm(void) {
    static EVP_MD *found;
    if (found == NULL)
        found = crypto_digest("SM3");
    return found;
}

struct sm3 *sm3_new(void) {
    struct sm3 *sm3 = calloc(1, sizeof *sm3);
    if (sm3 == NULL)
        return NULL;
    sm3->context = algorithm() == NULL ? NULL : EVP_MD_CTX_new();
    if (sm3->context == NULL || EVP_DigestInit_ex2(sm3->context, algorithm(), NULL) != 1) {
        sm3_free(sm3);
        return NULL;
    }
    return sm3;
}

bool sm3_add(struct sm3 *sm3, const void *data, size_t length) {
    return EVP_DigestUpdate(sm3->context, data, length) == 1;
}

bool sm3_end(struct sm3 *sm3, unsigned char out[SM3_BYTES]) {
    unsigned length = 0;
    return EVP_DigestFinal_ex(sm3->context, out, &length) == 1 && length == SM3_BYTES &&
           EVP_DigestInit_ex2(sm3->context, algorithm(), NULL) == 1;
}

void sm3_free(struct sm3 *sm3) {
    if (sm3 == NULL)
        return;
    EVP_MD_CTX_free(sm3->context);
    free(sm3);
}

static const char hex_digits[] = "0123456789abcdef";

void sm3_to_hex(const unsigned char digest[SM3_BYTES], char out[SM3_HEX_SIZE]) {
    for (size_t i = 0; i < SM3_BYTES; i++) {
        out[2 * i] = hex_digits[digest[i] >> 4];
        out[2 * i + 1] = hex_digits[digest[i] & 0xF];
    }
    out[SM3_HEX_SIZE - 1] = '\0';
}

static int hex_value(char c) {
    const char *found = c == '\0' ? NULL : strchr(hex_digits, c);
    return found == NULL ? -1 : (int)(found - hex_digits);
}

bool sm3_from_hex(const char *hex, unsigned char out[SM3_BYTES]) {
    if (strlen(hex) != SM3_HEX_SIZE - 1)
        return false;
    for (size_t i = 0; i < SM3_BYTES; i++) {
        int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

bool sm3_end_hex(struct sm3 *sm3, char out[SM3_HEX_SIZE]) {
    unsigned char digest[SM3_BYTES];
    bool good = sm3_end(sm3, digest);
    if (good)
        sm3_to_hex(digest, out);
    return good;
}
