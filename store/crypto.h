/* libcrypto as this program uses it. */
#ifndef STORE_CRYPTO_H
#define STORE_CRYPTO_H

#include <openssl/evp.h>

/* The context everything is looked up in, made at first use and kept; NULL: there is no memory for it. libcrypto's own
 * default one must not be used: where memory runs out while that is made, OpenSSL 3.0 crashes. It also reads no
 * configuration, which the sandbox would not let it read either. */
OSSL_LIB_CTX *crypto_context(void);

/* An algorithm of that context; NULL: no memory. Free it with EVP_MD_free(). */
EVP_MD *crypto_digest(const char *name);

#endif
