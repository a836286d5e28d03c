/* Validity of a registration and use window of the electronic certificate (SPEC 7; 通知 一(二)3, 二(一)). */
#ifndef CORE_VALIDITY_H
#define CORE_VALIDITY_H

#include "core/document.h"

/* The 65th birthday; DAY_NONE where the birth date is DAY_NONE. */
day validity_birthday_65(day birth);

/* The last valid day of a registration granted on D: the day before D + 3 years (D = 29 February: the 28th), not beyond
 * the 65th birthday (DAY_NONE: not known, no cap). */
day validity_last(day granted_on, day birthday_65);

/* The last day of a use window that starts on `from`: from + 180 days, not beyond `valid_to` (the earliest last valid
 * day of the specialties on the certificate that are valid on `from`; DAY_MAX: none) nor the 65th birthday. */
day validity_window_last(day from, day valid_to, day birthday_65);

#endif
