/* What an approval does to a register entry (SPEC 7). */
#ifndef CORE_GRANT_H
#define CORE_GRANT_H

#include "core/number.h"
#include "core/review.h"

/* The entry after an approval: what the verdict grants, on top of `entry` (NULL for initial, where `number` must be
 * given). `number` is the registration number newly allocated, or NULL. Texts are borrowed from the arguments.
 *
 * initial: the person enters with the application's employer. added: the specialties join behind those held.
 * re-registration: the specialties get new validity and come first in the order applied for, the first being the main
 * one from now on; the employer is the application's. continuation: the specialty gets new validity. Other held
 * specialties keep theirs. */
void grant_apply(const struct application *application, const struct verdict *verdict, const struct constructor *entry,
                 const char *number, struct constructor *out);

/* Whether the entry is known by a paper number only, and so gets an electronic one at its next approval. */
bool grant_needs_electronic(const struct constructor *entry);

/* The electronic number for a paper one: the same province, years and serial, the years in four digits. False where the
 * number is not a good paper one. */
bool grant_electronic(const char *paper_number, struct registration_number *out);

/* What is known of the number to allocate to an initial registration: province from `province` (two digits) if given,
 * else employer.province, else digits 3-4 of the credit code; qualification year of the first specialty granted; year
 * of D. False where the province cannot be told: the reviewer is asked. */
bool grant_new_number(const struct application *application, const struct verdict *verdict, const char *province,
                      struct registration_number *out);

#endif
