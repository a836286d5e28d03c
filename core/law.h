/* Every day and amount the notices set, once, with the document it comes from. A new notice is a change of this file.
 *
 * 通知: 建办市〔2021〕40号. 规定: 注册建造师管理规定 (153号令). 继续教育办法: 建市〔2010〕192号. 许可法: 行政许可法. */
#ifndef CORE_LAW_H
#define CORE_LAW_H

#include "core/day.h"

/* 通知 一(一)1: from this day paper certificates are void, and with them the paper form of the number. */
#define LAW_PAPER_VOID_FROM day_from_ymd(2022, 1, 1)
/* 通知 一(二)1: the last day on which an expired specialty's continuation may be applied for. */
#define LAW_EXPIRED_CONTINUATION_LAST day_from_ymd(2021, 12, 15)
/* 通知 一(二)1: from this day a specialty past its validity is lapsed (失效), not merely expired. */
#define LAW_LAPSED_FROM day_from_ymd(2022, 1, 1)

enum {
    LAW_CONTINUATION_NOTICE_DAYS = 30, /* 通知 一(二)1; 规定 art. 12: applied for 30 days before validity ends */
    LAW_CE_HOURS_MAIN = 60,            /* 继续教育办法 art. 19: hours of each part, main specialty */
    LAW_CE_HOURS_OTHER = 30,           /* the same, any further specialty */
    LAW_QUALIFICATION_FRESH_YEARS = 3, /* 规定 art. 11: past this, initial needs continuing education */
    LAW_AGE_LIMIT_YEARS = 65,          /* 规定 art. 15(10); 通知 一(二)3 */
    LAW_VALIDITY_YEARS = 3,            /* 通知 一(二)3; 规定 art. 10 */
    LAW_USE_WINDOW_DAYS = 180,         /* 通知 二(一) */
    LAW_DECISION_WORKDAYS = 20,        /* 许可法 art. 42: initial, added, re-registration */
    LAW_DECISION_WORKDAYS_CONTINUATION = 10,
    LAW_EXTENSION_WORKDAYS = 10, /* 许可法 art. 42 */
    LAW_RETURN_WORKDAYS = 5,     /* 许可法 art. 32(4) */
    LAW_DUE_SOON_WORKDAYS = 3,   /* what the screen calls "due soon" */
    LAW_REVIEW_DAYS = 60,        /* 复议法 art. 20: days for administrative review */
    LAW_LAWSUIT_MONTHS = 6,      /* 行政诉讼法 art. 46 */
};

#endif
