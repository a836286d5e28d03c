#include "core/certificate.h"

#include "core/law.h"
#include "core/standing.h"
#include "core/validity.h"

const struct document_word certificate_faults[CERTIFICATE_FAULT_COUNT] = {
    [CERTIFICATE_NOT_YET] = {"not_yet", "使用时限尚未开始", "the use window has not begun"},
    [CERTIFICATE_OVER] = {"over", "已超出使用时限，须重新下载", "the use window is over: download it again"},
    [CERTIFICATE_TOO_LONG] = {"too_long", "使用时限超过规定，非本系统签发", "the use window is longer than allowed"},
    [CERTIFICATE_NONE_VALID] = {"none_valid", "下载当日无有效注册专业",
                                "no specialty was valid when it was downloaded"},
    [CERTIFICATE_LAPSED] = {"lapsed", "所载注册专业已不再有效", "a specialty on it is no longer valid"},
    [CERTIFICATE_AGE] = {"age", "持证人已超过65周岁", "the holder is over 65"},
    [CERTIFICATE_CHANGED] = {"changed", "证书信息已变更，须重新下载",
                             "the registration has changed: download it again"},
    [CERTIFICATE_PAPER_VOID] = {"paper_void", "纸质注册证书已作废", "paper certificates are void"},
};

const struct document_word certificate_for_eyes[] = {
    {"signature", "个人签名处须有本人手写签名", "the holder's signature is written by hand"},
    {"handwriting", "手写签名须与签名图像笔迹一致", "the handwriting agrees with the signature image"},
    {NULL, NULL, NULL},
};

void certificate_make(const struct constructor *entry, day from, struct certificate *out) {
    day valid_to = DAY_MAX;
    *out = (struct certificate){.from = from, .to = DAY_NONE};
    for (size_t i = 0; i < entry->specialty_count; i++) {
        const struct held_specialty *held = &entry->specialties[i];
        if (standing_on(held, from) != STANDING_VALID || held->valid_from > from)
            continue;
        out->specialties[out->count++] = *held;
        valid_to = held->valid_to < valid_to ? held->valid_to : valid_to;
    }
    if (out->count > 0)
        out->to = validity_window_last(from, valid_to, validity_birthday_65(document_birth_date(&entry->person)));
}

unsigned certificate_check(const struct constructor *entry, day changed_on, bool paper, day from, day to, day on) {
    struct certificate allowed;
    day birthday_65 = validity_birthday_65(document_birth_date(&entry->person));
    unsigned faults = 0;
    certificate_make(entry, from, &allowed);
    faults |= on < from ? 1U << CERTIFICATE_NOT_YET : 0;
    faults |= on > to ? 1U << CERTIFICATE_OVER : 0;
    faults |= allowed.count == 0 ? 1U << CERTIFICATE_NONE_VALID : 0;
    faults |= allowed.count > 0 && to > allowed.to ? 1U << CERTIFICATE_TOO_LONG : 0;
    for (size_t i = 0; i < allowed.count; i++)
        faults |= standing_on(&allowed.specialties[i], on) != STANDING_VALID ? 1U << CERTIFICATE_LAPSED : 0;
    faults |= birthday_65 != DAY_NONE && on > birthday_65 ? 1U << CERTIFICATE_AGE : 0;
    faults |= changed_on != DAY_NONE && changed_on > from ? 1U << CERTIFICATE_CHANGED : 0;
    faults |= paper && on >= LAW_PAPER_VOID_FROM ? 1U << CERTIFICATE_PAPER_VOID : 0;
    return faults;
}
