#include "core/rule.h"

#include <string.h>

#include "core/law.h"
#include "core/number.h"
#include "core/standing.h"

static void pass_if(struct check *check, bool good) {
    check->result = good ? CHECK_PASS : CHECK_FAIL;
}

static void not_evaluated(struct check *check) {
    check->result = CHECK_NOT_EVALUATED;
    check->found.id = PHRASE_NOT_EVALUATED;
}

static void id_number(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    if (c->application->applicant.id_type != ID_RESIDENT)
        return;
    int fault = (int)number_resident(c->application->applicant.id_number, NULL);
    check->required.id = PHRASE_GOOD_NUMBER;
    check->found = (struct phrase){.id = PHRASE_NUMBER_FAULT, .a = fault};
    check->reason = (struct phrase){.id = PHRASE_ID_REASON, .a = fault};
    pass_if(check, fault == NUMBER_GOOD);
}

static void employer_code(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    const char *code = c->application->employer.credit_code;
    int fault = (int)number_credit(code);
    check->required.id = PHRASE_GOOD_CREDIT;
    check->found = (struct phrase){.id = PHRASE_TEXT, .text = code};
    check->reason = (struct phrase){.id = PHRASE_CREDIT_REASON, .a = fault, .text = code};
    pass_if(check, fault == NUMBER_GOOD);
}

static void disqualified(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    bool none = c->application->disqualification_count == 0;
    check->required.id = PHRASE_NO_DISQUALIFICATION;
    check->found.id = none ? PHRASE_NO_DISQUALIFICATION : PHRASE_DISQUALIFICATIONS;
    check->found.application = c->application;
    check->reason = (struct phrase){.id = PHRASE_DISQUALIFIED_REASON, .application = c->application};
    pass_if(check, none);
}

static void submitted(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    day on = c->application->submitted_on;
    check->required = (struct phrase){.id = PHRASE_DAY_AT_MOST, .a = c->decided_on};
    check->found = (struct phrase){.id = PHRASE_DAY, .a = on};
    check->reason = (struct phrase){.id = PHRASE_SUBMITTED_REASON, .a = c->decided_on, .b = on};
    pass_if(check, on <= c->decided_on);
}

static void age_65(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    if (c->birthday_65 == DAY_NONE) {
        check->result = CHECK_NOT_EVALUATED;
        check->found.id = PHRASE_AGE_NO_BIRTH;
        return;
    }
    check->required = (struct phrase){.id = PHRASE_DAY_AT_MOST, .a = c->birthday_65};
    check->found = (struct phrase){.id = PHRASE_DAY, .a = c->decided_on};
    check->reason = (struct phrase){.id = PHRASE_AGE_REASON, .a = c->birthday_65};
    pass_if(check, c->decided_on <= c->birthday_65);
}

static void one_employer(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    const struct application *a = c->application;
    const char *code = a->employer.credit_code;
    check->required = (struct phrase){.id = PHRASE_ONE_EMPLOYER, .text = code};
    check->found = (struct phrase){.id = PHRASE_SAME_EMPLOYER, .text = code};
    check->result = CHECK_PASS;
    for (size_t i = 0; i < a->other_count; i++) {
        const struct other_registration *other = &a->others[i];
        if (strcmp(other->employer_code, code) == 0)
            continue;
        check->found =
            (struct phrase){.id = PHRASE_OTHER_CERTIFICATE, .text = other->certificate, .text2 = other->employer_code};
        check->reason = check->found;
        check->reason.id = PHRASE_OTHER_CERTIFICATE_REASON;
        check->result = CHECK_FAIL;
        return;
    }
    bool keeps_employer = a->kind == KIND_ADDED_SPECIALTY || a->kind == KIND_CONTINUATION;
    if (!keeps_employer || c->entry == NULL || strcmp(c->entry->employer.credit_code, code) == 0)
        return;
    check->found = (struct phrase){.id = PHRASE_REGISTERED_EMPLOYER, .text = c->entry->employer.credit_code};
    check->reason =
        (struct phrase){.id = PHRASE_REGISTERED_EMPLOYER_REASON, .text = c->entry->employer.credit_code, .text2 = code};
    check->result = CHECK_FAIL;
}

static const char *entry_number(const struct constructor *entry) {
    return entry->number != NULL ? entry->number : entry->paper_number;
}

static void not_registered(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    check->required.id = PHRASE_NOT_IN_REGISTER;
    check->found.id = PHRASE_NOT_IN_REGISTER;
    if (c->by_person != NULL) {
        check->found = (struct phrase){.id = PHRASE_IN_REGISTER, .text = entry_number(c->by_person)};
        check->reason = (struct phrase){.id = PHRASE_IN_REGISTER_REASON, .text = entry_number(c->by_person)};
    }
    pass_if(check, c->by_person == NULL);
}

static void reg_number(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    const char *number = c->application->registration_number;
    bool paper_void = c->application->submitted_on >= LAW_PAPER_VOID_FROM;
    check->required.id = paper_void ? PHRASE_ELECTRONIC_NUMBER : PHRASE_GOOD_REGISTRATION;
    check->result = CHECK_FAIL;
    if (number == NULL) {
        check->found.id = PHRASE_NO_NUMBER;
        check->reason.id = PHRASE_NO_NUMBER_REASON;
        return;
    }
    struct registration_number parts = {.form = REGISTRATION_ELECTRONIC};
    int fault = (int)number_registration(number, &parts);
    check->found = (struct phrase){.id = PHRASE_TEXT, .text = number};
    if (fault != NUMBER_GOOD)
        check->reason = (struct phrase){.id = PHRASE_NUMBER_FAULT_REASON, .a = fault, .text = number};
    else if (parts.form == REGISTRATION_PAPER && paper_void)
        check->reason = (struct phrase){.id = PHRASE_PAPER_REASON, .a = LAW_PAPER_VOID_FROM, .text = number};
    else
        check->result = CHECK_PASS;
}

static void holder(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    const char *number = c->application->registration_number;
    check->required.id = PHRASE_OWN_NUMBER;
    check->found = (struct phrase){.id = PHRASE_TEXT, .text = number};
    if (number == NULL) {
        check->found.id = PHRASE_NO_NUMBER;
        check->reason.id = PHRASE_NO_NUMBER_REASON;
    } else if (c->by_number == NULL) {
        check->found.id = PHRASE_UNKNOWN_NUMBER;
        check->reason = (struct phrase){.id = PHRASE_UNKNOWN_NUMBER_REASON, .text = number};
    } else if (c->entry == NULL) {
        check->found.id = PHRASE_ANOTHERS_NUMBER;
        check->reason = (struct phrase){.id = PHRASE_ANOTHERS_NUMBER_REASON, .text = number};
    }
    pass_if(check, c->entry != NULL);
}

static void registered(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    day on = c->application->submitted_on;
    check->required = (struct phrase){.id = PHRASE_SOME_VALID, .a = on};
    if (c->entry == NULL) {
        not_evaluated(check);
        return;
    }
    bool valid = standing_any_valid(c->entry, on);
    check->found = (struct phrase){.id = valid ? PHRASE_SOME_VALID : PHRASE_NONE_VALID, .a = on};
    check->reason = (struct phrase){.id = PHRASE_NONE_VALID_REASON, .a = on};
    pass_if(check, valid);
}

static void lapsed(const struct rule_case *c, size_t item, struct check *check) {
    (void)item;
    day on = c->application->submitted_on;
    check->required = (struct phrase){.id = PHRASE_ALL_LAPSED, .a = on};
    if (c->entry == NULL) {
        not_evaluated(check);
        return;
    }
    check->found = check->required;
    check->result = CHECK_PASS;
    for (size_t i = 0; i < c->entry->specialty_count; i++) {
        const struct held_specialty *held = &c->entry->specialties[i];
        enum standing standing = standing_on(held, on);
        if (standing == STANDING_LAPSED || standing == STANDING_CANCELLED)
            continue;
        check->found = (struct phrase){.id = PHRASE_NOT_LAPSED, .a = (int)held->specialty, .c = (int)standing};
        check->reason = (struct phrase){.id = PHRASE_NOT_LAPSED_REASON, .a = (int)held->specialty, .b = on};
        check->result = CHECK_FAIL;
        return;
    }
}

static void qualification(const struct rule_case *c, size_t item, struct check *check) {
    const struct applied_specialty *applied = &c->application->specialties[item];
    day on = c->application->submitted_on;
    check->required = (struct phrase){.id = PHRASE_CERTIFICATE_BY, .a = on};
    if (applied->certificate_no == NULL) {
        check->found.id = PHRASE_NO_CERTIFICATE;
        check->reason.id = PHRASE_NO_CERTIFICATE_REASON;
        check->result = CHECK_FAIL;
        return;
    }
    check->found =
        (struct phrase){.id = PHRASE_CERTIFICATE_OF, .a = applied->certificate_issued, .text = applied->certificate_no};
    check->reason = (struct phrase){.id = PHRASE_LATE_CERTIFICATE_REASON, .a = applied->certificate_issued, .b = on};
    pass_if(check, applied->certificate_issued <= on);
}

static const struct held_specialty *held_for(const struct rule_case *c, size_t item) {
    int index = document_held_index(c->entry, c->application->specialties[item].specialty);
    return index < 0 ? NULL : &c->entry->specialties[index];
}

static struct phrase held_as(const struct held_specialty *held, day on) {
    if (held == NULL)
        return (struct phrase){.id = PHRASE_NOT_HELD};
    return (struct phrase){.id = PHRASE_HELD_AS, .b = held->valid_to, .c = (int)standing_on(held, on)};
}

static void not_held(const struct rule_case *c, size_t item, struct check *check) {
    check->required.id = PHRASE_NOT_HELD;
    if (c->entry == NULL) {
        not_evaluated(check);
        return;
    }
    day on = c->application->submitted_on;
    const struct held_specialty *held = held_for(c, item);
    check->found = held_as(held, on);
    check->reason = check->found;
    check->reason.id = PHRASE_ALREADY_HELD_REASON;
    pass_if(check,
            held == NULL || standing_on(held, on) == STANDING_LAPSED || standing_on(held, on) == STANDING_CANCELLED);
}

static void held(const struct rule_case *c, size_t item, struct check *check) {
    check->required.id = PHRASE_HELD;
    if (c->entry == NULL) {
        not_evaluated(check);
        return;
    }
    const struct held_specialty *held = held_for(c, item);
    check->found = held_as(held, c->application->submitted_on);
    check->reason.id = held == NULL ? PHRASE_NOT_HELD_REASON : PHRASE_CANCELLED_REASON;
    pass_if(check, held != NULL && held->status != HELD_CANCELLED);
}

/* 通知 一(二)1. With e the last valid day: in time is e − 30 at the latest; between e − 29 and e is too late to
 * continue in time and too early to be expired; after e only until 2021-12-15. */
static void deadline(const struct rule_case *c, size_t item, struct check *check) {
    const struct held_specialty *held = c->entry == NULL ? NULL : held_for(c, item);
    if (held == NULL || held->status == HELD_CANCELLED) {
        not_evaluated(check);
        return;
    }
    day on = c->application->submitted_on, end = held->valid_to;
    check->found = (struct phrase){.id = PHRASE_DAY, .a = on};
    if (on > end) {
        check->required = (struct phrase){.id = PHRASE_DEADLINE_EXPIRED, .a = LAW_EXPIRED_CONTINUATION_LAST};
        check->reason =
            (struct phrase){.id = PHRASE_EXPIRED_LATE_REASON, .a = end, .b = on, .c = LAW_EXPIRED_CONTINUATION_LAST};
        pass_if(check, on <= LAW_EXPIRED_CONTINUATION_LAST);
        return;
    }
    day latest = end - LAW_CONTINUATION_NOTICE_DAYS;
    check->required = (struct phrase){.id = PHRASE_DAY_AT_MOST, .a = latest};
    check->reason = (struct phrase){.id = PHRASE_DEADLINE_LATE_REASON, .a = latest, .b = on};
    pass_if(check, on <= latest);
}

/* 规定 art. 11, 实施办法 art. 10: initial and added need it where the certificate is more than 3 years old. */
static bool education_applies(const struct rule_case *c, size_t item) {
    const struct application *a = c->application;
    if (a->kind == KIND_CONTINUATION || a->kind == KIND_RE_REGISTRATION)
        return true;
    const struct applied_specialty *applied = &a->specialties[item];
    return applied->certificate_no != NULL &&
           a->submitted_on > day_add_years(applied->certificate_issued, LAW_QUALIFICATION_FRESH_YEARS);
}

static void ce_hours(const struct rule_case *c, size_t item, struct check *check) {
    if (!education_applies(c, item))
        return;
    const struct applied_specialty *applied = &c->application->specialties[item];
    int need = applied->specialty == c->main ? LAW_CE_HOURS_MAIN : LAW_CE_HOURS_OTHER;
    int compulsory = applied->compulsory_hours, elective = applied->elective_hours;
    check->required = (struct phrase){.id = PHRASE_HOURS, .a = need, .b = need};
    check->found = (struct phrase){.id = PHRASE_HOURS, .a = compulsory, .b = elective};
    if (compulsory < need && elective < need)
        check->reason = (struct phrase){.id = PHRASE_BOTH_HOURS_REASON, .a = compulsory, .b = elective, .c = need};
    else if (compulsory < need)
        check->reason = (struct phrase){.id = PHRASE_COMPULSORY_REASON, .a = compulsory, .b = need};
    else
        check->reason = (struct phrase){.id = PHRASE_ELECTIVE_REASON, .a = elective, .b = need};
    pass_if(check, compulsory >= need && elective >= need);
}

static void pledge(const struct rule_case *c, size_t item, struct check *check) {
    if (!education_applies(c, item))
        return;
    const struct pledge *p = &c->application->pledge;
    const char *name = c->application->applicant.name;
    day on = c->application->submitted_on;
    check->required = (struct phrase){.id = PHRASE_PLEDGE, .a = on, .text = name};
    check->found = (struct phrase){.id = PHRASE_PLEDGE_OF, .a = p->signed_on, .text = p->signer};
    check->result = CHECK_FAIL;
    if (!p->present) {
        check->found.id = PHRASE_PLEDGE_ABSENT;
        check->reason.id = PHRASE_PLEDGE_ABSENT_REASON;
    } else if (!p->is_signed) {
        check->found.id = PHRASE_PLEDGE_UNSIGNED;
        check->reason.id = PHRASE_PLEDGE_UNSIGNED_REASON;
    } else if (p->signed_on == DAY_NONE) {
        check->found.id = PHRASE_PLEDGE_UNDATED;
        check->reason.id = PHRASE_PLEDGE_UNDATED_REASON;
    } else if (p->signed_on > on) {
        check->reason = (struct phrase){.id = PHRASE_PLEDGE_LATE_REASON, .a = p->signed_on, .b = on};
    } else if (p->signer == NULL || strcmp(p->signer, name) != 0) {
        const char *signer = p->signer == NULL ? "" : p->signer;
        check->found = (struct phrase){.id = PHRASE_PLEDGE_SIGNER, .text = signer};
        check->reason = (struct phrase){.id = PHRASE_PLEDGE_SIGNER_REASON, .text = signer, .text2 = name};
    } else {
        check->result = CHECK_PASS;
    }
}

#define INITIAL (1U << KIND_INITIAL)
#define ADDED (1U << KIND_ADDED_SPECIALTY)
#define RE_REGISTRATION (1U << KIND_RE_REGISTRATION)
#define CONTINUATION (1U << KIND_CONTINUATION)
#define ALL (INITIAL | ADDED | RE_REGISTRATION | CONTINUATION)

/* clang-format off */
const struct rule rules[RULE_COUNT] = {
    [RULE_ID_NUMBER] = {"ID-NUMBER", ALL, SCOPE_WHOLE, false, "身份证号码", "resident id number",
        "GB 11643", "GB 11643", id_number},
    [RULE_EMPLOYER_CODE] = {"EMPLOYER-CODE", ALL, SCOPE_WHOLE, false, "聘用单位信用代码", "employer's credit code",
        "GB 32100；规定第十五条第（九）项", "GB 32100; 规定 art. 15(9)", employer_code},
    [RULE_DISQUALIFIED] = {"DISQUALIFIED", ALL, SCOPE_WHOLE, false, "不予注册情形", "grounds for refusal",
        "规定第十五条", "规定 art. 15", disqualified},
    [RULE_SUBMITTED] = {"SUBMITTED", ALL, SCOPE_WHOLE, true, "提交日期", "day of submission",
        "许可法第三十二条", "许可法 art. 32", submitted},
    [RULE_AGE_65] = {"AGE-65", ALL, SCOPE_WHOLE, true, "年龄不超过65周岁", "not over 65",
        "规定第十五条第（十）项；通知一（二）3", "规定 art. 15(10); 通知 一(二)3", age_65},
    [RULE_ONE_EMPLOYER] = {"ONE-EMPLOYER", ALL, SCOPE_WHOLE, false, "受聘于一个单位", "one employer",
        "规定第十五条第（二）项", "规定 art. 15(2)", one_employer},
    [RULE_NOT_REGISTERED] = {"NOT-REGISTERED", INITIAL, SCOPE_WHOLE, false, "尚未注册", "not registered yet",
        "规定第十一条", "规定 art. 11", not_registered},
    [RULE_REG_NUMBER] = {"REG-NUMBER", ALL & ~INITIAL, SCOPE_WHOLE, false, "注册编号", "registration number",
        "通知一（一）1、3", "通知 一(一)1, 3", reg_number},
    [RULE_HOLDER] = {"HOLDER", ALL & ~INITIAL, SCOPE_WHOLE, false, "编号属于本人", "the number is the applicant's",
        "实施办法", "实施办法", holder},
    [RULE_REGISTERED] = {"REGISTERED", ADDED, SCOPE_WHOLE, false, "持有有效注册", "holds a valid registration",
        "实施办法第十条", "实施办法 art. 10", registered},
    [RULE_LAPSED] = {"LAPSED", RE_REGISTRATION, SCOPE_WHOLE, false, "原注册已失效或注销", "lapsed or cancelled before",
        "实施办法第十二条", "实施办法 art. 12", lapsed},
    [RULE_QUALIFICATION] = {"QUALIFICATION", ALL & ~CONTINUATION, SCOPE_SPECIALTY, false, "资格证书",
        "qualification certificate", "规定第九条、第十四条", "规定 art. 9, 14", qualification},
    [RULE_NOT_HELD] = {"NOT-HELD", ADDED, SCOPE_SPECIALTY, false, "未持有该专业", "specialty not held",
        "规定第十四条", "规定 art. 14", not_held},
    [RULE_HELD] = {"HELD", CONTINUATION, SCOPE_SPECIALTY, false, "持有该专业", "specialty held",
        "规定第十二条", "规定 art. 12", held},
    [RULE_DEADLINE] = {"DEADLINE", CONTINUATION, SCOPE_SPECIALTY, false, "延续申请期限", "time limit of continuation",
        "通知一（二）1；规定第十二条", "通知 一(二)1; 规定 art. 12", deadline},
    [RULE_CE_HOURS] = {"CE-HOURS", ALL, SCOPE_SPECIALTY, false, "继续教育学时", "continuing-education hours",
        "通知一（二）2；继续教育办法第十九条", "通知 一(二)2; 继续教育办法 art. 19", ce_hours},
    [RULE_PLEDGE] = {"PLEDGE", ALL, SCOPE_SPECIALTY, false, "继续教育承诺", "continuing-education pledge",
        "通知一（二）2", "通知 一(二)2", pledge},
};
/* clang-format on */
