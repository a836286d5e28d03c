#include "store/crypto.h"

#include <stddef.h>

OSSL_LIB_CTX *crypto_context(void) {
    static OSSL_LIB_CTX *kept;
    if (kept == NULL)
        kept = OSSL_LIB_CTX_new();
    return kept;
}

EVP_MD *crypto_digest(const char *name) {
    OSSL_LIB_CTX *context = crypto_context();
    return context == NULL ? NULL : EVP_MD_fetch(context, name, NULL);
}
