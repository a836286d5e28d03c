/* Lets a chosen call fail under a test (LD_PRELOAD) that the program itself makes of the C library, of libcrypto, of
 * SQLite, cJSON or libqrencode. What these call of each other is not counted: a call answers as it does where whatever
 * is below it gave up.
 *
 * CALL_COUNT names a file of eight-byte numbers: the first counts the calls as they go; into those behind it goes by
 * which way of calls each was come by, as a digest. CALL_FAIL=K: the K-th fails, from 1, and says so. */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <glob.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <poll.h>
#include <pwd.h>
#include <qrencode.h>
#include <seccomp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <sys/vfs.h>
#include <time.h>

#include "tests/guard/preload.h"

static struct preload_count calls;
static struct preload_code program;

static int find_program(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size;
    (void)unused;
    program = preload_code(info);
    return 1; /* the first is the program */
}

__attribute__((constructor)) static void start(void) {
    preload_way(); /* loads what it needs before the sandbox is entered */
    dl_iterate_phdr(find_program, NULL);
    calls = preload_count("CALL_COUNT", "CALL_FAIL");
}

/* What is done behind the end is not the program any more: a build that counts its branches writes them there. */
static void end(void) {
    calls.numbers = NULL;
}

static bool fails(const void *caller, const char *function, int error) {
    if (calls.numbers == NULL || !preload_is_in(&program, caller))
        return false;
    int64_t number = ++*calls.numbers;
    if (number == 1)
        atexit(end); /* not at the start: what is asked for first comes last, behind the counts */
    if (number <= calls.room)
        calls.numbers[number] = preload_way();
    if (number != calls.failing)
        return false;
    dprintf(STDERR_FILENO, "%s at 0x%jx fails\n", function, (uintmax_t)((uintptr_t)caller - program.base));
    errno = error;
    return true;
}

/* A call that does nothing and says so. */
#define FAILING(type, function, parameters, arguments, failure, error)                                                 \
    type function parameters {                                                                                         \
        static type(*below) parameters;                                                                                \
        preload_find(&below, #function);                                                                               \
        return fails(__builtin_return_address(0), #function, error) ? (failure) : below arguments;                     \
    }

/* One that says that it failed although what it was given is gone. */
#define FAILING_AFTER(function, parameters, arguments, error)                                                          \
    int function parameters {                                                                                          \
        static int(*below) parameters;                                                                                 \
        preload_find(&below, #function);                                                                               \
        int result = below arguments;                                                                                  \
        return fails(__builtin_return_address(0), #function, error) ? -1 : result;                                     \
    }

FAILING_AFTER(close, (int fd), (fd), EIO)
FAILING_AFTER(fclose, (FILE * file), (file), EIO)

FAILING(int, access, (const char *path, int mode), (path, mode), -1, EIO)
FAILING(int, adjtimex, (struct timex * clock), (clock), -1, EPERM)
FAILING(int, dup2, (int from, int to), (from, to), -1, EBUSY)
FAILING(int, faccessat, (int at, const char *path, int mode, int flags), (at, path, mode, flags), -1, EIO)
FAILING(int, fchmod, (int fd, mode_t mode), (fd, mode), -1, EPERM)
FAILING(int, fchown, (int fd, uid_t user, gid_t group), (fd, user, group), -1, EPERM)
FAILING(int, flock, (int fd, int how), (fd, how), -1, ENOLCK)
FAILING(int, fstat, (int fd, struct stat *info), (fd, info), -1, EIO)
FAILING(int, fstatat, (int at, const char *path, struct stat *info, int flags), (at, path, info, flags), -1, EIO)
FAILING(int, fsync, (int fd), (fd), -1, EIO)
FAILING(int, glob, (const char *pattern, int flags, int (*fault)(const char *, int), glob_t *found),
        (pattern, flags, fault, found), GLOB_NOSPACE, ENOMEM)
FAILING(int, lstat, (const char *path, struct stat *info), (path, info), -1, EIO)
FAILING(int, memfd_create, (const char *name, unsigned flags), (name, flags), -1, ENFILE)
FAILING(int, mkdir, (const char *path, mode_t mode), (path, mode), -1, ENOSPC)
FAILING(int, pipe, (int ends[2]), (ends), -1, EMFILE)
FAILING(int, poll, (struct pollfd * fds, nfds_t count, int limit), (fds, count, limit), -1, ENOMEM)
FAILING(int, rename, (const char *from, const char *to), (from, to), -1, EIO)
FAILING(int, renameat2, (int old, const char *from, int new, const char *to, unsigned flags),
        (old, from, new, to, flags), -1, EIO)
FAILING(int, scandir,
        (const char *path, struct dirent ***found, int (*chosen)(const struct dirent *),
         int (*order)(const struct dirent **, const struct dirent **)),
        (path, found, chosen, order), -1, EIO)
FAILING(int, stat, (const char *path, struct stat *info), (path, info), -1, EIO)
FAILING(int, statfs, (const char *path, struct statfs *info), (path, info), -1, EIO)
FAILING(int, statvfs, (const char *path, struct statvfs *info), (path, info), -1, EIO)
FAILING(int, timer_create, (clockid_t clock, struct sigevent *event, timer_t *timer), (clock, event, timer), -1, EAGAIN)
FAILING(int, timer_settime, (timer_t timer, int flags, const struct itimerspec *new, struct itimerspec *old),
        (timer, flags, new, old), -1, EINVAL)
FAILING(int, unlink, (const char *path), (path), -1, EIO)
FAILING(int, unlinkat, (int at, const char *path, int flags), (at, path, flags), -1, EIO)
FAILING(off_t, lseek, (int fd, off_t to, int from), (fd, to, from), -1, EIO)
FAILING(pid_t, fork, (void), (), -1, EAGAIN)
FAILING(pid_t, getpgid, (pid_t pid), (pid), -1, EPERM)
FAILING(ssize_t, getrandom, (void *out, size_t size, unsigned flags), (out, size, flags), -1, EINTR)
FAILING(ssize_t, pread, (int fd, void *out, size_t size, off_t at), (fd, out, size, at), -1, EIO)
FAILING(ssize_t, pwrite, (int fd, const void *text, size_t size, off_t at), (fd, text, size, at), -1, ENOSPC)
FAILING(ssize_t, read, (int fd, void *out, size_t size), (fd, out, size), -1, EIO)
FAILING(ssize_t, readlink, (const char *path, char *out, size_t size), (path, out, size), -1, EIO)
FAILING(ssize_t, write, (int fd, const void *text, size_t size), (fd, text, size), -1, ENOSPC)

FAILING(DIR *, fdopendir, (int fd), (fd), NULL, ENOMEM)
FAILING(DIR *, opendir, (const char *path), (path), NULL, EIO)
FAILING(FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL, EIO)
FAILING(FILE *, open_memstream, (char **text, size_t *size), (text, size), NULL, ENOMEM)
FAILING(char *, getcwd, (char *out, size_t size), (out, size), NULL, ENOENT)
FAILING(char *, strdup, (const char *text), (text), NULL, ENOMEM)
FAILING(char *, strndup, (const char *text, size_t size), (text, size), NULL, ENOMEM)
FAILING(struct dirent *, readdir, (DIR * folder), (folder), NULL, EIO)
FAILING(struct passwd *, getpwnam, (const char *name), (name), NULL, EIO)
FAILING(struct passwd *, getpwuid, (uid_t user), (user), NULL, EIO)
FAILING(void *, calloc, (size_t count, size_t size), (count, size), NULL, ENOMEM)
FAILING(void *, malloc, (size_t size), (size), NULL, ENOMEM)
FAILING(void *, realloc, (void *memory, size_t size), (memory, size), NULL, ENOMEM)

FAILING(BIO *, BIO_new, (const BIO_METHOD *kind), (kind), NULL, ENOMEM)
FAILING(EVP_MD *, EVP_MD_fetch, (OSSL_LIB_CTX * context, const char *name, const char *wanted), (context, name, wanted),
        NULL, ENOMEM)
FAILING(EVP_MD_CTX *, EVP_MD_CTX_new, (void), (), NULL, ENOMEM)
FAILING(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_from_pkey, (OSSL_LIB_CTX * context, EVP_PKEY *key, const char *wanted),
        (context, key, wanted), NULL, ENOMEM)
FAILING(EVP_PKEY *, PEM_read_PUBKEY_ex,
        (FILE * file, EVP_PKEY **key, pem_password_cb *ask, void *data, OSSL_LIB_CTX *context, const char *wanted),
        (file, key, ask, data, context, wanted), NULL, ENOMEM)
FAILING(EVP_PKEY *, PEM_read_PrivateKey_ex,
        (FILE * file, EVP_PKEY **key, pem_password_cb *ask, void *data, OSSL_LIB_CTX *context, const char *wanted),
        (file, key, ask, data, context, wanted), NULL, ENOMEM)
FAILING(OSSL_LIB_CTX *, OSSL_LIB_CTX_new, (void), (), NULL, ENOMEM)
FAILING(int, EVP_DigestFinal_ex, (EVP_MD_CTX * sum, unsigned char *out, unsigned *size), (sum, out, size), 0, ENOMEM)
FAILING(int, EVP_DigestInit_ex2, (EVP_MD_CTX * sum, const EVP_MD *kind, const OSSL_PARAM *more), (sum, kind, more), 0,
        ENOMEM)
FAILING(int, EVP_DigestSign,
        (EVP_MD_CTX * sum, unsigned char *out, size_t *size, const unsigned char *text, size_t length),
        (sum, out, size, text, length), 0, ENOMEM)
FAILING(int, EVP_DigestSignFinal, (EVP_MD_CTX * sum, unsigned char *out, size_t *size), (sum, out, size), 0, ENOMEM)
FAILING(int, EVP_DigestSignInit_ex,
        (EVP_MD_CTX * sum, EVP_PKEY_CTX **out, const char *kind, OSSL_LIB_CTX *context, const char *wanted,
         EVP_PKEY *key, const OSSL_PARAM *more),
        (sum, out, kind, context, wanted, key, more), 0, ENOMEM)
FAILING(int, EVP_DigestSignUpdate, (EVP_MD_CTX * sum, const void *text, size_t size), (sum, text, size), 0, ENOMEM)
FAILING(int, EVP_DigestUpdate, (EVP_MD_CTX * sum, const void *text, size_t size), (sum, text, size), 0, ENOMEM)
FAILING(int, EVP_DigestVerify,
        (EVP_MD_CTX * sum, const unsigned char *signature, size_t size, const unsigned char *text, size_t length),
        (sum, signature, size, text, length), 0, ENOMEM)
FAILING(int, EVP_DigestVerifyInit_ex,
        (EVP_MD_CTX * sum, EVP_PKEY_CTX **out, const char *kind, OSSL_LIB_CTX *context, const char *wanted,
         EVP_PKEY *key, const OSSL_PARAM *more),
        (sum, out, kind, context, wanted, key, more), 0, ENOMEM)
FAILING(int, EVP_PKEY_CTX_set1_id, (EVP_PKEY_CTX * parameters, const void *id, int size), (parameters, id, size), 0,
        ENOMEM)
FAILING(int, EVP_Q_digest,
        (OSSL_LIB_CTX * context, const char *name, const char *wanted, const void *text, size_t length,
         unsigned char *out, size_t *size),
        (context, name, wanted, text, length, out, size), 0, ENOMEM)
FAILING(int, PEM_write_bio_PUBKEY, (BIO * out, const EVP_PKEY *key), (out, key), 0, ENOMEM)
FAILING(int, PEM_write_bio_PrivateKey,
        (BIO * out, const EVP_PKEY *key, const EVP_CIPHER *cipher, const unsigned char *word, int size,
         pem_password_cb *ask, void *data),
        (out, key, cipher, word, size, ask, data), 0, ENOMEM)

FAILING(char *, cJSON_PrintUnformatted, (const cJSON *tree), (tree), NULL, ENOMEM)
FAILING(QRcode *, QRcode_encodeInput, (QRinput * input), (input), NULL, ENOMEM)
FAILING(QRinput *, QRinput_new2, (int version, QRecLevel level), (version, level), NULL, ENOMEM)
FAILING(int, QRinput_append, (QRinput * input, QRencodeMode mode, int size, const unsigned char *text),
        (input, mode, size, text), -1, ENOMEM)
FAILING(int, QRinput_appendECIheader, (QRinput * input, unsigned number), (input, number), -1, ENOMEM)

FAILING(int, sqlite3_bind_int64, (sqlite3_stmt * statement, int at, sqlite3_int64 value), (statement, at, value),
        SQLITE_NOMEM, ENOMEM)
FAILING(int, sqlite3_bind_text,
        (sqlite3_stmt * statement, int at, const char *text, int size, void (*give_back)(void *)),
        (statement, at, text, size, give_back), SQLITE_NOMEM, ENOMEM)
FAILING(int, sqlite3_backup_step, (sqlite3_backup * backup, int pages), (backup, pages), SQLITE_IOERR, EIO)
FAILING(int, sqlite3_open_v2, (const char *path, sqlite3 **db, int flags, const char *vfs), (path, db, flags, vfs),
        (*db = NULL, SQLITE_NOMEM), ENOMEM)
FAILING(int, sqlite3_set_authorizer,
        (sqlite3 * db, int (*asked)(void *, int, const char *, const char *, const char *, const char *), void *data),
        (db, asked, data), SQLITE_MISUSE, 0)
FAILING(int, sqlite3_wal_checkpoint_v2, (sqlite3 * db, const char *schema, int how, int *frames, int *moved),
        (db, schema, how, frames, moved), SQLITE_IOERR, EIO)
FAILING(sqlite3_backup *, sqlite3_backup_init, (sqlite3 * to, const char *name, sqlite3 *from, const char *source),
        (to, name, from, source), NULL, ENOMEM)

FAILING(int, seccomp_attr_set, (scmp_filter_ctx filter, enum scmp_filter_attr what, uint32_t value),
        (filter, what, value), -EINVAL, EINVAL)
FAILING(int, seccomp_load, (const scmp_filter_ctx filter), (filter), -EINVAL, EINVAL)
FAILING(int, seccomp_rule_add_array,
        (scmp_filter_ctx filter, uint32_t action, int call, unsigned count, const struct scmp_arg_cmp *arguments),
        (filter, action, call, count, arguments), -ENOMEM, ENOMEM)
FAILING(scmp_filter_ctx, seccomp_init, (uint32_t action), (action), NULL, ENOMEM)

/* Those of a variable number of arguments take one more at most. */
static void *one_more(va_list list) {
    return va_arg(list, void *);
}

#define FAILING_OPEN(function, parameters, arguments)                                                                  \
    int function parameters {                                                                                          \
        static int(*below) parameters;                                                                                 \
        preload_find(&below, #function);                                                                               \
        va_list list;                                                                                                  \
        va_start(list, flags);                                                                                         \
        mode_t mode = (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0;                                               \
        va_end(list);                                                                                                  \
        return fails(__builtin_return_address(0), #function, EIO) ? -1 : below arguments;                              \
    }

FAILING_OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
FAILING_OPEN(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode))

int fcntl(int fd, int what, ...) {
    static int (*below)(int, int, ...);
    preload_find(&below, "fcntl");
    va_list list;
    va_start(list, what);
    void *argument = one_more(list);
    va_end(list);
    return fails(__builtin_return_address(0), "fcntl", ENOLCK) ? -1 : below(fd, what, argument);
}
