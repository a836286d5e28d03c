/* What went wrong, as a value: a status, which is also the exit code (SPEC 11), and a message the front end translates.
 *
 * The message is an English gettext msgid with %1 … %4 for the arguments. The arguments may hold text from data:
 * whoever shows the message sends it through the drawing door. */
#ifndef STORE_ERR_H
#define STORE_ERR_H

#include <errno.h>
#include <stddef.h>

enum status {
    STATUS_OK = 0,
    STATUS_NEGATIVE = 1, /* nothing found, a fault found, a blocked verdict */
    STATUS_PARTLY = 3,   /* some items done, some refused */
    STATUS_USAGE = 64,
    STATUS_BAD_DATA = 65,
    STATUS_NO_INPUT = 66,
    STATUS_NO_DATABASE = 69, /* none, a foreign or a newer one */
    STATUS_INTERNAL = 70,
    STATUS_CANNOT_CREATE = 73,
    STATUS_IO = 74,
    STATUS_BUSY = 75, /* busy, or somebody was first */
    STATUS_NOT_ALLOWED = 77,
    STATUS_CONFIG = 78,
};

enum { ERR_ARGS = 4, ERR_ARG_SIZE = 512 };

struct err {
    enum status status;
    const char *message; /* static, msgid */
    char args[ERR_ARGS][ERR_ARG_SIZE];
};

/* Marks a msgid for xgettext. */
#define N_(message) message

/* Fills *err (may be NULL) with a message and up to four arguments, ended by a NULL; returns `status`:
 * err_set(err, STATUS_BUSY, N_("…%1…"), argument, NULL). */
#define err_set(err, status, ...) err_fill((err), (status), (const char *const[]){__VA_ARGS__})
enum status err_fill(struct err *err, enum status status, const char *const *message_and_arguments);

/* Memory ran out before anything was changed; returns STATUS_INTERNAL. */
enum status err_no_memory(struct err *err);

/* As err_set(), of data that could not be read or do not hold; but where memory ran out while they were looked at
 * (errno is ENOMEM; whoever looks sets it to 0 first) nothing is known of them, and that is what is said. */
#define err_of_data(err, status, ...) (errno == ENOMEM ? err_no_memory(err) : err_set((err), (status), __VA_ARGS__))

/* Decimal text of a number, for an argument. */
struct err_number {
    char text[24];
};
struct err_number err_number(long long number);

/* Writes `translated` (the translation of err->message) with its arguments put in; returns `out`. */
char *err_format(const struct err *err, const char *translated, char *out, size_t size);

#endif
