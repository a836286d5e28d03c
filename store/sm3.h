/* SM3 (GB/T 32905) from libcrypto. */
#ifndef STORE_SM3_H
#define STORE_SM3_H

#include <stdbool.h>
#include <stddef.h>

enum { SM3_BYTES = 32, SM3_HEX_SIZE = 65 };

struct sm3; /* a running digest */

struct sm3 *sm3_new(void);
bool sm3_add(struct sm3 *sm3, const void *data, size_t length);
/* The digest of all that was added, and a fresh start. */
bool sm3_end(struct sm3 *sm3, unsigned char out[SM3_BYTES]);
bool sm3_end_hex(struct sm3 *sm3, char out[SM3_HEX_SIZE]);
void sm3_free(struct sm3 *sm3);

void sm3_to_hex(const unsigned char digest[SM3_BYTES], char out[SM3_HEX_SIZE]);
/* False where the text is not 64 lower-case hex digits. */
bool sm3_from_hex(const char *hex, unsigned char out[SM3_BYTES]);

#endif
