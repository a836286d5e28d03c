#include "store/remedies.h"

/* The periods are core/law.h's LAW_REVIEW_DAYS and LAW_LAWSUIT_MONTHS; tests hold the texts to them. The 复议法 of 2023
 * (in force 2024-01-01) has its period in art. 20, the one before it in art. 9. */
const char *remedies_on(day decided_on) {
    static const char before_2024[] =
        "如不服本决定，可以自收到本决定之日起60日内依照《行政复议法》第九条向住房和城乡建设部申请行政复议，"
        "也可以自收到本决定之日起6个月内依照《行政诉讼法》第四十六条向人民法院提起行政诉讼。";
    static const char since_2024[] =
        "如不服本决定，可以自收到本决定之日起60日内依照《行政复议法》第二十条向住房和城乡建设部申请行政复议，"
        "也可以自收到本决定之日起6个月内依照《行政诉讼法》第四十六条向人民法院提起行政诉讼。";
    return decided_on < day_from_ymd(2024, 1, 1) ? before_2024 : since_2024;
}
