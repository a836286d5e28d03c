#include "tests/sample/names.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char names_regions[NAMES_REGIONS][7] = {
    "110101", "110105", "110108", "120103", "130102", "130203", "140105", "150102", "210102", "210203",
    "220102", "230103", "310104", "310115", "320102", "320505", "330106", "330203", "340104", "350203",
    "350102", "360102", "370102", "370202", "410105", "410302", "420106", "420502", "430102", "430304",
    "440106", "440305", "450103", "460105", "500103", "500112", "510104", "510107", "510703", "520103",
    "530102", "530304", "540102", "610113", "610302", "620102", "630103", "640104", "650102", "650203",
};

static const struct surname {
    char text[8];
    int weight;
} surnames[] = {
    {"王", 72},  {"李", 70},  {"张", 67}, {"刘", 53}, {"陈", 45}, {"杨", 31}, {"黄", 22}, {"赵", 22},  {"吴", 20},
    {"周", 20},  {"徐", 15},  {"孙", 15}, {"马", 14}, {"朱", 13}, {"胡", 13}, {"郭", 12}, {"何", 12},  {"林", 11},
    {"高", 10},  {"罗", 10},  {"郑", 9},  {"梁", 9},  {"谢", 7},  {"宋", 7},  {"唐", 7},  {"许", 6},   {"邓", 6},
    {"韩", 6},   {"冯", 6},   {"曹", 6},  {"彭", 5},  {"曾", 5},  {"肖", 5},  {"田", 5},  {"董", 5},   {"潘", 5},
    {"袁", 5},   {"蔡", 5},   {"蒋", 5},  {"余", 5},  {"于", 4},  {"杜", 4},  {"叶", 4},  {"程", 4},   {"魏", 4},
    {"苏", 4},   {"吕", 4},   {"丁", 4},  {"任", 4},  {"卢", 4},  {"姚", 3},  {"钟", 3},  {"姜", 3},   {"崔", 3},
    {"谭", 3},   {"陆", 3},   {"范", 3},  {"汪", 3},  {"廖", 3},  {"石", 3},  {"韦", 3},  {"贾", 3},   {"夏", 3},
    {"付", 3},   {"方", 3},   {"邹", 3},  {"熊", 2},  {"白", 2},  {"孟", 2},  {"秦", 2},  {"欧阳", 1}, {"司马", 1},
    {"上官", 1}, {"诸葛", 1}, {"闫", 2},  {"侯", 2},  {"龙", 2},  {"段", 2},  {"雷", 2},  {"钱", 2},   {"覃", 2},
};

static const char men_first[][4] = {"建", "志", "国", "文", "永", "晓", "海", "明", "振", "俊", "立",
                                    "少", "家", "宏", "天", "德", "伟", "光", "兴", "玉", "春", "新"};
static const char men_second[][4] = {"国", "强", "军", "平", "华", "明", "辉", "伟", "峰", "波", "林",
                                     "涛", "斌", "超", "杰", "鹏", "宇", "龙", "刚", "勇", "义", "生"};
static const char women_first[][4] = {"秀", "丽", "晓", "雅", "慧", "玉", "春", "桂", "雪", "美", "海",
                                      "淑", "思", "静", "婷", "佳", "文", "艳", "红", "金", "月", "凤"};
static const char women_second[][4] = {"英", "芳", "娟", "敏", "静", "丽", "燕", "玲", "华", "萍", "红",
                                       "霞", "梅", "琴", "云", "洁", "兰", "琳", "莉", "颖", "珍", "娜"};

static const struct province {
    char code[3];
    char name[12];
} provinces[] = {
    {"11", "北京"},   {"12", "天津"}, {"13", "河北"}, {"14", "山西"}, {"15", "内蒙古"}, {"21", "辽宁"}, {"22", "吉林"},
    {"23", "黑龙江"}, {"31", "上海"}, {"32", "江苏"}, {"33", "浙江"}, {"34", "安徽"},   {"35", "福建"}, {"36", "江西"},
    {"37", "山东"},   {"41", "河南"}, {"42", "湖北"}, {"43", "湖南"}, {"44", "广东"},   {"45", "广西"}, {"46", "海南"},
    {"50", "重庆"},   {"51", "四川"}, {"52", "贵州"}, {"53", "云南"}, {"54", "西藏"},   {"61", "陕西"}, {"62", "甘肃"},
    {"63", "青海"},   {"64", "宁夏"}, {"65", "新疆"},
};

void names_person(struct dice *dice, bool woman, char out[NAMES_SIZE]) {
    int weights[COUNT(surnames)];
    for (size_t i = 0; i < COUNT(surnames); i++)
        weights[i] = surnames[i].weight;
    const char *surname = surnames[dice_weighted(dice, weights, COUNT(surnames))].text;
    const char(*first)[4] = woman ? women_first : men_first;
    const char(*second)[4] = woman ? women_second : men_second;
    const char *given = dice_percent(dice, 78) ? first[dice_below(dice, COUNT(men_first))] : "";
    snprintf(out, NAMES_SIZE, "%s%s%s", surname, given, second[dice_below(dice, COUNT(men_second))]);
}

static const char *province_name(const char *code) {
    for (size_t i = 0; i < COUNT(provinces); i++)
        if (memcmp(provinces[i].code, code, 2) == 0)
            return provinces[i].name;
    return "中";
}

void names_employer(struct dice *dice, const char *province, char out[NAMES_SIZE]) {
    static const char words[][8] = {"长江", "中筑", "华建", "东方", "宏图", "鼎盛", "金桥", "远大", "恒通", "兴业",
                                    "天成", "广厦", "万里", "安泰", "新城", "泰和", "润丰", "同济", "瑞达", "昌盛"};
    static const char trades[][32] = {"建设集团", "建筑工程", "路桥工程", "市政工程", "水利水电建设", "机电安装",
                                      "铁路工程", "矿山建设", "港航工程", "通信建设", "工程咨询",     "城建工程"};
    const char *word = words[dice_below(dice, COUNT(words))];
    const char *trade = trades[dice_below(dice, COUNT(trades))];
    snprintf(out, NAMES_SIZE, "%s%s%s%s", province_name(province), word, trade,
             dice_percent(dice, 70) ? "有限公司" : "股份有限公司");
}
