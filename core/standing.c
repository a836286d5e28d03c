#include "core/standing.h"

#include "core/law.h"

const struct document_word standing_words[STANDING_COUNT] = {
    [STANDING_VALID] = {"valid", "有效", "valid"},
    [STANDING_EXPIRED] = {"expired", "已过期", "expired"},
    [STANDING_LAPSED] = {"lapsed", "已失效", "lapsed"},
    [STANDING_CANCELLED] = {"cancelled", "已注销", "cancelled"},
};

enum standing standing_on(const struct held_specialty *held, day on) {
    if (held->status == HELD_CANCELLED)
        return STANDING_CANCELLED;
    if (on <= held->valid_to)
        return STANDING_VALID;
    return on < LAW_LAPSED_FROM ? STANDING_EXPIRED : STANDING_LAPSED;
}

bool standing_any_valid(const struct constructor *entry, day on) {
    for (size_t i = 0; i < entry->specialty_count; i++)
        if (standing_on(&entry->specialties[i], on) == STANDING_VALID)
            return true;
    return false;
}
