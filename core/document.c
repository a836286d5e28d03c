#include "core/document.h"

#include <string.h>

#include "core/number.h"

const struct document_word document_kinds[KIND_COUNT] = {
    [KIND_INITIAL] = {"initial", "初始注册", "initial"},
    [KIND_ADDED_SPECIALTY] = {"added_specialty", "增项注册", "added specialty"},
    [KIND_RE_REGISTRATION] = {"re_registration", "重新注册", "re-registration"},
    [KIND_CONTINUATION] = {"continuation", "延续注册", "continuation"},
};

const struct document_word document_specialties[SPECIALTY_COUNT] = {
    [SPECIALTY_BUILDING] = {"建筑工程", "建筑工程", "building"},
    [SPECIALTY_HIGHWAY] = {"公路工程", "公路工程", "highway"},
    [SPECIALTY_RAILWAY] = {"铁路工程", "铁路工程", "railway"},
    [SPECIALTY_AIRPORT] = {"民航机场工程", "民航机场工程", "airport"},
    [SPECIALTY_PORT] = {"港口与航道工程", "港口与航道工程", "port and waterway"},
    [SPECIALTY_WATER] = {"水利水电工程", "水利水电工程", "water and hydropower"},
    [SPECIALTY_MINING] = {"矿业工程", "矿业工程", "mining"},
    [SPECIALTY_MUNICIPAL] = {"市政公用工程", "市政公用工程", "municipal"},
    [SPECIALTY_TELECOM] = {"通信与广电工程", "通信与广电工程", "telecom and broadcasting"},
    [SPECIALTY_ELECTROMECHANICAL] = {"机电工程", "机电工程", "electromechanical"},
};

const struct document_word document_id_types[ID_TYPE_COUNT] = {
    [ID_RESIDENT] = {"resident", "居民身份证", "resident id"},
    [ID_HK_MACAO_PERMIT] = {"hk_macao_permit", "港澳居民来往内地通行证", "HK/Macao permit"},
    [ID_TAIWAN_PERMIT] = {"taiwan_permit", "台湾居民来往大陆通行证", "Taiwan permit"},
    [ID_PASSPORT] = {"passport", "护照", "passport"},
};

const struct document_word document_disqualifications[] = {
    {"no_full_capacity", "不具有完全民事行为能力", "no full civil capacity"},
    {"criminal_penalty_unfinished", "刑事处罚尚未执行完毕", "criminal penalty not yet served"},
    {"practice_crime_within_5_years", "因执业活动受刑事处罚未满5年", "crime in practice within 5 years"},
    {"other_crime_within_3_years", "因其他原因受刑事处罚未满3年", "other crime within 3 years"},
    {"certificate_revoked_within_2_years", "被吊销注册证书未满2年", "certificate revoked within 2 years"},
    {"major_accident_within_3_years", "担任项目经理期间3年内发生重大事故", "major accident as manager within 3 years"},
    {"employer_not_eligible", "聘用单位不符合注册单位要求", "employer not eligible"},
    {"other_by_law", "法律、法规规定不予注册的其他情形", "other ground by law"},
    {NULL, NULL, NULL},
};

const struct document_word document_certificates[] = {
    {"supervision_engineer", "监理工程师", "supervision engineer"},
    {"cost_engineer", "造价工程师", "cost engineer"},
    {"registered_architect", "注册建筑师", "registered architect"},
    {"structural_engineer", "注册结构工程师", "structural engineer"},
    {"second_class_constructor", "二级建造师", "second-class constructor"},
    {"safety_engineer", "注册安全工程师", "safety engineer"},
    {NULL, NULL, NULL},
};

int document_word_find(const struct document_word *words, size_t count, const char *code) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].code, code) == 0)
            return (int)i;
    return -1;
}

const char *document_word_text(const struct document_word *words, const char *code, bool zh) {
    for (const struct document_word *word = words; word->code != NULL; word++)
        if (strcmp(word->code, code) == 0)
            return zh ? word->zh : word->en;
    return code;
}

day document_birth_date(const struct person *person) {
    if (person->id_type != ID_RESIDENT)
        return person->birth_date;
    day birth;
    return number_resident(person->id_number, &birth) == NUMBER_GOOD ? birth : DAY_NONE;
}

int document_held_index(const struct constructor *entry, enum specialty specialty) {
    for (size_t i = 0; i < entry->specialty_count; i++)
        if (entry->specialties[i].specialty == specialty)
            return (int)i;
    return -1;
}
