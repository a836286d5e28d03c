/* The tables. The version goes up with every change of them. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

enum {
    SCHEMA_APPLICATION_ID = 0x594A4943, /* "YJIC" */
    SCHEMA_VERSION = 5,
};

/* The statements that make everything in an empty database, application_id and user_version included; ends with NULL.
 */
extern const char *const schema_sql[];

#endif
