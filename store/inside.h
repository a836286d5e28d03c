/* What the files of the store share among themselves. Nothing outside store/ includes this. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "store/db.h"
#include "store/path.h"
#include "store/store.h"

enum { STORE_INSTANT_SIZE = 24, STORE_UUID_SIZE = 37, STORE_HASH_SIZE = 65 };

/* A commit that leaves so many pages in the WAL folds it back into the database. */
enum { STORE_WAL_PAGES = 1000 };

/* Several writing transactions taken together into one (store_batch_begin). */
struct store_batch {
    bool wanted;   /* the next store_begin() opens it */
    bool open;     /* what is begun now is a savepoint in it */
    int64_t since; /* when it was opened, by gate_clock(): others have been kept out from then on */
    int64_t done;  /* how many were committed into it */
    int64_t seq;   /* the last ledger event of the last one */
    char hash[STORE_HASH_SIZE];
};

struct store {
    struct db *db;
    int gate;
    int seats; /* the file of store/seat.h, or -1 until it is needed */
    int seat;  /* ours in it, or -1 */
    char path[PATH_MAX];
    struct path_identity identity;
    char uuid[STORE_UUID_SIZE];
    bool training;
    day set_day; /* --today; DAY_NONE: the clock */
    struct reviewer reviewer;
    char fingerprint[128]; /* "" where there is none */
    bool (*quit)(void *data);
    void *quit_data;
    struct timespec written;          /* to the file, when it was last looked at */
    int64_t known_seq;                /* the last ledger event this session knows of; 0: none */
    char known_hash[STORE_HASH_SIZE]; /* of it */
    struct store_batch batch;
    struct workday_calendar calendar;
    int64_t calendar_stamp; /* of what the database had loaded when it was read */
};

/* Reads what the store keeps at hand: which database it is, its calendar, the reviewer (NULL: nobody). */
enum status store_read(struct store *store, const char *login, struct err *err);

/* The first part of store_check_place(): the file. */
enum status store_check_file(struct store *store, struct err *err);

/* From here on the session knows of this event as the last one. */
void store_know(struct store *store, int64_t seq, const char *hash);

/* The instant now, RFC 3339 in UTC to the second. */
void store_instant(char out[STORE_INSTANT_SIZE]);

/* STATUS_BUSY where store_options.quit says that it is to end: what takes long asks now and then. */
enum status store_go_on(const struct store *store, struct err *err);

/* Begins a writing transaction behind the gate, after checking that the acting reviewer may (role re-read from the
 * database: people can be disabled meanwhile), that the file is still the one that was opened, and that the day may be
 * written on. */
enum status store_begin(struct store *store, enum right right, struct err *err);

/* Commits and leaves the gate. `seq` and `hash` are the last ledger event written: where COMMIT reports an error, the
 * ledger is looked at and the answer says which it was. */
enum status store_commit(struct store *store, int64_t seq, const char *hash, struct err *err);

/* From here to store_batch_end() store_begin(), store_commit() and store_undo() work on savepoints inside one
 * transaction, which the first of them opens. What they report is not on disk before store_batch_end() has said so;
 * until then nobody is told, and nobody else can write: a batch is short. */
void store_batch_begin(struct store *store);

/* Whether an error has undone the whole transaction, and with it everything that was committed into it. */
bool store_batch_lost(const struct store *store);

/* Commits as store_commit() does, and leaves the gate. `more`: another batch follows at once. */
enum status store_batch_end(struct store *store, bool more, struct err *err);

/* Folds the WAL back into the database behind the gate, where nobody reads from it; else it stays, which is no fault.
 */
void store_checkpoint(struct store *store);

/* Has the WAL begin anew where nobody else is there. Whoever opens the database alone reads all of it, knows nothing of
 * what was folded back, and adds to it; its length stays, for the disk is slower where a file grows. */
void store_restart_wal(struct store *store);

/* Undoes and leaves the gate. Harmless after store_commit(). */
void store_undo(struct store *store);

struct ledger_written;

/* Writes a reviewer and the event of it inside the open transaction; the login and name are checked. */
enum status people_write(struct store *store, const struct reviewer *reviewer, struct ledger_written *written,
                         struct err *err);

#endif
