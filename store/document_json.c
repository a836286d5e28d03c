#include "store/document_json.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "core/text.h"
#include "store/document_tree.h"
#include "store/json_same.h"

static void read_identifier(struct reader *r, const cJSON *object, const char *name, enum need need, const char **out) {
    const char *text = NULL;
    reader_text(r, object, name, need, &text);
    if (text == NULL)
        return;
    char buffer[NUMBER_SIZE];
    number_normalise(text, buffer, sizeof buffer);
    *out = arena_text(r->arena, buffer);
    if (need == KEY && buffer[0] == '\0')
        reader_fault(r, name, "empty", N_FAULT("an empty text"), "", N_FAULT("an identifier"), "");
}

static void read_person(struct reader *r, const cJSON *object, enum need number, struct person *person) {
    reader_text(r, object, "name", REQUIRED, &person->name);
    person->birth_date = DAY_NONE;
    const cJSON *id = reader_enter(r, object, "id", REQUIRED);
    int type = reader_word(r, id, "type", REQUIRED, document_id_types, ID_TYPE_COUNT, "wrong-type");
    person->id_type = type < 0 ? ID_RESIDENT : (enum id_type)type;
    read_identifier(r, id, "number", number, &person->id_number);
    reader_leave(r, id);
    enum need need = type > ID_RESIDENT ? REQUIRED : OPTIONAL;
    reader_day(r, object, "birth_date", need, &person->birth_date);
}

static void read_employer(struct reader *r, const cJSON *object, struct employer *employer) {
    const cJSON *node = reader_enter(r, object, "employer", REQUIRED);
    reader_text(r, node, "name", REQUIRED, &employer->name);
    read_identifier(r, node, "credit_code", REQUIRED, &employer->credit_code);
    read_identifier(r, node, "province", OPTIONAL, &employer->province);
    if (employer->province != NULL &&
        (strlen(employer->province) != 2 || number_province_hanzi(employer->province) == NULL))
        reader_fault(r, "province", "province", "%1", employer->province,
                     N_FAULT("a two-digit province code of GB/T 2260"), "");
    reader_leave(r, node);
}

static bool add_specialty(struct reader *r, const cJSON *item, unsigned *seen, enum specialty *out) {
    int specialty =
        reader_word(r, item, "specialty", REQUIRED, document_specialties, SPECIALTY_COUNT, "unknown-specialty");
    if (specialty < 0)
        return false;
    if ((*seen >> specialty & 1U) != 0)
        reader_fault(r, "specialty", "specialty-twice", N_FAULT("%1 a second time"),
                     document_specialties[specialty].code, N_FAULT("each specialty once"), "");
    *seen |= 1U << specialty;
    *out = (enum specialty)specialty;
    return !reader_failed(r);
}

static void read_held(struct reader *r, const cJSON *object, struct constructor *c) {
    static const struct document_word statuses[] = {{"registered", NULL, NULL}, {"cancelled", NULL, NULL}};
    const cJSON *array = reader_array(r, object, "specialties", REQUIRED, ELEMENT_OBJECT);
    unsigned seen = 0, index = 0;
    for (const cJSON *item = reader_first(r, array); item != NULL; item = reader_next(r, array, item, ++index)) {
        struct held_specialty *held = &c->specialties[c->specialty_count];
        if (!add_specialty(r, item, &seen, &held->specialty))
            break;
        c->specialty_count++;
        reader_day(r, item, "valid_from", REQUIRED, &held->valid_from);
        reader_day(r, item, "valid_to", REQUIRED, &held->valid_to);
        int status = reader_word(r, item, "status", OPTIONAL, statuses, 2, "unknown-status");
        held->status = status == 1 ? HELD_CANCELLED : HELD_REGISTERED;
        if (!reader_failed(r) && held->valid_to < held->valid_from)
            reader_fault(r, "valid_to", "date-order", N_FAULT("a last valid day before the first"), "",
                         N_FAULT("valid_to not before valid_from"), "");
    }
    reader_leave(r, array);
}

static void read_constructor(struct reader *r, const cJSON *root, struct constructor *c) {
    read_person(r, root, KEY, &c->person);
    read_employer(r, root, &c->employer);
    const cJSON *registration = reader_enter(r, root, "registration", REQUIRED);
    read_identifier(r, registration, "number", KEY, &c->number);
    read_identifier(r, registration, "paper_number", OPTIONAL, &c->paper_number);
    reader_leave(r, registration);
    read_held(r, root, c);
}

static void read_applied(struct reader *r, const cJSON *item, struct applied_specialty *applied) {
    const cJSON *qualification = reader_enter(r, item, "qualification", OPTIONAL);
    applied->certificate_issued = DAY_NONE;
    if (qualification != NULL) {
        reader_text(r, qualification, "certificate_no", REQUIRED, &applied->certificate_no);
        reader_day(r, qualification, "issued_on", REQUIRED, &applied->certificate_issued);
        reader_leave(r, qualification);
    }
    const cJSON *education = reader_enter(r, item, "education", OPTIONAL);
    if (education != NULL) {
        reader_hours(r, education, "compulsory_hours", &applied->compulsory_hours);
        reader_hours(r, education, "elective_hours", &applied->elective_hours);
        reader_leave(r, education);
    }
}

static void read_pledge(struct reader *r, const cJSON *root, struct pledge *pledge) {
    pledge->signed_on = DAY_NONE;
    const cJSON *node = reader_enter(r, root, "pledge", OPTIONAL);
    if (node == NULL)
        return;
    pledge->present = true;
    reader_bool(r, node, "signed", REQUIRED, &pledge->is_signed);
    reader_day(r, node, "signed_on", OPTIONAL, &pledge->signed_on);
    reader_text(r, node, "signer", OPTIONAL, &pledge->signer);
    reader_leave(r, node);
}

static void read_others(struct reader *r, const cJSON *root, struct application *a) {
    const cJSON *array = reader_array(r, root, "other_registrations", OPTIONAL, ELEMENT_OBJECT);
    struct other_registration *others = reader_alloc(r, array, sizeof *others);
    unsigned index = 0;
    for (const cJSON *item = reader_first(r, array); item != NULL && !reader_failed(r);
         item = reader_next(r, array, item, ++index)) {
        reader_text(r, item, "certificate", REQUIRED, &others[index].certificate);
        read_identifier(r, item, "employer_code", REQUIRED, &others[index].employer_code);
        a->other_count = index + 1;
    }
    a->others = others;
    reader_leave(r, array);
}

static void read_disqualifications(struct reader *r, const cJSON *root, struct application *a) {
    const cJSON *array = reader_array(r, root, "disqualifications", OPTIONAL, ELEMENT_TEXT);
    const char **list = reader_alloc(r, array, sizeof *list);
    unsigned index = 0;
    for (const cJSON *item = reader_first(r, array); item != NULL && !reader_failed(r);
         item = reader_next(r, array, item, ++index)) {
        reader_element_text(r, item, &list[index]);
        a->disqualification_count = index + 1;
    }
    a->disqualifications = list;
    reader_leave(r, array);
}

static void read_materials(struct reader *r, const cJSON *root, struct application *a) {
    const cJSON *array = reader_array(r, root, "materials", OPTIONAL, ELEMENT_OBJECT);
    struct material *materials = reader_alloc(r, array, sizeof *materials);
    unsigned index = 0;
    for (const cJSON *item = reader_first(r, array); item != NULL && !reader_failed(r);
         item = reader_next(r, array, item, ++index)) {
        reader_text(r, item, "name", REQUIRED, &materials[index].name);
        reader_text(r, item, "sha256", OPTIONAL, &materials[index].sha256);
        a->material_count = index + 1;
    }
    a->materials = materials;
    reader_leave(r, array);
}

static void read_applied_list(struct reader *r, const cJSON *root, struct application *a) {
    const cJSON *array = reader_array(r, root, "specialties", REQUIRED, ELEMENT_OBJECT);
    unsigned seen = 0, index = 0;
    for (const cJSON *item = reader_first(r, array); item != NULL; item = reader_next(r, array, item, ++index)) {
        struct applied_specialty *applied = &a->specialties[a->specialty_count];
        if (!add_specialty(r, item, &seen, &applied->specialty))
            break;
        a->specialty_count++;
        read_applied(r, item, applied);
    }
    reader_leave(r, array);
}

static void read_application(struct reader *r, const cJSON *root, struct application *a) {
    read_identifier(r, root, "application_no", KEY, &a->application_no);
    int kind = reader_word(r, root, "kind", REQUIRED, document_kinds, KIND_COUNT, "unknown-kind");
    a->kind = kind < 0 ? KIND_INITIAL : (enum kind)kind;
    a->accepted_on = DAY_NONE;
    reader_day(r, root, "submitted_on", REQUIRED, &a->submitted_on);
    reader_day(r, root, "accepted_on", OPTIONAL, &a->accepted_on);
    reader_text(r, root, "accepted_by", OPTIONAL, &a->accepted_by);
    const cJSON *applicant = reader_enter(r, root, "applicant", REQUIRED);
    read_person(r, applicant, REQUIRED, &a->applicant);
    reader_leave(r, applicant);
    read_employer(r, root, &a->employer);
    read_identifier(r, root, "registration_number", OPTIONAL, &a->registration_number);
    read_applied_list(r, root, a);
    read_pledge(r, root, &a->pledge);
    read_others(r, root, a);
    read_disqualifications(r, root, a);
    read_materials(r, root, a);
}

static bool read_tree(struct reader *r, const cJSON *root, struct document *document) {
    static const struct document_word types[DOCUMENT_TYPE_COUNT] = {
        [DOCUMENT_CONSTRUCTOR] = {"constructor", NULL, NULL},
        [DOCUMENT_APPLICATION] = {"application", NULL, NULL},
    };
    memset(document, 0, sizeof *document);
    if (!reader_root(r, root))
        return false;
    int type = reader_word(r, root, "type", REQUIRED, types, DOCUMENT_TYPE_COUNT, "unknown-type");
    if (type < 0)
        return false;
    document->type = (enum document_type)type;
    if (document->type == DOCUMENT_CONSTRUCTOR)
        read_constructor(r, root, &document->as.constructor);
    else
        read_application(r, root, &document->as.application);
    return !reader_failed(r);
}

bool document_read(const char *text, size_t length, struct arena *arena, struct document *document,
                   struct fault *fault) {
    int64_t line = fault->line;
    fault->code = NULL;
    fault->pointer[0] = fault->found_arg[0] = fault->expected_arg[0] = '\0';
    errno = 0;
    cJSON *tree = json_read(text, length, fault);
    if (tree == NULL)
        return false;
    struct reader reader = {.arena = arena, .fault = fault};
    bool good = document_tree_check(&reader, tree) && read_tree(&reader, tree, document);
    if (!good)
        fault->line = line + json_line_of(text, length, fault->pointer);
    cJSON_Delete(tree);
    return good;
}

bool document_read_stored(const char *text, struct arena *arena, struct document *document) {
    struct fault fault = {.line = 1};
    errno = 0;
    cJSON *tree = cJSON_Parse(text);
    if (tree == NULL)
        return false;
    struct reader reader = {.arena = arena, .fault = &fault};
    bool good = read_tree(&reader, tree, document);
    cJSON_Delete(tree);
    return good;
}

bool document_same(const char *a, const char *b) {
    return strcmp(a, b) == 0 || json_same(a, b);
}

static void write_held(struct json *json, const struct constructor *c) {
    json_array(json, "specialties");
    for (size_t i = 0; i < c->specialty_count; i++) {
        const struct held_specialty *held = &c->specialties[i];
        json_object(json, NULL);
        json_text(json, "specialty", document_specialties[held->specialty].code);
        json_text(json, "status", held->status == HELD_CANCELLED ? "cancelled" : "registered");
        json_day(json, "valid_from", held->valid_from);
        json_day(json, "valid_to", held->valid_to);
        json_object_end(json);
    }
    json_array_end(json);
}

void document_write_constructor(struct json *json, const struct constructor *c) {
    json_object(json, NULL);
    if (c->person.birth_date != DAY_NONE)
        json_day(json, "birth_date", c->person.birth_date);
    json_object(json, "employer");
    json_text(json, "credit_code", c->employer.credit_code);
    json_text(json, "name", c->employer.name);
    if (c->employer.province != NULL)
        json_text(json, "province", c->employer.province);
    json_object_end(json);
    json_object(json, "id");
    json_text(json, "number", c->person.id_number);
    json_text(json, "type", document_id_types[c->person.id_type].code);
    json_object_end(json);
    json_text(json, "name", c->person.name);
    json_object(json, "registration");
    json_text(json, "number", c->number);
    if (c->paper_number != NULL)
        json_text(json, "paper_number", c->paper_number);
    json_object_end(json);
    write_held(json, c);
    json_text(json, "type", "constructor");
    json_object_end(json);
}
