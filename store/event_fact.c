#include "store/event_fact.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "store/arena.h"
#include "store/people.h"

/* A member of some event's detail, and the words its value may be. */
struct member {
    struct document_word label;
    const struct document_word *words;
    size_t word_count;
};

static const struct document_word training_words[] = {{"false", "正式库", "no"}, {"true", "训练库", "yes"}};
static const struct document_word active_words[] = {{"false", "停用", "no"}, {"true", "启用", "yes"}};

/* In the order in which they are read. */
static const struct member members[] = {
    {{"decide_by_before", "原决定期限", "Deadline was"}, NULL, 0},
    {{"decide_by", "决定期限", "Deadline is"}, NULL, 0},
    {{"reason", "理由", "Reason"}, NULL, 0},
    {{"items", "补正内容", "To correct"}, NULL, 0},
    {{"login", "登录名", "Login"}, NULL, 0},
    {{"name", "姓名", "Name"}, NULL, 0},
    {{"role", "角色", "Role"}, people_roles, ROLE_COUNT},
    {{"active", "状态", "Active"}, active_words, 2},
    {{"read", "读入", "Read"}, NULL, 0},
    {{"accepted", "收入", "Taken in"}, NULL, 0},
    {{"unchanged", "未变", "Unchanged"}, NULL, 0},
    {{"rejected", "退出", "Rejected"}, NULL, 0},
    {{"documents_sm3", "申请 SM3", "Applications SM3"}, NULL, 0},
    {{"register_sm3", "注册 SM3", "Register SM3"}, NULL, 0},
    {{"batch", "批次", "Batch"}, NULL, 0},
    {{"first", "自决定号", "From no."}, NULL, 0},
    {{"last", "至决定号", "To no."}, NULL, 0},
    {{"first_year", "自年份", "From year"}, NULL, 0},
    {{"last_year", "至年份", "To year"}, NULL, 0},
    {{"days", "调整日数", "Days"}, NULL, 0},
    {{"deadlines", "期限变更", "Deadlines"}, NULL, 0},
    {{"days_off", "放假日", "Days off"}, NULL, 0},
    {{"make_up_workdays", "调休上班", "Make-up days"}, NULL, 0},
    {{"database", "数据库", "Database"}, NULL, 0},
    {{"training", "性质", "Training"}, training_words, 2},
};

enum { MEMBERS = sizeof members / sizeof members[0] };

/* A list of texts, a line each. */
static char *lines_text(const cJSON *list, struct arena *arena) {
    size_t size = 1;
    for (const cJSON *one = list->child; one != NULL; one = one->next)
        size += cJSON_IsString(one) ? strlen(one->valuestring) + 1 : 0;
    char *text = arena_alloc(arena, size), *end = text;
    for (const cJSON *one = list->child; text != NULL && one != NULL; one = one->next) {
        if (!cJSON_IsString(one))
            continue;
        if (end != text)
            *end++ = '\n';
        size_t length = strlen(one->valuestring);
        memcpy(end, one->valuestring, length);
        end += length;
    }
    return text;
}

static char *value_text(const cJSON *value, struct arena *arena) {
    if (cJSON_IsString(value))
        return arena_text(arena, value->valuestring);
    if (cJSON_IsArray(value))
        return lines_text(value, arena);
    char *printed = cJSON_PrintUnformatted(value);
    char *text = printed == NULL ? NULL : arena_text(arena, printed);
    cJSON_free(printed);
    return text;
}

static bool add(struct event_fact *fact, const struct document_word *label, const struct member *member,
                const cJSON *value, struct arena *arena) {
    *fact = (struct event_fact){.label = label, .text = value_text(value, arena)};
    int index = fact->text == NULL || member == NULL || member->words == NULL
                    ? -1
                    : document_word_find(member->words, member->word_count, fact->text);
    fact->word = index < 0 ? NULL : &member->words[index];
    return label != NULL && fact->text != NULL;
}

static bool is_known(const char *name) {
    for (size_t i = 0; i < MEMBERS; i++)
        if (strcmp(members[i].label.code, name) == 0)
            return true;
    return false;
}

/* A member that a later version of the program has written: called by its own name. */
static const struct document_word *own_name(const char *name, struct arena *arena) {
    struct document_word *word = arena_alloc(arena, sizeof *word);
    char *code = arena_text(arena, name);
    if (word == NULL || code == NULL)
        return NULL;
    *word = (struct document_word){code, code, code};
    return word;
}

static bool read_tree(const cJSON *tree, struct arena *arena, struct event_fact *facts, size_t *count) {
    bool good = true;
    for (size_t i = 0; good && i < MEMBERS; i++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(tree, members[i].label.code);
        if (value != NULL && !cJSON_IsNull(value))
            good = add(&facts[(*count)++], &members[i].label, &members[i], value, arena);
    }
    for (const cJSON *value = tree->child; good && value != NULL; value = value->next)
        if (!cJSON_IsNull(value) && !is_known(value->string))
            good = add(&facts[(*count)++], own_name(value->string, arena), NULL, value, arena);
    return good;
}

bool event_fact_read(const char *detail, struct arena *arena, const struct event_fact **facts, size_t *count) {
    *facts = NULL;
    *count = 0;
    cJSON *tree = cJSON_Parse(detail);
    if (!cJSON_IsObject(tree)) {
        cJSON_Delete(tree);
        return true;
    }
    struct event_fact *list = arena_alloc(arena, ((size_t)cJSON_GetArraySize(tree) + 1) * sizeof *list);
    bool good = list != NULL && read_tree(tree, arena, list, count);
    cJSON_Delete(tree);
    *facts = list;
    return good;
}
