/* The documents of SPEC 3 as values.
 *
 * All texts are NUL-terminated UTF-8 and belong to whoever made the document (store/document_json.h: one arena per
 * document). Identifiers are normalised (core/number.h). An absent text is NULL, an absent day DAY_NONE. */
#ifndef CORE_DOCUMENT_H
#define CORE_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/day.h"

enum kind { KIND_INITIAL, KIND_ADDED_SPECIALTY, KIND_RE_REGISTRATION, KIND_CONTINUATION, KIND_COUNT };

enum specialty {
    SPECIALTY_BUILDING,
    SPECIALTY_HIGHWAY,
    SPECIALTY_RAILWAY,
    SPECIALTY_AIRPORT,
    SPECIALTY_PORT,
    SPECIALTY_WATER,
    SPECIALTY_MINING,
    SPECIALTY_MUNICIPAL,
    SPECIALTY_TELECOM,
    SPECIALTY_ELECTROMECHANICAL,
    SPECIALTY_COUNT
};

enum id_type { ID_RESIDENT, ID_HK_MACAO_PERMIT, ID_TAIWAN_PERMIT, ID_PASSPORT, ID_TYPE_COUNT };

enum held_status { HELD_REGISTERED, HELD_CANCELLED };

/* A closed vocabulary: the word of the documents, its Chinese and its English. */
struct document_word {
    const char *code;
    const char *zh;
    const char *en;
};

extern const struct document_word document_kinds[KIND_COUNT];
extern const struct document_word document_specialties[SPECIALTY_COUNT]; /* code is the Chinese name */
extern const struct document_word document_id_types[ID_TYPE_COUNT];
extern const struct document_word document_disqualifications[]; /* 规定 art. 15; ends with code NULL */

extern const struct document_word document_certificates[]; /* other practising certificates; ends so too */

/* Index of `code` in a vocabulary of `count` words, or -1. */
int document_word_find(const struct document_word *words, size_t count, const char *code);

/* The Chinese, or English, of a code in a vocabulary that ends with code NULL; the code itself where it is not known.
 */
const char *document_word_text(const struct document_word *words, const char *code, bool zh);

struct person {
    const char *name;
    enum id_type id_type;
    const char *id_number;
    day birth_date; /* as stated, else DAY_NONE */
};

/* The birth date that the rules use: of a resident the one in a valid number, of others the one stated. */
day document_birth_date(const struct person *person);

struct employer {
    const char *name;
    const char *credit_code;
    const char *province; /* two digits, or NULL */
};

struct held_specialty {
    enum specialty specialty;
    day valid_from;
    day valid_to; /* the last valid day */
    enum held_status status;
};

/* A register entry: at most one per specialty, the main one (主项) first. */
struct constructor {
    struct person person;
    struct employer employer;
    const char *number;       /* registration.number; NULL where only the paper one is known */
    const char *paper_number; /* or NULL */
    size_t specialty_count;
    struct held_specialty specialties[SPECIALTY_COUNT];
};

/* One specialty applied for. */
struct applied_specialty {
    enum specialty specialty;
    const char *certificate_no; /* NULL: no qualification certificate */
    day certificate_issued;     /* DAY_NONE with it */
    int compulsory_hours;       /* none stated counts as 0 */
    int elective_hours;
};

struct pledge {
    bool present;
    bool is_signed;
    day signed_on;      /* or DAY_NONE */
    const char *signer; /* or NULL */
};

struct other_registration {
    const char *certificate;
    const char *employer_code;
};

struct material {
    const char *name;
    const char *sha256; /* or NULL */
};

struct application {
    const char *application_no;
    enum kind kind;
    day submitted_on;
    day accepted_on;         /* or DAY_NONE */
    const char *accepted_by; /* or NULL */
    struct person applicant;
    struct employer employer;
    const char *registration_number; /* NULL for initial */
    size_t specialty_count;
    struct applied_specialty specialties[SPECIALTY_COUNT];
    struct pledge pledge;
    size_t other_count;
    const struct other_registration *others;
    size_t disqualification_count;
    const char *const *disqualifications;
    size_t material_count;
    const struct material *materials;
};

enum document_type { DOCUMENT_CONSTRUCTOR, DOCUMENT_APPLICATION, DOCUMENT_TYPE_COUNT };

struct document {
    enum document_type type;
    union {
        struct constructor constructor;
        struct application application;
    } as;
};

/* Index of the specialty in the entry, or -1. */
int document_held_index(const struct constructor *entry, enum specialty specialty);

#endif
