/* The days and amounts of core/law.h as the documents themselves have them; nothing here is taken from the program. */
#include "tests/unit/given.h"

#include "core/law.h"

static void the_days_of_the_notice(void **state) {
    (void)state;
    /* 通知 一(一)1: 自2022年1月1日起，一级建造师统一使用电子证书，纸质注册证书作废. */
    assert_int_equal(LAW_PAPER_VOID_FROM, given_day("2022-01-01"));
    /* 通知 一(二)1: 已过期的，应于2021年12月15日前提出延续注册申请……自2022年1月1日起注册专业失效. */
    assert_int_equal(LAW_EXPIRED_CONTINUATION_LAST, given_day("2021-12-15"));
    assert_int_equal(LAW_LAPSED_FROM, given_day("2022-01-01"));
}

static void the_amounts_of_the_documents(void **state) {
    (void)state;
    assert_int_equal(LAW_CONTINUATION_NOTICE_DAYS, 30); /* 规定 art. 12; 通知 一(二)1: 有效期届满30日前 */
    assert_int_equal(LAW_CE_HOURS_MAIN, 60);            /* 继续教育办法 art. 19 */
    assert_int_equal(LAW_CE_HOURS_OTHER, 30);           /* the same */
    assert_int_equal(LAW_QUALIFICATION_FRESH_YEARS, 3); /* 规定 art. 11 */
    assert_int_equal(LAW_AGE_LIMIT_YEARS, 65);          /* 规定 art. 15(10) */
    assert_int_equal(LAW_VALIDITY_YEARS, 3);            /* 规定 art. 10 */
    assert_int_equal(LAW_USE_WINDOW_DAYS, 180);         /* 通知 二(一) */
    assert_int_equal(LAW_DECISION_WORKDAYS, 20);        /* 许可法 art. 42 */
    assert_int_equal(LAW_DECISION_WORKDAYS_CONTINUATION, 10); /* SPEC 7 */
    assert_int_equal(LAW_EXTENSION_WORKDAYS, 10);             /* 许可法 art. 42 */
    assert_int_equal(LAW_RETURN_WORKDAYS, 5);                 /* 许可法 art. 32(4) */
    assert_int_equal(LAW_DUE_SOON_WORKDAYS, 3);               /* SPEC 12 */
    assert_int_equal(LAW_REVIEW_DAYS, 60);                    /* 复议法 art. 20 */
    assert_int_equal(LAW_LAWSUIT_MONTHS, 6);                  /* 行政诉讼法 art. 46 */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_days_of_the_notice),
        cmocka_unit_test(the_amounts_of_the_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
