/* The numbers of the field: registration number, resident id number, unified social credit code.
 *
 * Identifiers are text everywhere. The checks expect a normalised number; number_normalise() is the one normaliser of
 * import, search and command line (SPEC 4). */
#ifndef CORE_NUMBER_H
#define CORE_NUMBER_H

#include "core/day.h"
#include <stddef.h>

/* Room for any identifier a document may carry (200 characters of up to 4 bytes), normalised, with its NUL. */
#define NUMBER_SIZE 801
#define NUMBER_REGISTRATION_SIZE 24 /* a valid registration number and its NUL: 3 + 16 bytes */

/* Full-width ASCII folds to ASCII; white space and zero-width characters fall away; a-z become A-Z. Cuts at a character
 * where `size` is too small; always terminates. Returns the bytes written without the NUL. */
size_t number_normalise(const char *text, char *out, size_t size);

/* What is wrong with a number; NUMBER_GOOD is nothing. */
enum number_fault {
    NUMBER_GOOD,
    NUMBER_LENGTH,
    NUMBER_CHARACTER,
    NUMBER_REGION,
    NUMBER_DATE,
    NUMBER_CHECK,
    NUMBER_LEVEL,
    NUMBER_YEARS,
};

/* Registration number: 汉字 of the present province, then level 1, the province of first registration, qualification
 * year, year of first registration, serial. */
enum registration_form { REGISTRATION_ELECTRONIC, REGISTRATION_PAPER };

struct registration_number {
    enum registration_form form;
    char province[4];       /* the 汉字 with its NUL */
    int first_province;     /* GB/T 2260: 11-65, or 99 for 军 */
    int qualification_year; /* four digits in the electronic form, 0-99 in the paper form */
    int first_year;         /* as above */
    int serial;             /* 0-99999 */
};

/* `out` may be NULL. */
enum number_fault number_registration(const char *number, struct registration_number *out);

/* Writes the electronic form of an allocated number. */
void number_registration_format(const struct registration_number *number, char out[NUMBER_REGISTRATION_SIZE]);

/* The 汉字 of a GB/T 2260 province code of two digits (99: 军); NULL for any other text. */
const char *number_province_hanzi(const char code[2]);

/* GB 11643-1999, 18 characters; *birth (may be NULL) is set only where the number is good. */
enum number_fault number_resident(const char *number, day *birth);

/* GB 32100-2015, 18 characters. */
enum number_fault number_credit(const char *code);

/* "1101**********1234": of any id number the first and last four characters at the most, never more than half of it. */
void number_mask(const char *number, char *out, size_t size);

#endif
