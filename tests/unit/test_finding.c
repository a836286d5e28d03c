/* What each failed rule says: what was required, what was found, and why it fails (SPEC 6: every check carries them).
 */
#include "tests/unit/given.h"

#include <string.h>

#define TODAY "2026-11-25"
#define OTHER_CODE "91310000MA1FL00000"

static void says(struct given *given, enum rule_id rule, int item, const char *required, const char *found,
                 const char *reason) {
    static struct verdict verdict;
    review_run(&given->review, &verdict);
    for (size_t i = 0; i < verdict.check_count; i++) {
        const struct check *check = &verdict.checks[i];
        char text[PHRASE_SIZE];
        if (check->rule != rule || check->item != item)
            continue;
        assert_string_equal(phrase_format(&check->required, LANGUAGE_ZH, text, sizeof text), required);
        assert_string_equal(phrase_format(&check->found, LANGUAGE_ZH, text, sizeof text), found);
        if (check->result == CHECK_FAIL)
            assert_string_equal(phrase_format(&check->reason, LANGUAGE_ZH, text, sizeof text), reason);
        else
            assert_null(reason);
        return;
    }
    fail_msg("%s of item %d is not there", rules[rule].name, item);
}

#define WHOLE(rule, required, found, reason) says(&g, RULE_##rule, CHECK_WHOLE, required, found, reason)
#define FIRST(rule, required, found, reason) says(&g, RULE_##rule, 0, required, found, reason)
#define GIVEN(name, kind, submitted_on)                                                                                \
    struct given name;                                                                                                 \
    given_case(&name, kind, given_day(submitted_on), given_day(submitted_on))

static void of_the_numbers(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    WHOLE(ID_NUMBER, "有效的公民身份号码", "有效", NULL);
    WHOLE(EMPLOYER_CODE, "有效的统一社会信用代码", "91110105101163896D", NULL);
    WHOLE(REG_NUMBER, "电子证书注册编号", "京1112011201119084", NULL);
    g.application.applicant.id_number = "110105198003071235";
    WHOLE(ID_NUMBER, "有效的公民身份号码", "校验码不符", "公民身份号码无效：校验码不符");
    g.application.employer.credit_code = "91110105101163896";
    WHOLE(EMPLOYER_CODE, "有效的统一社会信用代码", "91110105101163896",
          "统一社会信用代码 91110105101163896 无效：位数不对");
    g.application.registration_number = "京2112011201119084";
    WHOLE(REG_NUMBER, "电子证书注册编号", "京2112011201119084",
          "注册编号 京2112011201119084 无效：不是一级（首位应为 1）");
    g.application.registration_number = "京111050700001";
    WHOLE(REG_NUMBER, "电子证书注册编号", "京111050700001",
          "纸质证书自 2022-01-01 起作废，不得再用纸质编号 京111050700001");
    g.application.registration_number = NULL;
    WHOLE(REG_NUMBER, "电子证书注册编号", "未填写", "未填写注册编号");
    g.application.submitted_on = given_day("2021-12-31");
    WHOLE(REG_NUMBER, "格式正确的注册编号", "未填写", "未填写注册编号");
}

static void of_the_applicant(void **state) {
    (void)state;
    static const char *const grounds[] = {"no_full_capacity", "a_word_nobody_knows"};
    GIVEN(g, KIND_CONTINUATION, TODAY);
    WHOLE(DISQUALIFIED, "无", "无", NULL);
    g.application.disqualifications = grounds;
    g.application.disqualification_count = 2;
    WHOLE(DISQUALIFIED, "无", "不具有完全民事行为能力、a_word_nobody_knows",
          "存在不予注册情形：不具有完全民事行为能力、a_word_nobody_knows");
    WHOLE(AGE_65, "不晚于 2045-03-07", TODAY, NULL);
    g.application.applicant = (struct person){"陈大文", ID_HK_MACAO_PERMIT, "H10000001", given_day("1961-11-24")};
    WHOLE(AGE_65, "不晚于 2026-11-24", TODAY, "已超过 65 周岁（2026-11-24 满 65 周岁）");
    g.application.applicant.birth_date = DAY_NONE;
    WHOLE(AGE_65, "", "出生日期不明", NULL);
    WHOLE(SUBMITTED, "不晚于 2026-11-25", TODAY, NULL);
    g.review.decided_on--;
    WHOLE(SUBMITTED, "不晚于 2026-11-24", TODAY, "提交日 2026-11-25 晚于决定日 2026-11-24");
}

static void of_the_employer(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    WHOLE(ONE_EMPLOYER, "仅受聘于 91110105101163896D", "91110105101163896D", NULL);
    g.entry.employer.credit_code = OTHER_CODE;
    WHOLE(ONE_EMPLOYER, "仅受聘于 91110105101163896D", "登记的聘用单位为 " OTHER_CODE,
          "登记的聘用单位 " OTHER_CODE " 与申请的 91110105101163896D 不一致");
    g.others[0] = (struct other_registration){"supervision_engineer", OTHER_CODE};
    g.application.others = g.others;
    g.application.other_count = 1;
    WHOLE(ONE_EMPLOYER, "仅受聘于 91110105101163896D", "监理工程师 注册于 " OTHER_CODE,
          "另有执业证书（监理工程师）注册于其他单位 " OTHER_CODE);
}

static void of_the_register(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    WHOLE(HOLDER, "注册库中属于申请人的编号", "京1112011201119084", NULL);
    g.application.applicant.id_number = "110105196803011230";
    WHOLE(HOLDER, "注册库中属于申请人的编号", "属于他人", "编号 京1112011201119084 属于他人");
    g.review.entries.by_number = NULL;
    WHOLE(HOLDER, "注册库中属于申请人的编号", "注册库中无此编号", "注册库中无编号 京1112011201119084");
    g.application.registration_number = NULL;
    WHOLE(HOLDER, "注册库中属于申请人的编号", "未填写", "未填写注册编号");
    given_case(&g, KIND_INITIAL, given_day(TODAY), given_day(TODAY));
    WHOLE(NOT_REGISTERED, "未注册", "未注册", NULL);
    g.review.entries.by_person = &g.entry;
    WHOLE(NOT_REGISTERED, "未注册", "已注册 京1112011201119084",
          "申请人已在注册库中（京1112011201119084），不适用初始注册");
    g.entry.number = NULL; /* known by a paper number only */
    g.entry.paper_number = "京111050700001";
    WHOLE(NOT_REGISTERED, "未注册", "已注册 京111050700001", "申请人已在注册库中（京111050700001），不适用初始注册");
}

static void of_what_is_held(void **state) {
    (void)state;
    GIVEN(g, KIND_ADDED_SPECIALTY, TODAY);
    WHOLE(REGISTERED, "2026-11-25 至少一个专业有效", "2026-11-25 至少一个专业有效", NULL);
    FIRST(NOT_HELD, "未持有", "未持有", NULL);
    g.application.specialties[0].specialty = SPECIALTY_BUILDING;
    FIRST(NOT_HELD, "未持有", "有效，有效期至 2027-01-24", "该专业已注册（有效，有效期至 2027-01-24），不得重复增项");
    g.entry.specialties[0].valid_to = g.entry.specialties[1].valid_to = given_day("2026-11-24");
    WHOLE(REGISTERED, "2026-11-25 至少一个专业有效", "无有效专业", "2026-11-25 无任何有效的注册专业，不得增项");
    FIRST(NOT_HELD, "未持有", "已失效，有效期至 2026-11-24", NULL);
    g.review.entries.by_number = NULL;
    WHOLE(REGISTERED, "2026-11-25 至少一个专业有效", "无登记记录，无法核验", NULL);
    given_case(&g, KIND_RE_REGISTRATION, given_day(TODAY), given_day(TODAY));
    WHOLE(LAPSED, "2026-11-25 全部专业已失效或注销", "2026-11-25 全部专业已失效或注销", NULL);
    g.entry.specialties[1] = (struct held_specialty){SPECIALTY_HIGHWAY, 0, given_day(TODAY), HELD_REGISTERED};
    WHOLE(LAPSED, "2026-11-25 全部专业已失效或注销", "公路工程有效",
          "公路工程在 2026-11-25 尚未失效或注销，不适用重新注册");
}

static void of_a_continuation(void **state) {
    (void)state;
    GIVEN(g, KIND_CONTINUATION, TODAY);
    FIRST(HELD, "已注册且未注销", "有效，有效期至 2027-01-24", NULL);
    FIRST(DEADLINE, "不晚于 2026-12-25", TODAY, NULL);
    g.entry.specialties[0].valid_to = given_day("2026-12-20");
    FIRST(DEADLINE, "不晚于 2026-11-20", TODAY,
          "应不晚于 2026-11-20 提出延续（届满 30 日前），2026-11-25 提出，逾期 5 日");
    g.entry.specialties[0].valid_to = given_day("2026-11-24");
    FIRST(DEADLINE, "已过期专业不晚于 2021-12-15 提出", TODAY,
          "专业已于 2026-11-24 到期，2026-11-25 才提出延续，已过 2021-12-15 期限");
    g.entry.specialties[0].status = HELD_CANCELLED;
    FIRST(HELD, "已注册且未注销", "已注销，有效期至 2026-11-24", "该专业注册已注销，无从延续");
    FIRST(DEADLINE, "", "无登记记录，无法核验", NULL);
    g.application.specialties[0].specialty = SPECIALTY_MINING;
    FIRST(HELD, "已注册且未注销", "未持有", "未注册该专业，无从延续");
    given_case(&g, KIND_INITIAL, given_day(TODAY), given_day(TODAY));
    FIRST(QUALIFICATION, "资格证书，不晚于 2026-11-25 签发", "C1，2026-08-17 签发", NULL);
    g.application.specialties[0].certificate_issued = given_day("2026-11-26");
    FIRST(QUALIFICATION, "资格证书，不晚于 2026-11-25 签发", "C1，2026-11-26 签发",
          "资格证书签发日 2026-11-26 晚于提交日 2026-11-25");
    g.application.specialties[0].certificate_no = NULL;
    FIRST(QUALIFICATION, "资格证书，不晚于 2026-11-25 签发", "无资格证书", "未提供该专业资格证书");
}

static void of_the_hours(void **state) {
    (void)state;
    static const struct {
        int item, compulsory, elective;
        const char *found, *reason;
    } table[] = {
        {0, 60, 60, "必修 60、选修 60", NULL},
        {0, 59, 60, "必修 59、选修 60", "必修学时 59，要求 60，缺 1"},
        {0, 60, 45, "必修 60、选修 45", "选修学时 45，要求 60，缺 15"},
        {0, 60, 0, "必修 60、选修 0", "选修学时 0，要求 60，缺 60"},
        {0, 59, 59, "必修 59、选修 59", "必修学时 59、选修学时 59，均少于 60"},
        {1, 30, 28, "必修 30、选修 28", "选修学时 28，要求 30，缺 2"},
        {1, 29, 30, "必修 29、选修 30", "必修学时 29，要求 30，缺 1"},
        {1, 0, 0, "必修 0、选修 0", "必修学时 0、选修学时 0，均少于 30"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        GIVEN(g, KIND_CONTINUATION, TODAY);
        g.application.specialties[table[i].item].compulsory_hours = table[i].compulsory;
        g.application.specialties[table[i].item].elective_hours = table[i].elective;
        says(&g, RULE_CE_HOURS, table[i].item, table[i].item == 0 ? "必修 60、选修 60" : "必修 30、选修 30",
             table[i].found, table[i].reason);
    }
}

static void of_the_pledge(void **state) {
    (void)state;
    static const char required[] = "王建国 不晚于 2026-11-25 签字";
    GIVEN(g, KIND_CONTINUATION, TODAY);
    const struct pledge good = g.application.pledge;
    FIRST(PLEDGE, required, "王建国 2026-11-25 签字", NULL);
    g.application.pledge.signed_on = given_day("2026-11-26");
    FIRST(PLEDGE, required, "王建国 2026-11-26 签字", "承诺书签字日 2026-11-26 晚于提交日 2026-11-25");
    g.application.pledge.signed_on = DAY_NONE;
    FIRST(PLEDGE, required, "无签字日期", "继续教育承诺书无签字日期");
    g.application.pledge.is_signed = false;
    FIRST(PLEDGE, required, "未签字", "继续教育承诺书未签字");
    g.application.pledge.present = false;
    FIRST(PLEDGE, required, "无承诺书", "未提交继续教育承诺书");
    g.application.pledge = good;
    g.application.pledge.signer = "王建";
    FIRST(PLEDGE, required, "签字人 王建", "承诺书签字人“王建”不是申请人“王建国”");
    g.application.pledge.signer = "王建国民";
    FIRST(PLEDGE, required, "签字人 王建国民", "承诺书签字人“王建国民”不是申请人“王建国”");
    g.application.pledge.signer = NULL;
    FIRST(PLEDGE, required, "签字人 ", "承诺书签字人“”不是申请人“王建国”");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_the_numbers),  cmocka_unit_test(of_the_applicant), cmocka_unit_test(of_the_employer),
        cmocka_unit_test(of_the_register), cmocka_unit_test(of_what_is_held),  cmocka_unit_test(of_a_continuation),
        cmocka_unit_test(of_the_hours),    cmocka_unit_test(of_the_pledge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
