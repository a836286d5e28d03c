#include "store/sign.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/crypto.h"
#include "store/outfile.h"

#define SM2_ID "1234567812345678"
enum { SIGNATURE_MAX = 128, CHUNK = 65536 };

struct sign_key {
    EVP_PKEY *key;
};

static enum status crypto_failed(struct err *err) {
    return err_set(err, STATUS_INTERNAL, N_("libcrypto failed; nothing was signed or written"), NULL);
}

/* The PEM of one half of the pair, put into a new file. */
static enum status write_pem(EVP_PKEY *key, const char *path, bool private_half, struct err *err) {
    BIO *memory = BIO_new(BIO_s_mem());
    char *data = NULL;
    struct outfile file = {.fd = -1};
    bool good = memory != NULL && (private_half ? PEM_write_bio_PrivateKey(memory, key, NULL, NULL, 0, NULL, NULL)
                                                : PEM_write_bio_PUBKEY(memory, key)) == 1;
    long length = good ? BIO_get_mem_data(memory, &data) : 0;
    enum status status = good ? outfile_open(&file, path, -1, false, err) : crypto_failed(err);
    if (status == STATUS_OK && private_half && fchmod(file.fd, 0600) != 0)
        status = err_set(err, STATUS_IO, N_("cannot write %1: %2"), path, strerror(errno), NULL);
    if (status == STATUS_OK)
        status = outfile_write(&file, data, (size_t)length, err);
    if (status == STATUS_OK)
        status = outfile_commit(&file, err);
    outfile_abandon(&file);
    BIO_free(memory);
    return status;
}

enum status sign_key_new(const char *path, struct err *err) {
    char public_path[PATH_MAX];
    int n = snprintf(public_path, sizeof public_path, "%s.pub", path);
    if (n < 0 || n >= (int)sizeof public_path)
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), path, strerror(ENAMETOOLONG), NULL);
    OSSL_LIB_CTX *crypto = crypto_context();
    EVP_PKEY *key = crypto == NULL ? NULL : EVP_PKEY_Q_keygen(crypto, NULL, "SM2");
    enum status status = key == NULL ? crypto_failed(err) : write_pem(key, path, true, err);
    if (status == STATUS_OK)
        if ((status = write_pem(key, public_path, false, err)) != STATUS_OK)
            unlink(path); /* ours, a moment old: no half of a pair is left */
    EVP_PKEY_free(key);
    return status;
}

static enum status check_private(FILE *file, const char *path, struct err *err) {
    struct stat info;
    if (fstat(fileno(file), &info) != 0 || !S_ISREG(info.st_mode))
        return err_set(err, STATUS_NO_INPUT, N_("%1 is not a regular file"), path, NULL);
    if ((info.st_mode & 077) != 0)
        return err_set(err, STATUS_CONFIG, N_("others may read the private key %1: chmod 600 it first"), path, NULL);
    return STATUS_OK;
}

static enum status read_key(FILE *file, const char *path, bool public_only, struct sign_key *key, struct err *err) {
    enum status status = public_only ? STATUS_OK : check_private(file, path, err);
    if (status != STATUS_OK)
        return status;
    OSSL_LIB_CTX *crypto = crypto_context();
    if (crypto == NULL)
        return crypto_failed(err);
    errno = 0;
    key->key = public_only ? PEM_read_PUBKEY_ex(file, NULL, NULL, NULL, crypto, NULL)
                           : PEM_read_PrivateKey_ex(file, NULL, NULL, "", crypto, NULL);
    return key->key != NULL && EVP_PKEY_is_a(key->key, "SM2")
               ? STATUS_OK
               : err_of_data(err, STATUS_BAD_DATA, N_("%1 holds no SM2 key"), path, NULL);
}

enum status sign_key_load(const char *path, bool public_only, struct sign_key **out, struct err *err) {
    FILE *file = fopen(path, "re");
    struct sign_key *loaded = calloc(1, sizeof *loaded);
    enum status status = file == NULL || loaded == NULL
                             ? err_set(err, STATUS_NO_INPUT, N_("cannot open %1: %2"), path, strerror(errno), NULL)
                             : read_key(file, path, public_only, loaded, err);
    if (file != NULL)
        fclose(file);
    if (status != STATUS_OK) {
        sign_key_free(loaded);
        return status;
    }
    *out = loaded;
    return STATUS_OK;
}

void sign_key_free(struct sign_key *key) {
    if (key == NULL)
        return;
    EVP_PKEY_free(key->key);
    free(key);
}

/* A context for signing, or verifying, with SM3 and the usual id. */
static EVP_MD_CTX *context_new(struct sign_key *key, bool verify) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *parameters = EVP_PKEY_CTX_new_from_pkey(crypto_context(), key->key, NULL);
    bool good = context != NULL && parameters != NULL;
    if (good) {
        EVP_MD_CTX_set_pkey_ctx(context, parameters);
        good = EVP_PKEY_CTX_set1_id(parameters, SM2_ID, strlen(SM2_ID)) > 0 &&
               (verify ? EVP_DigestVerifyInit_ex(context, NULL, "SM3", crypto_context(), NULL, key->key, NULL)
                       : EVP_DigestSignInit_ex(context, NULL, "SM3", crypto_context(), NULL, key->key, NULL)) == 1;
    }
    if (good)
        return context;
    EVP_MD_CTX_free(context);
    EVP_PKEY_CTX_free(parameters);
    return NULL;
}

static void context_free(EVP_MD_CTX *context) {
    EVP_PKEY_CTX *parameters = context == NULL ? NULL : EVP_MD_CTX_get_pkey_ctx(context);
    EVP_MD_CTX_free(context);
    EVP_PKEY_CTX_free(parameters);
}

static enum status sign_stream(EVP_MD_CTX *context, const char *path, unsigned char *signature, size_t *length,
                               struct err *err) {
    char chunk[CHUNK];
    FILE *file = fopen(path, "re");
    bool read = file != NULL, summed = true;
    while (read && summed && !feof(file)) {
        size_t n = fread(chunk, 1, sizeof chunk, file);
        read = !ferror(file);
        summed = EVP_DigestSignUpdate(context, chunk, n) == 1;
    }
    const char *why = strerror(errno);
    if (file != NULL)
        fclose(file);
    if (!read)
        return err_set(err, STATUS_NO_INPUT, N_("%1 cannot be read: %2"), path, why, NULL);
    return summed && EVP_DigestSignFinal(context, signature, length) == 1 ? STATUS_OK : crypto_failed(err);
}

/* Begins the file of the signature over `path`. */
static enum status open_signature(struct outfile *file, const char *path, bool force, struct err *err) {
    char signature_path[PATH_MAX];
    int n = snprintf(signature_path, sizeof signature_path, "%s.sig", path);
    if (n < 0 || n >= (int)sizeof signature_path)
        return err_set(err, STATUS_CANNOT_CREATE, N_("cannot make %1: %2"), path, strerror(ENAMETOOLONG), NULL);
    return outfile_open(file, signature_path, -1, force, err);
}

enum status sign_file_possible(const char *path, bool force, struct err *err) {
    struct outfile file = {.fd = -1};
    enum status status = open_signature(&file, path, force, err);
    outfile_abandon(&file);
    return status;
}

enum status sign_file(struct sign_key *key, const char *path, bool force, struct err *err) {
    unsigned char signature[SIGNATURE_MAX];
    size_t length = sizeof signature;
    struct outfile file = {.fd = -1};
    EVP_MD_CTX *context = context_new(key, false);
    enum status status = context == NULL ? crypto_failed(err) : sign_stream(context, path, signature, &length, err);
    context_free(context);
    if (status == STATUS_OK)
        status = open_signature(&file, path, force, err);
    if (status == STATUS_OK)
        status = outfile_write(&file, (const char *)signature, length, err);
    if (status == STATUS_OK)
        status = outfile_commit(&file, err);
    outfile_abandon(&file);
    return status;
}

static void swap_alphabet(char *text, const char from[3], const char to[3]) {
    for (; *text != '\0'; text++)
        for (size_t i = 0; i < 2; i++)
            if (*text == from[i]) {
                *text = to[i];
                break;
            }
}

/* RFC 4648 5, no padding: what may stand in a QR text without a thought. */
static void to_base64url(const unsigned char *data, size_t length, char out[SIGN_TEXT_SIZE]) {
    int n = EVP_EncodeBlock((unsigned char *)out, data, (int)length);
    while (n > 0 && out[n - 1] == '=')
        out[--n] = '\0';
    swap_alphabet(out, "+/", "-_");
}

static size_t from_base64url(const char *text, unsigned char out[SIGN_TEXT_SIZE]) {
    char padded[SIGN_TEXT_SIZE + 4];
    size_t length = strlen(text), extra = (4 - length % 4) % 4;
    if (length == 0 || length + extra >= SIGN_TEXT_SIZE)
        return 0;
    snprintf(padded, sizeof padded, "%s%.*s", text, (int)extra, "===");
    swap_alphabet(padded, "-_", "+/");
    int n = EVP_DecodeBlock(out, (const unsigned char *)padded, (int)(length + extra));
    return n < (int)extra ? 0 : (size_t)n - extra;
}

enum status sign_text(struct sign_key *key, const char *text, char out[SIGN_TEXT_SIZE], struct err *err) {
    unsigned char signature[SIGNATURE_MAX];
    size_t length = sizeof signature;
    EVP_MD_CTX *context = context_new(key, false);
    bool good =
        context != NULL && EVP_DigestSign(context, signature, &length, (const unsigned char *)text, strlen(text)) == 1;
    context_free(context);
    if (!good)
        return crypto_failed(err);
    to_base64url(signature, length, out);
    return STATUS_OK;
}

enum status sign_text_check(struct sign_key *key, const char *text, const char *signature, struct err *err) {
    unsigned char bytes[SIGN_TEXT_SIZE];
    char again[SIGN_TEXT_SIZE] = "";
    size_t length = from_base64url(signature, bytes);
    if (length > 0)
        to_base64url(bytes, length, again);
    /* The one spelling that we write: a stray character behind it is no signature of ours. */
    if (length == 0 || strcmp(again, signature) != 0)
        return STATUS_NEGATIVE;
    EVP_MD_CTX *context = context_new(key, true);
    if (context == NULL)
        return crypto_failed(err);
    errno = 0;
    int answer = EVP_DigestVerify(context, bytes, length, (const unsigned char *)text, strlen(text));
    bool failed = answer != 1 && errno == ENOMEM;
    context_free(context);
    if (failed)
        return crypto_failed(err);
    return answer == 1 ? STATUS_OK : STATUS_NEGATIVE;
}
