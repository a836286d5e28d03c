/* What the tables have to say where the ledger and the documents have said it (SPEC 9, 14.4). */
#ifndef STORE_VERIFY_TABLES_H
#define STORE_VERIFY_TABLES_H

/* `sql` finds the first place where a table says something else, a number that takes %1 of `message`; no row where all
 * agrees. Ends with sql NULL. */
struct verify_table {
    const char *sql;
    const char *message;
};

extern const struct verify_table verify_tables[];

#endif
