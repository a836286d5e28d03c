/* An SSH public key, one line of text (RFC 4253 section 6.6, RFC 5656, RFC 8709, OpenSSH's PROTOCOL.u2f). */
#ifndef STORE_PUBLIC_KEY_H
#define STORE_PUBLIC_KEY_H

#include "store/err.h"

enum {
    PUBLIC_KEY_TYPE_SIZE = 40,
    PUBLIC_KEY_BODY_SIZE = 4096,
    PUBLIC_KEY_COMMENT_SIZE = 512,
    PUBLIC_KEY_FINGERPRINT_SIZE = 64,
    RSA_BITS_MIN = 3072
};

struct public_key {
    char type[PUBLIC_KEY_TYPE_SIZE];
    char body[PUBLIC_KEY_BODY_SIZE];               /* base64 */
    char comment[PUBLIC_KEY_COMMENT_SIZE];         /* "" where there is none; printable UTF-8 */
    char fingerprint[PUBLIC_KEY_FINGERPRINT_SIZE]; /* SHA256:…, as `ssh-keygen -l` prints it */
};

/* Reads "TYPE BASE64 [COMMENT]": nothing in front, a type that is taken, a body that is whole and of that type, strong
 * enough. STATUS_BAD_DATA with the reason. */
enum status public_key_parse(const char *line, struct public_key *key, struct err *err);

/* The same from a file that holds this one line; "-" is standard input. STATUS_NO_INPUT where it cannot be read. */
enum status public_key_read(const char *path, struct public_key *key, struct err *err);

/* The key that logged in, out of the file sshd wrote for it (sshd_config: ExposeAuthInfo). The file is read only where
 * it is a small regular one of ours or root's that nobody else may write. STATUS_CONFIG where no key can be told. */
enum status public_key_of_login(const char *path, struct public_key *key, struct err *err);

/* Whether a line of root's authorized_keys gives this key exactly this command. STATUS_NOT_ALLOWED where none does;
 * STATUS_CONFIG where the file cannot be believed. */
enum status public_key_has_command(const char *path, const struct public_key *key, const char *command,
                                   struct err *err);

#endif
