/* SM2 signatures (GB/T 32918) over files and texts, by libcrypto; the openssl command line can verify them with
 * `-sm3` and the distinguishing id 1234567812345678 (GB/T 35276). */
#ifndef STORE_SIGN_H
#define STORE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "store/err.h"

enum { SIGN_TEXT_SIZE = 160 };

struct sign_key;

/* Makes a key pair: the private key in `path` (PEM, mode 0600), the public one in `path`.pub. Neither may be there. */
enum status sign_key_new(const char *path, struct err *err);

/* Loads a private key, or with `public_only` a public one. A private key that others may read is refused. */
enum status sign_key_load(const char *path, bool public_only, struct sign_key **out, struct err *err);
void sign_key_free(struct sign_key *key);

/* Whether the signature over `path` could be written, before `path` itself is. */
enum status sign_file_possible(const char *path, bool force, struct err *err);

/* Writes the signature over `path` into `path`.sig (DER), whole or not at all; replaces one only with `force`. */
enum status sign_file(struct sign_key *key, const char *path, bool force, struct err *err);

/* Base64url of the signature over a text, without padding. */
enum status sign_text(struct sign_key *key, const char *text, char out[SIGN_TEXT_SIZE], struct err *err);

/* Whether this is the key's signature over the text: STATUS_OK, or STATUS_NEGATIVE, for which *err is not filled; any
 * other where it could not be found out. */
enum status sign_text_check(struct sign_key *key, const char *text, const char *signature, struct err *err);

#endif
