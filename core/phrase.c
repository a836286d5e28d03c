#include "core/phrase.h"

#include <stdio.h>
#include <string.h>

#include "core/number.h"
#include "core/standing.h"
#include "core/text.h"

/* In a pattern: {d} {D} a and b as days, {n} {N} as numbers, {m} the difference b - a, {t} {T} the texts, {g} the
 * first text as a certificate, {f} a as the
 * fault of a number, {s} a as a specialty, {c} c as a day, {k} as a number, {h} as a standing, {q} the application's
 * disqualifications. */
static const char *const patterns[PHRASE_COUNT][LANGUAGE_COUNT] = {
    [PHRASE_NONE] = {"", ""},
    [PHRASE_NOT_EVALUATED] = {"无登记记录，无法核验", "no register entry to check against"},
    [PHRASE_GOOD_NUMBER] = {"有效的公民身份号码", "a valid resident id number"},
    [PHRASE_NUMBER_FAULT] = {"{f}", "{f}"},
    [PHRASE_NUMBER_FAULT_REASON] = {"注册编号 {t} 无效：{f}", "registration number {t} is not valid: {f}"},
    [PHRASE_ID_REASON] = {"公民身份号码无效：{f}", "the resident id number is not valid: {f}"},
    [PHRASE_CREDIT_REASON] = {"统一社会信用代码 {t} 无效：{f}", "credit code {t} is not valid: {f}"},
    [PHRASE_GOOD_CREDIT] = {"有效的统一社会信用代码", "a valid unified social credit code"},
    [PHRASE_GOOD_REGISTRATION] = {"格式正确的注册编号", "a well-formed registration number"},
    [PHRASE_TEXT] = {"{t}", "{t}"},
    [PHRASE_NO_DISQUALIFICATION] = {"无", "none"},
    [PHRASE_DISQUALIFICATIONS] = {"{q}", "{q}"},
    [PHRASE_DISQUALIFIED_REASON] = {"存在不予注册情形：{q}", "ground for refusal: {q}"},
    [PHRASE_DAY] = {"{d}", "{d}"},
    [PHRASE_DAY_AT_MOST] = {"不晚于 {d}", "not after {d}"},
    [PHRASE_SUBMITTED_REASON] = {"提交日 {D} 晚于决定日 {d}", "submitted on {D}, after the day of decision {d}"},
    [PHRASE_AGE_REASON] = {"已超过 65 周岁（{d} 满 65 周岁）", "over 65 (turned 65 on {d})"},
    [PHRASE_AGE_NO_BIRTH] = {"出生日期不明", "birth date unknown"},
    [PHRASE_ONE_EMPLOYER] = {"仅受聘于 {t}", "registered with {t} only"},
    [PHRASE_SAME_EMPLOYER] = {"{t}", "{t}"},
    [PHRASE_OTHER_CERTIFICATE] = {"{g} 注册于 {T}", "{g} with {T}"},
    [PHRASE_OTHER_CERTIFICATE_REASON] = {"另有执业证书（{g}）注册于其他单位 {T}",
                                         "another certificate ({g}) is registered with another employer, {T}"},
    [PHRASE_REGISTERED_EMPLOYER] = {"登记的聘用单位为 {t}", "the registered employer is {t}"},
    [PHRASE_REGISTERED_EMPLOYER_REASON] = {"登记的聘用单位 {t} 与申请的 {T} 不一致",
                                           "the registered employer {t} is not the one applying, {T}"},
    [PHRASE_NOT_IN_REGISTER] = {"未注册", "not in the register"},
    [PHRASE_IN_REGISTER] = {"已注册 {t}", "in the register as {t}"},
    [PHRASE_IN_REGISTER_REASON] = {"申请人已在注册库中（{t}），不适用初始注册",
                                   "the applicant is in the register already ({t}); initial does not apply"},
    [PHRASE_ELECTRONIC_NUMBER] = {"电子证书注册编号", "the electronic form of the number"},
    [PHRASE_PAPER_REASON] = {"纸质证书自 {d} 起作废，不得再用纸质编号 {t}",
                             "paper certificates are void from {d}: paper number {t} no longer serves"},
    [PHRASE_NO_NUMBER] = {"未填写", "none stated"},
    [PHRASE_NO_NUMBER_REASON] = {"未填写注册编号", "no registration number is stated"},
    [PHRASE_OWN_NUMBER] = {"注册库中属于申请人的编号", "a number in the register, the applicant's own"},
    [PHRASE_UNKNOWN_NUMBER] = {"注册库中无此编号", "no such number in the register"},
    [PHRASE_UNKNOWN_NUMBER_REASON] = {"注册库中无编号 {t}", "the register has no number {t}"},
    [PHRASE_ANOTHERS_NUMBER] = {"属于他人", "another person's"},
    [PHRASE_ANOTHERS_NUMBER_REASON] = {"编号 {t} 属于他人", "number {t} is another person's"},
    [PHRASE_SOME_VALID] = {"{d} 至少一个专业有效", "at least one specialty valid on {d}"},
    [PHRASE_NONE_VALID] = {"无有效专业", "none valid"},
    [PHRASE_NONE_VALID_REASON] = {"{d} 无任何有效的注册专业，不得增项", "no specialty was valid on {d}"},
    [PHRASE_ALL_LAPSED] = {"{d} 全部专业已失效或注销", "every specialty lapsed or cancelled on {d}"},
    [PHRASE_NOT_LAPSED] = {"{s}{h}", "{s} {h}"},
    [PHRASE_NOT_LAPSED_REASON] = {"{s}在 {D} 尚未失效或注销，不适用重新注册",
                                  "{s} had not lapsed nor been cancelled on {D}; re-registration does not apply"},
    [PHRASE_CERTIFICATE_BY] = {"资格证书，不晚于 {d} 签发", "a qualification certificate, issued not after {d}"},
    [PHRASE_CERTIFICATE_OF] = {"{t}，{d} 签发", "{t}, issued {d}"},
    [PHRASE_NO_CERTIFICATE] = {"无资格证书", "no qualification certificate"},
    [PHRASE_NO_CERTIFICATE_REASON] = {"未提供该专业资格证书", "no qualification certificate for this specialty"},
    [PHRASE_LATE_CERTIFICATE_REASON] = {"资格证书签发日 {d} 晚于提交日 {D}",
                                        "the certificate was issued on {d}, after submission on {D}"},
    [PHRASE_NOT_HELD] = {"未持有", "not held"},
    [PHRASE_HELD_AS] = {"{h}，有效期至 {D}", "{h}, last valid day {D}"},
    [PHRASE_NOT_HELD_REASON] = {"未注册该专业，无从延续", "the specialty is not held, nothing to continue"},
    [PHRASE_ALREADY_HELD_REASON] = {"该专业已注册（{h}，有效期至 {D}），不得重复增项",
                                    "the specialty is held already ({h}, last valid day {D})"},
    [PHRASE_HELD] = {"已注册且未注销", "held and not cancelled"},
    [PHRASE_CANCELLED_REASON] = {"该专业注册已注销，无从延续", "the specialty's registration was cancelled"},
    [PHRASE_DEADLINE_EXPIRED] = {"已过期专业不晚于 {d} 提出", "not after {d}, for an expired specialty"},
    [PHRASE_EXPIRED_LATE_REASON] = {"专业已于 {d} 到期，{D} 才提出延续，已过 {c} 期限",
                                    "expired on {d} and applied for on {D}, after {c}"},
    [PHRASE_DEADLINE_LATE_REASON] = {"应不晚于 {d} 提出延续（届满 30 日前），{D} 提出，逾期 {m} 日",
                                     "to be applied for by {d} (30 days before expiry), was on {D}: {m} days late"},
    [PHRASE_HOURS] = {"必修 {n}、选修 {N}", "compulsory {n}, elective {N}"},
    [PHRASE_COMPULSORY_REASON] = {"必修学时 {n}，要求 {N}，缺 {m}", "compulsory hours {n}, required {N}: {m} short"},
    [PHRASE_ELECTIVE_REASON] = {"选修学时 {n}，要求 {N}，缺 {m}", "elective hours {n}, required {N}: {m} short"},
    [PHRASE_BOTH_HOURS_REASON] = {"必修学时 {n}、选修学时 {N}，均少于 {k}",
                                  "compulsory hours {n} and elective hours {N}, both under {k}"},
    [PHRASE_PLEDGE] = {"{t} 不晚于 {d} 签字", "signed by {t}, not after {d}"},
    [PHRASE_PLEDGE_OF] = {"{t} {d} 签字", "signed by {t} on {d}"},
    [PHRASE_PLEDGE_ABSENT] = {"无承诺书", "no pledge"},
    [PHRASE_PLEDGE_ABSENT_REASON] = {"未提交继续教育承诺书", "no continuing-education pledge"},
    [PHRASE_PLEDGE_UNSIGNED] = {"未签字", "not signed"},
    [PHRASE_PLEDGE_UNSIGNED_REASON] = {"继续教育承诺书未签字", "the continuing-education pledge is not signed"},
    [PHRASE_PLEDGE_UNDATED] = {"无签字日期", "no signing day"},
    [PHRASE_PLEDGE_UNDATED_REASON] = {"继续教育承诺书无签字日期", "the pledge has no signing day"},
    [PHRASE_PLEDGE_LATE_REASON] = {"承诺书签字日 {d} 晚于提交日 {D}",
                                   "the pledge was signed on {d}, after submission on {D}"},
    [PHRASE_PLEDGE_SIGNER] = {"签字人 {t}", "signed by {t}"},
    [PHRASE_PLEDGE_SIGNER_REASON] = {"承诺书签字人“{t}”不是申请人“{T}”",
                                     "the pledge is signed by \"{t}\", not by the applicant \"{T}\""},
    [PHRASE_DUPLICATE_PENDING] = {"同一申请人另有待审申请 {t} 涉及{s}", "another pending application, {t}, covers {s}"},
    [PHRASE_OVERDUE] = {"已过决定期限 {d}", "past the decision deadline {d}"},
    [PHRASE_EXPIRY_FIRST] = {"{s}有效期 {D} 届满，早于决定期限，逾期未决定视为准予延续",
                             "{s} ends on {D}, before the decision deadline; undecided by then it counts as granted"},
    [PHRASE_CALENDAR] = {"决定期限为暂定：下一年度放假通知尚未载入",
                         "the deadline is provisional: the holiday notice of that year is not loaded"},
    [PHRASE_SHORT_VALIDITY] = {"有效期至 65 周岁当日 {d}，不足 3 年",
                               "validity ends on the 65th birthday {d}, short of 3 years"},
    [PHRASE_SEPARATION] = {"本申请由您受理，您不得作出决定", "you accepted this application: you may not decide it"},
};

static const char *const faults[][LANGUAGE_COUNT] = {
    [NUMBER_GOOD] = {"有效", "valid"},
    [NUMBER_LENGTH] = {"位数不对", "wrong length"},
    [NUMBER_CHARACTER] = {"含不允许的字符", "a character that may not stand there"},
    [NUMBER_REGION] = {"省份或地区代码不存在", "unknown province or region"},
    [NUMBER_DATE] = {"出生日期不存在", "no such birth date"},
    [NUMBER_CHECK] = {"校验码不符", "wrong check character"},
    [NUMBER_LEVEL] = {"不是一级（首位应为 1）", "not level 1"},
    [NUMBER_YEARS] = {"资格年份晚于首次注册年份", "qualification year after the year of first registration"},
};

struct sink {
    char *out;
    size_t size, used;
};

static void put(struct sink *sink, const char *text) {
    if (text == NULL)
        return;
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used) {
        text_decode(text + at, length - at, &used);
        if (sink->used + used >= sink->size)
            return;
        memcpy(sink->out + sink->used, text + at, used);
        sink->used += used;
    }
}

static void put_number(struct sink *sink, int number) {
    char buffer[16];
    snprintf(buffer, sizeof buffer, "%d", number);
    put(sink, buffer);
}

static void put_disqualifications(struct sink *sink, const struct application *application, bool zh) {
    for (size_t i = 0; i < application->disqualification_count; i++) {
        if (i > 0)
            put(sink, zh ? "、" : "; ");
        put(sink, document_word_text(document_disqualifications, application->disqualifications[i], zh));
    }
}

static void put_value(struct sink *sink, const struct phrase *p, char which, enum language language) {
    bool zh = language == LANGUAGE_ZH;
    char buffer[DAY_TEXT_SIZE];
    switch (which) {
    case 'd':
        put(sink, day_format((day)p->a, buffer));
        break;
    case 'D':
        put(sink, day_format((day)p->b, buffer));
        break;
    case 'c':
        put(sink, day_format((day)p->c, buffer));
        break;
    case 'n':
        put_number(sink, p->a);
        break;
    case 'N':
        put_number(sink, p->b);
        break;
    case 'm':
        put_number(sink, p->b - p->a);
        break;
    case 'k':
        put_number(sink, p->c);
        break;
    case 't':
        put(sink, p->text);
        break;
    case 'g':
        put(sink, document_word_text(document_certificates, p->text, zh));
        break;
    case 'T':
        put(sink, p->text2);
        break;
    case 'f':
        put(sink, faults[p->a][language]);
        break;
    case 's':
        put(sink, zh ? document_specialties[p->a].zh : document_specialties[p->a].en);
        break;
    case 'h':
        put(sink, zh ? standing_words[p->c].zh : standing_words[p->c].en);
        break;
    default:
        put_disqualifications(sink, p->application, zh);
        break;
    }
}

char *phrase_format(const struct phrase *phrase, enum language language, char *out, size_t size) {
    struct sink sink = {.out = out, .size = size};
    const char *pattern = patterns[phrase->id][language];
    while (*pattern != '\0') {
        if (*pattern == '{') {
            put_value(&sink, phrase, pattern[1], language);
            pattern += 3;
            continue;
        }
        size_t run = 1 + strcspn(pattern + 1, "{");
        if (sink.used + run >= size)
            break;
        memcpy(out + sink.used, pattern, run);
        sink.used += run;
        pattern += run;
    }
    out[sink.used] = '\0';
    return out;
}
