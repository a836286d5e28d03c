/* Bodies of SSH keys made by hand: each part is what its type says, whole and nothing more, or it is no key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "store/public_key.h"

enum { BODY_SIZE = 1024 };

struct body {
    unsigned char bytes[BODY_SIZE];
    size_t used;
};

static void put(struct body *body, const void *part, size_t length) {
    const unsigned char head[] = {0, 0, (unsigned char)(length >> 8), (unsigned char)length};
    memcpy(body->bytes + body->used, head, sizeof head);
    memcpy(body->bytes + body->used + sizeof head, part, length);
    body->used += sizeof head + length;
}

static void put_filled(struct body *body, unsigned char first, size_t length) {
    unsigned char part[BODY_SIZE] = {0};
    memset(part, 0x55, sizeof part);
    part[0] = first;
    put(body, part, length);
}

static void put_text(struct body *body, const char *text) {
    put(body, text, strlen(text));
}

static enum status parse(const char *type, const struct body *body) {
    char text[2 * BODY_SIZE], line[3 * BODY_SIZE];
    struct public_key key;
    struct err err = {0};
    EVP_EncodeBlock((unsigned char *)text, body->bytes, (int)body->used);
    snprintf(line, sizeof line, "%s %s comment", type, text);
    return public_key_parse(line, &key, &err);
}

enum { RSA_BYTES = RSA_BITS_MIN / 8 };

/* An RSA key; the modulus begins with `first`, behind a zero byte where its first bit would be its sign. */
static enum status rsa(const void *exponent, size_t exponent_length, unsigned char first, size_t length, bool zero) {
    struct body body = {.used = 0};
    unsigned char modulus[BODY_SIZE] = {0};
    memset(modulus, 0x55, sizeof modulus);
    modulus[0] = zero ? 0 : first;
    modulus[1] = zero ? first : 0x55;
    put_text(&body, "ssh-rsa");
    put(&body, exponent, exponent_length);
    put(&body, modulus, length);
    return parse("ssh-rsa", &body);
}

static void a_modulus_is_a_positive_number_of_enough_bits(void **state) {
    (void)state;
    assert_int_equal(rsa("\1\0\1", 3, 0x80, RSA_BYTES + 1, true), STATUS_OK);
    assert_int_equal(rsa("\1\0\1", 3, 0x7F, RSA_BYTES, false), STATUS_BAD_DATA);      /* a bit short */
    assert_int_equal(rsa("\1\0\1", 3, 0x80, RSA_BYTES, false), STATUS_BAD_DATA);      /* negative */
    assert_int_equal(rsa("\1\0\1", 3, 0x7F, RSA_BYTES + 1, true), STATUS_BAD_DATA);   /* a bit short behind its zero */
    assert_int_equal(rsa("\0\0\0", 3, 0x80, RSA_BYTES + 1, true), STATUS_BAD_DATA);   /* an exponent of 0 */
    assert_int_equal(rsa("", 0, 0x80, RSA_BYTES + 1, true), STATUS_BAD_DATA);         /* none */
    assert_int_equal(rsa("\x81\0\1", 3, 0x80, RSA_BYTES + 1, true), STATUS_BAD_DATA); /* a negative one */
    assert_int_equal(rsa("\1\0\1", 3, 0, 0, false), STATUS_BAD_DATA);                 /* no modulus */
}

static void a_point_is_of_its_length_on_its_curve(void **state) {
    (void)state;
    static const struct {
        const char *type, *name, *curve;
        size_t point;
        bool good;
    } table[] = {
        {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "nistp256", 65, true},
        {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "nistp384", 65, false},
        {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "nistp2566", 65, false},
        {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "nistp256", 64, false},
        {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "nistp256", 65, false},
        {"ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521", "nistp521", 133, true},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct body body = {.used = 0};
        put_text(&body, table[i].name);
        put_text(&body, table[i].curve);
        put_filled(&body, 4, table[i].point);
        assert_int_equal(parse(table[i].type, &body), table[i].good ? STATUS_OK : STATUS_BAD_DATA);
    }
}

static void a_body_is_whole_and_nothing_more(void **state) {
    (void)state;
    struct body body = {.used = 0};
    put_text(&body, "ssh-ed25519");
    put_filled(&body, 1, 32);
    assert_int_equal(parse("ssh-ed25519", &body), STATUS_OK);
    for (size_t cut = 1; cut < body.used; cut++) {
        struct body less = body;
        less.used = cut;
        assert_int_equal(parse("ssh-ed25519", &less), STATUS_BAD_DATA);
    }
    put_text(&body, "");
    assert_int_equal(parse("ssh-ed25519", &body), STATUS_BAD_DATA);
    struct body none = {.used = 0};
    assert_int_equal(parse("ssh-ed25519", &none), STATUS_BAD_DATA);
}

static void base64_has_one_spelling(void **state) {
    (void)state;
    static const char whole[] = "AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    static const char *const last[] = {"", "g=", "==", "g====", "=", "g\\", "*", "g g", "ga", "gaa"};
    struct public_key key;
    struct err err = {0};
    char line[256];
    snprintf(line, sizeof line, "ssh-ed25519 %sg \t", whole);
    assert_int_equal(public_key_parse(line, &key, &err), STATUS_OK);
    assert_string_equal(key.comment, "");
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
        snprintf(line, sizeof line, "ssh-ed25519 %s%s", whole, last[i]);
        if ((public_key_parse(line, &key, &err) == STATUS_BAD_DATA) == (strcmp(last[i], "g g") == 0))
            fail_msg("%s", line);
    }
    assert_int_equal(public_key_parse("ssh-ed25519 AB==", &key, &err), STATUS_BAD_DATA); /* bits left over */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_modulus_is_a_positive_number_of_enough_bits),
        cmocka_unit_test(a_point_is_of_its_length_on_its_curve),
        cmocka_unit_test(a_body_is_whole_and_nothing_more),
        cmocka_unit_test(base64_has_one_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
