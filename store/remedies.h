/* What a refused applicant may do, as the law of the day of decision has it (SPEC 9; 复议法, 行政诉讼法 art. 46). */
#ifndef STORE_REMEDIES_H
#define STORE_REMEDIES_H

#include "core/day.h"

const char *remedies_on(day decided_on);

#endif
