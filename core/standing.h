/* The standing of a held specialty on a day (SPEC 6; 通知 一(二)1). */
#ifndef CORE_STANDING_H
#define CORE_STANDING_H

#include "core/document.h"

enum standing { STANDING_VALID, STANDING_EXPIRED, STANDING_LAPSED, STANDING_CANCELLED, STANDING_COUNT };

extern const struct document_word standing_words[STANDING_COUNT];

enum standing standing_on(const struct held_specialty *held, day on);

/* Whether any specialty of the entry is valid on the day. */
bool standing_any_valid(const struct constructor *entry, day on);

#endif
