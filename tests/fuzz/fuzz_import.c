/* What `import` reads, from the bytes of a file to a document: store/input.h, store/document_json.h. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "core/text.h"
#include "store/document_json.h"
#include "store/input.h"
#include "tests/fuzz/fuzz.h"

/* All that a document says, as JSON; NULLs and absent days included. */
static void describe_person(struct json *json, const struct person *person, const struct employer *employer) {
    json_text(json, NULL, person->name);
    json_integer(json, NULL, person->id_type);
    json_text(json, NULL, person->id_number);
    json_day(json, NULL, person->birth_date);
    json_text(json, NULL, employer->name);
    json_text(json, NULL, employer->credit_code);
    json_text(json, NULL, employer->province);
}

static void describe_constructor(struct json *json, const struct constructor *c) {
    describe_person(json, &c->person, &c->employer);
    json_text(json, NULL, c->number);
    json_text(json, NULL, c->paper_number);
    for (size_t i = 0; i < c->specialty_count; i++) {
        json_integer(json, NULL, c->specialties[i].specialty);
        json_day(json, NULL, c->specialties[i].valid_from);
        json_day(json, NULL, c->specialties[i].valid_to);
        json_integer(json, NULL, c->specialties[i].status);
    }
}

static void describe_application(struct json *json, const struct application *a) {
    json_text(json, NULL, a->application_no);
    json_integer(json, NULL, a->kind);
    json_day(json, NULL, a->submitted_on);
    json_day(json, NULL, a->accepted_on);
    json_text(json, NULL, a->accepted_by);
    describe_person(json, &a->applicant, &a->employer);
    json_text(json, NULL, a->registration_number);
    for (size_t i = 0; i < a->specialty_count; i++) {
        json_integer(json, NULL, a->specialties[i].specialty);
        json_text(json, NULL, a->specialties[i].certificate_no);
        json_day(json, NULL, a->specialties[i].certificate_issued);
        json_integer(json, NULL, a->specialties[i].compulsory_hours);
        json_integer(json, NULL, a->specialties[i].elective_hours);
    }
    json_integer(json, NULL, a->pledge.present * 2 + a->pledge.is_signed);
    json_day(json, NULL, a->pledge.signed_on);
    json_text(json, NULL, a->pledge.signer);
    for (size_t i = 0; i < a->other_count; i++) {
        json_text(json, NULL, a->others[i].certificate);
        json_text(json, NULL, a->others[i].employer_code);
    }
    json_integer(json, NULL, (int64_t)a->other_count);
    for (size_t i = 0; i < a->disqualification_count; i++)
        json_text(json, NULL, a->disqualifications[i]);
    json_integer(json, NULL, (int64_t)a->disqualification_count);
    for (size_t i = 0; i < a->material_count; i++) {
        json_text(json, NULL, a->materials[i].name);
        json_text(json, NULL, a->materials[i].sha256);
    }
}

static char *describe(const struct document *document) {
    struct json json = {0};
    if (document->type == DOCUMENT_CONSTRUCTOR)
        describe_constructor(&json, &document->as.constructor);
    else
        describe_application(&json, &document->as.application);
    FUZZ_MUST(!json.failed);
    return json.data;
}

/* No text that was let in has what SPEC 3 keeps out. */
static void check_texts(const char *description) {
    size_t length = strlen(description), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t c = text_decode(description + at, length - at, &used);
        FUZZ_MUST(c != TEXT_INVALID && !text_is_control(c) && !text_is_bidi_control(c));
    }
    FUZZ_MUST(strstr(description, "\\u") == NULL);
}

/* Nor has the JSON itself: the bytes of a control character, or U+0000 by its escape. */
static void check_bytes(const char *text) {
    for (; *text != '\0'; text++) {
        FUZZ_MUST((unsigned char)*text >= 0x20 || strchr("\t\r\n", *text) != NULL);
        FUZZ_MUST(strncmp(text, "\\u0000", 6) != 0);
        text += text[0] == '\\' && text[1] != '\0' ? 1 : 0;
    }
}

/* A rejection can be printed and put into a report. */
static void check_fault(const struct fault *fault, int64_t lines) {
    char text[2 * FAULT_TEXT_SIZE];
    FUZZ_MUST(fault->code != NULL && fault->found != NULL && fault->expected != NULL);
    FUZZ_MUST(fault->line >= 1 && fault->line <= lines);
    FUZZ_MUST(fault->pointer[0] == '\0' || fault->pointer[0] == '/');
    FUZZ_MUST(fuzz_is_utf8(fault->pointer));
    FUZZ_MUST(fuzz_is_utf8(fault_format(fault->found, fault->found_arg, text, sizeof text)));
    FUZZ_MUST(fuzz_is_utf8(fault_format(fault->expected, fault->expected_arg, text, sizeof text)));
}

/* Another spelling of the same JSON is the same document. */
static void check_spelling(const char *text, const char *spelled, const char *description) {
    struct arena arena = {0};
    struct document document;
    struct fault fault = {.line = 1};
    FUZZ_MUST(spelled != NULL && document_read(spelled, strlen(spelled), &arena, &document, &fault));
    char *again = describe(&document);
    FUZZ_MUST(strcmp(again, description) == 0 && document_same(spelled, text));
    free(again);
    arena_free(&arena);
}

static void check_entry(const struct constructor *entry, const char *description) {
    struct json json = {0};
    document_write_constructor(&json, entry);
    check_spelling(json.data, json.data, description);
    json_free(&json);
}

/* A document that was let in is the same when it is read out of the database, spelled otherwise, or, a register entry,
 * written by the program. */
static void check_document(const char *text, const struct document *document) {
    struct arena arena = {0};
    struct document stored;
    char *description = describe(document);
    check_texts(description);
    check_bytes(text);
    FUZZ_MUST(document_read_stored(text, &arena, &stored));
    char *again = describe(&stored);
    FUZZ_MUST(strcmp(again, description) == 0);
    cJSON *tree = cJSON_Parse(text);
    char *narrow = cJSON_PrintUnformatted(tree), *wide = cJSON_Print(tree);
    check_spelling(wide, narrow, description);
    check_spelling(narrow, wide, description);
    if (document->type == DOCUMENT_CONSTRUCTOR)
        check_entry(&document->as.constructor, description);
    cJSON_free(narrow);
    cJSON_free(wide);
    cJSON_Delete(tree);
    free(again);
    free(description);
    arena_free(&arena);
}

/* The slice is handed over in memory of just its size: what stands behind it must not matter. */
static void take_slice(const struct input_slice *slice, int64_t lines) {
    struct arena arena = {0};
    struct document document;
    struct fault fault = {.line = slice->line};
    char *exact = malloc(slice->length == 0 ? 1 : slice->length);
    FUZZ_MUST(exact != NULL);
    memcpy(exact, slice->text, slice->length);
    if (document_read(exact, slice->length, &arena, &document, &fault)) {
        char *text = fuzz_text((const uint8_t *)slice->text, slice->length);
        check_document(text, &document);
        free(text);
    } else {
        check_fault(&fault, lines);
    }
    free(exact);
    arena_free(&arena);
}

static size_t read_all(struct input *input, size_t size, int64_t lines, bool take) {
    struct err err = {0};
    size_t count = 0;
    for (int64_t last = 1;; count++) {
        struct input_slice slice;
        struct fault fault = {0};
        enum input_step step = input_next(input, &slice, &fault, &err);
        FUZZ_MUST(step != INPUT_ERROR && count <= size + 1);
        if (step == INPUT_END)
            return count;
        if (step == INPUT_FAULT) {
            check_fault(&fault, lines);
            continue;
        }
        FUZZ_MUST(slice.line >= last && slice.line <= lines && slice.length <= INPUT_LINE_MAX);
        last = slice.line;
        if (take)
            take_slice(&slice, lines);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input *input = NULL;
    struct err err = {0};
    int64_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    FUZZ_MUST(input_open(fuzz_file(data, size), NULL, NULL, &input, &err) == STATUS_OK);
    size_t count = read_all(input, size, lines, true);
    FUZZ_MUST(input_rewind(input, &err) == STATUS_OK && read_all(input, size, lines, false) == count);
    FUZZ_MUST(input_size(input) == size);
    input_close(input);
    return 0;
}
