/* Reviewers and their roles (SPEC 8). */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include <stdbool.h>

#include "core/document.h"
#include "store/err.h"

struct store;

enum role { ROLE_NONE, ROLE_REVIEWER, ROLE_SUPERVISOR, ROLE_AUDITOR, ROLE_COUNT };

extern const struct document_word people_roles[ROLE_COUNT];

enum { PEOPLE_LOGIN_SIZE = 65, PEOPLE_NAME_SIZE = 801 };

struct reviewer {
    char login[PEOPLE_LOGIN_SIZE]; /* a-z 0-9 . _ -, starts with a letter or digit */
    char name[PEOPLE_NAME_SIZE];
    enum role role;
    bool active;
};

/* What a role may do. */
enum right { RIGHT_DECIDE, RIGHT_IMPORT, RIGHT_SUPERVISE, RIGHT_PEOPLE, RIGHT_REVEAL, RIGHT_COUNT };

bool people_may(enum role role, enum right right);

/* The least role that may: what a refusal names as missing. */
enum role people_needed(enum right right);

/* Adds a reviewer, or changes name and role of a known one (a ledger event; needs RIGHT_PEOPLE). */
enum status people_set(struct store *store, const struct reviewer *reviewer, struct err *err);

/* STATUS_NEGATIVE where there is none of that login. */
enum status people_find(struct store *store, const char *login, struct reviewer *out, struct err *err);

/* All of them by login; *out is the caller's, free() it. */
enum status people_list(struct store *store, struct reviewer **out, size_t *count, struct err *err);

#endif
