#include "store/document_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

enum { TEXT_MAX = 200, HOURS_MAX = 100000, FEW_MEMBERS = 16 };

bool reader_failed(const struct reader *r) {
    return r->failed;
}

static void enter(struct reader *r, const char *name, unsigned index) {
    r->path[r->depth].name = name;
    r->path[r->depth++].index = index;
}

static void leave(struct reader *r) {
    r->depth--;
}

static void write_path(const struct reader *r, char out[FAULT_POINTER_SIZE]) {
    out[0] = '\0';
    for (size_t i = 0; i < r->depth; i++) {
        char index[16];
        snprintf(index, sizeof index, "%u", r->path[i].index);
        const char *step = r->path[i].name == NULL ? index : r->path[i].name;
        fault_step(out, step, strlen(step));
    }
}

void reader_fault(struct reader *r, const char *member, const char *code, const char *found, const char *found_arg,
                  const char *expected, const char *expected_arg) {
    if (r->failed)
        return;
    r->failed = true;
    if (member != NULL)
        enter(r, member, 0);
    struct fault *fault = r->fault;
    write_path(r, fault->pointer);
    fault->code = code;
    fault->found = found;
    fault->expected = expected;
    text_copy(found_arg, fault->found_arg, FAULT_TEXT_SIZE);
    text_copy(expected_arg, fault->expected_arg, FAULT_TEXT_SIZE);
}

static const char *type_name(const cJSON *node) {
    if (cJSON_IsString(node))
        return N_FAULT("a text");
    if (cJSON_IsNumber(node))
        return N_FAULT("a number");
    if (cJSON_IsObject(node))
        return N_FAULT("an object");
    if (cJSON_IsArray(node))
        return N_FAULT("an array");
    return cJSON_IsBool(node) ? N_FAULT("true or false") : N_FAULT("null");
}

static void fault_type(struct reader *r, const char *member, const cJSON *node, const char *expected) {
    reader_fault(r, member, "wrong-type", type_name(node), "", expected, "");
}

/* The member, or NULL: absent (a fault where required) or the reader has failed. */
static const cJSON *get(struct reader *r, const cJSON *object, const char *member, enum need need,
                        const char *expected) {
    if (object == NULL || r->failed)
        return NULL;
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, member);
    if (node == NULL && need != OPTIONAL)
        reader_fault(r, member, "missing-member", N_FAULT("nothing"), "", expected, "");
    return node;
}

bool reader_root(struct reader *r, const cJSON *root) {
    if (!cJSON_IsObject(root))
        fault_type(r, NULL, root, N_FAULT("an object"));
    return !r->failed;
}

static void take_text(struct reader *r, const char *member, const cJSON *node, const char **out) {
    if (!cJSON_IsString(node))
        fault_type(r, member, node, N_FAULT("a text"));
    else if ((*out = arena_text(r->arena, node->valuestring)) == NULL)
        reader_fault(r, member, "memory", N_FAULT("no memory left"), "", N_FAULT("a text"), "");
}

void reader_text(struct reader *r, const cJSON *object, const char *member, enum need need, const char **out) {
    const cJSON *node = get(r, object, member, need, N_FAULT("a text"));
    if (node != NULL)
        take_text(r, member, node, out);
}

void reader_element_text(struct reader *r, const cJSON *element, const char **out) {
    if (cJSON_IsString(element) && text_is_blank(element->valuestring))
        reader_fault(r, NULL, "empty", N_FAULT("an empty text"), "", N_FAULT("a text that is not empty"), "");
    else
        take_text(r, NULL, element, out);
}

void reader_day(struct reader *r, const cJSON *object, const char *member, enum need need, day *out) {
    static const char expected[] = N_FAULT("a date YYYY-MM-DD that exists, year 1900 to 2199");
    const cJSON *node = get(r, object, member, need, expected);
    if (node == NULL)
        return;
    if (!cJSON_IsString(node))
        fault_type(r, member, node, expected);
    else if (!day_parse(node->valuestring, out))
        reader_fault(r, member, "date", "%1", node->valuestring, expected, "");
}

void reader_hours(struct reader *r, const cJSON *object, const char *member, int *out) {
    const cJSON *node = get(r, object, member, OPTIONAL, NULL);
    if (node == NULL)
        return;
    static const char expected[] = N_FAULT("a whole number of hours, 0 to 100000");
    if (!cJSON_IsNumber(node)) {
        fault_type(r, member, node, expected);
        return;
    }
    double hours = node->valuedouble;
    if (hours >= 0 && hours <= HOURS_MAX && !((double)(int)hours < hours)) {
        *out = (int)hours;
        return;
    }
    char shown[32];
    snprintf(shown, sizeof shown, "%.10g", hours);
    reader_fault(r, member, "hours", "%1", shown, expected, "");
}

void reader_bool(struct reader *r, const cJSON *object, const char *member, enum need need, bool *out) {
    const cJSON *node = get(r, object, member, need, N_FAULT("true or false"));
    if (node == NULL)
        return;
    if (!cJSON_IsBool(node))
        fault_type(r, member, node, N_FAULT("true or false"));
    else
        *out = cJSON_IsTrue(node) != 0;
}

static void list_words(const struct document_word *words, size_t count, char out[FAULT_TEXT_SIZE]) {
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count && used < FAULT_TEXT_SIZE; i++)
        used += (size_t)snprintf(out + used, FAULT_TEXT_SIZE - used, "%s%s", i == 0 ? "" : " ", words[i].code);
}

int reader_word(struct reader *r, const cJSON *object, const char *member, enum need need,
                const struct document_word *words, size_t count, const char *code) {
    static const char expected[] = N_FAULT("one of: %1");
    char list[FAULT_TEXT_SIZE];
    const cJSON *node = get(r, object, member, need, N_FAULT("a text"));
    if (node == NULL)
        return -1;
    if (!cJSON_IsString(node)) {
        fault_type(r, member, node, N_FAULT("a text"));
        return -1;
    }
    int index = document_word_find(words, count, node->valuestring);
    if (index < 0) {
        list_words(words, count, list);
        reader_fault(r, member, code, "%1", node->valuestring, expected, list);
    }
    return index;
}

const cJSON *reader_enter(struct reader *r, const cJSON *object, const char *member, enum need need) {
    const cJSON *node = get(r, object, member, need, N_FAULT("an object"));
    if (node == NULL)
        return NULL;
    if (!cJSON_IsObject(node)) {
        fault_type(r, member, node, N_FAULT("an object"));
        return NULL;
    }
    enter(r, member, 0);
    return node;
}

const cJSON *reader_array(struct reader *r, const cJSON *object, const char *member, enum need need,
                          enum element elements) {
    const cJSON *node = get(r, object, member, need, N_FAULT("an array"));
    if (node == NULL)
        return NULL;
    if (!cJSON_IsArray(node)) {
        fault_type(r, member, node, N_FAULT("an array"));
        return NULL;
    }
    if (need == REQUIRED && node->child == NULL) {
        reader_fault(r, member, "empty-array", N_FAULT("an empty array"), "", N_FAULT("at least one element"), "");
        return NULL;
    }
    r->elements = elements;
    enter(r, member, 0);
    return node;
}

void reader_leave(struct reader *r, const cJSON *entered) {
    if (entered != NULL && !r->failed)
        leave(r);
}

static const cJSON *enter_element(struct reader *r, const cJSON *element, unsigned index) {
    enter(r, NULL, index);
    if (r->elements == ELEMENT_OBJECT && !cJSON_IsObject(element)) {
        fault_type(r, NULL, element, N_FAULT("an object"));
        return NULL;
    }
    return element;
}

const cJSON *reader_first(struct reader *r, const cJSON *array) {
    if (array == NULL || r->failed || array->child == NULL)
        return NULL;
    return enter_element(r, array->child, 0);
}

const cJSON *reader_next(struct reader *r, const cJSON *array, const cJSON *element, unsigned index) {
    (void)array;
    if (r->failed)
        return NULL;
    leave(r);
    return element->next == NULL ? NULL : enter_element(r, element->next, index);
}

void *reader_alloc(struct reader *r, const cJSON *array, size_t size) {
    if (array == NULL || r->failed)
        return NULL;
    void *memory = arena_alloc(r->arena, size * ((size_t)cJSON_GetArraySize(array) + 1));
    if (memory == NULL)
        reader_fault(r, NULL, "memory", N_FAULT("no memory left"), "", N_FAULT("an array"), "");
    return memory;
}

static void fault_forbidden(struct reader *r, uint32_t c) {
    char name[16];
    snprintf(name, sizeof name, "U+%04X", (unsigned)c);
    if (text_is_control(c))
        reader_fault(r, NULL, "control-character", N_FAULT("control character %1"), name,
                     N_FAULT("text without control characters"), "");
    else
        reader_fault(r, NULL, "bidi-character", N_FAULT("bidirectional control %1"), name,
                     N_FAULT("text without bidirectional controls"), "");
}

/* Whether no byte can begin a control or a bidirectional control: U+0080 to U+00BF begin with C2, U+061C with D8,
 * U+2000 to U+2FFF with E2. */
static bool looks_plain(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c == 0x7F || c == 0xC2 || c == 0xD8 || c == 0xE2)
            return false;
    }
    return true;
}

static void check_text(struct reader *r, const char *text) {
    size_t length = strlen(text), count = 0, used;
    if (length <= TEXT_MAX && looks_plain(text, length))
        return;
    for (size_t at = 0; at < length && !r->failed; at += used, count++) {
        uint32_t c = text_decode(text + at, length - at, &used);
        if (text_is_control(c) || text_is_bidi_control(c))
            fault_forbidden(r, c);
    }
    if (count <= TEXT_MAX)
        return;
    char number[24];
    snprintf(number, sizeof number, "%zu", count);
    reader_fault(r, NULL, "text-length", N_FAULT("a text of %1 characters"), number, N_FAULT("at most 200 characters"),
                 "");
}

static int by_name(const void *a, const void *b) {
    return strcmp((*(const cJSON *const *)a)->string, (*(const cJSON *const *)b)->string);
}

static void fault_duplicate(struct reader *r, const cJSON *member) {
    reader_fault(r, member->string, "duplicate-member", N_FAULT("the member %1 a second time"), member->string,
                 N_FAULT("each member once"), "");
}

/* Few members are compared each with each; many are sorted, so that a hostile object costs no more than its size. */
static void check_duplicates(struct reader *r, const cJSON *object) {
    size_t count = (size_t)cJSON_GetArraySize(object);
    if (count <= FEW_MEMBERS) {
        for (const cJSON *a = object->child; a != NULL; a = a->next)
            for (const cJSON *b = a->next; b != NULL; b = b->next)
                if (a->string[0] == b->string[0] && strcmp(a->string, b->string) == 0)
                    fault_duplicate(r, b);
        return;
    }
    const cJSON **members = malloc(count * sizeof *members);
    if (members == NULL) {
        reader_fault(r, NULL, "memory", N_FAULT("no memory left"), "", N_FAULT("an object"), "");
        return;
    }
    size_t i = 0;
    for (const cJSON *a = object->child; a != NULL; a = a->next)
        members[i++] = a;
    qsort(members, count, sizeof *members, by_name);
    for (i = 1; i < count; i++)
        if (strcmp(members[i - 1]->string, members[i]->string) == 0)
            fault_duplicate(r, members[i]);
    free(members);
}

static void check_node(struct reader *r, const cJSON *node) {
    if (cJSON_IsString(node))
        check_text(r, node->valuestring);
    if (cJSON_IsObject(node))
        check_duplicates(r, node);
    unsigned index = 0;
    for (const cJSON *child = node->child; child != NULL && !r->failed; child = child->next) {
        if (child->string != NULL)
            check_text(r, child->string);
        enter(r, child->string, index++);
        check_node(r, child); /* bounded: json_read() allows JSON_DEPTH_MAX levels */
        if (!r->failed)
            leave(r);
    }
}

bool document_tree_check(struct reader *r, const cJSON *root) {
    check_node(r, root);
    return !r->failed;
}

int64_t json_line_of(const char *text, size_t length, const char *pointer) {
    /* The last step of the pointer is enough to place a line: the text is searched for its name, outside in. */
    size_t at = 0;
    const char *step = pointer;
    while (step != NULL && *step == '/') {
        const char *end = strchr(step + 1, '/');
        size_t n = end == NULL ? strlen(step + 1) : (size_t)(end - step - 1);
        char name[FAULT_TEXT_SIZE];
        if (n > 0 && n + 3 < sizeof name && (step[1] < '0' || step[1] > '9')) {
            snprintf(name, sizeof name, "\"%.*s\"", (int)n, step + 1);
            const char *place = memmem(text + at, length - at, name, n + 2);
            at = place == NULL ? at : (size_t)(place - text);
        }
        step = end;
    }
    int64_t line = 0;
    for (size_t i = 0; i < at; i++)
        if (text[i] == '\n')
            line++;
    return line;
}
