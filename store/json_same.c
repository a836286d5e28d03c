#include "store/json_same.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b) {
    return strcmp((*(cJSON *const *)a)->string, (*(cJSON *const *)b)->string);
}

/* Puts the members of an object in the order of their names: cJSON_Compare() looks each one up among all, and each
 * level twice, so that nesting doubles its time with every level. */
static bool sort_members(cJSON *object) {
    size_t count = (size_t)cJSON_GetArraySize(object), i = 0;
    cJSON **members = malloc((count + 1) * sizeof(cJSON *));
    if (members == NULL)
        return false;
    for (cJSON *member = object->child; member != NULL; member = member->next)
        members[i++] = member;
    members[count] = NULL;
    qsort(members, count, sizeof(cJSON *), by_name);
    for (i = 0; i < count; i++) {
        members[i]->next = members[i + 1];
        members[i]->prev = members[i == 0 ? count - 1 : i - 1];
    }
    object->child = members[0];
    free(members);
    return true;
}

static bool same(cJSON *a, cJSON *b) {
    if ((a->type & 0xFF) != (b->type & 0xFF))
        return false;
    if (cJSON_IsNumber(a))
        return !(a->valuedouble < b->valuedouble) && !(a->valuedouble > b->valuedouble);
    if (cJSON_IsString(a))
        return strcmp(a->valuestring, b->valuestring) == 0;
    bool object = cJSON_IsObject(a);
    if (object && (!sort_members(a) || !sort_members(b)))
        return false;
    cJSON *x = a->child, *y = b->child;
    for (; x != NULL && y != NULL; x = x->next, y = y->next)
        if ((object && strcmp(x->string, y->string) != 0) || !same(x, y))
            return false;
    return x == NULL && y == NULL;
}

bool json_same(const char *a, const char *b) {
    cJSON *left = cJSON_Parse(a), *right = cJSON_Parse(b);
    bool equal = left != NULL && right != NULL && same(left, right);
    cJSON_Delete(left);
    cJSON_Delete(right);
    return equal;
}
